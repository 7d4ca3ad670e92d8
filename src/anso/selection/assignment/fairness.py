"""Assignment that first lifts the application worst off, then the next, and only then the total.

Here belongs max-min fairness on the sum of affinities of an application's reviewers. Repeated
lifting follows the idea of PeerReview4All (Stelmakh, Shah, Singh, ALT 2019), with each step solved
as an integer program.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from anso.selection.assignment.answer import in_units, named_pairs
from anso.selection.assignment.best import solve_board
from anso.selection.assignment.board import Board, Pairs, Whole, set_up_board
from anso.selection.assignment.certificate import first_pairs
from anso.selection.assignment.diagnosis import require_possible
from anso.selection.assignment.explanations import AssignedPair, explain_pairs
from anso.selection.assignment.flow import nested_order
from anso.selection.assignment.integer_program import (
    Found,
    Program,
    Real,
    program_of,
    rows_of,
    solve_program,
)
from anso.selection.assignment.problem import UNITS, AssignmentProblem
from anso.selection.plain import as_plain

METHOD = "assignment-fair/1"
_SLACK = 0.25 / UNITS
_ALL_PAIRS = 150_000


@dataclass(frozen=True, slots=True)
class FairLevel:
    """One lifting: the affinity that the worst-off of the remaining applications reach, and the
    most they could.
    """

    affinity: Decimal
    bound: Decimal
    settled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FairAssignment:
    """Pairs, the total, the worst-off affinity with its bound, and the levels lifted one after the
    other.
    """

    method: str
    pairs: tuple[AssignedPair, ...]
    total: Decimal
    worst_off_affinity: Decimal
    worst_off_bound: Decimal
    levels: tuple[FairLevel, ...]

    def explain(self, key: str) -> tuple[str, ...]:
        """Return who reviews the application `key` and at which level it was settled, or what the
        reviewer `key` reviews.
        """
        settled = tuple(
            f"{key} was settled at level {number}: {level.affinity.normalize():f} in all, of at"
            f" most {level.bound.normalize():f}."
            for number, level in enumerate(self.levels, 1)
            if key in level.settled
        )
        return explain_pairs(self.pairs, key) + settled

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


class _Lift(NamedTuple):
    level: float
    bound: float
    sums: Whole
    made: Whole


def assign_fairly(
    problem: AssignmentProblem, levels: int = 1, seconds: float | None = None
) -> FairAssignment:
    """Return the assignment whose worst-off application is best off; among those, one with the
    highest total.

    With more `levels` the applications that end at the lowest sum are settled there and the
    worst-off of the others is lifted, and so on. `seconds` limits each step; the bound then states
    what could still be reached. On more than 150,000 possible pairs only promising pairs are
    searched, and the bound comes from what each application could have alone. Raises
    `InfeasibleAssignment` when the limits leave no assignment.
    """
    board = set_up_board(problem)
    complete = board.possible <= _ALL_PAIRS
    pairs = board.pairs() if complete else first_pairs(board, widening=2)
    program = program_of(rows_of(board, pairs), pairs, whole=True)
    promised = np.full(board.shape[0], -np.inf)
    settled = np.zeros(board.shape[0], dtype=np.bool_)
    lifted: list[FairLevel] = []
    made: Whole | None = None
    while len(lifted) < max(levels, 1) and not settled.all():
        lift = _lift(board, pairs, program, (promised, settled), seconds)
        if lift is None:
            break
        bound = lift.bound if complete else max(_bound_alone(board), lift.level)
        made = lift.made
        lowest = ~settled & (lift.sums <= lift.sums[~settled].min())
        promised = np.where(settled, promised, lift.level)
        settled |= lowest
        names = tuple(problem.applications[row] for row in np.flatnonzero(lowest))
        level = int(lift.sums[lowest].min())
        lifted.append(FairLevel(in_units(level), in_units(max(level, round(bound * UNITS))), names))
    if made is None:
        raise require_possible(problem, board)
    chosen = Pairs(*(column[made > 0] for column in pairs))
    return FairAssignment(
        method=METHOD,
        pairs=named_pairs(problem, chosen),
        total=in_units(int(chosen.worth.sum())),
        worst_off_affinity=lifted[0].affinity,
        worst_off_bound=lifted[0].bound,
        levels=tuple(lifted),
    )


def _lift(
    board: Board, pairs: Pairs, program: Program, state: tuple[Real, Any], seconds: float | None
) -> _Lift | None:
    promised, settled = state
    sums = _sum_rows(board, pairs)
    base = _base(board, program)
    shared = _highest_level(board, program, sums, state, None, whole=False)
    easy = (
        None if shared is None or settled.any() else _already_fair(board, pairs, base - shared.cost)
    )
    if easy is not None:
        return easy
    raised = (
        None if shared is None else _highest_level(board, program, sums, state, seconds, whole=True)
    )
    if raised is None:
        return None
    level = base - raised.cost
    lower = np.where(settled, promised, level) - _SLACK
    floored = program.lengthened(sums, lower, np.full(len(lower), np.inf))
    start = raised.columns[:-1]
    best = solve_program(floored, seconds=seconds, start=start)
    columns = start if best is None else best.columns
    made = np.rint(columns).astype(np.int64)
    reached = np.bincount(pairs.application, weights=made * pairs.worth, minlength=board.shape[0])
    return _Lift(level, base - raised.bound, np.rint(reached).astype(np.int64), made)


def _already_fair(board: Board, pairs: Pairs, level: float) -> _Lift | None:
    """Return the assignment of highest total when its worst-off application already reaches the
    level of shares.
    """
    _, proven = solve_board(board) if nested_order(board) is not None else ("", None)
    if proven is None:
        return None
    chosen = proven.chosen
    columns = board.shape[1]
    made = np.isin(
        pairs.application * columns + pairs.reviewer, chosen.application * columns + chosen.reviewer
    )
    sums = np.rint(
        np.bincount(chosen.application, weights=chosen.worth, minlength=board.shape[0])
    ).astype(np.int64)
    if made.sum() < len(chosen.worth) or sums.min() < math.floor(level * UNITS + 0.5):
        return None
    return _Lift(int(sums.min()) / UNITS, level, sums, made.astype(np.int64))


def _highest_level(
    board: Board,
    program: Program,
    sums: Any,
    state: tuple[Real, Any],
    seconds: float | None,
    *,
    whole: bool,
) -> Found | None:
    """Solve "highest common level": one more column, the level above `base`, below every sum that
    is not settled.
    """
    promised, settled = state
    count = len(program.cost)
    base = _base(board, program)
    lower = np.where(settled, promised - _SLACK, base)
    bare = Program(
        program.matrix,
        program.lower,
        program.upper,
        np.zeros(count),
        program.most,
        count if whole else 0,
    )
    longer = bare.lengthened(sums, lower, np.full(len(lower), np.inf))
    column = np.r_[np.zeros(len(program.lower)), np.where(settled, 0.0, -1.0)][:, None]
    return solve_program(
        longer.widened(sparse.csc_array(column), np.array([-1.0]), np.array([np.inf])),
        seconds=seconds,
    )


def _base(board: Board, program: Program) -> float:
    return min(0.0, float(-program.cost.max(initial=0.0)) * float(board.reviews.max()))


def _sum_rows(board: Board, pairs: Pairs) -> Any:
    shape = (board.shape[0], len(pairs.worth))
    return sparse.csr_array(
        (pairs.worth / UNITS, (pairs.application, np.arange(shape[1]))), shape=shape
    )


def _bound_alone(board: Board) -> float:
    """Return the least, over applications, of the best sum each could have if it were alone."""
    pairs = board.promising(int(board.reviews.max()), 1)
    order = np.lexsort((-pairs.worth, pairs.application))
    place = np.arange(len(order)) - np.searchsorted(
        pairs.application[order], pairs.application[order]
    )
    first = order[place < board.reviews[pairs.application[order]]]
    sums = np.bincount(
        pairs.application[first], weights=pairs.worth[first], minlength=board.shape[0]
    )
    return float(sums.min()) / UNITS
