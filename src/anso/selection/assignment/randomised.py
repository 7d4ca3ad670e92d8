"""Assignment at random with a cap on the probability of any pair, against collusion.

Here belong the best shares under the cap and the draw that keeps every share as probability
(Jecmen, Zhang, Liu, Shah, Conitzer, Fang, "Mitigating manipulation in peer review via randomized
reviewer assignments", NeurIPS 2020). The draw rounds shares along cycles and paths (Gandhi,
Khuller, Parthasarathy, Srinivasan, J. ACM 53, 2006).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from anso.selection.assignment.answer import in_units, named_pairs
from anso.selection.assignment.board import Pairs, set_up_board
from anso.selection.assignment.certificate import Proven, solve_and_prove
from anso.selection.assignment.diagnosis import require_possible
from anso.selection.assignment.explanations import AssignedPair, explain_pairs
from anso.selection.assignment.problem import AssignmentProblem
from anso.selection.chance import Chance
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

METHOD = "assignment-randomised/1"
SHARES = 1000


@dataclass(frozen=True, slots=True)
class PairShare:
    """The probability with which one pair is made."""

    application: str
    reviewer: str
    probability: Fraction


@dataclass(frozen=True, slots=True)
class RandomisedAssignment:
    """The probabilities, the drawn pairs, the expected total, the bound that proves it, and the
    drawn total.
    """

    method: str
    cap: Fraction
    seed: str
    probabilities: tuple[PairShare, ...]
    pairs: tuple[AssignedPair, ...]
    expected_total: Decimal
    bound: Decimal
    total: Decimal

    def explain(self, key: str) -> tuple[str, ...]:
        """Return what was drawn for `key`, and the probability of each of its pairs."""
        odds = [(share, share.reviewer) for share in self.probabilities if share.application == key]
        odds += [
            (share, share.application) for share in self.probabilities if share.reviewer == key
        ]
        listed = ", ".join(f"{other} {share.probability}" for share, other in odds)
        return (
            *explain_pairs(self.pairs, key),
            f"The probabilities were: {listed}; none is above {self.cap}.",
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def assign_randomly(problem: AssignmentProblem, cap: Decimal, seed: str) -> RandomisedAssignment:
    """Return a drawn assignment in which no pair had a probability above `cap`.

    The probabilities have the highest expected total under the cap, in steps of a thousandth. The
    drawn assignment meets all loads; each pair is made with exactly its probability; the draw is
    recomputable from `seed`. Refuses a cap outside (0, 1] and rules on groups (use
    `assign_reviewers`); raises `InfeasibleAssignment` when the limits alone leave no assignment,
    and says so when only the cap is too low.
    """
    units = int(cap * SHARES) if cap.is_finite() and 0 < cap <= 1 else 0
    if units < 1:
        raise SelectionError(
            "The cap on the probability of a pair must be at least 0.001 and at most 1."
        )
    if problem.rules:
        raise SelectionError(
            "A randomised assignment cannot promise rules on groups; use the best assignment."
        )
    board = set_up_board(problem)
    proven = solve_and_prove(board, scale=SHARES, cap=units)
    if proven is None:
        if solve_and_prove(board) is None:
            raise require_possible(problem, board)
        raise SelectionError(
            f"With the cap {cap} on each pair the reviews cannot be shared out; raise the cap."
        )
    made = draw_by_shares(proven.pairs, proven.made, Chance(seed))
    chosen = Pairs(*(column[made] for column in proven.pairs))
    return RandomisedAssignment(
        method=METHOD,
        cap=Fraction(cap),
        seed=seed,
        probabilities=_probabilities(problem, proven),
        pairs=named_pairs(problem, chosen),
        expected_total=in_units(int(proven.made @ proven.pairs.worth)) / SHARES,
        bound=in_units(proven.bound) / SHARES,
        total=in_units(int(chosen.worth.sum())),
    )


def _probabilities(problem: AssignmentProblem, proven: Proven) -> tuple[PairShare, ...]:
    return tuple(
        PairShare(problem.applications[row], problem.reviewers[column], Fraction(share, SHARES))
        for row, column, share in zip(
            proven.pairs.application.tolist(),
            proven.pairs.reviewer.tolist(),
            proven.made.tolist(),
            strict=True,
        )
        if share
    )


def draw_by_shares(pairs: Pairs, shares: Any, chance: Chance) -> Any:
    """Return which pairs are made: each with probability share/1000, every count rounded up or down
    only.

    Repeats until no share is open: walk along open pairs to a cycle or a path that cannot be
    extended, and move shares between its odd and even pairs in one of the two directions, with the
    odds that keep every expectation.
    """
    left = shares.tolist()
    ends = list(zip(pairs.application.tolist(), (-1 - pairs.reviewer).tolist(), strict=True))
    # Mappings and not sets: these have an order, which a draw that is repeated must find again.
    open_at: dict[int, dict[int, None]] = {}
    for pair in np.flatnonzero((shares > 0) & (shares < SHARES)).tolist():
        for end in ends[pair]:
            open_at.setdefault(end, {})[pair] = None
    for start in list(open_at):
        while open_at[start]:
            trail = _cycle_or_path(start, ends, open_at)
            _round_trail(trail, left, ends, open_at, chance)
    return np.array(left) == SHARES


def _cycle_or_path(
    start: int, ends: list[tuple[int, int]], open_at: dict[int, dict[int, None]]
) -> list[int]:
    """Return pairs in a row that form a cycle, or a path between two ends without other open
    pairs.
    """
    ahead, met = _walk(start, ends, open_at)
    if met:
        return ahead
    last = _end_of(start, ahead, ends)
    path, met = _walk(last, ends, open_at)
    return path


def _end_of(start: int, trail: list[int], ends: list[tuple[int, int]]) -> int:
    node = start
    for pair in trail:
        node = ends[pair][0] if ends[pair][1] == node else ends[pair][1]
    return node


def _walk(
    start: int, ends: list[tuple[int, int]], open_at: dict[int, dict[int, None]]
) -> tuple[list[int], bool]:
    """Walk along open pairs; return the trail, or only its cycle and `True` when a place is met
    again.
    """
    trail: list[int] = []
    node, seen, came = start, {start: 0}, -1
    while True:
        onward = next((pair for pair in open_at[node] if pair != came), None)
        if onward is None:
            return trail, False
        trail.append(onward)
        came = onward
        node = ends[onward][0] if ends[onward][1] == node else ends[onward][1]
        if node in seen:
            return trail[seen[node] :], True
        seen[node] = len(trail)


def _round_trail(
    trail: list[int],
    left: list[int],
    ends: list[tuple[int, int]],
    open_at: dict[int, dict[int, None]],
    chance: Chance,
) -> None:
    odd, even = trail[::2], trail[1::2]
    up = min([SHARES - left[pair] for pair in odd] + [left[pair] for pair in even])
    down = min([left[pair] for pair in odd] + [SHARES - left[pair] for pair in even])
    # The shorter way is the likelier one, in just the measure in which the other is longer: what is
    # expected of each pair does not move.
    step = up if chance.below(up + down) < down else -down
    for sign, part in ((1, odd), (-1, even)):
        for pair in part:
            left[pair] += sign * step
            if left[pair] in (0, SHARES):
                for end in ends[pair]:
                    del open_at[end][pair]
