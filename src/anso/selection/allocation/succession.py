"""Next on the list: who gets a declined seat, by the same rules, without disturbing anybody already
placed.

Here belongs what happens to an allocation after it was released. New allocations belong to the
methods.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from anso.selection.allocation.filling import choose, place
from anso.selection.allocation.ledger import Ledger
from anso.selection.allocation.outcome import Allocation, Outcome, Placement
from anso.selection.allocation.problem import Candidate, QuotaTree, Reserve, make_tree
from anso.selection.allocation.verification import certify
from anso.selection.allocation.waiting import finish_placements, leaves_waited_for
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

METHOD = "next-on-list/1"


@dataclass(frozen=True, slots=True)
class Succession:
    """Who is offered a seat now (`offers`, in rank order), and the allocation as it stands if they
    take it.
    """

    method: str
    offers: tuple[Placement, ...]
    allocation: Allocation
    trace: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the succession as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    def explain(self, key: str) -> tuple[str, ...]:
        """Return why candidate `key` has, or has not, a seat now."""
        return self.allocation.explain(key)


def next_on_list(
    allocation: Allocation, declined: Collection[str], accepted: Collection[str] = ()
) -> Succession:
    """Give the seats of those who `declined` to the next on the waiting list. Everybody else keeps
    their seat.

    The list is read in rank order; each person gets the best leaf on their list that quotas,
    ceilings and reserves allow with all held seats as they are. People waiting may decline too:
    they leave the list. `accepted` names those who have confirmed their seat, and is only checked
    against `declined`; others are held all the same. Seats kept for a group go to waiting members
    first; if none can take them they are released. Refuses strangers, people without a seat or
    place on the list, and people who both accepted and declined.
    """
    check_answers(allocation.placements, frozenset(declined), frozenset(accepted))
    tree = make_tree(allocation.problem.quotas)
    left = [_without(placement, declined) for placement in allocation.placements]
    kept = _reserves_kept(allocation)
    while True:
        placements, ledger = _offer(allocation, tree, left, kept)
        claimed = tuple(_claimed(limit, ledger) for limit in kept)
        if claimed == kept:
            break
        kept = claimed
    finished = finish_placements(allocation.problem, tree, placements)
    before = {placement.key for placement in left if placement.seat}
    offers = tuple(
        placement for placement in finished if placement.seat and placement.key not in before
    )
    trace = (
        *(f"{key} declined." for key in sorted(declined)),
        *(f"{offer.key}: {offer.reason}" for offer in offers),
    )
    after = replace(
        allocation,
        placements=finished,
        certificate=certify(allocation.problem, tree, finished, kept, held=frozenset(before)),
        trace=(*allocation.trace, *trace),
        kept=tuple(limit.seats for limit in kept),
    )
    return Succession(METHOD, offers, after, trace)


def check_answers(
    placements: Sequence[Placement], declined: frozenset[str], accepted: frozenset[str]
) -> None:
    """Refuse answers of strangers, of people with nothing to decline or accept, and answers that
    contradict.
    """
    if not declined:
        raise SelectionError("Nobody declined, so there is no seat to pass on.")
    outcomes = {placement.key: placement.outcome for placement in placements}
    for key in sorted((declined | accepted) - outcomes.keys()):
        raise SelectionError(f"“{key}” is not a candidate of this allocation.")
    for key in sorted(declined & accepted):
        raise SelectionError(f"“{key}” cannot both accept and decline.")
    for key in sorted(declined):
        if outcomes[key] not in (Outcome.SEAT, Outcome.WAITING):
            raise SelectionError(f"“{key}” has no seat and no place on a waiting list to decline.")
    for key in sorted(accepted):
        if outcomes[key] is not Outcome.SEAT:
            raise SelectionError(f"“{key}” has no seat to accept.")


def _without(placement: Placement, declined: Collection[str]) -> Placement:
    if placement.key not in declined:
        return placement
    return Placement(placement.key, Outcome.DECLINED, placement.rank)


def _reserves_kept(allocation: Allocation) -> tuple[Reserve, ...]:
    reserves = allocation.problem.reserves
    return tuple(
        replace(limit, seats=seats) for limit, seats in zip(reserves, allocation.kept, strict=True)
    )


def _claimed(limit: Reserve, ledger: Ledger) -> Reserve:
    return replace(limit, seats=min(limit.seats, ledger.filled[limit.node or "", limit.group]))


def _offer(
    allocation: Allocation,
    tree: QuotaTree,
    left: list[Placement],
    kept: tuple[Reserve, ...],
) -> tuple[list[Placement], Ledger]:
    ledger = Ledger(tree, allocation.problem, kept)
    people = list(zip(allocation.problem.candidates, left, strict=True))
    for candidate, placement in people:
        if placement.seat:
            ledger.seat_as(candidate, placement.seat, placement.counts_for)
    return [_asked_again(ledger, *person) for person in people], ledger


def _asked_again(ledger: Ledger, candidate: Candidate, placement: Placement) -> Placement:
    """Return what one candidate has after the free seats were offered to them, if they wait."""
    if placement.outcome is not Outcome.WAITING:
        return placement
    listed = replace(candidate, preferences=leaves_waited_for(candidate, placement))
    choice = choose(ledger, listed)
    if choice.seat:
        return place(candidate, placement.rank, choice)
    return replace(placement, refusals=choice.refusals)
