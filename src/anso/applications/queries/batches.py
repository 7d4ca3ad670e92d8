"""Drafts and applications of one person beside the batches of a rolling call."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from anso.applications.models import Application
from anso.applications.queries.windows import is_at_first_step, is_over
from anso.calls.models import Call
from anso.calls.queries.batches import (
    FOLLOWED,
    HAS_A_LATER_BATCH,
    batch_condition,
    next_cut_off,
)
from anso.calls.queries.visibility import open_at
from anso.kernel.actors import Actor

# Submitted, and nobody has heard yet.
UNDECIDED = ("submitted", "eligible", "ineligible", "invited")


def drafts_to_carry_on(now: dt.datetime) -> QuerySet[Application]:
    """Drafts that missed the cut-off of their batch while the next one is open: not before the time
    is over that an officer gave one of them, and not beside another of the same person there.
    """
    first = Coalesce(OuterRef("call__batch_of"), OuterRef("call"))
    batches = Call.objects.filter(open_at(now), batch_of=first)
    there = Application.objects.filter(
        call__batch_of=first,
        call__closes_at__gt=now,
        applicant=OuterRef("applicant"),
        ordinal=OuterRef("ordinal"),
    ).exclude(state="withdrawn")
    missed = Application.objects.filter(
        Q(extended_until=None) | Q(extended_until__lte=now),
        Exists(batches),
        ~Exists(there),
        state="draft",
        call__closes_at__lte=now,
        call__state__in=FOLLOWED,
        step__order=0,
    )
    return missed.order_by("id")


def empty_batches(now: dt.datetime) -> QuerySet[Call]:
    """Batches that another follows already and in which nobody stands any more who could be judged
    or may still write.
    """
    gone = Q(state="withdrawn") | Q(state="draft", extended_until=None)
    gone |= Q(state="draft", extended_until__lte=now)
    standing = Application.objects.filter(call=OuterRef("pk")).exclude(gone)
    closed = Call.objects.filter(state="published", closes_at__lte=now)
    return closed.filter(HAS_A_LATER_BATCH, ~Exists(standing)).order_by("id")


def goes_on(application: Application, now: dt.datetime) -> bool:
    """Whether a draft whose cut-off has passed goes on in the next batch, within minutes."""
    if application.state != "draft" or not is_at_first_step(application):
        return False
    call = application.call
    if not is_over(application, now) or next_cut_off(call, now) is None:
        return False
    return not has_one_there(application, now)


def has_one_there(application: Application, now: dt.datetime) -> bool:
    """Whether the same person has begun another in the place of this one in a batch that has not
    closed.
    """
    others = Application.objects.filter(
        call__in=Call.objects.filter(batch_condition(application.call), closes_at__gt=now),
        applicant=application.applicant_id,
        ordinal=application.ordinal,
    )
    return others.exclude(state="withdrawn").exclude(pk=application.pk).exists()


def undecided_in_other_batches(actor: Actor, call: Call) -> list[Application]:
    """What somebody submitted to other batches of a rolling call and has not heard of."""
    batches = Call.objects.filter(batch_condition(call)).exclude(pk=call.pk)
    own = Application.objects.filter(applicant__account_id=actor.pk, state__in=UNDECIDED)
    found = own.filter(call__in=batches).select_related("call")
    return list(found.order_by("started_at", "id"))


def decided_in_earlier_batches(application: Application) -> int:
    """How many of the same person were decided in other batches of the rolling call."""
    batches = Call.objects.filter(batch_condition(application.call))
    found = Application.objects.filter(call__in=batches, applicant=application.applicant_id)
    return found.filter(state="decided").exclude(call=application.call_id).count()
