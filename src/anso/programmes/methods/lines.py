"""Where the seats ran out for each candidate, who cannot be separated from that line, and the order
after their draw.

Seats are first filled by expected rank alone. A seat closes for somebody when a group of seats
above it is full, or a ceiling of one of their groups is reached: with the last person seated there
whose seat could have been theirs. Somebody's line is the expected rank of that person, at the
latest to close of the seats they asked for. So the line differs by what was asked for, and with one
kind of seat it is the line of the published method (Heyard, Ott, Salanti, Egger, Statistics and
Public Policy 9, 2022).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anso.programmes.methods.model import Calibrated
from anso.selection.allocation import Allocation, Candidate, Placement

NEVER = math.inf
TOP = ""


@dataclass(frozen=True)
class Line:
    """One line: its turn and expected rank, and everybody measured against it: surely above, not
    separable (the band), surely below.

    ``places`` is how many of the band had a seat before the draw. Nothing is drawn when all of them
    had one, or none.
    """

    turn: int
    value: float
    above: tuple[str, ...]
    band: tuple[str, ...]
    below: tuple[str, ...]
    places: int

    @property
    def everybody(self) -> tuple[str, ...]:
        """Those measured against the line, as they stand: the band between those above and those
        below.
        """
        return (*self.above, *self.band, *self.below)

    @property
    def is_drawn(self) -> bool:
        """Whether there is something to draw."""
        return 0 < self.places < len(self.band)


def find_lines(provisional: Allocation, known: Mapping[str, Calibrated]) -> tuple[Line, ...]:
    """The lines of all candidates, the first turn first. Whoever asked for a seat that never closed
    has no line.
    """
    closings = _Closings(provisional)
    measured: dict[int, list[Placement]] = defaultdict(list)
    for candidate, placed in zip(
        provisional.problem.candidates, provisional.placements, strict=True
    ):
        turn = closings.turn_of(candidate)
        if 0 < turn < NEVER:
            measured[int(turn)].append(placed)
    last = {turn: known.get(provisional.placements[turn - 1].key) for turn in measured}
    return tuple(
        _line(turn, at.expected_rank, measured[turn], known)
        for turn, at in sorted(last.items())
        if at is not None
    )


def _line(
    turn: int, value: float, group: Sequence[Placement], known: Mapping[str, Calibrated]
) -> Line:
    parts: dict[str, list[Placement]] = {"above": [], "band": [], "below": []}
    for placed in group:
        parts[_standing(known.get(placed.key), value)].append(placed)
    names = {part: tuple(placed.key for placed in people) for part, people in parts.items()}
    return Line(turn, value, **names, places=sum(bool(placed.seat) for placed in parts["band"]))


def _standing(entry: Calibrated | None, line: float) -> str:
    """Above, below, or in the band: the interval holds the line. Without a usable review one stands
    below.
    """
    if entry is None or entry.lowest_rank > line:
        return "below"
    return "above" if entry.highest_rank < line else "band"


class _Closings:
    """The turn at which each seat closed, for people of given groups. All seats together are one
    more node, the top.
    """

    def __init__(self, allocation: Allocation) -> None:
        problem = allocation.problem
        self.nodes = {quota.key: quota for quota in problem.quotas}
        self.room = {quota.key: quota.capacity for quota in problem.quotas}
        self.room[TOP] = sum(quota.capacity for quota in problem.quotas if quota.parent is None)
        self.ceilings = problem.ceilings
        self.reserved = {(limit.node or TOP, limit.group) for limit in problem.reserves}
        self.telling = {limit.group for limit in problem.ceilings} | {
            limit.group for limit in problem.reserves
        }
        self.groups = {candidate.key: candidate.groups for candidate in problem.candidates}
        self.seated: dict[str, list[Placement]] = defaultdict(list)
        for placed in allocation.placements:
            for node in self._path(placed.seat) if placed.seat else ():
                self.seated[node].append(placed)
        self.known: dict[tuple[str, frozenset[str]], float] = {}

    def turn_of(self, candidate: Candidate) -> float:
        """The latest closing of the seats that are open to the candidate; zero when none is."""
        open_to = [leaf for leaf in candidate.preferences if self._asked(leaf) <= candidate.groups]
        return max(
            (self._closing(leaf, candidate.groups & self.telling) for leaf in open_to), default=0
        )

    def _closing(self, leaf: str, groups: frozenset[str]) -> float:
        if (leaf, groups) not in self.known:
            path = self._path(leaf)
            self.known[leaf, groups] = min(
                [*self._full(path, groups), *self._capped(path, groups)], default=NEVER
            )
        return self.known[leaf, groups]

    def _full(self, path: Sequence[str], groups: frozenset[str]) -> list[int]:
        full = [node for node in path if len(self.seated[node]) >= self.room[node]]
        return [
            max(
                (
                    placed.rank
                    for placed in self.seated[node]
                    if self._is_open(placed, node, groups)
                ),
                default=0,
            )
            for node in full
        ]

    def _is_open(self, placed: Placement, node: str, groups: frozenset[str]) -> bool:
        """Whether people of these groups could have had the seat, as far as the node goes: it was
        not kept there, or below, for others.
        """
        below = self._path(placed.seat)
        kept = any(
            (each, placed.counts_for) in self.reserved for each in below[: below.index(node) + 1]
        )
        return not kept or placed.counts_for in groups

    def _capped(self, path: Sequence[str], groups: frozenset[str]) -> list[int]:
        turns = []
        for limit in self.ceilings:
            if limit.group in groups and (limit.node or TOP) in path:
                held = [
                    placed.rank
                    for placed in self.seated[limit.node or TOP]
                    if limit.group in self.groups[placed.key]
                ]
                turns += [max(held, default=0)] if len(held) >= limit.seats else []
        return turns

    def _path(self, leaf: str) -> list[str]:
        path = [leaf]
        while parent := self.nodes[path[-1]].parent:
            path.append(parent)
        return [*path, TOP]

    def _asked(self, leaf: str) -> frozenset[str]:
        return frozenset().union(*(self.nodes[node].only for node in self._path(leaf)[:-1]))


def order_after_draws(
    provisional: Allocation, lines: Sequence[Line], drawn: Mapping[int, Sequence[str]]
) -> list[str]:
    """Everybody in the order in which they choose, after the draws; ``drawn`` gives the order drawn
    for the turn of a line.

    Those measured against one line share out the turns they held: first those above it, then the
    band as drawn, then those below. Everybody else keeps their turn, so a draw takes no turn away
    from people who asked for other seats.
    """
    order = [placed.key for placed in provisional.placements]
    turns = {key: turn for turn, key in enumerate(order)}
    for line in lines:
        if line.turn in drawn:
            held = sorted(turns[key] for key in line.everybody)
            for turn, key in zip(held, (*line.above, *drawn[line.turn], *line.below), strict=True):
                order[turn] = key
    return order
