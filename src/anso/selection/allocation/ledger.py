"""The running account of seats while they are given: what is free, what is kept, who would go over
a ceiling.

Here belongs the one question "may this candidate sit here now?". The order in which candidates are
asked belongs to the methods.

Seats are counted on the path from a leaf to the top. A reserve keeps seats: a candidate may sit
down only if, on every node of the path, the free seats afterwards still cover what is kept there.
Each person fills one reserved seat at most (one group), on every level of the path that reserves
for that group. Free minus kept never grows while people sit down, and neither does the money that
is left, so somebody who was refused for lack of room or money could not sit later either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from anso.selection.allocation.outcome import Cause, Refusal
from anso.selection.allocation.problem import (
    Candidate,
    Ceiling,
    Problem,
    QuotaTree,
    Reserve,
)
from anso.selection.errors import SelectionError

TOP = ""
Pair = tuple[str, str]


class Ledger:
    """Seats free, seats kept and members counted, per node of the quota tree."""

    def __init__(self, tree: QuotaTree, problem: Problem, reserves: Sequence[Reserve]) -> None:
        """Open the account with empty seats. Refuses reserves that ask for more seats than there
        are.
        """
        self.paths = {leaf: (*path, TOP) for leaf, path in tree.paths.items()}
        self.required = tree.required
        self.parents = {key: node.parent or TOP for key, node in tree.nodes.items()}
        self.free = _seats_free(tree)
        self.money = {
            key: node.budget for key, node in tree.nodes.items() if node.budget is not None
        }
        self.ceilings = _by_group(problem.ceilings)
        self.seated: dict[Pair, int] = defaultdict(int)
        self.reserved = {(limit.node or TOP, limit.group): limit.seats for limit in reserves}
        self.groups = tuple(dict.fromkeys(limit.group for limit in reserves))
        self.filled: dict[Pair, int] = defaultdict(int)
        self.kept: dict[Pair, int] = defaultdict(int)
        self.kept_below: dict[Pair, int] = defaultdict(int)
        self.kept_total: dict[str, int] = defaultdict(int)
        self._open_reserves(tree)

    def _open_reserves(self, tree: QuotaTree) -> None:
        depth = {key: len(path) - at for path in tree.paths.values() for at, key in enumerate(path)}
        # From the leaves up: what is kept below a node must be known before the node itself.
        for key in sorted(depth, key=lambda key: -depth[key]):
            self._keep_at(key)
        self._keep_at(TOP)
        for key, kept in self.kept_total.items():
            if kept > self.free[key]:
                where = f"below “{key}”" if key else "in all"
                raise SelectionError(
                    f"The reserves {where} ask for {kept} seats, but there are {self.free[key]}."
                )

    def _keep_at(self, key: str) -> None:
        for group in self.groups:
            # A seat kept below is one of those kept here; only what is asked beyond them is kept in
            # addition.
            kept = max(self.reserved.get((key, group), 0), self.kept_below[key, group])
            self.kept[key, group] = kept
            self.kept_total[key] += kept
            if key != TOP:
                self.kept_below[self.parents[key], group] += kept

    def refusal_of(self, candidate: Candidate, leaf: str) -> Refusal | None:
        """Return what stands between `candidate` and `leaf` now, or `None` when the seat can be
        given.
        """
        missing = self.required[leaf] - candidate.groups
        if missing:
            # One group is told, and always the same one: sets have no order that a second run would
            # repeat.
            return Refusal(leaf, Cause.NOT_OPEN, leaf, min(missing))
        path = self.paths[leaf]
        for key in path:
            if self.free[key] < 1:
                return Refusal(leaf, Cause.FULL, key)
        for key in path:
            if key in self.money and self.money[key] < candidate.cost:
                return Refusal(leaf, Cause.BUDGET, key, left=self.money[key])
        over = self._ceiling_in_the_way(candidate, path)
        if over is not None:
            return Refusal(leaf, Cause.CEILING, over.node or TOP, over.group)
        if self.groups and self.group_to_fill(candidate, leaf) is None:
            return self._kept_seat(path, leaf)
        return None

    def _ceiling_in_the_way(self, candidate: Candidate, path: tuple[str, ...]) -> Ceiling | None:
        # In order: with two ceilings in the way, a second run must name the same one.
        for group in sorted(candidate.groups & self.ceilings.keys()):
            for limit in self.ceilings[group]:
                where = limit.node or TOP
                if where in path and self.seated[where, group] >= limit.seats:
                    return limit
        return None

    def _kept_seat(self, path: tuple[str, ...], leaf: str) -> Refusal:
        # There is one: nobody is refused here who fits everywhere without filling a reserved seat.
        where = next(key for key in path if self.free[key] - 1 < self.kept_total[key])
        groups = [group for group in self.groups if self.kept[where, group]]
        return Refusal(leaf, Cause.RESERVED, where, groups[0])

    def group_to_fill(self, candidate: Candidate, leaf: str) -> str | None:
        """Return the reserved group whose seat the candidate would fill at `leaf`: empty for none,
        `None` if barred.

        Among the candidate's groups the one that fills reserves on most levels is taken, then the
        one named first.
        """
        path = self.paths[leaf]
        mine = [group for group in self.groups if group in candidate.groups]
        eased = {group: self._levels_eased(path, group) for group in mine}
        for group in sorted(mine, key=lambda group: -len(eased[group])):
            if eased[group] and self._has_room(path, eased[group]):
                return group
        return "" if self._has_room(path, frozenset()) else None

    def _levels_eased(self, path: tuple[str, ...], group: str) -> frozenset[str]:
        eased = set()
        lower = 0
        for key in path:
            own = self.reserved.get((key, group), 0) - self.filled[key, group] - 1
            after = max(0, own, self.kept_below[key, group] - lower)
            lower = self.kept[key, group] - after
            if lower:
                eased.add(key)
        return frozenset(eased)

    def _has_room(self, path: tuple[str, ...], eased: frozenset[str]) -> bool:
        return all(self.free[key] - 1 >= self.kept_total[key] - (key in eased) for key in path)

    def seat(self, candidate: Candidate, leaf: str) -> str:
        """Give `leaf` to `candidate` and return the reserved group that they fill, or empty."""
        group = self.group_to_fill(candidate, leaf) or "" if self.groups else ""
        self.seat_as(candidate, leaf, group)
        return group

    def seat_as(self, candidate: Candidate, leaf: str, group: str) -> None:
        """Give `leaf` to `candidate`, who fills the reserved seat of `group` (none when empty)."""
        path = self.paths[leaf]
        for key in path:
            self.free[key] -= 1
            if key in self.money:
                self.money[key] -= candidate.cost
        for own in candidate.groups & self.ceilings.keys():
            for key in path:
                self.seated[key, own] += 1
        if group:
            self._fill(path, group)

    def _fill(self, path: tuple[str, ...], group: str) -> None:
        eased = self._levels_eased(path, group)
        for at, key in enumerate(path):
            self.filled[key, group] += 1
            if key in eased:
                self.kept[key, group] -= 1
                self.kept_total[key] -= 1
                if at + 1 < len(path):
                    self.kept_below[path[at + 1], group] -= 1


def _seats_free(tree: QuotaTree) -> dict[str, int]:
    free: dict[str, int] = {}

    def count(key: str) -> int:
        below = sum(count(child) for child in tree.children[key])
        capacity = tree.nodes[key].capacity
        # A node cannot give more than what hangs below it.
        free[key] = min(capacity, below) if tree.children[key] else capacity
        return free[key]

    free[TOP] = sum(count(key) for key, node in tree.nodes.items() if node.parent is None)
    return free


def _by_group(ceilings: Sequence[Ceiling]) -> dict[str, list[Ceiling]]:
    grouped: dict[str, list[Ceiling]] = defaultdict(list)
    for ceiling in ceilings:
        grouped[ceiling.group].append(ceiling)
    return dict(grouped)
