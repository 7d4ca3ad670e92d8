"""The steps of a call as they stand: what comes when, also after the deadline moved, and how an
application is led from one to the next. The terms keep what was promised at publication; whoever
tells people a day, or holds them to one, reads these.
"""

from __future__ import annotations

import datetime as dt

from anso.calls.models import Call, Step
from anso.database import Prepared
from anso.kernel.periods import Deadline, day_of
from anso.kernel.terms import Rubric, Terms

ENTRIES = ("applications", "review")


# Asked many times for one page.
STEPS = Prepared("steps_of_call", lambda call: Step.objects.filter(call_id=call), int)


def steps_of(call: Call) -> list[Step]:
    """All steps in their order; costs nothing where they were prefetched."""
    fetched = getattr(call, "_prefetched_objects_cache", {}).get("steps")
    found = STEPS.rows(call.pk) if fetched is None else list(fetched)
    for step in found:
        step.call = call
    return sorted(found, key=lambda step: step.order)


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


def is_first_window(step: Step) -> bool:
    """Whether this step is the window in which the call takes applications from anybody; later ones
    are for those who were invited.
    """
    return step.block == "applications" and step.order == 0


def window_deadline(call: Call, step: Step) -> Deadline:
    """When a window closes, extensions included. The first one closes with the call, to the minute;
    a later one at the end of its last day.
    """
    if is_first_window(step):
        return Deadline(call.closes_at, call.zone)
    return Deadline.at_end_of(step.ends_on, call.zone)


def window_opens_at(call: Call, step: Step) -> dt.datetime:
    """When a window opens: the first one with the call, a later one as its first day begins."""
    if is_first_window(step):
        return call.opens_at
    return Deadline.at_end_of(step.starts_on - dt.timedelta(days=1), call.zone).closes_at


def is_window_open(call: Call, step: Step, now: dt.datetime) -> bool:
    """Whether a window of a published call takes what is written in it at this moment."""
    is_opened = window_opens_at(call, step) <= now
    return call.state == "published" and is_opened and window_deadline(call, step).is_open(now)


def current_window(call: Call, now: dt.datetime) -> Step:
    """The window that opened last, or the first one before that: whose deadline can be moved."""
    found = steps_of_block(call, "applications")
    opened = [step for step in found if window_opens_at(call, step) <= now]
    return opened[-1] if opened else found[0]


def entry_of(call: Call, review: Step) -> Step:
    """Where applications stand that are judged in a review: the window before it or, where another
    review lies between, the review itself, to which they are advanced.
    """
    before = [each for each in steps_of(call) if each.order < review.order]
    entries = [each for each in before if each.block in ENTRIES]
    return entries[-1] if entries and entries[-1].block == "applications" else review


def first_after(call: Call, block: str, order: int) -> Step | None:
    """The first step of a block behind a place in the order; None where there is none."""
    later = (step for step in steps_of_block(call, block) if step.order > order)
    return next(later, None)


def step_after(call: Call, review: Step) -> Step | None:
    """Where those go on to who are found good in a review: the next window, to which they are
    invited, or the next review, to which they are advanced; None after the last, which decides.
    """
    later = (each for each in steps_of(call) if each.order > review.order)
    return next((each for each in later if each.block in ENTRIES), None)


def rubric_of(terms: Terms, step: Step | None) -> Rubric:
    """By what a step judges: the rubric that it names, or the call's own."""
    return terms.rubric_for(step.rubric if step else "")
