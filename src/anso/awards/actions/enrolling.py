"""Whoever accepts an admission is entered among the members of the alliance; whoever gives it back,
or loses it by a correction, leaves it again, unless it was a member before.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.audit.actions import record_entry
from anso.awards import rules
from anso.awards.models import Enrolment, Offer
from anso.awards.queries.enrolling import Applied, applied_by, first_day_of, known_as
from anso.calls.queries import get_terms
from anso.directory.models import Organisation
from anso.governance.actions import admit_member, end_membership
from anso.governance.enums import MembershipCategory
from anso.governance.queries import alliance_day
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.programmes.outcomes import find_outcome


def follow_in_register(offer: Offer, *, now: dt.datetime) -> None:
    """Enter whoever accepted, and end the membership of whoever holds it no more. Where the
    directory knows somebody of a similar name, nothing is entered: an officer is asked.

    It is the acceptance that enters them, and nobody's own doing: the worker acts.
    """
    if not find_outcome(get_terms(offer.application.call).outcome.code).admits:
        return
    if offer.state == "accepted":
        enrolment = Enrolment.objects.create(offer=offer, asked_at=now)
        applied = applied_by(offer)
        known = known_as(applied)
        if known.same is not None or not known.alike:
            _enter(enrolment, known.same or _made(applied), now)
        return
    entered = Enrolment.objects.filter(offer=offer, is_admitted=True).first()
    membership = entered.membership if entered else None
    if membership is not None and membership.ended_on is None:
        # A membership has at least one day.
        on = max(alliance_day(now), membership.admitted_on + dt.timedelta(days=1))
        end_membership(
            membership=membership,
            on=on,
            because="Its admission was given back or taken back.",
            source=offer.application.number,
            actor=WORKER,
            now=now,
        )


@transaction.atomic
def answer_enrolment(
    *,
    enrolment: Enrolment,
    organisation: Organisation | None,
    actor: Account,
    now: dt.datetime,
) -> Enrolment:
    """Say which organisation of the directory it is, or that it is none of them and a new one.

    Refuses what was answered already, and an admission that is no more held.
    """
    call = enrolment.offer.application.call
    rules.may_enrol(actor, call, now).require()
    locked = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if locked.membership_id is not None:
        raise BadInput(gettext_noop("It was entered already."))
    if locked.offer.state != "accepted":
        raise BadInput(gettext_noop("This admission is not held any more."))
    found = organisation or _made(applied_by(locked.offer))
    record_entry(
        locked, "answer_enrolment", actor=actor, now=now, changes={"is": [None, str(found)]}
    )
    return _enter(locked, found, now)


def _made(applied: Applied) -> Organisation:
    return Organisation.objects.create(
        name=applied.name, kind=applied.kind, country_id=applied.country
    )


def _enter(enrolment: Enrolment, organisation: Organisation, now: dt.datetime) -> Enrolment:
    """Admit it from its first day; one that is a member already stays so, and is not admitted
    twice.
    """
    on = first_day_of(enrolment.offer, organisation, now)
    membership = organisation.memberships.filter(period__contains=on).first()
    enrolment.is_admitted = membership is None
    if membership is None:
        membership = admit_member(
            organisation=organisation,
            category=MembershipCategory.FULL,
            on=on,
            source=enrolment.offer.application.number,
            actor=WORKER,
            now=now,
        )
    enrolment.membership, enrolment.entered_at = membership, now
    enrolment.save(update_fields=["membership", "entered_at", "is_admitted"])
    return enrolment
