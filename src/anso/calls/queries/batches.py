"""The batches of a rolling call: each is a call of its own, and the next one opens at the cut-off
of the one before.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from anso.calls.models import Call, CallTerms
from anso.calls.queries.deadlines import get_deadline
from anso.calls.queries.terms import get_terms
from anso.calls.queries.visibility import calls_visible_to, open_at
from anso.kernel.actors import Actor
from anso.kernel.periods import day_of

# A call that was cancelled is followed by nothing.
FOLLOWED = ("published", "completed")
HAS_A_LATER_BATCH = Exists(
    Call.objects.filter(
        batch_of=Coalesce(OuterRef("batch_of"), OuterRef("pk")), opens_at__gt=OuterRef("opens_at")
    )
)


def batch_condition(call: Call) -> Q:
    """All batches of the rolling call to which this one belongs, itself among them."""
    first = call.batch_of_id or call.pk
    return Q(pk=first) | Q(batch_of=first)


def batches_beside(call: Call, account: Actor | None, now: dt.datetime) -> QuerySet[Call]:
    """The other batches that the reader may see, the first one first."""
    found = calls_visible_to(account, now).filter(batch_condition(call))
    return found.exclude(pk=call.pk).order_by("opens_at", "id")


def batch_after(call: Call) -> Call | None:
    """The batch that follows this one; None where it is not made yet."""
    later = Call.objects.filter(batch_condition(call), opens_at__gt=call.opens_at)
    return later.select_related("programme").order_by("opens_at").first()


def open_batch_of(call: Call, now: dt.datetime) -> Call | None:
    """The batch of the same rolling call that takes applications at this moment."""
    found = Call.objects.filter(batch_condition(call), open_at(now))
    return found.order_by("-opens_at").first()


def next_cut_off(call: Call, now: dt.datetime) -> dt.date | None:
    """The cut-off of the batch that follows this one, by the terms in force; None where none
    follows. One that passed while nothing could be taken in is passed over.
    """
    if call.state == "cancelled":
        return None
    intake = get_terms(call).intake
    yesterday = day_of(now, call.zone) - dt.timedelta(days=1)
    return intake.next_after(max(get_deadline(call).last_day, yesterday))


def batches_to_follow(now: dt.datetime) -> QuerySet[Call]:
    """Batches whose cut-off has passed and which no other follows yet, as far as their terms say
    that one may.
    """
    rolling = CallTerms.objects.filter(
        call=OuterRef("pk"),
        sha256=OuterRef("terms_sha256"),
        body__terms__intake__cut_offs__0__isnull=False,
    )
    closed = Call.objects.filter(state__in=FOLLOWED, closes_at__lte=now)
    return closed.filter(Exists(rolling), ~HAS_A_LATER_BATCH).order_by("closes_at", "id")
