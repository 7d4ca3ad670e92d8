"""Filling the quota tree by one common order: the first candidate chooses first, and so on.

Here belongs serial choice under quotas, ceilings and soft reserves. Hosts with their own orders
belong to `deferred_acceptance`; the best total under hard floors belongs to `optimum`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from anso.selection.allocation.ledger import Ledger
from anso.selection.allocation.order import order_candidates
from anso.selection.allocation.outcome import Allocation, Outcome, Placement, Refusal
from anso.selection.allocation.problem import (
    Candidate,
    Ceiling,
    Problem,
    QuotaNode,
    QuotaTree,
    Reserve,
    check_problem,
    make_tree,
)
from anso.selection.allocation.verification import certify
from anso.selection.allocation.waiting import finish_placements

METHOD = "fill-by-rank/1"


@dataclass(frozen=True, slots=True)
class Choice:
    """What one candidate got when their turn came, and what they could not get."""

    seat: str
    counts_for: str
    refusals: tuple[Refusal, ...]


def fill_by_rank(
    candidates: Sequence[Candidate],
    quotas: Sequence[QuotaNode],
    ceilings: Sequence[Ceiling] = (),
    reserves: Sequence[Reserve] = (),
    *,
    ranks: Mapping[str, int] | None = None,
    seed: str = "",
) -> Allocation:
    """Give each candidate, in rank order, the best seat on their list that quotas, ceilings and
    reserves still allow.

    Candidates stand in rank order, or `ranks` gives it (1 is first) and `seed` draws equal ranks. A
    reserve keeps seats for its group while members want them: when a full pass leaves kept seats
    unclaimed, the reserve shrinks to what was claimed and everybody chooses again from the start,
    so no seat stays empty because of it. The answer has a reason for everybody, waiting lists, and
    a certificate checked from the placements alone. Refuses negative capacity, unknown or repeated
    names, and reserves that ask for more seats than there are. With the reserves as finally kept
    this is a serial dictatorship: nobody gains by hiding their true order. Source: Hafalir, Yenmez,
    Yildirim, Theoretical Economics 8 (2013) 325; Sönmez, Yenmez, Econometrica 90 (2022) 1143.
    """
    ordered, notes = order_candidates(candidates, ranks, seed)
    problem = Problem(ordered, tuple(quotas), tuple(ceilings), tuple(reserves))
    tree = make_tree(problem.quotas)
    check_problem(problem, tree)
    choices, kept, released = _choose_until_claimed(tree, problem)
    placements = finish_placements(problem, tree, _placed(ordered, choices))
    certificate = certify(problem, tree, placements, kept)
    seated = sum(1 for choice in choices if choice.seat)
    trace = (*notes, *released, f"{seated} of {len(ordered)} candidates have a seat.")
    return Allocation(
        METHOD,
        placements,
        certificate,
        trace,
        problem,
        tuple(limit.seats for limit in kept),
    )


def _choose_until_claimed(
    tree: QuotaTree, problem: Problem
) -> tuple[list[Choice], tuple[Reserve, ...], list[str]]:
    """Return the choices of the first pass that claims all kept seats, what it kept, and what was
    released before.
    """
    kept = problem.reserves
    released: list[str] = []
    # Ends: every pass but the last keeps fewer seats than the one before.
    while True:
        choices, ledger = _choose_in_turn(tree, problem, kept)
        claimed = tuple(_shrunk(limit, ledger) for limit in kept)
        if claimed == kept:
            return choices, kept, released
        released += [
            _release(before, after)
            for before, after in zip(kept, claimed, strict=True)
            if before != after
        ]
        kept = claimed


def _choose_in_turn(
    tree: QuotaTree, problem: Problem, reserves: tuple[Reserve, ...]
) -> tuple[list[Choice], Ledger]:
    ledger = Ledger(tree, problem, reserves)
    return [choose(ledger, candidate) for candidate in problem.candidates], ledger


def choose(ledger: Ledger, candidate: Candidate) -> Choice:
    """Seat `candidate` at the first of their leaves that can be given now, and say what refused the
    others.
    """
    refusals: list[Refusal] = []
    for leaf in candidate.preferences:
        refusal = ledger.refusal_of(candidate, leaf)
        if refusal is None:
            return Choice(leaf, ledger.seat(candidate, leaf), tuple(refusals))
        refusals.append(refusal)
    return Choice("", "", tuple(refusals))


def place(candidate: Candidate, rank: int, choice: Choice) -> Placement:
    """Return the seat that was chosen, or a place among those who wait; without a reason yet."""
    return Placement(
        candidate.key,
        Outcome.SEAT if choice.seat else Outcome.WAITING,
        rank,
        choice.seat,
        candidate.preferences.index(choice.seat) + 1 if choice.seat else 0,
        choice.counts_for,
        (),
        choice.refusals,
    )


def _shrunk(limit: Reserve, ledger: Ledger) -> Reserve:
    return replace(limit, seats=min(limit.seats, ledger.filled[limit.node or "", limit.group]))


def _release(before: Reserve, after: Reserve) -> str:
    where = before.node or "all seats"
    return (
        f"{after.seats} of the {before.seats} seats kept for {before.group} in {where} were"
        f" claimed; {before.seats - after.seats} released, and everybody chooses again."
    )


def _placed(ordered: Sequence[Candidate], choices: Sequence[Choice]) -> list[Placement]:
    people = enumerate(zip(ordered, choices, strict=True), start=1)
    return [place(candidate, rank, choice) for rank, (candidate, choice) in people]
