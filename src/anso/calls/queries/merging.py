"""What calls say when two people are to be made one: who is what in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from anso.calls.models import Call, CallHost
from anso.calls.queries.parts import parts_in_calls
from anso.directory.models import Person
from anso.directory.queries.merging import Clash, OwnRows
from anso.governance.queries import alliance_day
from anso.kernel.call_parts import CALL_PARTS, clashing_with
from anso.kernel.wording import Message, Text, gettext_noop

HOST_ROWS = {
    "calls.callhost_people.person": OwnRows(
        CallHost.people.through, "person_id", once="callhost_id"
    )
}


def clashes_of_parts(kept: Person, gone: Person, now: dt.datetime) -> Iterator[Clash]:
    """Nobody is in one call what cannot be together: a party and its reviewer."""
    calls = dict(Call.objects.values_list("pk", "title"))
    held = parts_in_calls(calls, [kept.pk, gone.pk], alliance_day(now))
    for call, title in sorted(calls.items()):
        for part in sorted(held[call, gone.pk]):
            for other in clashing_with(part, held[call, kept.pk]):
                text = gettext_noop(
                    "In “%(call)s” one of them is %(part)s and the other %(other)s; nobody"
                    " is both at once."
                )
                facts = {
                    "call": Text(title),
                    "part": CALL_PARTS[part].label,
                    "other": CALL_PARTS[other].label,
                }
                yield Clash(Message("parts", text, facts), call)
