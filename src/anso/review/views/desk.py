"""What the desk's pages of reviews share: their frame, the words of a refusal, and the date by
which reviews are due.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from anso.accounts.middleware import SignedInRequest
from anso.calls.models import Call
from anso.calls.wording import desk_crumbs
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline, day_of
from anso.kernel.typed_times import read_day
from anso.kernel.wording import gettext_noop
from anso.review.queries import (
    ReviewProgress,
    get_review_progress,
    get_reviews_close_at,
)

DEFAULT_WEEKS = 3


def desk_context(
    call: Call, heading: str, now: dt.datetime, progress: ReviewProgress | None = None
) -> dict[str, Any]:
    """What the pages of one call's reviews share: the call, how far it is, where the reader is."""
    return {
        "heading": heading,
        "call": call,
        "progress": progress or get_review_progress(call, now),
        "crumbs": desk_crumbs(call, heading),
        "closes_at": get_reviews_close_at(call, now),
        "now": now,
    }


def default_due_on(call: Call, now: dt.datetime) -> dt.date:
    """In three weeks, or the last day of the reviews where that is sooner, in the call's zone."""
    soon = day_of(now + dt.timedelta(weeks=DEFAULT_WEEKS), call.zone)
    closes_at = get_reviews_close_at(call, now)
    return min(soon, Deadline(closes_at, call.zone).last_day) if closes_at else soon


def read_due(request: SignedInRequest, call: Call, now: dt.datetime) -> dt.datetime:
    """The end of the day that the officer chose, in the call's zone; without one the default."""
    typed = request.POST.get("due_on", "").strip()
    chosen = read_day(typed) if typed else default_due_on(call, now)
    due = Deadline.at_end_of(chosen, call.zone).closes_at
    closes_at = get_reviews_close_at(call, now)
    if closes_at is not None and due > closes_at:
        raise BadInput(
            gettext_noop("The date for the reviews lies after the day on which reviews close.")
        )
    if due < now:
        raise BadInput(gettext_noop("The date for the reviews lies in the past."))
    return due
