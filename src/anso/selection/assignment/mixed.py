"""Best assignments under rules that cross, by linear prices and an integer program.

Here belongs the search when groups overlap (country and seniority and discipline). Nested rules are
faster in `flow`. The linear program over all pairs gives prices and a bound D. An integer program
over a part of the pairs gives a total I. A pair whose surplus at the prices is below I − D can be
in no better assignment; when every such pair has been looked at, the integer optimum is the optimum
over all pairs (reduced-cost fixing; Nemhauser and Wolsey, 1988, II.5.2).
"""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np

from anso.selection.assignment.board import Board, Pairs, Prices, Whole, surplus_of
from anso.selection.assignment.certificate import (
    Proven,
    begin_pairs,
    limits_value,
    merged,
    missed_pairs,
)
from anso.selection.assignment.integer_program import (
    Found,
    Real,
    prices_of,
    program_of,
    rows_of,
    solve_program,
)
from anso.selection.assignment.problem import UNITS

_SHARE_OF_BOUND = 0.00002
_NEGLIGIBLE = 1e-7
_NO_SHARE = 1e-9


Best = tuple[Pairs, Whole, Found]


class Relaxed(NamedTuple):
    """The answer when a pair may be made in part: the pairs considered, shares, prices, and the
    bound over all.
    """

    pairs: Pairs
    shares: Real
    prices: Prices
    bound: int
    rounds: int


def solve_relaxed(board: Board, favoured: Pairs | None = None) -> Relaxed | None:
    """Return the linear optimum with prices over all pairs, or `None` when even shares cannot meet
    the limits.
    """
    pairs, rounds, widening = begin_pairs(board, favoured), 0, 1
    while True:
        rows = rows_of(board, pairs)
        found = solve_program(program_of(rows, pairs, whole=False))
        if found is None:
            if len(pairs.worth) == board.possible:
                return None
            widening *= 4
            pairs = begin_pairs(board, favoured, widening)
            continue
        rounds += 1
        prices = prices_of(board, rows, found.duals)
        missed = missed_pairs(board, pairs, prices)
        beyond = int(surplus_of(board, missed, prices).sum())
        if beyond <= abs(found.cost) * _NEGLIGIBLE * UNITS:
            within = int(np.maximum(surplus_of(board, pairs, prices), 0).sum())
            return Relaxed(
                pairs, found.columns, prices, limits_value(board, prices) + within + beyond, rounds
            )
        pairs = merged(board, pairs, missed)


def solve_mixed(
    board: Board, seconds: float | None = None, favoured: Pairs | None = None
) -> Proven | None:
    """Return the best assignment under crossing rules, its prices, and the bound over all pairs.

    The pairs that the linear answer uses come first: what they allow is often the optimum, and what
    it lacks to the bound says how far to look. Without `seconds` the search ends with the proven
    optimum; with `seconds` it may end earlier, and the bound states how much better another could
    be. A first assignment is sought whatever time it takes: `None` means that there is none.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    relaxed = solve_relaxed(board, favoured)
    if relaxed is None:
        return None
    margin, pairs = 0, _used(relaxed)
    best: Best | None = None
    while True:
        found = _solve_whole(board, pairs, best, ends)
        complete = len(pairs.worth) == board.possible
        if found is None and (best is not None or complete):
            return None if best is None else _answer(relaxed, best, 0, complete=False)
        if found is None:
            margin = max(margin * 16, int(relaxed.bound * _SHARE_OF_BOUND), UNITS // 1000)
        else:
            best = (pairs, np.rint(found.columns).astype(np.int64), found)
            wanted = relaxed.bound - int(best[1] @ pairs.worth)
            if not found.is_proven or wanted <= margin or complete:
                return _answer(relaxed, best, margin, complete=complete)
            margin = wanted
        pairs = _within(board, relaxed, margin)


def _used(relaxed: Relaxed) -> Pairs:
    return Pairs(*(column[relaxed.shares > _NO_SHARE] for column in relaxed.pairs))


def _within(board: Board, relaxed: Relaxed, margin: int) -> Pairs:
    """Return the pairs whose surplus is at least minus `margin`, and those of the linear answer."""
    over = surplus_of(board, relaxed.pairs, relaxed.prices)
    keep = (over >= -margin) | (relaxed.shares > _NO_SHARE)
    kept = Pairs(*(column[keep] for column in relaxed.pairs))
    return merged(board, kept, missed_pairs(board, kept, relaxed.prices, margin + 1))


def _solve_whole(board: Board, pairs: Pairs, best: Best | None, ends: float | None) -> Found | None:
    """Return the best over these pairs; when time is over, the first that is found unless there is
    one already.
    """
    program = program_of(rows_of(board, pairs), pairs, whole=True)
    start = None if best is None else _made_among(board, pairs, best)
    seconds = None if ends is None else max(ends - time.monotonic(), 0.0)
    found = None if seconds == 0 else solve_program(program, seconds=seconds, start=start)
    if found is not None or seconds is None or best is not None:
        return found
    return solve_program(program, first=True)


def _made_among(board: Board, pairs: Pairs, best: Best) -> Real:
    columns = board.shape[1]
    made = best[1] > 0
    cells = best[0].application[made] * columns + best[0].reviewer[made]
    return np.isin(pairs.application * columns + pairs.reviewer, cells).astype(float)


def _answer(relaxed: Relaxed, best: Best, margin: int, *, complete: bool) -> Proven:
    pairs, made, found = best
    total = int(made @ pairs.worth)
    bound = total if found.is_proven else int(np.floor(-found.bound * UNITS + 0.5))
    if not complete:
        bound = max(bound, relaxed.bound - margin)
    return Proven(
        pairs, made, relaxed.prices, max(total, min(bound, relaxed.bound)), relaxed.rounds
    )
