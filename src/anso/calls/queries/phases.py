"""How those phases of a call stand that calls know themselves: set-up and applications."""

from __future__ import annotations

import datetime as dt

from anso.calls.enums import PhaseState
from anso.calls.models import Call
from anso.calls.queries.steps import (
    is_window_open,
    step_closes_at,
    steps_of_block,
    window_deadline,
)


def setup_state(call: Call, now: dt.datetime) -> PhaseState:
    """Done once it is published; late where it should have opened."""
    if call.state != "draft":
        return PhaseState.DONE
    return PhaseState.LATE if call.opens_at <= now else PhaseState.NOW


def window_state(call: Call, now: dt.datetime) -> PhaseState:
    """Going on while something is written, also between two windows; done after the last."""
    if call.state == "draft" or now < call.opens_at:
        return PhaseState.AHEAD
    windows = steps_of_block(call, "applications")
    is_over = call.state != "published" or all(
        not window_deadline(call, each).is_open(now) for each in windows
    )
    return PhaseState.DONE if is_over else PhaseState.NOW


def is_any_window_open(call: Call, now: dt.datetime) -> bool:
    """Whether something is written now, in the first window or a later one."""
    return any(is_window_open(call, each, now) for each in steps_of_block(call, "applications"))


def latest_review_end(call: Call) -> dt.datetime:
    """When the last days of judging end; the closing of a call in which nobody judges."""
    ends = [step_closes_at(each) for each in steps_of_block(call, "review")]
    return max(ends, default=call.closes_at)


def state_of_work(*, begins: bool, remains: bool, is_over: bool) -> PhaseState:
    """How a phase stands by whether it has begun, whether anything of it remains, and whether its
    time is over.
    """
    if not begins:
        return PhaseState.AHEAD
    if not remains:
        return PhaseState.DONE
    return PhaseState.LATE if is_over else PhaseState.NOW
