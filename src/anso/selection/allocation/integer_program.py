"""The integer programme behind `optimum`: columns, rows, the solver, and bounds in whole numbers.

Here belongs the arithmetic: one column per candidate and leaf, one row per candidate, quota,
ceiling and floor. What the answer means belongs to `optimum`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csc_array, csr_array, hstack, vstack

from anso.selection.errors import SelectionError

# Prices in parts of the smallest step of worth, as whole numbers: a bound computed from whole
# numbers proves something, one from floats does not.
GRAIN = 1 << 12
TOLERANCE = 1e-6
Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class IntegerProgram:
    """Maximise `worth` over columns: at most one per `owner`, `upper` rows at most, `lower` rows at
    least their limits.
    """

    owner: Whole
    worth: Whole
    upper: csc_array
    most: Whole
    lower: csc_array
    least: Whole

    def narrowed(self, columns: Whole) -> IntegerProgram:
        """Return the programme with these columns only."""
        return IntegerProgram(
            self.owner[columns],
            self.worth[columns],
            self.upper[:, columns],
            self.most,
            self.lower[:, columns],
            self.least,
        )

    def owner_rows(self) -> csr_array:
        """Return the rows that give each candidate at most one seat."""
        _, rows = np.unique(self.owner, return_inverse=True)
        columns = np.arange(len(rows))
        return csr_array(
            coo_array(
                (np.ones(len(rows)), (rows, columns)),
                shape=(int(rows.max(initial=-1)) + 1, len(rows)),
            )
        )


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear programme's answer: shares, and the prices of the upper and lower rows in grains
    of a unit of worth.
    """

    shares: Real
    upper_prices: Whole
    lower_prices: Whole


@dataclass(frozen=True, slots=True)
class Solved:
    """The chosen columns, the bound that no choice can exceed, the prices that prove it, and how it
    was proven.
    """

    chosen: Whole
    bound: int
    upper_prices: Whole
    lower_prices: Whole
    by_prices: bool
    rounds: int
    columns: int


def solve_integer_program(programme: IntegerProgram, start: Whole) -> Solved | None:
    """Return a proven best choice, or `None` when the floors cannot all be met.

    The linear programme is solved over the columns `start`; prices then tell which other columns
    could matter, until none can. A whole answer equal to the price bound is proven by the prices
    alone; otherwise every column that the prices cannot rule out goes to branch and bound.
    """
    columns, rounds = np.unique(start), 0
    if not len(programme.worth):
        return None if programme.least.any() else _nothing(programme)
    while True:
        rounds += 1
        relaxed = _solve_relaxed(programme.narrowed(columns))
        # With some columns only, a floor may be missed that all of them together would meet.
        if relaxed is None and len(columns) == len(programme.worth):
            return None
        if relaxed is None:
            columns = np.arange(len(programme.worth))
            continue
        surplus = surplus_of(programme, relaxed.upper_prices, relaxed.lower_prices)
        missing = _columns_missing(programme, columns, surplus)
        if not len(missing):
            return _finish(programme, columns, relaxed, rounds)
        columns = np.union1d(columns, missing)


def _nothing(programme: IntegerProgram) -> Solved:
    none = np.zeros(0, dtype=np.int64)
    return Solved(
        none, 0, np.zeros_like(programme.most), np.zeros_like(programme.least), True, 0, 0
    )


def surplus_of(programme: IntegerProgram, upper_prices: Whole, lower_prices: Whole) -> Whole:
    """Return each column's worth minus what its seat costs at these prices, in grains."""
    cost: Whole = programme.upper.T.dot(upper_prices) - programme.lower.T.dot(lower_prices)
    return programme.worth * GRAIN - cost


