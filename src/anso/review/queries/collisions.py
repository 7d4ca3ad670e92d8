"""Who has come to have two parts in a call that do not go together: somebody whom others named and
who agreed, a mandate that began, an address that was added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from anso.accounts.models import Account
from anso.calls.models import Call, CallHost, CallOfficer
from anso.calls.queries import calls_managed_by, parts_in_calls
from anso.directory.models import Person
from anso.governance.queries import alliance_day, mandates_on
from anso.kernel.call_parts import CALL_PARTS, clashing_with
from anso.review.models import Reviewer


@dataclass(frozen=True)
class Collision:
    """One person and the parts of theirs in a call of which they can keep only some."""

    call: Call
    person: Person
    parts: tuple[str, ...]


def collisions_to_settle(account: Account, now: dt.datetime) -> list[Collision]:
    """Those in the calls that an officer works on, in a fixed number of queries."""
    running = calls_managed_by(account, now).filter(state__in=("draft", "published"))
    return collisions_in({call.pk: call for call in running}, now)


def collisions_in(calls: dict[int, Call], now: dt.datetime) -> list[Collision]:
    """Everybody who works on these calls or judges in them and may not be all that they are."""
    if not calls:
        return []
    day = alliance_day(now)
    held = parts_in_calls(calls, _people_at_work(calls, day), day)
    found = {
        pair: [part for part in CALL_PARTS if part in parts and clashing_with(part, parts)]
        for pair, parts in held.items()
    }
    people = Person.objects.in_bulk([person for (_call, person), parts in found.items() if parts])
    return [
        Collision(calls[call], people[person], tuple(parts))
        for (call, person), parts in found.items()
        if parts
    ]


def _people_at_work(calls: Iterable[int], day: dt.date) -> set[int]:
    """Officers, reviewers, those who answer for hosts and who serves in the bodies."""
    found: set[int | None] = set()
    officers = CallOfficer.objects.filter(call__in=calls, account__person__isnull=False)
    found.update(officers.values_list("account__person", flat=True))
    reviewing = Reviewer.objects.filter(call__in=calls, state__in=("invited", "accepted"))
    found.update(reviewing.values_list("person_id", flat=True))
    hosts = CallHost.objects.filter(call__in=calls, people__isnull=False)
    found.update(hosts.values_list("people", flat=True))
    served = mandates_on(day).filter(body__in_calls__call__in=calls)
    found.update(served.values_list("person_id", flat=True))
    return {person for person in found if person is not None}
