"""Who can speak today for the bodies of calls: whoever presides, has an account, and has no other
part in the call that keeps them from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from anso.accounts.models import Account
from anso.calls.enums import JUDGING, BodyFunction
from anso.calls.models import Call, CallBody
from anso.calls.queries import parts_in_calls
from anso.calls.queries.bodies import presiding_on
from anso.calls.queries.parts import part_by_mandate
from anso.decisions.models import SelectionRun
from anso.directory.models import Person
from anso.governance.models import Body
from anso.governance.queries import alliance_day
from anso.kernel.call_parts import clashing_with


@dataclass(frozen=True)
class Chairs:
    """Who presides over a body that has a function in a call, and who of them can act there."""

    body: Body
    presiding: tuple[Person, ...]
    able: tuple[Person, ...]


Known = dict[tuple[int, str], Chairs]


def turns_of(run: SelectionRun, known: Known) -> list[tuple[int, str]]:
    """Which bodies still have to speak of a run, in their order, as keys of what is known."""
    functions = [function for call, function in known if call == run.call_id]
    judging = next((each.value for each in JUDGING if each in functions), "")
    is_conferred = BodyFunction.CONFERRING in functions
    turns = {
        "computed": [judging, BodyFunction.CONFERRING.value] if is_conferred else [judging],
        "proposed": [BodyFunction.CONFERRING.value if is_conferred else judging],
    }
    return [(run.call_id, function) for function in turns.get(run.state, ())]


def runs_for(account: Account, runs: list[SelectionRun], now: dt.datetime) -> list[SelectionRun]:
    """Those of which this account can speak, for the body whose turn it is."""
    known = chairs_in([run.call for run in runs], now)
    return [run for run in runs if _is_able(account, known.get(turns_of(run, known)[0]))]


def _is_able(account: Account, chairs: Chairs | None) -> bool:
    return chairs is not None and any(each.account_id == account.pk for each in chairs.able)


def chairs_in(calls: Iterable[Call], now: dt.datetime) -> Known:
    """The chairs of every body of these calls, by the key of the call and the function, in a fixed
    number of queries.
    """
    keys, day = {call.pk for call in calls}, alliance_day(now)
    if not keys:
        return {}
    served = list(CallBody.objects.filter(call__in=keys).select_related("body"))
    people: dict[int, dict[int, Person]] = {row.body_id: {} for row in served}
    mandates = presiding_on(day).filter(body__in=people, person__isnull=False).order_by("person_id")
    for mandate in mandates.select_related("person__account"):
        person = cast("Person", mandate.person)  # only people were asked for
        people[mandate.body_id][person.pk] = person
    held = parts_in_calls(keys, [key for each in people.values() for key in each], day)
    return {
        (row.call_id, row.function): Chairs(
            row.body,
            tuple(people[row.body_id].values()),
            tuple(
                person
                for person in people[row.body_id].values()
                if person.account is not None
                and _can_act(row.function, held[row.call_id, person.pk])
            ),
        )
        for row in served
    }


def _can_act(function: str, held: frozenset[str]) -> bool:
    """Nobody proposes and confirms, whatever else the table of parts allows."""
    part = part_by_mandate(function, "chair")
    is_both = function == BodyFunction.CONFERRING and "chair" in held
    return not is_both and not clashing_with(part, held)
