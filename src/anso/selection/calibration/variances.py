"""The variances of items, reviewers and noise in a call's grades, and the mixed-model equations
that they stand in.

Here belongs restricted maximum likelihood for grade = mean + θ(item) + ν(reviewer) + e: by the
average-information step (Gilmour, Thompson, Cullis, Biometrics 51, 1995), items eliminated from the
equations (Henderson); and where the best fit lies at the boundary, as when reviewers do not differ,
by the likelihood profiled over the noise (Bates and others, Journal of Statistical Software 67,
2015). What the posterior says of items belongs to `calls`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, optimize, sparse

from anso.selection.calibration.answer import Real
from anso.selection.calibration.grades import Grades

_MOST_STEPS = 20
_CLOSE = 1e-4
_SMALLEST = 1e-6
_NEGLIGIBLE = 1e-4
_WEAK = 1e-3
_NOTHING = 1e-24
_LEAST_RATIO, _LARGEST_RATIO = 1e-5, 1e4
_START = (1.0, 0.3)


class Design(NamedTuple):
    """The grades: counts per item and per outer effect (the mean first, then reviewers), and their
    crossing.
    """

    counts: Real
    crossed: Any
    outer_counts: Any
    score: Real
    row: NDArray[np.int64]
    column: NDArray[np.int64]


class Solved(NamedTuple):
    """The equations at given variances: Cholesky root, items' depth, and the solution for the
    grades.
    """

    root: Real
    depth: Real
    items: Real
    outer: Real
    residual: Real


def design_of(grades: Grades, scored: NDArray[np.int64]) -> Design:
    row, count, width = np.searchsorted(scored, grades.item), len(scored), len(grades.reviewers) + 1
    ones, column = np.ones(len(row)), grades.reviewer + 1
    crossed = sparse.csr_array(
        (np.r_[ones, ones], (np.r_[row, row], np.r_[column, 0 * column])), shape=(count, width)
    )
    score = grades.score - grades.score.mean()
    return Design(
        counts=grades.counts[scored].astype(float),
        crossed=crossed,
        outer_counts=np.bincount(column, minlength=width),
        score=score,
        row=row,
        column=column,
    )


def estimate_variances(design: Design) -> Real:
    """Return the variances of items, reviewers and noise by restricted maximum likelihood.

    A variance whose best value is zero, as that of reviewers who do not differ, is returned as next
    to nothing; grades that are all the same have noise alone.
    """
    total = float(np.var(design.score))
    if total <= _NOTHING:
        return np.array([_SMALLEST, _SMALLEST, 1.0])
    stepped = _by_steps(design, total)
    return _by_profile(design, total) if stepped is None else stepped


def _by_steps(design: Design, total: float) -> Real | None:
    """Step with the average information until no variance changes by more than a ten-thousandth of
    itself; None where that does not settle, as when the best fit lies at the boundary and steps run
    to and fro across it.
    """
    means = np.bincount(design.row, weights=design.score) / design.counts
    inside = float(((design.score - means[design.row]) ** 2).sum()) / (
        len(design.score) - len(means)
    )
    variances = np.array(
        [max(total - inside, total / 20), inside / 2 + total / 100, inside / 2 + total / 100]
    )
    floor = _SMALLEST * total
    for _ in range(_MOST_STEPS):
        gradient, information = _step_parts(design, variances)
        # At the boundary and pushed beyond it: such a variance stays where it is while the others
        # move.
        held = (variances <= _NEGLIGIBLE * total) & (gradient < 0)
        free = np.flatnonzero(~held)
        step = np.zeros(3)
        step[free] = np.linalg.lstsq(information[np.ix_(free, free)], gradient[free], rcond=None)[0]
        after: Real = np.where(
            held, floor, np.clip(variances + step, np.maximum(variances / 4, floor), variances * 4)
        )
        if np.all(np.abs(after - variances) <= _CLOSE * np.maximum(after, 1e-3 * total)):
            return after
        variances = after
    return None


def _by_profile(design: Design, total: float) -> Real:
    """Search the two ratios of deviations to the noise within bounds, the noise profiled out: the
    boundary is a place like any other there.
    """
    found = optimize.minimize(
        lambda ratios: deviance(design, ratios, total)[:2],
        _START,
        jac=True,
        method="L-BFGS-B",
        bounds=[(_LEAST_RATIO, _LARGEST_RATIO)] * 2,
        options={"ftol": 1e-11, "gtol": 1e-6},
    )
    noise = deviance(design, found.x, total)[2]
    return np.array([*(found.x**2 * noise), noise])


def deviance(design: Design, ratios: Real, total: float) -> tuple[float, Real, float]:
    """Return minus twice the restricted log-likelihood (without its constant) at the deviations of
    items and reviewers as multiples of that of the noise, its gradient in them, and the variance of
    the noise that is best there.
    """
    squares = np.asarray(ratios, dtype=float) ** 2
    solved = solve(design, np.array([*squares, 1.0]))
    freedom = len(design.score) - 1
    noise = max(float(design.score @ solved.residual) / freedom, _SMALLEST * total)
    determinants = (
        np.log1p(design.counts * squares[0]).sum()
        + 2 * np.log(np.diagonal(solved.root)).sum()
        + (len(solved.outer) - 1) * np.log(squares[1])
    )
    slope = _gradient(design, solved, np.array([*(squares * noise), noise]))[:2]
    value = float(freedom * np.log(noise) + determinants)
    return value, -4 * np.asarray(ratios) * noise * slope, noise


def solve(
    design: Design, variances: Real, score: Real | None = None, known: Solved | None = None
) -> Solved:
    """Solve the mixed-model equations for the grades, or for another column of numbers with the
    same equations.
    """
    to_item, to_reviewer = variances[2] / variances[0], variances[2] / variances[1]
    score = design.score if score is None else score
    depth = design.counts + to_item
    count, width = len(depth), design.crossed.shape[1]
    root = known.root if known is not None else _root(design, depth, to_reviewer)
    sums = np.bincount(design.row, weights=score, minlength=count)
    outer_sums = np.bincount(design.column, weights=score, minlength=width)
    outer_sums[0] = score.sum()
    right = outer_sums - design.crossed.T @ (sums / depth)
    outer = linalg.cho_solve((root, True), right, check_finite=False)
    items = (sums - design.crossed @ outer) / depth
    residual = score - outer[0] - outer[design.column] - items[design.row]
    return Solved(root, depth, items, outer, residual)


def _root(design: Design, depth: Real, to_reviewer: float) -> Real:
    # Items first: each has an equation of its own, and without them a small full system remains.
    scaled = sparse.diags_array(1 / depth) @ design.crossed
    system = -(design.crossed.T @ scaled).toarray(order="F")
    counts = design.outer_counts.astype(float)
    counts[0] = len(design.row)
    system[0, 1:] += counts[1:]
    system[1:, 0] += counts[1:]
    system[np.arange(len(system)), np.arange(len(system))] += np.r_[
        counts[0], counts[1:] + to_reviewer
    ]
    root: Real = linalg.cholesky(system, lower=True, overwrite_a=True, check_finite=False)
    return root


def _step_parts(design: Design, variances: Real) -> tuple[Real, Real]:
    """Return the gradient of the restricted likelihood and the average information for the three
    variances.

    Where the grades say next to nothing (all effects near zero) a part of the prior information
    keeps steps finite.
    """
    solved = solve(design, variances)
    item, reviewer, noise = variances
    weighted = solved.residual / noise
    effects = [solved.items[design.row] / item, solved.outer[design.column] / reviewer, weighted]
    projected = [solve(design, variances, effect, solved).residual / noise for effect in effects]
    information = 0.5 * np.array([[one @ other for other in projected] for one in effects])
    freedom = [len(design.counts), len(solved.outer) - 1, len(design.score) - 1]
    expected = 0.5 * np.array(freedom) / variances**2
    weak = np.diagonal(information) < _WEAK * expected
    information[weak, weak] = 0.1 * expected[weak]
    return _gradient(design, solved, variances), information


def _gradient(design: Design, solved: Solved, variances: Real) -> Real:
    """Return the gradient of the restricted likelihood in the three variances."""
    item, reviewer, noise = variances
    weighted = solved.residual / noise
    squares = [
        solved.items @ solved.items / item**2,
        solved.outer[1:] @ solved.outer[1:] / reviewer**2,
        weighted @ weighted,
    ]
    gradient: Real = -0.5 * (_trace_terms(design, solved, variances) - np.array(squares))
    return gradient


def _trace_terms(design: Design, solved: Solved, variances: Real) -> Real:
    """Return the part of the gradient that does not depend on the grades, for the three
    variances.
    """
    item, reviewer, noise = variances
    trace_item, trace_reviewer = _traces(design, solved)
    of_items = (len(design.counts) - noise / item * trace_item) / item
    of_reviewers = (len(solved.outer) - 1 - noise / reviewer * trace_reviewer) / reviewer
    rest = (len(design.score) - 1 - item * of_items - reviewer * of_reviewers) / noise
    return np.array([of_items, of_reviewers, rest])


def _traces(design: Design, solved: Solved) -> tuple[float, float]:
    """Return the traces of the inverse of the equations over items and over reviewers."""
    inverse = linalg.lapack.dpotri(solved.root, lower=1)[0]
    twice = (design.crossed.T @ sparse.diags_array(solved.depth**-2.0) @ design.crossed).tocoo()
    row, column = twice.coords
    below = row >= column
    # Only the lower half of the inverse was computed; what lies off the diagonal counts for both.
    weight = np.where(row[below] == column[below], 1.0, 2.0)
    over_items = (1 / solved.depth).sum() + (twice.data[below] * weight) @ inverse[
        row[below], column[below]
    ]
    return float(over_items), float(np.trace(inverse[1:, 1:]))
