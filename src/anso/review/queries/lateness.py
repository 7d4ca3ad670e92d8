"""What is late or missing in the reviews of the calls that an officer works on."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Exists, Min, OuterRef

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.calls.models import Call, Step
from anso.calls.queries import calls_managed_by
from anso.review.models import Assignment
from anso.review.queries.reading import IN_FORCE, is_late


def late_reviews(account: Account, now: dt.datetime) -> list[tuple[Call, int, dt.datetime]]:
    """Running calls with reviews that are late: how many, and since when the first of them."""
    calls = _running(account, now)
    counted = (
        Assignment.objects.filter(is_late(now), application__call__in=calls)
        .order_by()
        .values("application__call")
        .annotate(number=Count("pk"), since=Min("due_at"))
    )
    return [(calls[row["application__call"]], row["number"], row["since"]) for row in counted]


def files_without_reviewers(account: Account, now: dt.datetime) -> list[tuple[Call, int]]:
    """Running calls with applications that were found eligible, are to be reviewed next, and that
    nobody was given.
    """
    calls = _running(account, now)
    given = Assignment.objects.filter(application=OuterRef("pk"), state__in=IN_FORCE)
    ahead = Step.objects.filter(
        call=OuterRef("call"), block="review", order__gte=OuterRef("step__order")
    )
    found = Application.objects.filter(
        Exists(ahead),
        ~Exists(given.filter(step__order__gte=OuterRef("step__order"))),
        call__in=calls,
        state="eligible",
    )
    counted = found.order_by().values("call").annotate(number=Count("pk"))
    return [(calls[row["call"]], row["number"]) for row in counted]


def _running(account: Account, now: dt.datetime) -> dict[int, Call]:
    found = calls_managed_by(account, now).filter(state="published").prefetch_related("steps")
    return {call.pk: call for call in found}
