"""Reviews with a day of their own: which are awaited after the days of their step, and until when
such a day may be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max, QuerySet

from anso.calls.models import Step
from anso.calls.queries.steps import step_closes_at, steps_of
from anso.kernel.periods import day_of
from anso.kernel.terms.order import NEEDS_ENDED
from anso.review.models import Assignment
from anso.review.queries.reading import IS_STILL_JUDGED, OPEN


def still_awaited(steps: Iterable[Step], now: dt.datetime) -> QuerySet[Assignment]:
    """Reviews that are not in and that have a day of their own ahead, in these steps."""
    found = Assignment.objects.filter(IS_STILL_JUDGED, step__in=[each.pk for each in steps])
    return found.filter(state__in=OPEN, due_at__gt=now)


def reviews_to_come(step: Step, now: dt.datetime) -> QuerySet[Assignment]:
    """Reviews of files still to be decided that are not in and can still be given."""
    found = Assignment.objects.filter(step=step, state__in=OPEN, application__state="eligible")
    return found if now < step_closes_at(step) else found.filter(due_at__gt=now)


def reviews_awaited_until(step: Step, now: dt.datetime) -> dt.datetime:
    """The instant after which no review of a step comes any more: the end of its days, or the
    latest own day of one that is not in.
    """
    latest: dt.datetime | None = still_awaited([step], now).aggregate(last=Max("due_at"))["last"]
    return max(filter(None, (step_closes_at(step), latest)))


def step_waiting_for(review: Step, now: dt.datetime) -> Step | None:
    """The first step that goes on or is ahead and that needs this review to be over."""
    today = day_of(now, review.call.zone)
    later = (each for each in steps_of(review.call) if each.order > review.order)
    needing = (each for each in later if review.block in NEEDS_ENDED.get(each.block, ()))
    return next((each for each in needing if each.ends_on > today), None)
