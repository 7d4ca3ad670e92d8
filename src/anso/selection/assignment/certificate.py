"""Proof that an assignment is the best: prices whose value over all pairs equals the total.

Here belong the bound that any prices give, and the loop "solve on promising pairs, price all pairs,
add what was missed". For any prices a (application), b (reviewer) and c (rule) the total worth of
any permitted assignment is at most

    Σ k·a + Σ (U·max(b,0) − L·max(−b,0)) + Σ (u·max(c,0) − l·max(−c,0)) + Σ over all pairs max(0, w
    − a − b − Σc)

(weak duality of linear programs; Ahuja, Magnanti, Orlin, Network Flows, 1993, section 9.4).
Equality proves the best.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from anso.selection.assignment.board import Board, Pairs, Prices, Whole, surplus_of
from anso.selection.assignment.flow import solve_flow

_PER_APPLICATION = 24
_SMALL = 60_000
_MOST_ADDED = 2_000_000


class Proven(NamedTuple):
    """The pairs considered, how often each is made, their prices, the bound over all pairs, and the
    rounds taken.
    """

    pairs: Pairs
    made: Whole
    prices: Prices
    bound: int
    rounds: int

    @property
    def chosen(self) -> Pairs:
        """The pairs that are made."""
        return Pairs(*(column[self.made > 0] for column in self.pairs))


def bound_by_prices(board: Board, prices: Prices) -> int:
    """Return what no assignment can exceed, in millionths, by these prices; looks at every pair
    once.
    """
    return limits_value(board, prices) + sum(int(over.sum()) for _, over in board.surplus(prices))


def limits_value(board: Board, prices: Prices) -> int:
    """Return what the places themselves are worth at these prices: the bound without any pair's
    surplus.
    """
    value = int(board.reviews @ prices.application)
    value += int(
        board.ceilings @ np.maximum(prices.reviewer, 0)
        + board.floors @ np.minimum(prices.reviewer, 0)
    )
    if len(board.members):
        held = np.where(board.holds, prices.rule, 0)
        value += int(
            (np.maximum(held, 0) @ board.at_most).sum()
            + (np.minimum(held, 0) @ board.at_least).sum()
        )
    return value


def first_pairs(board: Board, widening: int = 1) -> Pairs:
    """Return the pairs to begin with: all of a small question, else the most promising."""
    rows, columns = board.shape
    if rows * columns <= _SMALL:
        return board.pairs()
    deep = max(_PER_APPLICATION, 4 * int(board.reviews.max())) * widening
    mean_load = int(board.reviews.sum()) // columns + 1
    tall = max(_PER_APPLICATION, 2 * mean_load, 2 * int(board.floors.max())) * widening
    pairs = board.promising(deep, tall)
    for rule in np.flatnonzero(board.at_least > 0):
        pairs = merged(
            board,
            pairs,
            board.promising_members(int(rule), 4 * int(board.at_least[rule]) * widening),
        )
    return pairs


def merged(board: Board, pairs: Pairs, more: Pairs) -> Pairs:
    """Return both lists as one without repeats, in order of application and reviewer."""
    columns = board.shape[1]
    rows = np.concatenate([pairs.application, more.application])
    reviewers = np.concatenate([pairs.reviewer, more.reviewer])
    _, keep = np.unique(rows * columns + reviewers, return_index=True)
    return Pairs(rows[keep], reviewers[keep], np.concatenate([pairs.worth, more.worth])[keep])


def solve_and_prove(
    board: Board, favoured: Pairs | None = None, scale: int = 1, cap: int = 1
) -> Proven | None:
    """Return the best assignment under loads and nested rules with its proof, or `None` when there
    is none.

    Solves on promising pairs, prices all pairs, adds those worth more than their prices and
    repeats; when the promising pairs allow no assignment they are widened, at last to all. Pairs in
    `favoured` count with the worth given there. `scale` and `cap` are those of `solve_flow`.
    """
    widening = 1
    pairs = begin_pairs(board, favoured, widening)
    solved = solve_flow(board, pairs, scale, cap)
    everything = board.possible if solved is None else 0
    while solved is None and len(pairs.worth) < everything:
        widening *= 4
        pairs = begin_pairs(board, favoured, widening)
        solved = solve_flow(board, pairs, scale, cap)
    return None if solved is None else _prove(board, pairs, solved, scale, cap)


def begin_pairs(board: Board, favoured: Pairs | None, widening: int = 1) -> Pairs:
    """Return the first pairs with those in `favoured`, which keep the worth given there."""
    pairs = first_pairs(board, widening)
    return pairs if favoured is None else merged(board, favoured, pairs)


def _prove(
    board: Board, pairs: Pairs, solved: tuple[Whole, Prices], scale: int, cap: int
) -> Proven:
    rounds = 1
    while True:
        made, prices = solved
        missed = missed_pairs(board, pairs, prices)
        if not len(missed.worth):
            over = surplus_of(board, pairs, prices)
            bound = scale * limits_value(board, prices) + cap * int(np.maximum(over, 0).sum())
            return Proven(pairs, made, prices, bound, rounds)
        pairs = merged(board, pairs, missed)
        solved, rounds = solve_flow(board, pairs, scale, cap) or solved, rounds + 1


def missed_pairs(board: Board, known: Pairs, prices: Prices, margin: int = 0) -> Pairs:
    """Return the pairs outside `known` that are worth more than their prices less `margin`."""
    columns = board.shape[1]
    cheaper = Prices(prices.application - margin, prices.reviewer, prices.rule)
    cells_known = np.sort(known.application * columns + known.reviewer)
    missed = []
    for found, _ in board.surplus(cheaper):
        cells = found.application * columns + found.reviewer
        place = np.minimum(np.searchsorted(cells_known, cells), len(cells_known) - 1)
        new = cells_known[place] != cells
        missed.append(Pairs(*(column[new] for column in found)))
    return Pairs(
        *(np.concatenate(columns).astype(np.int64) for columns in zip(*missed, strict=True))
    )
