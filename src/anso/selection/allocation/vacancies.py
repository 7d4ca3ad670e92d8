"""Vacancies after a best total was released: declined seats go to others and nobody who holds one
is moved.

Here belongs the next on the list under hard rules. Other methods have their own: `next_on_list`,
`next_in_match`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from anso.selection.allocation.optimum import Floor, Optimum, Worth, optimise_seats
from anso.selection.allocation.problem import Candidate, Ceiling, QuotaNode, QuotaTree, make_tree
from anso.selection.errors import SelectionError

Held = list[tuple[Candidate, tuple[str, ...]]]


def fill_vacancies(
    candidates: Sequence[Candidate],
    quotas: Sequence[QuotaNode],
    worths: Mapping[str, Sequence[Worth]],
    held: Mapping[str, str],
    *,
    ceilings: Sequence[Ceiling] = (),
    floors: Sequence[Floor] = (),
) -> Optimum:
    """Give free seats to those without one so that the total is the best possible around the seats
    in `held`.

    `candidates` are all who still want a seat; leave out who declined. `held` says who keeps which
    leaf. The answer has a placement for everybody who holds nothing yet. Ceilings count those who
    hold a seat; floors ask for what is still missing, and give way as little as possible where the
    people left cannot meet them. Refuses held seats of strangers, on unknown leaves, or more than a
    quota has.
    """
    tree = make_tree(quotas)
    seated = _seated(candidates, held, tree)
    used = Counter(node for _, path in seated for node in path)
    for node, number in used.items():
        if number > tree.nodes[node].capacity:
            raise SelectionError(
                f"“{node}” has {tree.nodes[node].capacity} seats, but {number} people hold one."
            )
    free = [replace(node, capacity=node.capacity - used[node.key]) for node in quotas]
    waiting = [candidate for candidate in candidates if candidate.key not in held]
    return optimise_seats(
        waiting,
        free,
        {key: worth for key, worth in worths.items() if key not in held},
        [replace(limit, seats=max(0, limit.seats - _members(seated, limit))) for limit in ceilings],
        [replace(floor, seats=max(0, floor.seats - _members(seated, floor))) for floor in floors],
        may_relax=True,
    )


def _seated(candidates: Sequence[Candidate], held: Mapping[str, str], tree: QuotaTree) -> Held:
    people = {candidate.key: candidate for candidate in candidates}
    for key, leaf in held.items():
        if key not in people:
            raise SelectionError(f"“{key}” holds a seat but is not a candidate.")
        if leaf not in tree.paths:
            raise SelectionError(f"“{key}” holds “{leaf}”, which is not a seat.")
    return [(people[key], tree.paths[leaf]) for key, leaf in held.items()]


def _members(seated: Held, limit: Ceiling | Floor) -> int:
    return sum(
        limit.group in person.groups and (limit.node is None or limit.node in path)
        for person, path in seated
    )
