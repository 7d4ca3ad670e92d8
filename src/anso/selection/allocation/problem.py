"""What an allocation is asked to do: candidates, the tree of seats, ceilings and reserves.

Here belong the frozen inputs and the checks that refuse a contradictory problem. How seats are
given belongs to the methods (`filling`, `deferred_acceptance`, `optimum`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from anso.selection.errors import SelectionError

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class QuotaNode:
    """A number of seats: a programme, level, host or sub-fund. Nodes without children are the seats
    to choose from.

    `only` names the groups a candidate must belong to, all of them, to sit anywhere below this
    node. `waiting` is how many stand on the waiting list of a leaf at most; `None` for no end.
    `budget` is the money that pays for everybody below this node, in one currency; `None` where
    money is not counted.
    """

    key: str
    capacity: int
    parent: str | None = None
    only: frozenset[str] = NOBODY
    waiting: int | None = None
    budget: Decimal | None = None

    def plain_values(self) -> dict[str, Any]:
        """As records keep it: an end of the list and money only where there is one."""
        plain = {"key": self.key, "capacity": self.capacity, "parent": self.parent}
        end = {} if self.waiting is None else {"waiting": self.waiting}
        money = {} if self.budget is None else {"budget": self.budget}
        return plain | {"only": self.only} | end | money


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person, the leaves they would accept (best first) and the groups they belong to. `cost`
    is the money that they ask for; nothing where money is not counted.
    """

    key: str
    preferences: tuple[str, ...]
    groups: frozenset[str] = NOBODY
    cost: Decimal = Decimal(0)

    def plain_values(self) -> dict[str, Any]:
        """As records keep it: money only where there is some."""
        plain = {"key": self.key, "preferences": self.preferences, "groups": self.groups}
        return plain | ({"cost": self.cost} if self.cost else {})


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most `seats` members of `group` below `node` (everywhere when `node` is empty)."""

    group: str
    seats: int
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Reserve:
    """Seats kept for members of `group` below `node` while such members want them; the rest is
    released.
    """

    group: str
    seats: int
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """All that decides an allocation. `candidates` stand in rank order, the first one chooses
    first.
    """

    candidates: tuple[Candidate, ...]
    quotas: tuple[QuotaNode, ...]
    ceilings: tuple[Ceiling, ...] = ()
    reserves: tuple[Reserve, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotaTree:
    """The quotas by key, each leaf's path up to its root, and the groups that each leaf asks
    for.
    """

    nodes: dict[str, QuotaNode]
    paths: dict[str, tuple[str, ...]]
    required: dict[str, frozenset[str]]
    children: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def leaves(self) -> tuple[str, ...]:
        """The seats that candidates can name, in the order of the quotas."""
        return tuple(self.paths)


def make_tree(quotas: Sequence[QuotaNode]) -> QuotaTree:
    """Return the tree of `quotas`. Refuses repeated or unknown names, negative capacity and
    circles.
    """
    if not quotas:
        raise SelectionError("There are no seats to give: the list of quotas is empty.")
    refuse_repeats("quota", (node.key for node in quotas))
    nodes = {node.key: node for node in quotas}
    children: dict[str, list[str]] = {node.key: [] for node in quotas}
    for node in quotas:
        refuse_negative(f"The capacity of “{node.key}”", node.capacity)
        refuse_negative(f"The length of the waiting list of “{node.key}”", node.waiting or 0)
        refuse_no_money(f"The budget of “{node.key}”", node.budget)
        if node.parent is not None:
            if node.parent not in nodes:
                raise SelectionError(
                    f"The quota “{node.key}” stands below “{node.parent}”, which is not a quota."
                )
            children[node.parent].append(node.key)
    every_path = {key: _path_of(key, nodes) for key in nodes}
    paths = {key: path for key, path in every_path.items() if not children[key]}
    required = {
        leaf: NOBODY.union(*(nodes[key].only for key in path)) for leaf, path in paths.items()
    }
    return QuotaTree(nodes, paths, required, {key: tuple(below) for key, below in children.items()})


def _path_of(key: str, nodes: dict[str, QuotaNode]) -> tuple[str, ...]:
    path: list[str] = []
    above: str | None = key
    while above is not None:
        if above in path:
            raise SelectionError(f"The quota “{key}” stands below itself.")
        path.append(above)
        above = nodes[above].parent
    return tuple(path)


def check_problem(problem: Problem, tree: QuotaTree) -> None:
    """Refuse no candidates or repeated ones, choices that are no seats, and ceilings or reserves
    that name no quota.
    """
    if not problem.candidates:
        raise SelectionError("There are no candidates.")
    refuse_repeats("candidate", (candidate.key for candidate in problem.candidates))
    for candidate in problem.candidates:
        _check_choices(candidate, tree)
    for word, limits in (("ceiling", problem.ceilings), ("reserve", problem.reserves)):
        refuse_repeats(word, (f"{limit.group} in {limit.node or 'all seats'}" for limit in limits))
        for limit in limits:
            refuse_negative(f"The {word} for “{limit.group}”", limit.seats)
            if limit.node is not None and limit.node not in tree.nodes:
                raise SelectionError(
                    f"The {word} for “{limit.group}” names “{limit.node}”, which is not a quota."
                )


def _check_choices(candidate: Candidate, tree: QuotaTree) -> None:
    if len(set(candidate.preferences)) != len(candidate.preferences):
        raise SelectionError(f"The candidate “{candidate.key}” names the same seat twice.")
    refuse_no_money(f"The cost of “{candidate.key}”", candidate.cost)
    for leaf in candidate.preferences:
        if leaf not in tree.paths:
            kind = "has parts to choose from" if leaf in tree.nodes else "is not a quota"
            raise SelectionError(
                f"The candidate “{candidate.key}” asks for “{leaf}”, which {kind}."
            )


def refuse_repeats(word: str, keys: Iterable[str]) -> None:
    """Refuse a list in which one key stands twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise SelectionError(f"The {word} “{key}” is named twice.")
        seen.add(key)


def refuse_negative(subject: str, number: int) -> None:
    """Refuse a number of seats that is not a whole number of zero or more."""
    if isinstance(number, bool) or not isinstance(number, int):
        raise SelectionError(f"{subject} must be a whole number, not {number!r}.")
    if number < 0:
        raise SelectionError(f"{subject} is below zero ({number}).")


def refuse_no_money(subject: str, amount: Decimal | None) -> None:
    """Refuse money that is not an exact amount of nothing or more."""
    if amount is None:
        return
    if not isinstance(amount, Decimal) or not amount.is_finite():
        raise SelectionError(f"{subject} must be an exact amount, not {amount!r}.")
    if amount < 0:
        raise SelectionError(f"{subject} is below zero ({amount}).")


def refuse_budgets(method: str, quotas: Iterable[QuotaNode]) -> None:
    """Refuse budgets where a method counts seats alone and would pass them over in silence."""
    for node in quotas:
        if node.budget is not None:
            raise SelectionError(
                f"{method} counts seats and no money, but “{node.key}” has a budget."
            )
