"""Checking a finished match from the placements alone: both lists respected, no blocking pair, no
seat wasted.

Here belong the checks of a two-sided match. Nothing here moves anybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from anso.selection.allocation.hosts import HostPositions, MatchProblem, seats_of_leaf
from anso.selection.allocation.outcome import Certificate, Check, Shortfall
from anso.selection.allocation.problem import Candidate, QuotaTree


def certify_match(
    problem: MatchProblem,
    tree: QuotaTree,
    hosts: HostPositions,
    seats: Mapping[str, str],
    held: frozenset[str] = frozenset(),
) -> Certificate:
    """Return the certificate of a match. Those in `held` keep a seat given before: they neither
    block nor can be replaced.
    """
    audit = _Audit(problem, tree, hosts, seats, held)
    checks = (
        _check("capacity", audit.over_capacity(), "No quota has more people than seats."),
        _check("both lists", audit.unwanted(), "Everybody sits where both sides accept it."),
        _check(
            "no wasted seat",
            audit.wasted(),
            "Nobody could be seated better without replacing somebody.",
        ),
        _check(
            "no justified envy",
            audit.envious(),
            "Nobody prefers a leaf that would rather have them than somebody it holds.",
        ),
    )
    return Certificate(checks, audit.shortfalls())


def _check(name: str, failures: Iterable[str], well: str) -> Check:
    found = list(failures)
    return Check(name, not found, "; ".join(found[:3]) if found else well)


class _Audit:
    """A match laid out for checking: who sits where, and which kind of seat each person holds."""

    def __init__(
        self,
        problem: MatchProblem,
        tree: QuotaTree,
        hosts: HostPositions,
        seats: Mapping[str, str],
        held: frozenset[str],
    ) -> None:
        self.problem, self.tree, self.hosts, self.seats, self.held = (
            problem,
            tree,
            hosts,
            seats,
            held,
        )
        self.groups = {candidate.key: candidate.groups for candidate in problem.candidates}
        self.used = Counter(node for leaf in seats.values() if leaf for node in tree.paths[leaf])
        members: dict[str, list[str]] = {leaf: [] for leaf in tree.leaves}
        for key, leaf in seats.items():
            if leaf and key in hosts.positions[leaf]:
                members[leaf].append(key)
        self.kinds = {leaf: self._kinds(leaf, keys) for leaf, keys in members.items()}
        self.worst = {leaf: self._worst(leaf) for leaf in members}
        self.lowest = {leaf: max(worst.values(), default=0) for leaf, worst in self.worst.items()}
        self.wishes = list(self._wishes())

    def _kinds(self, leaf: str, keys: list[str]) -> dict[str, str]:
        return seats_of_leaf(
            keys, self.hosts.positions[leaf], self.hosts.reserves.get(leaf, ()), self.groups
        )

    def _worst(self, leaf: str) -> dict[str, int]:
        worst: dict[str, int] = {}
        for key, kind in self.kinds[leaf].items():
            if key not in self.held:
                worst[kind] = max(worst.get(kind, 0), self.hosts.positions[leaf][key])
        return worst

    def over_capacity(self) -> list[str]:
        nodes = self.tree.nodes
        return [
            f"{node} has {used} people"
            for node, used in self.used.items()
            if used > nodes[node].capacity
        ]

    def unwanted(self) -> list[str]:
        seated = [
            (candidate, self.seats.get(candidate.key)) for candidate in self.problem.candidates
        ]
        return [
            f"{candidate.key} in {leaf}"
            for candidate, leaf in seated
            if leaf
            and (leaf not in candidate.preferences or not self._is_acceptable(candidate, leaf))
        ]

    def _is_acceptable(self, candidate: Candidate, leaf: str) -> bool:
        return (
            candidate.key in self.hosts.positions[leaf]
            and self.tree.required[leaf] <= candidate.groups
        )

    def _wishes(self) -> Iterable[tuple[Candidate, str, int]]:
        """Return who would rather sit at which leaf that may take them, with their position
        there.
        """
        positions, required = self.hosts.positions, self.tree.required
        for candidate in self.problem.candidates:
            key = candidate.key
            if key in self.seats and key not in self.held:
                seat = self.seats[key]
                for leaf in candidate.preferences:
                    if leaf == seat:
                        break
                    if key in positions[leaf] and required[leaf] <= candidate.groups:
                        yield candidate, leaf, positions[leaf][key]

    def wasted(self) -> list[str]:
        full = {key for key, node in self.tree.nodes.items() if self.used[key] >= node.capacity}
        room = {leaf for leaf, path in self.tree.paths.items() if full.isdisjoint(path)}
        return [
            f"{candidate.key} could have {leaf}"
            for candidate, leaf, _ in self.wishes
            if leaf in room
        ]

    def envious(self) -> Iterable[str]:
        for candidate, leaf, position in self.wishes:
            if self.lowest[leaf] > position:
                for kind, worst in self.worst[leaf].items():
                    if worst > position and (not kind or kind in candidate.groups):
                        yield f"{candidate.key} is wanted by {leaf} more than its number {worst}"
            if (
                leaf in self.hosts.reserves
                and "" in self.worst[leaf]
                and self._open_reserve(candidate, leaf)
            ):
                yield f"{candidate.key} could fill a kept seat of {leaf}"

    def _open_reserve(self, candidate: Candidate, leaf: str) -> bool:
        kinds = Counter(self.kinds[leaf].values())
        reserves = self.hosts.reserves[leaf]
        return any(
            limit.group in candidate.groups and kinds[limit.group] < limit.seats
            for limit in reserves
        )

    def shortfalls(self) -> tuple[Shortfall, ...]:
        found = []
        for leaf, reserves in self.hosts.reserves.items():
            for limit in reserves:
                held = sum(1 for key in self.kinds[leaf] if limit.group in self.groups[key])
                if held < limit.seats:
                    found.append(Shortfall(limit.group, leaf, limit.seats, held))
        return tuple(found)
