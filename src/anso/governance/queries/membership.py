"""Reading members: who belongs on a day, and where each of them stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from anso.database.search import has_words
from anso.directory.models import Organisation
from anso.governance.models import Membership, MembershipEvent
from anso.governance.queries.mandates import alliance_day, if_secretariat, mandates_on
from anso.kernel.actors import Actor
from anso.kernel.standing import Standing, StandingEvent, StandingEventKind, standing_on

EVENTS = Prefetch("events", queryset=MembershipEvent.objects.order_by("on", "id"))


def members_on(day: dt.date) -> QuerySet[Membership]:
    """Members of the alliance on a day, suspended ones too, in the order they joined, with what was
    recorded about them.
    """
    return (
        Membership.objects.filter(period__contains=day)
        .select_related("organisation__country")
        .prefetch_related(EVENTS)
        .order_by("number")
    )


def find_members(
    day: dt.date, *, words: str = "", region: str = "", kind: str = ""
) -> QuerySet[Membership]:
    """Members on a day, narrowed by words in name, acronym or city, by region of the world, and by
    what they are.
    """
    found = members_on(day)
    if words.strip():
        named = Organisation.objects.filter(has_words(words))
        found = found.filter(organisation__in=named.values("pk"))
    found = found.filter(organisation__country__region=region) if region else found
    return found.filter(organisation__kind=kind) if kind else found


def get_member_for(reference: str) -> Organisation:
    """The organisation with this reference and all its memberships, ended ones too, latest first;
    404 for one that never was a member.
    """
    memberships = Membership.objects.prefetch_related(EVENTS).order_by("-period")
    found = Organisation.objects.filter(reference=reference, memberships__isnull=False)
    member = (
        found.select_related("country")
        .prefetch_related(Prefetch("memberships", queryset=memberships))
        .first()
    )
    if member is None:
        raise Http404("no member, past or present")
    return member


@dataclass(frozen=True)
class MemberStanding:
    """Where a member stands on a day, since when, in which category, and the records that say so:
    what decides it, and a suspension that a waiver lifts.
    """

    standing: Standing
    since: dt.date | None
    category: str
    decided_by: MembershipEvent | None
    lifted: MembershipEvent | None


def standing_of(memberships: Iterable[Membership], day: dt.date) -> MemberStanding:
    """Where an organisation stands on a day, by the events of its memberships. Those of one that is
    going on are enough to know where its member stands now.
    """
    recorded = {event.pk: event for event in events_that_count(memberships)}
    found = standing_on(day, (_plain(event) for event in recorded.values()))

    def event_of(plain: StandingEvent | None) -> MembershipEvent | None:
        return recorded[plain.key] if plain else None

    return MemberStanding(
        found.standing,
        found.since,
        found.category,
        event_of(found.decided_by),
        event_of(found.lifted),
    )


def events_that_count(memberships: Iterable[Membership]) -> list[MembershipEvent]:
    """What was recorded about memberships, without what was revoked and the revocations."""
    recorded = [event for each in memberships for event in each.events.all()]
    revoked = {event.revokes_id for event in recorded}
    return [event for event in recorded if event.pk not in revoked and event.revokes_id is None]


def _plain(event: MembershipEvent) -> StandingEvent:
    return StandingEvent(
        StandingEventKind(event.kind), event.on, event.until, event.category, event.pk
    )


def is_on_seat_of(account_id: int | None, organisation: Organisation, day: dt.date) -> bool:
    """Whether the person behind an account serves on a seat of this organisation on a day."""
    if account_id is None:
        return False
    held = mandates_on(day).filter(organisation=organisation, person__account_id=account_id)
    return held.exists()


def memberships_looked_after_by(account: Actor, now: dt.datetime) -> QuerySet[Membership]:
    """Memberships that somebody looks after today: all for the Secretariat."""
    return Membership.objects.filter(if_secretariat(account, alliance_day(now)))
