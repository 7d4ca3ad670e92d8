"""What people are in a call: officers, hosts' people and those who serve in its bodies are known
here; packages above say who applies, writes letters and reviews.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from anso.calls.enums import JUDGING, BodyFunction
from anso.calls.models import Call, CallHost, CallOfficer
from anso.database import PreparedValues
from anso.directory.queries import addresses_of
from anso.governance.queries import PRESIDING, mandates_on
from anso.kernel.actors import Actor
from anso.kernel.call_parts import clashing_with
from anso.kernel.names import mailbox
from anso.kernel.registers import Register


class Asked:
    """The calls and the people that are asked about, by their keys. Mailboxes are read only by
    whoever compares addresses.
    """

    def __init__(self, calls: Iterable[int], people: Iterable[int]) -> None:
        self.calls, self.people = sorted(set(calls)), sorted(set(people))

    @cached_property
    def mailboxes(self) -> dict[str, set[int]]:
        """Each mailbox that is known to be theirs, with whose it is."""
        found: dict[str, set[int]] = {}
        for person, addresses in addresses_of(self.people).items():
            for address in addresses:
                found.setdefault(mailbox(address), set()).add(person)
        return found


@dataclass(frozen=True)
class PartSource:
    """Where parts are known: which ones, and who of those asked about has which in which call, in a
    fixed number of queries: (call, person, part).
    """

    parts: frozenset[str]
    held: Callable[[Asked, dt.date], Iterable[tuple[int, int, str]]]


PART_SOURCES: Register[PartSource] = Register("sources of parts in a call")
# By app: the calls from whose inside somebody is kept, since they have a part there in which nobody
# reads what others handed in.
KEPT_OUT: Register[Callable[[Actor], QuerySet[Any, Any]]] = Register("calls kept from somebody")


def parts_in_call(
    call: Call, people: Iterable[int], on: dt.date, *, beside: str = ""
) -> dict[int, frozenset[str]]:
    """What these people are in a call on a day, by their keys: also under further addresses."""
    found = parts_in_calls([call.pk], people, on, beside=beside)
    return {person: parts for (_call, person), parts in found.items()}


def parts_in_calls(
    calls: Iterable[int], people: Iterable[int], on: dt.date, *, beside: str = ""
) -> dict[tuple[int, int], frozenset[str]]:
    """The same in several calls at once, by the keys of call and person.

    With ``beside`` a part, only what can keep somebody from having that one is looked for.
    """
    asked = Asked(calls, people)
    found: dict[tuple[int, int], set[str]] = {
        (call, person): set() for call in asked.calls for person in asked.people
    }
    for source in PART_SOURCES.values():
        if beside and not clashing_with(beside, source.parts):
            continue
        for call, person, part in source.held(asked, on):
            found[call, person].add(part)
    return {pair: frozenset(parts) for pair, parts in found.items()}


def _known_here(calls: list[int], people: list[int], on: dt.date) -> QuerySet[Any, Any]:
    none = Value("")
    officers = CallOfficer.objects.filter(call__pk__among=calls, account__person__pk__among=people)
    hosts = CallHost.objects.filter(call__pk__among=calls, people__pk__among=people)
    served = mandates_on(on).filter(person__pk__among=people, body__in_calls__call__pk__among=calls)
    return officers.values_list("call_id", "account__person", Value("officer"), none).union(
        hosts.values_list("call_id", "people", Value("host"), none),
        served.values_list(
            "body__in_calls__call_id", "person_id", "body__in_calls__function", "role"
        ),
    )


KNOWN_HERE = PreparedValues("parts_known_here", _known_here, list[int], list[int], dt.date)


def parts_known_here(asked: Asked, on: dt.date) -> Iterator[tuple[int, int, str]]:
    """Officers, those who answer for hosts, and who serves on that day in the bodies of the call:
    in one query, since everybody who starts an application is asked about.
    """
    for call, person, what, role in KNOWN_HERE.rows(asked.calls, asked.people, on):
        part = part_by_mandate(what, role) if role else what
        if part:
            yield call, person, part


HERE = PartSource(frozenset({"officer", "host", "member", "chair", "conferrer"}), parts_known_here)


def part_by_mandate(function: str, role: str) -> str:
    """What somebody with a role in a body is in a call where that body has a function; blank where
    they act for it in nothing.
    """
    if role in PRESIDING:
        return "conferrer" if function == BodyFunction.CONFERRING else "chair"
    return "member" if function in JUDGING else ""


def calls_kept_from(account: Actor) -> QuerySet[Call]:
    """Calls whose inside somebody must not see, although their work would open it to them: they
    are a party to an application there.
    """
    found = Q(pk__in=())
    for source in KEPT_OUT.values():
        found |= Q(pk__in=source(account))
    return Call.objects.filter(found).order_by()


def at_mailbox(column: str) -> Func:
    """A column of addresses as the database compares them with ``kernel.names.mailbox``."""
    return Func(Lower(F(column)), Value(r"\+[^@]*@"), Value("@"), function="regexp_replace")
