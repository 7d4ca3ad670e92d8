"""What calls say when two people are to be made one: who is what in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from anso.calls.models import Call, CallHost
from anso.calls.queries.bodies import part_said
from anso.calls.queries.parts import parts_in_calls
from anso.directory.models import Person
from anso.directory.queries.merging import Clash, OwnRows
from anso.governance.queries import alliance_day
from anso.kernel.call_parts import clashing_with
from anso.kernel.wording import Message, Text, gettext_noop

HOST_ROWS = {
    "calls.callhost_people.person": OwnRows(
        CallHost.people.through, "person_id", once="callhost_id"
    )
}


def clashes_of_parts(kept: Person, gone: Person, now: dt.datetime) -> Iterator[Clash]:
    """Nobody is in one call what cannot be together: a party and its reviewer."""
    calls = Call.objects.select_related("programme").only("title", "programme__kind").in_bulk()
    held = parts_in_calls(calls, [kept.pk, gone.pk], alliance_day(now))
    for call in sorted(calls):
        for part in sorted(held[call, gone.pk]):
            for other in clashing_with(part, held[call, kept.pk]):
                text = gettext_noop(
                    "In “%(call)s” one of them is %(part)s and the other %(other)s; nobody"
                    " is both at once."
                )
                facts = {
                    "call": Text(calls[call].title),
                    "part": part_said(calls[call], part),
                    "other": part_said(calls[call], other),
                }
                yield Clash(Message("parts", text, facts), call)
