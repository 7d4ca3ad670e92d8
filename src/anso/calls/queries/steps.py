"""The steps of a call as they stand: what comes when, also after the deadline moved. The terms keep
what was promised at publication; whoever tells people a day, or holds them to one, reads these.
"""

from __future__ import annotations

import datetime as dt

from anso.calls.models import Call, Step
from anso.kernel.periods import Deadline, day_of


def steps_of(call: Call) -> list[Step]:
    """All steps in their order; costs nothing where they were prefetched."""
    return sorted(call.steps.all(), key=lambda step: step.order)


def steps_of_block(call: Call, block: str) -> list[Step]:
    """The steps made from one block, in their order: a call may review twice."""
    return [step for step in steps_of(call) if step.block == block]


def step_on(call: Call, block: str, now: dt.datetime) -> Step | None:
    """The step of a block that people work on: the first that is not over, or else the last; None
    where the call has none.
    """
    found, today = steps_of_block(call, block), day_of(now, call.zone)
    return next((step for step in found if step.ends_on >= today), found[-1] if found else None)


def step_closes_at(step: Step) -> dt.datetime:
    """The instant at which the last day of a step is over, in the call's zone."""
    return Deadline.at_end_of(step.ends_on, step.call.zone).closes_at


def is_window(step: Step) -> bool:
    """Whether this step is the window in which the call takes applications."""
    return step.block == "applications" and step.order == 0
