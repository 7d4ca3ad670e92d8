"""Appointing who serves in the panel or jury of a call, from its page: chairs and members, until
when, and who stands in for a chair who is away. Everybody is told by mail.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from anso.accounts.queries import find_account
from anso.audit.actions import record_entry
from anso.calls import notices
from anso.calls.actions.telling_people import tell_of_part
from anso.calls.models import Call
from anso.calls.queries import calls_served_by
from anso.calls.queries.parts import part_by_mandate
from anso.calls.rules import may_appoint, may_have_part
from anso.directory.models import Person
from anso.directory.queries import get_person_of
from anso.governance.actions import end_mandate, give_mandate
from anso.governance.enums import MandateRole
from anso.governance.models import Body, Mandate
from anso.governance.queries import PRESIDING, alliance_day, mandates_on
from anso.kernel.actors import Actor
from anso.kernel.addresses import require_address
from anso.kernel.errors import BadInput
from anso.kernel.reasons import fitting
from anso.kernel.wording import gettext_noop

ROLES = (MandateRole.CHAIR, MandateRole.MEMBER)


@dataclass(frozen=True)
class Appointment:
    """Whom an officer appoints to what, and the first day on which it is over, if any."""

    email: str
    full_name: str
    role: str
    ends_on: dt.date | None = None


@transaction.atomic
def appoint_to_body(
    *, call: Call, body: Body, appointed: Appointment, actor: Actor, now: dt.datetime
) -> Mandate:
    """Somebody serves in the panel or jury of a call from today on. A new chair takes the place of
    the one before, whose mandate ends with the day that began.

    Refuses a part that they may not have in any running call which the body serves.
    """
    _require_free(call, body, appointed, actor, now)
    for before in _presiding(body, now) if appointed.role == MandateRole.CHAIR else ():
        _end(call, before, "", actor, now)
    return _give(call, body, appointed, actor, now)


@transaction.atomic
def stand_in_for_chair(
    *, call: Call, body: Body, appointed: Appointment, actor: Actor, now: dt.datetime
) -> Mandate:
    """Somebody presides in the place of a chair who is away, until a day on which the chair is back
    without anybody's doing.

    Refused without a chair, without a day, and beyond the chair's own mandate.
    """
    _require_free(call, body, appointed, actor, now)
    chair = next(iter(_presiding(body, now)), None)
    if chair is None or chair.person is None:
        raise BadInput(gettext_noop("Nobody presides for whom somebody could stand in."))
    back_on = appointed.ends_on
    if back_on is None:
        raise BadInput(gettext_noop("Say on which day the chair is back."))
    if chair.ends_on is not None and chair.ends_on <= back_on:
        raise BadInput(gettext_noop("The chair's own mandate is over by then. Appoint a chair."))
    _end(call, chair, "", actor, now)
    given = _give(call, body, appointed, actor, now)
    again = Mandate.objects.create(
        body=body, role=chair.role, person=chair.person, starts_on=back_on, ends_on=chair.ends_on
    )
    record_entry(again, "give_mandate", actor=actor, now=now)
    return given


@transaction.atomic
def end_in_body(
    *, call: Call, mandate: Mandate, because: str, actor: Actor, now: dt.datetime
) -> Mandate:
    """Somebody serves no longer in the panel or jury of a call. Whoever presides goes only with a
    reason: nobody decides in the call until another is appointed.
    """
    may_appoint(actor, call, mandate.body, now).require()
    if mandate.role in PRESIDING and not because.strip():
        raise BadInput(
            gettext_noop(
                "Say why: without a chair nobody can decide in this call until you appoint one."
            )
        )
    return _end(call, mandate, because, actor, now)


def _require_free(
    call: Call, body: Body, appointed: Appointment, actor: Actor, now: dt.datetime
) -> None:
    may_appoint(actor, call, body, now).require()
    require_address(appointed.email)
    if appointed.role not in ROLES:
        raise BadInput(gettext_noop("Choose whether they preside or are a member."))
    account = find_account(appointed.email)
    person = get_person_of(account) if account else None
    if person is not None:
        _require_parts(person, body, appointed.role, now)
    elif not appointed.full_name.strip():
        raise BadInput(gettext_noop("We do not know this address yet. Give their name too."))


def _require_parts(person: Person, body: Body, role: str, now: dt.datetime) -> None:
    """In every running call which the body serves, and not only where the officer looks."""
    for call, function in calls_served_by(body):
        may_have_part(person, part_by_mandate(function, role), call, now).require()


def _presiding(body: Body, now: dt.datetime) -> list[Mandate]:
    found = mandates_on(alliance_day(now)).filter(body=body, role__in=PRESIDING)
    return list(found.select_related("body", "person__account"))


def _give(
    call: Call, body: Body, appointed: Appointment, actor: Actor, now: dt.datetime
) -> Mandate:
    mandate = give_mandate(
        email=appointed.email,
        full_name=appointed.full_name,
        role=appointed.role,
        body=body,
        ends_on=appointed.ends_on,
        actor=actor,
        now=now,
    )
    tell_of_part(notices.PART_GIVEN, call, mandate.person, mandate.role, actor=actor, now=now)
    return mandate


def _end(call: Call, mandate: Mandate, because: str, actor: Actor, now: dt.datetime) -> Mandate:
    ended = end_mandate(mandate=mandate, because=fitting(because), actor=actor, now=now)
    tell_of_part(notices.PART_ENDED, call, ended.person, ended.role, actor=actor, now=now)
    return ended
