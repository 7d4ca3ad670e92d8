"""The mails to people about their own work on a call: appointed, and no longer."""

from __future__ import annotations

import datetime as dt

from anso.calls.models import Call
from anso.calls.wording.people import part_told
from anso.directory.models import Person
from anso.kernel.actors import Actor
from anso.kernel.notices import Notice
from anso.kernel.zones import zone_of_country
from anso.notifications.actions import notify


def tell_of_part(
    notice: Notice, call: Call, person: Person | None, part: str, *, actor: Actor, now: dt.datetime
) -> None:
    """Write to whoever has a part in a call from now on, or has it no longer. Nobody is told what
    they did themself.
    """
    account = person.account if person else None
    if person is None or account is None or account.pk == actor.pk:
        return
    notify(
        notice,
        about=call,
        recipient=account,
        zone=zone_of_country(person.nationality_id or ""),
        say=lambda: part_told(call, person, part),
        key=f"{call.pk}:{part}:{account.reference}:{now.isoformat()}",
        context=call,
        actor=actor,
        now=now,
    )
