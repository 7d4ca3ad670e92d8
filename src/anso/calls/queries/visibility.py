"""Which calls a person sees, and from which side: everyone's pages, or the staff's."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.calls.models import Call, CallOfficer
from anso.calls.queries.bodies import chair_condition
from anso.calls.queries.parts import calls_kept_from
from anso.database import Prepared, PreparedValues
from anso.governance.enums import BodyKind, MandateRole
from anso.governance.queries import (
    PRESIDING,
    alliance_day,
    if_secretariat,
    is_secretariat,
    mandates_held,
)
from anso.kernel.actors import Actor


def calls_visible_to(account: Actor | None, now: dt.datetime) -> QuerySet[Call]:
    """Calls that somebody may read: those ever published for everyone, drafts for those who work on
    them. Soonest deadline first.
    """
    found = Q(published_at__isnull=False)
    if account is not None and account.pk is not None:
        found |= _desk_condition(account, alliance_day(now))
    return (
        Call.objects.filter(found).select_related("programme", "parent").order_by("closes_at", "id")
    )


def open_at(now: dt.datetime) -> Q:
    """The calls that take applications at this moment."""
    return Q(state="published", opens_at__lte=now, closes_at__gt=now)


def open_calls(now: dt.datetime) -> QuerySet[Call]:
    """Published calls that take applications at this moment, soonest deadline first."""
    found = Call.objects.filter(open_at(now))
    return found.select_related("programme").order_by("closes_at", "id")


def get_call_for(account: Actor | None, slug: str, now: dt.datetime) -> Call:
    """The call at a public address; 404 when there is none that this person may read."""
    try:
        return calls_visible_to(account, now).get(slug=slug)
    except Call.DoesNotExist:
        raise Http404 from None


def calls_managed_by(account: Actor, now: dt.datetime) -> QuerySet[Call]:
    """Calls that this person works on as programme officer today. Leaving the Secretariat ends
    it, and so does being a party to an application.
    """
    if account.pk is None or not is_secretariat(account, now):
        return Call.objects.none()
    return (
        Call.objects.filter(officers__account_id=account.pk)
        .exclude(pk__in=calls_kept_from(account))
        .select_related("programme")
        .distinct()
        .order_by("-edition_year", "slug")
    )


def calls_on_desk_of(account: Actor | None, now: dt.datetime) -> QuerySet[Call]:
    """Calls whose inside this person may read: their officers, whoever presides over a body of
    theirs or oversees them, and auditors; never those in which they are a party to an application.
    """
    if account is None or account.pk is None:
        return Call.objects.none()
    return _on_desk_of(account, alliance_day(now))


def _on_desk_of(account: Actor, day: dt.date) -> QuerySet[Call]:
    found = Call.objects.exclude(pk__in=calls_kept_from(account))
    audits = Exists(mandates_held(account, day).filter(role=MandateRole.AUDITOR))
    found = found.filter(Q(audits) | _desk_condition(account, day))
    return found.select_related("programme", "parent").order_by("-edition_year", "slug")


# Every page of the staff begins with it.
CALL_ON_DESK = Prepared(
    "call_on_desk",
    lambda account, reference, day: _on_desk_of(Account(pk=account), day).filter(
        reference=reference
    ),
    int,
    str,
    dt.date,
    joined=("programme", "parent"),
)


def get_desk_call_for(account: Actor | None, reference: str, now: dt.datetime) -> Call:
    """The call behind a staff page; 404 for everyone who may not read its inside."""
    if account is None or account.pk is None:
        raise Http404
    call = CALL_ON_DESK.first(account.pk, reference, alliance_day(now))
    if call is None:
        raise Http404
    return call


def _desk_condition(account: Actor, day: dt.date) -> Q:
    own = CallOfficer.objects.filter(call_id=OuterRef("pk"), account_id=account.pk)
    overseen = _overseen_on(account, day).values("pk")
    officer = Q(if_secretariat(account, day)) & Q(Exists(own))
    return chair_condition(account, day) | Q(pk__in=overseen) | officer


def overseen_calls(account: Actor, now: dt.datetime) -> QuerySet[Call]:
    """Calls that somebody oversees without working on them: all for the Executive Director, those
    of its programmes for whoever heads a division.
    """
    return _overseen_on(account, alliance_day(now))


def _overseen_on(account: Actor, day: dt.date) -> QuerySet[Call]:
    held = mandates_held(account, day)
    heads = held.filter(role__in=PRESIDING, body__kind=BodyKind.DIVISION)
    directs = held.filter(role=MandateRole.EXECUTIVE_DIRECTOR)
    divisions = Q(programme__division__in=heads.values("body__code"))
    return Call.objects.filter(divisions | Exists(directs)).order_by()


def is_overseer_of(account: Actor, call: Call, now: dt.datetime) -> bool:
    """Whether somebody oversees the call today, and is no party to an application of it."""
    found = overseen_calls(account, now).exclude(pk__in=calls_kept_from(account))
    return found.filter(pk=call.pk).exists()


# Asked several times for every page of the staff.
WORKS_ON = PreparedValues(
    "works_on_call",
    lambda account, call: (
        CallOfficer.objects.filter(account_id=account, call_id=call)
        .exclude(call__in=calls_kept_from(Account(pk=account)))
        .values_list("pk")
    ),
    int,
    int,
)


def is_officer_of(account: Actor, call: Call, now: dt.datetime) -> bool:
    """Whether this person works on the call as programme officer today, and is no party to an
    application of it.
    """
    return is_secretariat(account, now) and bool(WORKS_ON.rows(account.pk, call.pk))


def is_kept_from(account: Actor, call: Call) -> bool:
    """Whether somebody must not see the inside of a call, whatever they are to it besides."""
    return calls_kept_from(account).filter(pk=call.pk).exists()