def price_bound(programme: IntegerProgram, upper_prices: Whole, lower_prices: Whole) -> int:
    """Return the most that any choice can be worth, by weak duality, in exact whole numbers.

    The bound holds for any prices of zero or more: seats and floors at their prices, plus each
    candidate's best surplus, rounded down to a multiple of the common step of all worths.
    """
    best: Whole = np.zeros(int(programme.owner.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(best, programme.owner, surplus_of(programme, upper_prices, lower_prices))
    total = (
        int(upper_prices @ programme.most) - int(lower_prices @ programme.least) + int(best.sum())
    )
    step = int(np.gcd.reduce(programme.worth)) or 1
    return total // GRAIN // step * step


def _solve_relaxed(programme: IntegerProgram) -> Relaxed | None:
    # The solver takes what is smaller than a fixed tolerance for nothing, so worths are brought to
    # one size first.
    scale = 1000 / max(1, int(np.abs(programme.worth).max(initial=1)))
    owners = programme.owner_rows()
    rows = vstack([owners, programme.upper, -programme.lower], format="csr")
    limits = np.concatenate([np.ones(owners.shape[0]), programme.most, -programme.least])
    answer = linprog(
        -programme.worth * scale, A_ub=rows, b_ub=limits, bounds=(0, 1), method="highs"
    )
    if not is_feasible(answer):
        return None
    prices = np.rint(
        np.maximum(0, -answer.ineqlin.marginals[owners.shape[0] :]) / scale * GRAIN
    ).astype(np.int64)
    return Relaxed(answer.x, prices[: len(programme.most)], prices[len(programme.most) :])


def is_feasible(answer: Any) -> bool:
    """Return whether the solver found an answer. Refuses when it stopped for another reason than
    infeasibility.
    """
    if answer.status not in (0, 2):
        raise SelectionError(f"The solver gave up: {answer.message}")
    return bool(answer.status == 0)


def _columns_missing(programme: IntegerProgram, columns: Whole, surplus: Whole) -> Whole:
    best: Whole = np.zeros(int(programme.owner.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(best, programme.owner[columns], surplus[columns])
    # An eighth of a step to spare: the prices were rounded.
    missing = surplus > best[programme.owner] + GRAIN // 8
    missing[columns] = False
    return np.flatnonzero(missing)


def _finish(programme: IntegerProgram, columns: Whole, relaxed: Relaxed, rounds: int) -> Solved:
    bound = price_bound(programme, relaxed.upper_prices, relaxed.lower_prices)
    whole = np.abs(relaxed.shares - np.rint(relaxed.shares)).max(initial=0) < TOLERANCE
    chosen = columns[relaxed.shares > 0.5] if whole else _branch(programme, columns)
    if (
        chosen is not None
        and int(programme.worth[chosen].sum()) >= bound
        and is_allowed(programme, chosen)
    ):
        return Solved(
            chosen, bound, relaxed.upper_prices, relaxed.lower_prices, True, rounds, len(columns)
        )
    worth = int(programme.worth[chosen].sum()) if chosen is not None else None
    possible = _columns_possible(programme, relaxed, bound, worth)
    final = _branch(programme, possible)
    if final is None:
        raise InfeasibleWhole
    best = int(programme.worth[final].sum())
    return Solved(
        final, best, relaxed.upper_prices, relaxed.lower_prices, False, rounds, len(possible)
    )


class InfeasibleWhole(Exception):
    """The floors can be met by fractions of people only."""


def _columns_possible(
    programme: IntegerProgram, relaxed: Relaxed, bound: int, worth: int | None
) -> Whole:
    if worth is None:
        return np.arange(len(programme.worth))
    surplus = surplus_of(programme, relaxed.upper_prices, relaxed.lower_prices)
    best: Whole = np.zeros(int(programme.owner.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(best, programme.owner, surplus)
    # Whoever takes a column that lies further below their best than the bound lies above a choice
    # that we have makes a worse choice than that.
    return np.flatnonzero(surplus >= best[programme.owner] - (bound - worth + 1) * GRAIN)


def _branch(programme: IntegerProgram, columns: Whole) -> Whole | None:
    part = programme.narrowed(columns)
    scale = 1000 / max(1, int(np.abs(part.worth).max(initial=1)))
    constraints = [
        LinearConstraint(part.owner_rows(), -np.inf, 1),
        LinearConstraint(part.upper, -np.inf, part.most),
    ]
    if len(part.least):
        constraints.append(LinearConstraint(part.lower, part.least, np.inf))
    answer = milp(
        -part.worth * scale,
        integrality=np.ones(len(columns)),
        bounds=Bounds(0, 1),
        constraints=constraints,
        # The best, and not what comes within a ten-thousandth of it, at which the solver would
        # stop.
        options={"mip_rel_gap": 0},
    )
    if not is_feasible(answer):
        return None
    chosen: Whole = columns[answer.x > 0.5]
    return chosen


def is_allowed(programme: IntegerProgram, chosen: Whole) -> bool:
    """Return whether the chosen columns keep every row, counted in whole numbers."""
    part = programme.narrowed(chosen)
    single = len(np.unique(part.owner)) == len(chosen)
    return (
        single
        and bool(np.all(part.upper.sum(axis=1) <= part.most))
        and bool(np.all(part.lower.sum(axis=1) >= part.least))
    )


def smallest_gaps(programme: IntegerProgram) -> Whole:
    """Return by how many seats each floor must give way so that all can be met, the fewest seats in
    total.
    """
    count, floors = len(programme.worth), len(programme.least)
    owners = programme.owner_rows()
    gap_columns = csr_array(np.eye(floors))
    upper = vstack([owners, programme.upper], format="csr")
    padded = hstack([upper, csr_array((upper.shape[0], floors))], format="csr")
    limits = np.concatenate([np.ones(owners.shape[0]), programme.most])
    lower = hstack([programme.lower, gap_columns], format="csr")
    answer = milp(
        np.concatenate([np.zeros(count), np.ones(floors)]),
        integrality=np.ones(count + floors),
        bounds=Bounds(0, np.concatenate([np.ones(count), programme.least])),
        constraints=[
            LinearConstraint(padded, -np.inf, limits),
            LinearConstraint(lower, programme.least, np.inf),
        ],
    )
    is_feasible(answer)
    gaps: Whole = np.rint(answer.x[count:]).astype(np.int64)
    return gaps


def rows_of(masks: Sequence[NDArray[np.bool_]], columns: int) -> csc_array:
    """Return the matrix with one row per mask over the columns."""
    pairs = [
        (np.full(int(mask.sum()), row), np.flatnonzero(mask)) for row, mask in enumerate(masks)
    ]
    at_row = np.concatenate([pair[0] for pair in pairs] or [np.zeros(0, dtype=np.int64)])
    at_column = np.concatenate([pair[1] for pair in pairs] or [np.zeros(0, dtype=np.int64)])
    ones = np.ones(len(at_row), dtype=np.int64)
    return csc_array(coo_array((ones, (at_row, at_column)), shape=(len(masks), columns)))
