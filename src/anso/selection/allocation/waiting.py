"""Waiting lists and reasons: what each candidate is told after the seats are given.

Here belong the position on every list and the sentence for everybody. Who gets a seat belongs to
the methods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from anso.selection.allocation.outcome import (
    Cause,
    Outcome,
    Placement,
    Refusal,
    WaitingPosition,
)
from anso.selection.allocation.problem import Candidate, Problem, QuotaTree

ORDINALS = {1: "first", 2: "second", 3: "third"}


def finish_placements(
    problem: Problem, tree: QuotaTree, placements: Sequence[Placement]
) -> tuple[Placement, ...]:
    """Return the placements with waiting positions and a reason for everybody.

    A candidate without a seat waits on every leaf of their list that is open to them, in rank
    order, as long as that list has room; where they waited before, on those lists and no others. A
    candidate on no list is unplaced.
    """
    last = _last_ranks(tree, placements)
    lengths = dict.fromkeys(tree.leaves, 0)
    finished = []
    for candidate, placement in zip(problem.candidates, placements, strict=True):
        current = placement
        if placement.outcome is Outcome.WAITING:
            waiting = []
            for leaf in leaves_waited_for(candidate, placement):
                if tree.required[leaf] <= candidate.groups and _has_room(tree, leaf, lengths):
                    lengths[leaf] += 1
                    waiting.append(WaitingPosition(leaf, lengths[leaf]))
            outcome = Outcome.WAITING if waiting else Outcome.UNPLACED
            current = replace(placement, waiting=tuple(waiting), outcome=outcome)
        finished.append(replace(current, reason=reason_of(current, last)))
    return tuple(finished)


def leaves_waited_for(candidate: Candidate, placement: Placement) -> tuple[str, ...]:
    """The leaves that a candidate without a seat may still be given, best first: those on whose
    lists they stand, or all that they named while no list was made yet.
    """
    if not placement.waiting:
        return candidate.preferences
    return tuple(each.leaf for each in placement.waiting)


def _has_room(tree: QuotaTree, leaf: str, lengths: Mapping[str, int]) -> bool:
    end = tree.nodes[leaf].waiting
    return end is None or lengths[leaf] < end


def _last_ranks(tree: QuotaTree, placements: Sequence[Placement]) -> dict[str, int]:
    last: dict[str, int] = {}
    for placement in placements:
        if placement.seat:
            for key in tree.paths[placement.seat]:
                last[key] = max(placement.rank, last.get(key, 0))
    return last


def reason_of(placement: Placement, last: dict[str, int]) -> str:
    """Return the sentence that tells a candidate their result and what stood in the way of better
    choices.
    """
    obstacles = "; ".join(sentence_of(refusal, last) for refusal in placement.refusals)
    if placement.outcome is Outcome.DECLINED:
        return f"Rank {placement.rank} declined."
    if placement.outcome is Outcome.UNPLACED:
        return f"No seat: {obstacles}." if obstacles else "No seat: the candidate named no choice."
    if placement.outcome is Outcome.WAITING:
        return f"On the waiting list at rank {placement.rank}: {obstacles}."
    choice = ORDINALS.get(placement.choice, f"number {placement.choice}")
    text = f"Seat in {placement.seat}, {choice} choice, at rank {placement.rank}"
    text += f", in a seat kept for {placement.counts_for}" if placement.counts_for else ""
    return f"{text}. Before it: {obstacles}." if obstacles else f"{text}."


def sentence_of(refusal: Refusal, last: dict[str, int]) -> str:
    """Return why one leaf was refused, as a part of a sentence."""
    where = refusal.where or "all seats together"
    if refusal.cause is Cause.NOT_OPEN:
        return f"{refusal.leaf} is only open to {refusal.group}"
    if refusal.cause is Cause.CEILING:
        return (
            f"{refusal.leaf} was refused because {where} had reached its ceiling for"
            f" {refusal.group}"
        )
    if refusal.cause is Cause.RESERVED:
        return f"the seats left for {refusal.leaf} were kept for {refusal.group} ({where})"
    if refusal.cause is Cause.BUDGET:
        return f"of the money of {where} {refusal.left} was left, which is less than was asked for"
    full = (
        f"{refusal.leaf} was full"
        if where == refusal.leaf
        else f"{refusal.leaf} was full because {where} was"
    )
    return (
        f"{full} (last seat to rank {last[where]})"
        if where in last
        else f"{full} (it has no seats)"
    )
