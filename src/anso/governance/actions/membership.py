"""Recording what happens to members: admission, suspension, waiver, restoration, another category,
the end, and that a record was wrong. Nothing is overwritten.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from anso.audit.actions import record_entry
from anso.directory.models import Organisation
from anso.governance.enums import MembershipCategory, MembershipEventKind
from anso.governance.models import Membership, MembershipEvent
from anso.governance.queries import standing_of
from anso.governance.rules import may_change_membership
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.reasons import fitting
from anso.kernel.standing import ENDING, Standing
from anso.kernel.wording import gettext_noop as _

LIFTING = (MembershipEventKind.WAIVED, MembershipEventKind.RESTORED)


@transaction.atomic
def admit_member(
    *,
    organisation: Organisation,
    category: str,
    on: dt.date,
    number: int | None = None,
    because: str = "",
    source: str = "",
    actor: Actor,
    now: dt.datetime,
) -> Membership:
    """An organisation belongs to the alliance from a day on. One that comes back has its number
    again; a new one without a number has the next.

    Refuses one that is a member on that day or later, and a number that another one has.
    """
    may_change_membership(actor, now).require()
    # The organisation, for there is no membership yet that two who admit it at once could wait for.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    known = _known_category(category)
    period = DateRange(on, None)
    if organisation.memberships.filter(period__overlap=period).exists():
        raise BadInput(_("%(member)s is a member then already."), member=organisation.name)
    membership = Membership.objects.create(
        organisation=organisation, number=_number_for(organisation, number), period=period
    )
    kind = MembershipEventKind.ADMITTED
    event = MembershipEvent(membership=membership, kind=kind, on=on, category=known)
    event.because, event.source = because, source
    _add(event, "admit_member", actor=actor, now=now)
    return membership


@transaction.atomic
def suspend_member(
    *,
    membership: Membership,
    on: dt.date,
    until: dt.date | None = None,
    because: str,
    source: str = "",
    actor: Actor,
    now: dt.datetime,
) -> MembershipEvent:
    """Suspend a member from a day on, until it is restored or the suspension runs out."""
    event = MembershipEvent(membership=membership, kind=MembershipEventKind.SUSPENDED, on=on)
    event.until, event.because, event.source = until, because, source
    return _record(event, "suspend_member", actor=actor, now=now)


@transaction.atomic
def waive_suspension(
    *,
    membership: Membership,
    on: dt.date,
    until: dt.date | None = None,
    because: str,
    source: str = "",
    actor: Actor,
    now: dt.datetime,
) -> MembershipEvent:
    """Lift a suspension for a time: the member is in good standing until the waiver runs out.
    Refuses one that is not suspended on that day.
    """
    event = MembershipEvent(membership=membership, kind=MembershipEventKind.WAIVED, on=on)
    event.until, event.because, event.source = until, because, source
    return _record(event, "waive_suspension", actor=actor, now=now)


@transaction.atomic
def restore_member(
    *,
    membership: Membership,
    on: dt.date,
    because: str,
    source: str = "",
    actor: Actor,
    now: dt.datetime,
) -> MembershipEvent:
    """End a suspension. Refuses a member that is not suspended on that day."""
    event = MembershipEvent(membership=membership, kind=MembershipEventKind.RESTORED, on=on)
    event.because, event.source = because, source
    return _record(event, "restore_member", actor=actor, now=now)


@transaction.atomic
def change_member_category(
    *,
    membership: Membership,
    category: str,
    on: dt.date,
    because: str,
    source: str = "",
    actor: Actor,
    now: dt.datetime,
) -> MembershipEvent:
    """A member belongs in another category from a day on. Refuses the category that it is in."""
    event = MembershipEvent(membership=membership, kind=MembershipEventKind.RECATEGORISED, on=on)
    event.category, event.because, event.source = _known_category(category), because, source
    return _record(event, "change_member_category", actor=actor, now=now)


@transaction.atomic
def end_membership(
    *,
    membership: Membership,
    on: dt.date,
    is_expelled: bool = False,
    because: str,
    source: str = "",
    actor: Actor,
    now: dt.datetime,
) -> MembershipEvent:
    """A member leaves, or is expelled; the day is the first on which it is no member. Its page, its
    number and all that was recorded stay.
    """
    kind = MembershipEventKind.EXPELLED if is_expelled else MembershipEventKind.LEFT
    event = MembershipEvent(membership=membership, kind=kind, on=on)
    event.because, event.source = because, source
    recorded = _record(event, "end_membership", actor=actor, now=now)
    _set_end(recorded.membership, on)
    return recorded


@transaction.atomic
def revoke_membership_event(
    *, event: MembershipEvent, because: str, source: str = "", actor: Actor, now: dt.datetime
) -> MembershipEvent:
    """Say that a record was wrong: it counts no longer, and stays to be read. An end that is
    revoked opens the membership again.

    Refuses an admission, which can only be ended, and what was revoked before.
    """
    may_change_membership(actor, now).require()
    membership = Membership.objects.select_for_update().get(pk=event.membership_id)
    if event.kind in (MembershipEventKind.ADMITTED, MembershipEventKind.REVOKED):
        raise BadInput(_("An admission is ended, not revoked; a revocation stays."))
    if MembershipEvent.objects.filter(revokes=event).exists():
        raise BadInput(_("This record was revoked already."))
    if event.kind in ENDING:
        later = DateRange(event.on, None)
        if membership.organisation.memberships.filter(period__overlap=later).exists():
            raise BadInput(_("The organisation came back since; its former end stays."))
        _set_end(membership, None)
    revocation = MembershipEvent(
        membership=membership, kind=MembershipEventKind.REVOKED, on=event.on, revokes=event
    )
    revocation.because, revocation.source = because, source
    return _add(revocation, "revoke_membership_event", actor=actor, now=now)


def _record(
    event: MembershipEvent, verb: str, *, actor: Actor, now: dt.datetime
) -> MembershipEvent:
    """Add a record to a membership that is going on. The membership is locked first, so that two
    records of the same moment see each other.
    """
    may_change_membership(actor, now).require()
    event.membership = Membership.objects.select_for_update().get(pk=event.membership_id)
    _require_possible(event)
    return _add(event, verb, actor=actor, now=now)


def _require_possible(event: MembershipEvent) -> None:
    membership = event.membership
    is_end, ended_on = event.kind in ENDING, membership.ended_on
    if is_end and ended_on is not None:
        raise BadInput(_("This membership has ended already."))
    is_too_early = event.on < membership.admitted_on or (
        is_end and event.on == membership.admitted_on
    )
    if is_too_early or (ended_on is not None and event.on >= ended_on):
        raise BadInput(_("The organisation is no member on that day."))
    if event.until is not None and event.until <= event.on:
        raise BadInput(_("It must end later than it begins."))
    found = standing_of([membership], event.on)
    # A waiver may be followed by a restoration, or by another waiver.
    is_suspended = found.standing is Standing.SUSPENDED or found.lifted is not None
    if event.kind in LIFTING and not is_suspended:
        raise BadInput(_("This member is not suspended on that day."))
    if event.category and event.category == found.category:
        raise BadInput(_("The member is in this category already."))


def _add(event: MembershipEvent, verb: str, *, actor: Actor, now: dt.datetime) -> MembershipEvent:
    event.because, event.source = fitting(event.because, 500), fitting(event.source, 300)
    if not (event.because or event.source):
        raise BadInput(_("Say why, or where it was decided."))
    event.recorded_at = now
    event.save()
    changes = {"on": event.on, "until": event.until, "category": event.category}
    changes |= {"revokes": str(event.revokes)} if event.revokes else {}
    record_entry(
        event.membership,
        verb,
        actor=actor,
        now=now,
        changes={name: value for name, value in changes.items() if value},
        because=event.because or event.source,
    )
    return event


def _set_end(membership: Membership, on: dt.date | None) -> None:
    membership.period = DateRange(membership.admitted_on, on)
    membership.save(update_fields=["period"])


def _known_category(category: str) -> str:
    if category not in MembershipCategory.values:
        raise BadInput(_("There is no category “%(category)s”."), category=category[:40])
    return category


def _number_for(organisation: Organisation, wished: int | None) -> int:
    own = organisation.memberships.values_list("number", flat=True).first()
    if wished is None:
        highest = Membership.objects.aggregate(highest=Max("number"))["highest"]
        return own or (highest or 0) + 1
    if own is not None and own != wished:
        raise BadInput(_("This organisation has the number %(number)d."), number=own)
    if Membership.objects.exclude(organisation=organisation).filter(number=wished).exists():
        raise BadInput(_("The number %(number)d belongs to another member."), number=wished)
    return wished
