"""Checking a finished allocation from its placements alone, without trusting the method that made
it.

Here belong the checks of the certificate. Nothing here gives or takes a seat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from anso.selection.allocation.ledger import Ledger
from anso.selection.allocation.outcome import Certificate, Check, Outcome, Placement, Shortfall
from anso.selection.allocation.problem import (
    Candidate,
    Ceiling,
    Problem,
    QuotaTree,
    Reserve,
)

Seating = list[tuple[Candidate, Placement]]


def certify(
    problem: Problem,
    tree: QuotaTree,
    placements: Sequence[Placement],
    kept: Sequence[Reserve],
    held: frozenset[str] | None = None,
) -> Certificate:
    """Return the certificate of `placements`: capacity, ceilings, open groups, no empty wanted
    seat, no justified envy.

    `kept` are the reserves after release. Those in `held` keep a seat given before: they neither
    envy nor are envied; and then only those on a waiting list still ask for something.
    """
    problem = problem if held is None else _asking(problem, placements)
    held = held or frozenset()
    everybody = list(zip(problem.candidates, placements, strict=True))
    seated = [(candidate, placement) for candidate, placement in everybody if placement.seat]
    checks = (
        _check(
            "capacity",
            _over_capacity(tree, seated),
            "No quota has more people than seats.",
        ),
        *_money_checks(tree, seated),
        _check("ceilings", _over_ceiling(problem, tree, seated), "No ceiling is exceeded."),
        _check(
            "open to",
            _outsiders(tree, seated),
            "Everybody belongs to the groups that their seat asks for.",
        ),
        _check(
            "no wasted seat",
            _wasted(Ledger(tree, problem, kept), everybody, held),
            "Nobody could be seated better as it stands.",
        ),
        _check(
            "no justified envy",
            _envious(problem, tree, everybody, held),
            NO_ENVY,
        ),
    )
    return Certificate(checks, _shortfalls(problem, tree, seated))


NO_ENVY = (
    "Nobody prefers a seat that was given to a lower rank by a rule that would have let them"
    " have it."
)


def _check(name: str, failures: list[str], well: str) -> Check:
    return Check(name, not failures, "; ".join(failures[:3]) if failures else well)


def _over_capacity(tree: QuotaTree, seated: Seating) -> list[str]:
    used = Counter(key for _, placement in seated for key in tree.paths[placement.seat])
    return [
        f"{key} has {number} people"
        for key, number in used.items()
        if number > tree.nodes[key].capacity
    ]


def _money_checks(tree: QuotaTree, seated: Seating) -> tuple[Check, ...]:
    """That every budget is kept; no check where money is not counted."""
    left = _money_left(tree, seated)
    over = [f"{key} pays {-rest} too much" for key, rest in left.items() if rest < 0]
    return (_check("budget", over, "No budget pays more than it has."),) if left else ()


def _money_left(tree: QuotaTree, seated: Seating) -> dict[str, Decimal]:
    """What every budget has left when all who have a seat are paid."""
    left = {key: node.budget for key, node in tree.nodes.items() if node.budget is not None}
    for candidate, placement in seated:
        for key in tree.paths[placement.seat]:
            if key in left:
                left[key] -= candidate.cost
    return left


def members_below(tree: QuotaTree, seated: Seating, limit: Ceiling | Reserve) -> int:
    """Return how many members of the limit's group sit below its node."""
    return sum(
        1
        for candidate, placement in seated
        if limit.group in candidate.groups
        and (limit.node is None or limit.node in tree.paths[placement.seat])
    )


def _over_ceiling(problem: Problem, tree: QuotaTree, seated: Seating) -> list[str]:
    counted = ((limit, members_below(tree, seated, limit)) for limit in problem.ceilings)
    return [
        f"{limit.group} has {number} of {limit.seats}"
        for limit, number in counted
        if number > limit.seats
    ]


def _outsiders(tree: QuotaTree, seated: Seating) -> list[str]:
    return [
        f"{candidate.key} in {placement.seat}"
        for candidate, placement in seated
        if not tree.required[placement.seat] <= candidate.groups
    ]


