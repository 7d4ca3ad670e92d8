"""The best total under hard rules: exact seats for quotas, ceilings and floors, with prices that
prove it.

Here belongs central optimisation. It is not strategy-proof and does not respect hosts' orders;
where those matter use `deferred_acceptance`. The solver and the bounds belong to `integer_program`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np

from anso.selection.allocation.integer_program import (
    GRAIN,
    InfeasibleWhole,
    IntegerProgram,
    Solved,
    Whole,
    is_allowed,
    rows_of,
    smallest_gaps,
    solve_integer_program,
    surplus_of,
)
from anso.selection.allocation.outcome import Check, Outcome, Placement, explain_placement
from anso.selection.allocation.problem import (
    Candidate,
    Ceiling,
    Problem,
    QuotaNode,
    QuotaTree,
    Reserve,
    check_problem,
    make_tree,
    refuse_budgets,
)
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

METHOD = "best-total/1"
PLACES = 6
UNIT = 10**PLACES
DEPTH = 3

Worth = Decimal | int


@dataclass(frozen=True, slots=True)
class Floor:
    """At least `seats` members of `group` below `node` (everywhere when `node` is empty): a hard
    rule.
    """

    group: str
    seats: int
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What one more seat under a rule would be worth: a quota, a ceiling or (negative) a floor."""

    rule: str
    node: str
    group: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A floor that had to give way: what it asked, and the most that the smallest change leaves of
    it.
    """

    group: str
    node: str
    asked: int
    possible: int


@dataclass(frozen=True, slots=True)
class Optimum:
    """The answer: placements, the total, the bound that proves it, the prices, and the floors that
    gave way.
    """

    method: str
    placements: tuple[Placement, ...]
    total: Decimal
    bound: Decimal
    prices: tuple[Price, ...]
    relaxations: tuple[Relaxation, ...]
    checks: tuple[Check, ...]
    trace: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the optimum as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    def explain(self, key: str) -> tuple[str, ...]:
        """Return why candidate `key` has, or has not, a seat."""
        return explain_placement(self.placements, key)


class InfeasibleSeats(SelectionError):
    """The floors cannot all be met; `relaxations` is the smallest change that makes them so."""

    def __init__(self, relaxations: Sequence[Relaxation]) -> None:
        self.relaxations = tuple(relaxations)
        asked = "; ".join(_relaxed_sentence(relaxation) for relaxation in relaxations)
        super().__init__(
            f"The floors cannot all be met. The smallest change that makes it possible: {asked}."
        )


def _relaxed_sentence(relaxation: Relaxation) -> str:
    where = relaxation.node or "all seats"
    return f"{relaxation.possible} instead of {relaxation.asked} for {relaxation.group} in {where}"


def optimise_seats(
    candidates: Sequence[Candidate],
    quotas: Sequence[QuotaNode],
    worths: Mapping[str, Sequence[Worth]],
    ceilings: Sequence[Ceiling] = (),
    floors: Sequence[Floor] = (),
    *,
    may_relax: bool = False,
) -> Optimum:
    """Choose who sits where so that the sum of `worths` is as large as the quotas, ceilings and
    floors allow.

    `worths` holds for every candidate one number per preference, with at most six decimals. The
    answer is exact: `bound` is computed from the prices in whole numbers and equals the total, or
    branch and bound closed the rest. If floors contradict each other or the candidates, the fewest
    seats in all are taken off them: refused with that proposal (`InfeasibleSeats`), or applied when
    `may_relax` is set. Ceilings and quotas never give way. Of several equally good choices one is
    returned. Refuses missing, surplus or not finite worths and contradictory quotas by name.
    Source: integer programming with laminar and crossing type constraints; linear duality (prices).
    """
    refuse_budgets("The best total", quotas)
    reserves = tuple(Reserve(floor.group, floor.seats, floor.node) for floor in floors)
    layout = _laid_out(Problem(tuple(candidates), tuple(quotas), tuple(ceilings), reserves), worths)
    solved = _solve(layout.programme, layout)
    if solved is not None:
        return _told(layout, layout.programme, solved, ())
    programme, relaxations = layout.relaxed()
    solved = _solve(programme, layout) if may_relax else None
    if solved is None:
        raise InfeasibleSeats(relaxations)
    return _told(layout, programme, solved, relaxations)


def _laid_out(problem: Problem, worths: Mapping[str, Sequence[Worth]]) -> _Layout:
    tree = make_tree(problem.quotas)
    check_problem(problem, tree)
    return _Layout(problem, tree, _scaled(problem.candidates, worths))


def _solve(programme: IntegerProgram, layout: _Layout) -> Solved | None:
    try:
        return solve_integer_program(programme, layout.first_columns())
    except InfeasibleWhole:
        return None


def _scaled(
    candidates: Sequence[Candidate], worths: Mapping[str, Sequence[Worth]]
) -> dict[str, list[int]]:
    for key in sorted(worths.keys() ^ {candidate.key for candidate in candidates}):
        raise SelectionError(
            f"“{key}” has " + ("worths but is no candidate." if key in worths else "no worths.")
        )
    scaled = {}
    for candidate in candidates:
        numbers = [_whole(candidate.key, worth) for worth in worths[candidate.key]]
        if len(numbers) != len(candidate.preferences):
            raise SelectionError(
                f"“{candidate.key}” has {len(numbers)} worths for {len(candidate.preferences)}"
                " preferences."
            )
        scaled[candidate.key] = numbers
    return scaled


def _whole(key: str, worth: Worth) -> int:
    number = Decimal(worth)
    # Bounded, so that the sum over two hundred thousand people, counted in grains, fits into 64
    # bits.
    if not number.is_finite() or abs(number) > 10**4:
        raise SelectionError(
            f"A worth of “{key}” is {worth}; it must be a number up to ten thousand."
        )
    scaled = number * UNIT
    if scaled != int(scaled):
        raise SelectionError(
            f"A worth of “{key}” is {worth}; it may have {PLACES} decimals at most."
        )
    return int(scaled)


class _Layout:
    """The problem as columns and rows: a column per candidate and open leaf on their list."""

    def __init__(self, problem: Problem, tree: QuotaTree, worths: dict[str, list[int]]) -> None:
        self.problem, self.tree = problem, tree
        number = {leaf: at for at, leaf in enumerate(tree.leaves)}
        open_pairs = [
            (person, number[leaf], choice, worths[candidate.key][choice])
            for person, candidate in enumerate(problem.candidates)
            for choice, leaf in enumerate(candidate.preferences)
            if tree.required[leaf] <= candidate.groups
        ]
        table = np.array(open_pairs, dtype=np.int64).reshape(-1, 4)
        self.owner, self.leaf, self.choice, worth = np.ascontiguousarray(table.T)
        self.below = {
            key: np.array([key in tree.paths[leaf] for leaf in tree.leaves]) for key in tree.nodes
        }
        groups = {ceiling.group for ceiling in problem.ceilings} | {
            floor.group for floor in problem.reserves
        }
        self.member = {
            group: np.array([group in person.groups for person in problem.candidates], dtype=bool)
            for group in groups
        }
        upper = [self.below[key][self.leaf] for key in tree.nodes] + [
            self._mask(limit) for limit in problem.ceilings
        ]
        most = [node.capacity for node in tree.nodes.values()] + [
            limit.seats for limit in problem.ceilings
        ]
        lower = [self._mask(limit) for limit in problem.reserves]
        self.programme = IntegerProgram(
            self.owner,
            worth,
            rows_of(upper, len(worth)),
            np.array(most, dtype=np.int64),
            rows_of(lower, len(worth)),
            np.array([limit.seats for limit in problem.reserves], dtype=np.int64),
        )

    def _mask(self, limit: Ceiling | Reserve) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        inside = (
            np.ones(len(self.leaf), dtype=bool)
            if limit.node is None
            else self.below[limit.node][self.leaf]
        )
        mask: np.ndarray[tuple[int], np.dtype[np.bool_]] = (
            inside & self.member[limit.group][self.owner]
        )
        return mask

    def first_columns(self) -> Whole:
        """Return the columns to begin with: the best few times capacity of every leaf, in all and
        per floor's group.
        """
        worth = self.programme.worth
        order = np.argsort(-worth, kind="stable")
        picked = [np.zeros(0, dtype=np.int64)]
        masks = [
            np.ones(len(worth), dtype=bool),
            *(self._mask(limit) for limit in self.problem.reserves),
        ]
        for mask in masks:
            ranked = order[mask[order]]
            leaves = self.leaf[ranked]
            grouped = np.argsort(leaves, kind="stable")
            starts = np.searchsorted(leaves[grouped], np.arange(len(self.tree.leaves)), side="left")
            place = np.arange(len(grouped)) - starts[leaves[grouped]]
            capacity = np.array([self.tree.nodes[leaf].capacity for leaf in self.tree.leaves])
            picked.append(ranked[grouped[place < DEPTH * capacity[leaves[grouped]] + DEPTH]])
        return np.concatenate(picked)

    def relaxed(self) -> tuple[IntegerProgram, tuple[Relaxation, ...]]:
        """Return the programme with floors lowered by the fewest seats in all, and which gave
        way.
        """
        gaps = smallest_gaps(self.programme)
        relaxations = tuple(
            Relaxation(limit.group, limit.node or "", limit.seats, limit.seats - int(gap))
            for limit, gap in zip(self.problem.reserves, gaps, strict=True)
            if gap
        )
        return replace(self.programme, least=self.programme.least - gaps), relaxations


def _told(
    layout: _Layout, programme: IntegerProgram, solved: Solved, relaxations: tuple[Relaxation, ...]
) -> Optimum:
    total = int(programme.worth[solved.chosen].sum())
    proof = (
        "the prices prove it"
        if solved.by_prices
        else "branch and bound closed the gap that prices left"
    )
    checks = (
        Check(
            "rules kept",
            is_allowed(programme, solved.chosen),
            "Every quota, ceiling and floor was counted again in whole numbers.",
        ),
        Check(
            "best total",
            total == solved.bound,
            f"No choice is worth more than {_money(solved.bound)}; {proof}.",
        ),
    )
    trace = (
        (
            f"{solved.rounds} rounds of prices over {len(programme.worth)} pairs, {solved.columns}"
            " of them in the last round."
        ),
        *(f"Floor lowered: {_relaxed_sentence(relaxation)}." for relaxation in relaxations),
    )
    placements = _placements(
        layout, solved, surplus_of(programme, solved.upper_prices, solved.lower_prices)
    )
    return Optimum(
        METHOD,
        placements,
        _money(total),
        _money(solved.bound),
        _prices(layout, solved),
        relaxations,
        checks,
        trace,
    )


def _money(number: int) -> Decimal:
    return Decimal(number).scaleb(-PLACES).normalize() + Decimal(0)


def _prices(layout: _Layout, solved: Solved) -> tuple[Price, ...]:
    problem = layout.problem
    names = [("quota", key, "") for key in layout.tree.nodes]
    names += [("ceiling", ceiling.node or "", ceiling.group) for ceiling in problem.ceilings]
    names += [("floor", floor.node or "", floor.group) for floor in problem.reserves]
    grains = [*solved.upper_prices.tolist(), *(-solved.lower_prices).tolist()]
    return tuple(
        Price(*name, _price(price)) for name, price in zip(names, grains, strict=True) if price
    )


def _price(grains: int) -> Decimal:
    return Decimal(round(grains / GRAIN)).scaleb(-PLACES)


def _placements(layout: _Layout, solved: Solved, surplus: Whole) -> tuple[Placement, ...]:
    candidates = layout.problem.candidates
    seat = dict(
        zip(
            layout.owner[solved.chosen].tolist(), layout.choice[solved.chosen].tolist(), strict=True
        )
    )
    offers: list[list[str]] = [[] for _ in candidates]
    pairs = zip(
        layout.owner.tolist(),
        layout.choice.tolist(),
        layout.programme.worth.tolist(),
        surplus.tolist(),
        strict=True,
    )
    for owner, choice, worth, grains in pairs:
        leaf = candidates[owner].preferences[choice]
        if seat.get(owner) != choice:
            offers[owner].append(
                f"{leaf} is worth {_money(worth)} and costs"
                f" {_price(worth * GRAIN - grains).normalize():f}"
            )
    return tuple(
        _placement(candidate, at, seat.get(at), offers[at])
        for at, candidate in enumerate(candidates)
    )


def _placement(candidate: Candidate, at: int, choice: int | None, offers: list[str]) -> Placement:
    others = "; ".join(offers)
    if choice is None:
        reason = (
            f"No seat: {others}."
            if others
            else "No seat: nothing on the candidate's list is open to them."
        )
        return Placement(candidate.key, Outcome.UNPLACED, at + 1, reason=reason)
    leaf = candidate.preferences[choice]
    text = f"Seat in {leaf}, choice {choice + 1}."
    reason = f"{text} Compared with it: {others}." if others else text
    return Placement(candidate.key, Outcome.SEAT, at + 1, leaf, choice + 1, reason=reason)
