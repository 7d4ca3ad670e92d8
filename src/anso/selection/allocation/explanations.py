"""Waiting lists and reasons after a two-sided match: what each candidate is told.

Here belong the position on every host's list and the sentence for everybody. The match belongs to
`deferred_acceptance`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from anso.selection.allocation.hosts import HostPositions, MatchProblem
from anso.selection.allocation.outcome import Cause, Outcome, Placement, Refusal, WaitingPosition
from anso.selection.allocation.problem import Candidate, QuotaTree
from anso.selection.allocation.waiting import ORDINALS


class MatchExplanations:
    """A finished match laid out for telling: last person taken, quotas that are full, and waiting
    lists.
    """

    def __init__(
        self, problem: MatchProblem, tree: QuotaTree, hosts: HostPositions, seats: Mapping[str, str]
    ) -> None:
        self.problem, self.tree, self.hosts, self.seats = problem, tree, hosts, seats
        self.used = Counter(node for leaf in seats.values() if leaf for node in tree.paths[leaf])
        self.last: dict[str, int] = {}
        for key, leaf in seats.items():
            if leaf:
                self.last[leaf] = max(self.last.get(leaf, 0), hosts.positions[leaf][key])
        self.refusals = {leaf: self._refusal_of_all(leaf) for leaf in tree.leaves}
        self.sentences = {
            leaf: self._sentence_for_all(refusal) for leaf, refusal in self.refusals.items()
        }
        self.lists = self._waiting_lists()

    def _is_open(self, candidate: Candidate, leaf: str) -> bool:
        return (
            candidate.key in self.hosts.positions[leaf]
            and self.tree.required[leaf] <= candidate.groups
        )

    def _waiting_lists(self) -> dict[str, dict[str, int]]:
        waiting: dict[str, list[str]] = {leaf: [] for leaf in self.tree.leaves}
        for candidate in self.problem.candidates:
            if self.seats.get(candidate.key) == "":
                for leaf in candidate.preferences:
                    if self._is_open(candidate, leaf):
                        waiting[leaf].append(candidate.key)
        return {
            leaf: {
                key: at
                for at, key in enumerate(
                    sorted(keys, key=self.hosts.positions[leaf].__getitem__), start=1
                )
            }
            for leaf, keys in waiting.items()
        }

    def placements(self) -> tuple[Placement, ...]:
        """Return one placement per candidate, in the order of the input; who is not in `seats` has
        declined.
        """
        return tuple(
            self._placement(candidate, at)
            for at, candidate in enumerate(self.problem.candidates, start=1)
        )

    def _placement(self, candidate: Candidate, number: int) -> Placement:
        seat = self.seats.get(candidate.key)
        if seat is None:
            return Placement(candidate.key, Outcome.DECLINED, number, reason="Declined.")
        choice = candidate.preferences.index(seat) + 1 if seat else 0
        better = candidate.preferences[: choice - 1] if seat else candidate.preferences
        told = [self._refusal(candidate, leaf) for leaf in better]
        refusals = tuple([refusal for refusal, _ in told])
        obstacles = "; ".join([sentence for _, sentence in told])
        if seat:
            position = self.hosts.positions[seat][candidate.key]
            text = (
                f"Seat in {seat}, {ORDINALS.get(choice, f'number {choice}')} choice; number"
                f" {position} in its order."
            )
            reason = f"{text} Before it: {obstacles}." if obstacles else text
            return Placement(
                candidate.key, Outcome.SEAT, number, seat, choice, "", (), refusals, reason
            )
        lists = tuple(
            WaitingPosition(leaf, self.lists[leaf][candidate.key])
            for leaf in better
            if self._is_open(candidate, leaf)
        )
        outcome = Outcome.WAITING if lists else Outcome.UNPLACED
        begin = "On the waiting list" if lists else "No seat"
        reason = (
            f"{begin}: {obstacles}." if obstacles else "No seat: the candidate named no choice."
        )
        return Placement(candidate.key, outcome, number, "", 0, "", lists, refusals, reason)

    def _refusal(self, candidate: Candidate, leaf: str) -> tuple[Refusal, str]:
        missing = self.tree.required[leaf] - candidate.groups
        if missing:
            group = min(missing)
            return Refusal(leaf, Cause.NOT_OPEN, leaf, group), f"{leaf} is only open to {group}"
        position = self.hosts.positions[leaf].get(candidate.key)
        if position is None:
            return (
                Refusal(leaf, Cause.NOT_RANKED, leaf),
                f"{leaf} did not put the candidate on its list",
            )
        return self.refusals[leaf], f"{self.sentences[leaf]}, the candidate is number {position}"

    def _refusal_of_all(self, leaf: str) -> Refusal:
        """Return why the leaf took nobody else of those on its list."""
        if self.used[leaf] >= self.tree.nodes[leaf].capacity:
            return Refusal(leaf, Cause.FULL, leaf)
        full = [
            node
            for node in self.tree.paths[leaf]
            if self.used[node] >= self.tree.nodes[node].capacity
        ]
        return Refusal(leaf, Cause.SHARED, full[0] if full else leaf)

    def _sentence_for_all(self, refusal: Refusal) -> str:
        leaf = refusal.leaf
        taken = f"it took up to number {self.last[leaf]}" if leaf in self.last else "it took nobody"
        why = (
            "was full"
            if refusal.cause is Cause.FULL
            else f"could take no more because {refusal.where} was full"
        )
        return f"{leaf} {why}: {taken} in its order"
