"""Linear and integer programs over pairs, solved by HiGHS.

Here belong the rows that loads and rules make, and one call of the solver. When they are used
belongs to `mixed`, `fairness` and `diagnosis`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import highspy
import numpy as np
from highspy.highs import _Highs
from numpy.typing import NDArray
from scipy import sparse

from anso.selection.assignment.board import Board, Pairs, Prices, Whole
from anso.selection.assignment.problem import UNITS

Real = NDArray[np.float64]


class Rows(NamedTuple):
    """The limits as rows: applications first, then reviewers, then each binding rule of each
    application.
    """

    matrix: Any
    lower: Real
    upper: Real
    application: Whole
    rule: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Minimise cost·x with rows between limits and columns between 0 and `most`; the first `whole`
    columns are whole.
    """

    matrix: Any
    lower: Real
    upper: Real
    cost: Real
    most: Real
    whole: int

    def widened(self, matrix: Any, cost: Real, most: Real) -> Program:
        """Return the program with more columns."""
        wide = sparse.hstack([self.matrix, matrix], format="csc")
        return replace(self, matrix=wide, cost=np.r_[self.cost, cost], most=np.r_[self.most, most])

    def lengthened(self, matrix: Any, lower: Real, upper: Real) -> Program:
        """Return the program with more rows."""
        long = sparse.vstack([self.matrix, matrix], format="csc")
        return replace(
            self, matrix=long, lower=np.r_[self.lower, lower], upper=np.r_[self.upper, upper]
        )


class Found(NamedTuple):
    """What the solver found: the columns, the cost, the proven lower bound of the cost, and the
    rows' duals.
    """

    columns: Real
    cost: float
    bound: float
    duals: Real
    is_proven: bool


def rows_of(board: Board, pairs: Pairs) -> Rows:
    """Return the rows for these pairs; rules that cannot bind for an application have no row."""
    rows, columns = board.shape
    count = len(pairs.worth)
    inside = board.members[:, pairs.reviewer] & board.holds[pairs.application].T
    sizes = np.array(
        [np.bincount(pairs.application[line], minlength=rows) for line in inside], dtype=np.int64
    )
    sizes = sizes.reshape(len(board.members), rows)
    asked = (sizes > board.at_most[:, None]) | ((board.at_least[:, None] > 0) & board.holds.T)
    rule, application = np.nonzero(asked)
    row_of = np.full(asked.shape, -1, dtype=np.int64)
    row_of[rule, application] = rows + columns + np.arange(len(rule))
    line, pair = np.nonzero(inside)
    at = row_of[line, pairs.application[pair]]
    places = np.concatenate([pairs.application, rows + pairs.reviewer, at[at >= 0]])
    which = np.concatenate([np.arange(count), np.arange(count), pair[at >= 0]])
    shape = (rows + columns + len(rule), count)
    return Rows(
        matrix=sparse.csc_array((np.ones(len(places)), (places, which)), shape=shape),
        lower=np.concatenate([board.reviews, board.floors, board.at_least[rule]]).astype(float),
        upper=np.concatenate([board.reviews, board.ceilings, board.at_most[rule]]).astype(float),
        application=application,
        rule=rule,
    )


def program_of(rows: Rows, pairs: Pairs, *, whole: bool) -> Program:
    """Return the program "most affinity" over these pairs, with costs in affinity units."""
    cost = -pairs.worth / UNITS
    return Program(
        rows.matrix, rows.lower, rows.upper, cost, np.ones(len(cost)), len(cost) if whole else 0
    )


def prices_of(board: Board, rows: Rows, duals: Real) -> Prices:
    """Return the duals of the rows as prices in whole millionths."""
    applications, reviewers = board.shape
    exact = np.rint(-duals * UNITS).astype(np.int64)
    rule = np.zeros((applications, len(board.members)), dtype=np.int64)
    rule[rows.application, rows.rule] = exact[
        applications + reviewers : applications + reviewers + len(rows.rule)
    ]
    return Prices(exact[:applications], exact[applications : applications + reviewers], rule)


def solve_program(
    program: Program,
    *,
    seconds: float | None = None,
    start: Real | None = None,
    first: bool = False,
) -> Found | None:
    """Solve; return `None` when there is no solution (or none was found in the seconds given).

    With `first` the first whole solution is enough, however good.
    """
    solver = _loaded(program)
    if seconds is not None:
        solver.setOptionValue("time_limit", float(seconds))
    if first:
        solver.setOptionValue("mip_max_improving_sols", 1)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.tolist()
        solver.setSolution(solution)
    solver.run()
    found = solver.getInfo()
    if found.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    solution = solver.getSolution()
    if (
        start is not None
        and abs(program.cost @ np.array(solution.col_value) - found.objective_function_value) > 1e-7
    ):
        return solve_program(
            program, seconds=seconds
        )  # HiGHS 1.16 may report a better cost with the start's columns
    is_proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    bound = found.mip_dual_bound if program.whole else found.objective_function_value
    return Found(
        columns=np.array(solution.col_value),
        cost=found.objective_function_value,
        bound=bound,
        duals=np.array(solution.row_dual),
        is_proven=is_proven,
    )


def _loaded(program: Program) -> Any:
    model = highspy.HighsLp()
    matrix = sparse.csc_array(program.matrix)
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = program.cost
    model.col_lower_ = np.zeros(len(program.cost))
    model.col_upper_ = program.most
    model.row_lower_, model.row_upper_ = program.lower, program.upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data
    if program.whole:
        parts = len(program.cost) - program.whole
        model.integrality_ = [highspy.HighsVarType.kInteger] * program.whole + [
            highspy.HighsVarType.kContinuous
        ] * parts
    solver = _Highs()  # the public class prints a banner when it is made
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    # Totals are whole millionths, so a gap of less than half of one is none.
    solver.setOptionValue("mip_abs_gap", 0.5 / UNITS)
    # With one thread, so that of several equally good answers every run gives the same.
    solver.setOptionValue("random_seed", 0)
    solver.setOptionValue("threads", 1)
    solver.passModel(model)
    return solver
