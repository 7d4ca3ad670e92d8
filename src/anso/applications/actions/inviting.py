"""Inviting people to start in a call that is by invitation, many at once; and taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from anso.accounts.queries import find_account
from anso.applications.models import Invited
from anso.applications.notices import INVITED_NO_MORE, INVITED_TO_START
from anso.applications.queries.invited import invited_to
from anso.applications.rules import may_invite_to_start
from anso.applications.wording.invited import invited_told
from anso.audit.actions import record_entry
from anso.calls.models import Call
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.names import mailbox
from anso.kernel.notices import Notice
from anso.kernel.people_lists import PersonLine
from anso.kernel.periods import day_of
from anso.kernel.wording import gettext_noop
from anso.notifications.actions import notify


@transaction.atomic
def invite_to_start(
    *,
    call: Call,
    lines: Sequence[PersonLine],
    until_on: dt.date,
    language: str,
    actor: Actor,
    now: dt.datetime,
) -> list[Invited]:
    """Invite everybody of a list by mail to start until a day; whoever is invited already is left
    alone. Returns the new ones.

    Refuses a list with a fault, naming the line, and a day that has passed.
    """
    may_invite_to_start(actor, call, now).require()
    _require_ahead(call, until_on, now)
    for line in lines:
        if line.fault is not None:
            raise BadInput.of(replace(line.fault, facts={**line.fault.facts, "line": line.number}))
    # One after the other, so that of two officers with one list the second invites nobody again.
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    known = {mailbox(email) for email in invited_to(call).values_list("email", flat=True)}
    return [
        _invite(line, call, until_on, language, actor=actor, now=now)
        for line in lines
        if line.box not in known
    ]


@transaction.atomic
def invite_again(*, invited: Invited, until_on: dt.date, actor: Actor, now: dt.datetime) -> Invited:
    """Send the mail once more, with another last day."""
    may_invite_to_start(actor, invited.call, now).require()
    _require_ahead(invited.call, until_on, now)
    locked = Invited.objects.select_for_update(of=("self",)).get(pk=invited.pk)
    before, locked.until_on = locked.until_on, until_on
    locked.last_sent_at, locked.send_count = now, locked.send_count + 1
    locked.save(update_fields=["until_on", "last_sent_at", "send_count"])
    changes = {"until_on": [before, until_on]}
    record_entry(locked, "invite_to_start_again", actor=actor, now=now, changes=changes)
    _tell(INVITED_TO_START, locked, actor, now)
    return locked


@transaction.atomic
def take_invitation_back(*, invited: Invited, actor: Actor, now: dt.datetime) -> Invited:
    """Let somebody start no more, and say so; what they began stays theirs."""
    may_invite_to_start(actor, invited.call, now).require()
    locked = Invited.objects.select_for_update(of=("self",)).get(pk=invited.pk)
    if locked.taken_back_at is None:
        locked.taken_back_at = now
        locked.save(update_fields=["taken_back_at"])
        record_entry(locked, "take_invitation_back", actor=actor, now=now)
        _tell(INVITED_NO_MORE, locked, actor, now)
    return locked


def _invite(
    line: PersonLine,
    call: Call,
    until_on: dt.date,
    language: str,
    *,
    actor: Actor,
    now: dt.datetime,
) -> Invited:
    invited = Invited.objects.create(
        call=call,
        email=line.email,
        full_name=line.name,
        organisation=line.organisation,
        language=language,
        until_on=until_on,
        invited_at=now,
        last_sent_at=now,
    )
    changes = {"email": [None, line.email], "until_on": [None, until_on]}
    record_entry(invited, "invite_to_start", actor=actor, now=now, changes=changes)
    _tell(INVITED_TO_START, invited, actor, now)
    return invited


def _require_ahead(call: Call, until_on: dt.date, now: dt.datetime) -> None:
    if until_on < day_of(now, call.zone):
        raise BadInput(gettext_noop("Give a last day that has not passed."), until_on=until_on)


def _tell(notice: Notice, invited: Invited, actor: Actor, now: dt.datetime) -> None:
    account = find_account(invited.email)
    notify(
        notice,
        about=invited,
        recipient=account,
        email=invited.email,
        language=account.language if account else invited.language,
        country="",
        zone=invited.call.zone,
        say=lambda: invited_told(invited),
        key=f"{invited.reference}:{invited.send_count}",
        context=invited.call,
        actor=actor,
        now=now,
    )
