"""The window in which an application is written: that of the step in which it stands. The first one
is the call's own; a later one is for those who were invited to it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from anso.applications.models import Application
from anso.calls.models import Step
from anso.calls.queries.steps import (
    entry_of,
    is_first_window,
    step_after,
    steps_of_block,
    window_deadline,
    window_opens_at,
)
from anso.kernel.periods import Deadline

WRITTEN = ("draft", "invited")
EDITABLE = (*WRITTEN, "submitted")
JUDGED = ("eligible", "decided")


def deadline_of(application: Application) -> Deadline:
    """When the window closes in which this application is written, extensions included, also one
    that an officer gave to this application alone.
    """
    deadline, own = window_deadline(application.call, application.step), application.extended_until
    return Deadline(own, deadline.zone) if own and own > deadline.closes_at else deadline


def opens_at(application: Application) -> dt.datetime:
    """When the window opens in which this application is written."""
    return window_opens_at(application.call, application.step)


def is_writable(application: Application, now: dt.datetime) -> bool:
    """Whether its window takes answers at this moment; who may give them is for the rules."""
    is_running = application.call.state == "published" and opens_at(application) <= now
    return is_running and deadline_of(application).is_open(now)


def is_over(application: Application, now: dt.datetime) -> bool:
    """Whether its window has closed."""
    return not deadline_of(application).is_open(now)


def is_at_first_step(application: Application) -> bool:
    """Whether it stands where everybody begins."""
    return is_first_window(application.step)


def window_before(application: Application) -> Step | None:
    """The window from which it went on to the one where it stands; None at the first."""
    windows = steps_of_block(application.call, "applications")
    earlier = [each for each in windows if each.order < application.step.order]
    return earlier[-1] if earlier else None


def earlier_facts(application: Application) -> dict[str, Any]:
    """What the submission of an earlier step means: it holds on for whatever the form of a later
    one does not ask anew. Empty at the first step.
    """
    if is_at_first_step(application):
        return {}
    earlier = application.submissions.exclude(step=application.step).order_by("-version").first()
    return earlier.facts if earlier else {}


def standing_for(review: Step, prefix: str = "") -> Q:
    """Applications that stand where they are judged in a review; ``prefix`` leads to them."""
    return Q(**{f"{prefix}step": entry_of(review.call, review)})


def judged_in(review: Step, prefix: str = "") -> Q:
    """Applications that are judged in a review: those found eligible that stand there, whatever was
    decided since, and those that have gone on from it.
    """
    entry = entry_of(review.call, review)
    here = Q(**{f"{prefix}step": entry, f"{prefix}state__in": JUDGED})
    if step_after(review.call, review) is None:
        return here
    gone_on = Q(**{f"{prefix}step__order__gt": entry.order, f"{prefix}step__call": entry.call_id})
    return here | (gone_on & ~Q(**{f"{prefix}state": "withdrawn"}))