def _shortfalls(problem: Problem, tree: QuotaTree, seated: Seating) -> tuple[Shortfall, ...]:
    counted = ((limit, members_below(tree, seated, limit)) for limit in problem.reserves)
    return tuple(
        Shortfall(limit.group, limit.node or "", limit.seats, held)
        for limit, held in counted
        if held < limit.seats
    )


def _asking(problem: Problem, placements: Sequence[Placement]) -> Problem:
    """The same where whoever has no seat asks for what they are on the list of, and no more."""
    candidates = (
        each
        if placement.seat
        else replace(each, preferences=tuple(entry.leaf for entry in placement.waiting))
        for each, placement in zip(problem.candidates, placements, strict=True)
    )
    return replace(problem, candidates=tuple(candidates))


def _preferred(candidate: Candidate, placement: Placement) -> tuple[str, ...]:
    return (
        candidate.preferences[: placement.choice - 1] if placement.choice else candidate.preferences
    )


def _wasted(ledger: Ledger, everybody: Seating, held: frozenset[str]) -> list[str]:
    for candidate, placement in everybody:
        if placement.seat:
            # Everybody sits first, as they finally do; only then is asked who could sit better.
            ledger.seat_as(candidate, placement.seat, placement.counts_for)
    return [
        f"{candidate.key} could have {leaf}"
        for candidate, placement in everybody
        if placement.outcome is not Outcome.DECLINED and candidate.key not in held
        for leaf in _preferred(candidate, placement)
        if ledger.refusal_of(candidate, leaf) is None
    ]


@dataclass(frozen=True, slots=True)
class Holder:
    """The lowest-ranked person of one kind on one leaf: their groups and the reserved seat that
    they fill.
    """

    rank: int
    key: str
    groups: frozenset[str]
    counts_for: str
    cost: Decimal


def _envious(
    problem: Problem, tree: QuotaTree, everybody: Seating, held: frozenset[str]
) -> list[str]:
    limited = frozenset(limit.group for limit in problem.ceilings)
    left = _money_left(tree, [each for each in everybody if each[1].seat])
    lowest: dict[str, dict[tuple[frozenset[str], str, Decimal], Holder]] = {}
    for candidate, placement in everybody:
        if placement.seat and candidate.key not in held:
            # Whoever costs what a budget counts is a kind of their own.
            kind = (candidate.groups & limited, placement.counts_for, candidate.cost)
            holder = Holder(placement.rank, candidate.key, *kind)
            # People come in rank order, so the last of a kind stays; who does not envy the lowest
            # envies none of them.
            lowest.setdefault(placement.seat, {})[kind] = holder
    full = _full_ceilings(problem, tree, everybody)
    return [
        f"{candidate.key} envies {holder.key} in {leaf}"
        for candidate, placement in everybody
        if placement.outcome is not Outcome.DECLINED and candidate.key not in held
        for leaf in _preferred(candidate, placement)
        if tree.required[leaf] <= candidate.groups
        for holder in lowest.get(leaf, {}).values()
        if _has_better_claim(candidate, placement.rank, holder)
        and not _over_after_swap(candidate, holder, full, tree.paths[leaf])
        and not _unpaid_after_swap(candidate, holder, left, tree.paths[leaf])
    ]


def _has_better_claim(candidate: Candidate, rank: int, holder: Holder) -> bool:
    return holder.rank > rank and (not holder.counts_for or holder.counts_for in candidate.groups)


def _full_ceilings(problem: Problem, tree: QuotaTree, everybody: Seating) -> list[Ceiling]:
    seated = [(candidate, placement) for candidate, placement in everybody if placement.seat]
    return [
        limit for limit in problem.ceilings if members_below(tree, seated, limit) >= limit.seats
    ]


def _unpaid_after_swap(
    candidate: Candidate, holder: Holder, left: dict[str, Decimal], path: tuple[str, ...]
) -> bool:
    return any(candidate.cost - holder.cost > left[key] for key in path if key in left)


def _over_after_swap(
    candidate: Candidate, holder: Holder, full: list[Ceiling], path: tuple[str, ...]
) -> bool:
    return any(
        limit.group in candidate.groups
        and limit.group not in holder.groups
        and (limit.node is None or limit.node in path)
        for limit in full
    )
