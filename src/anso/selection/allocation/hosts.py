"""What deferred acceptance is asked to do: hosts with orders of their own, and reserves on their
seats.

Here belong the frozen inputs and answers of a two-sided match, and their checks. The mechanism
belongs to `deferred_acceptance`; checking a finished match belongs to `stability`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anso.selection.allocation.order import drawn_number
from anso.selection.allocation.outcome import Certificate, Placement, explain_placement
from anso.selection.allocation.problem import (
    Candidate,
    Problem,
    QuotaNode,
    QuotaTree,
    Reserve,
    check_problem,
    refuse_negative,
    refuse_repeats,
)
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain


@dataclass(frozen=True, slots=True)
class HostOrder:
    """A host's own order of the candidates it would take at one leaf, best first; those in one tier
    are equal.

    Candidates left out are not acceptable. `target` is the number of seats the host is meant to
    fill first where hosts share a quota; beyond it, seats of the shared quota go round by turns.
    """

    leaf: str
    tiers: tuple[tuple[str, ...], ...]
    target: int = 0


def order_by_scores(leaf: str, scores: Mapping[str, Decimal | int], target: int = 0) -> HostOrder:
    """Return a host's order from its scores, highest first; equal scores make one tier. Refuses
    scores that are no numbers.
    """
    tiers: dict[Decimal, list[str]] = {}
    for key, score in scores.items():
        number = Decimal(score)
        if not number.is_finite():
            raise SelectionError(
                f"“{leaf}” gives “{key}” the score {score}, which is not a finite number."
            )
        tiers.setdefault(number, []).append(key)
    return HostOrder(
        leaf, tuple(tuple(sorted(tiers[number])) for number in sorted(tiers, reverse=True)), target
    )


@dataclass(frozen=True, slots=True)
class MatchProblem:
    """All that decides a match. `reserves` name the leaf on which they keep seats."""

    candidates: tuple[Candidate, ...]
    quotas: tuple[QuotaNode, ...]
    orders: tuple[HostOrder, ...]
    reserves: tuple[Reserve, ...] = ()
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The answer: one placement per candidate, the certificate and the number of proposals it
    took.
    """

    method: str
    placements: tuple[Placement, ...]
    certificate: Certificate
    trace: tuple[str, ...]
    problem: MatchProblem

    def to_dict(self) -> dict[str, Any]:
        """Return the match as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    def explain(self, key: str) -> tuple[str, ...]:
        """Return why candidate `key` has, or has not, a seat."""
        return explain_placement(self.placements, key)


@dataclass(frozen=True, slots=True)
class HostPositions:
    """Each leaf's acceptable candidates with their position (1 is best), its reserves and its
    target.
    """

    positions: dict[str, dict[str, int]]
    reserves: dict[str, tuple[Reserve, ...]]
    targets: dict[str, int]


def make_host_positions(problem: MatchProblem, tree: QuotaTree) -> HostPositions:
    """Return the positions after equal candidates were drawn from the seed: one draw per person,
    for all hosts.

    Refuses orders for unknown leaves or of strangers, two orders for one leaf, ties without a seed,
    and reserves that name no leaf or ask for more seats than the leaf has.
    """
    check_problem(Problem(problem.candidates, problem.quotas, (), problem.reserves), tree)
    refuse_repeats("order of", (order.leaf for order in problem.orders))
    keys = {candidate.key for candidate in problem.candidates}
    positions: dict[str, dict[str, int]] = {leaf: {} for leaf in tree.leaves}
    drawn = _draw(problem, keys)
    for order in problem.orders:
        if order.leaf not in tree.paths:
            raise SelectionError(
                f"There is an order for “{order.leaf}”, which is not a seat to choose."
            )
        refuse_negative(f"The target of “{order.leaf}”", order.target)
        ranked = [
            key for tier in order.tiers for key in (_by_lot(tier, drawn) if len(tier) > 1 else tier)
        ]
        positions[order.leaf] = _numbered(order.leaf, ranked, keys)
    return HostPositions(
        positions,
        _reserves_by_leaf(problem, tree),
        {order.leaf: order.target for order in problem.orders},
    )


def _draw(problem: MatchProblem, keys: set[str]) -> dict[str, str]:
    ties = [(order.leaf, tier) for order in problem.orders for tier in order.tiers if len(tier) > 1]
    if not ties:
        return {}
    if not problem.seed:
        leaf, tier = ties[0]
        raise SelectionError(
            f"“{leaf}” ranks {' and '.join(sorted(tier))} equal: a seed is needed to draw their"
            " order."
        )
    return {key: drawn_number(problem.seed, key) for key in keys}


def _by_lot(tier: Sequence[str], drawn: Mapping[str, str]) -> list[str]:
    return sorted(tier, key=lambda key: drawn.get(key, key))


def _numbered(leaf: str, ranked: Sequence[str], keys: set[str]) -> dict[str, int]:
    numbered = {key: at for at, key in enumerate(ranked, start=1)}
    if len(numbered) != len(ranked):
        refuse_repeats(f"candidate (in the order of {leaf})", ranked)
    if not numbered.keys() <= keys:
        raise SelectionError(
            f"The order of “{leaf}” names “{min(numbered.keys() - keys)}”, who is not a candidate."
        )
    return numbered


def _reserves_by_leaf(problem: MatchProblem, tree: QuotaTree) -> dict[str, tuple[Reserve, ...]]:
    by_leaf: dict[str, list[Reserve]] = {}
    for reserve in problem.reserves:
        if reserve.node not in tree.paths:
            raise SelectionError(
                f"The reserve for “{reserve.group}” must name a seat that candidates choose."
            )
        by_leaf.setdefault(reserve.node, []).append(reserve)
    for leaf, reserves in by_leaf.items():
        asked = sum(reserve.seats for reserve in reserves)
        if asked > tree.nodes[leaf].capacity:
            raise SelectionError(
                f"The reserves on “{leaf}” ask for {asked} seats, but there are"
                f" {tree.nodes[leaf].capacity}."
            )
    return {leaf: tuple(reserves) for leaf, reserves in by_leaf.items()}


def seats_of_leaf(
    members: Sequence[str],
    position: dict[str, int],
    reserves: Sequence[Reserve],
    groups: dict[str, frozenset[str]],
) -> dict[str, str]:
    """Return who holds which kind of seat when `members` apply: the reserved group, or empty for an
    open seat.

    Reserved seats are filled first, reserve by reserve, by the best members of the group; everybody
    else competes for open seats. The order of the answer is the order in which the leaf would keep
    them.
    """
    left = sorted(members, key=position.__getitem__)
    kept: dict[str, str] = {}
    for reserve in reserves:
        best = [key for key in left if reserve.group in groups[key]][: reserve.seats]
        kept.update(dict.fromkeys(best, reserve.group))
        left = [key for key in left if key not in kept]
    return kept | dict.fromkeys(left, "")
