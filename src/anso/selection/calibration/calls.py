"""Calibrating the grades of a whole call: reviewers' severity and noise estimated from thousands of
grades.

Here belongs the model grade = mean + θ(item) + ν(reviewer) + e with normal parts. The three
variances are estimated by restricted maximum likelihood with the average-information step (Gilmour,
Thompson, Cullis, Biometrics 51, 1995), items eliminated from the mixed-model equations (Henderson).
Given the variances the posterior is exact (empirical Bayes) and drawn jointly. Small panels are
better served by `panel`, which also integrates over the variances.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from anso.selection.calibration.answer import (
    Calibration,
    Posterior,
    Real,
    rank_spread,
    ranks_of,
    require_request,
    state_calibration,
)
from anso.selection.calibration.grades import Grades
from anso.selection.chance import normal_draws
from anso.selection.errors import SelectionError

METHOD = "calibration-call/1"
_MOST_STEPS = 60
_CLOSE = 1e-4
_SMALLEST = 1e-6
_NEGLIGIBLE = 1e-4
_WEAK = 1e-3
_BLOCK = 200


class _Design(NamedTuple):
    """The grades: counts per item and per outer effect (the mean first, then reviewers), and their
    crossing.
    """

    counts: Real
    crossed: Any
    outer_counts: Any
    score: Real
    row: NDArray[np.int64]
    column: NDArray[np.int64]


class _Solved(NamedTuple):
    """The equations at given variances: Cholesky root, items' depth, and the solution for the
    grades.
    """

    root: Real
    depth: Real
    items: Real
    outer: Real
    residual: Real


def calibrate_call(
    grades: Grades, places: int, seed: str, interval: float = 0.5, draws: int = 1000
) -> Calibration:
    """Return calibrated means, expected ranks, rank intervals and the band for the items of a call.

    Items are placed by their calibrated mean, which does not depend on `seed`; ranks, intervals and
    probabilities come from `draws` joint draws seeded by `seed`. A reviewer is unusual when the
    severity is beyond two standard deviations of all reviewers. Refuses fewer grades than are
    needed to tell the three variances apart.
    """
    require_request(grades, places, interval, draws)
    scored = np.flatnonzero(grades.counts)
    if len(grades.score) <= max(len(scored), len(grades.reviewers)) or len(grades.reviewers) < 2:
        raise SelectionError(
            "There are too few grades to tell items, reviewers and noise apart: ask for more"
            " reviews of each item."
        )
    design = _design(grades, scored)
    variances = estimate_variances(design)
    solved = _solve(design, variances)
    inverse = linalg.lapack.dtrtri(solved.root, lower=1)[0]
    ranks = _drawn_ranks(design, solved, variances, seed, draws)
    expected, lowest, highest, probability = rank_spread(ranks, places, interval)
    outer_variance = (inverse**2).sum(axis=0) * variances[2]
    posterior = Posterior(
        mean=grades.score.mean() + solved.outer[0] + solved.items,
        expected_rank=expected,
        lowest=lowest,
        highest=highest,
        probability=probability,
        severity=solved.outer[1:],
        severity_deviation=np.sqrt(outer_variance[1:]),
        reviewer_deviation=float(np.sqrt(variances[1])),
    )
    found = dict(zip(("item", "reviewer", "noise"), np.sqrt(variances).tolist(), strict=True))
    return state_calibration(
        grades, posterior, -posterior.mean, (METHOD, places, seed, draws), found
    )


def _design(grades: Grades, scored: NDArray[np.int64]) -> _Design:
    row, count, width = np.searchsorted(scored, grades.item), len(scored), len(grades.reviewers) + 1
    ones, column = np.ones(len(row)), grades.reviewer + 1
    crossed = sparse.csr_array(
        (np.r_[ones, ones], (np.r_[row, row], np.r_[column, 0 * column])), shape=(count, width)
    )
    score = grades.score - grades.score.mean()
    return _Design(
        counts=grades.counts[scored].astype(float),
        crossed=crossed,
        outer_counts=np.bincount(column, minlength=width),
        score=score,
        row=row,
        column=column,
    )


def estimate_variances(design: _Design) -> Real:
    """Return the variances of items, reviewers and noise by restricted maximum likelihood.

    Steps with the average information until no variance changes by more than a ten-thousandth of
    itself; a variance that would fall below zero is held near zero.
    """
    total = float(np.var(design.score)) or 1.0
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
        held = (variances <= _NEGLIGIBLE * total) & (gradient < 0)
        free = np.flatnonzero(~held)
        step = np.zeros(3)
        step[free] = np.linalg.lstsq(information[np.ix_(free, free)], gradient[free], rcond=None)[0]
        after = np.where(
            held, floor, np.clip(variances + step, np.maximum(variances / 4, floor), variances * 4)
        )
        if np.all(np.abs(after - variances) <= _CLOSE * np.maximum(after, 1e-3 * total)):
            return after
        variances = after
    raise SelectionError(
        "The variances of items and reviewers cannot be estimated from these grades."
    )


def _solve(
    design: _Design, variances: Real, score: Real | None = None, known: _Solved | None = None
) -> _Solved:
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
    return _Solved(root, depth, items, outer, residual)


def _root(design: _Design, depth: Real, to_reviewer: float) -> Real:
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


def _step_parts(design: _Design, variances: Real) -> tuple[Real, Real]:
    """Return the gradient of the restricted likelihood and the average information for the three
    variances.

    Where the grades say next to nothing (all effects near zero) a part of the prior information
    keeps steps finite.
    """
    solved = _solve(design, variances)
    item, reviewer, noise = variances
    freedom = len(design.score) - 1
    weighted = solved.residual / noise
    effects = [solved.items[design.row] / item, solved.outer[design.column] / reviewer, weighted]
    projected = [_solve(design, variances, effect, solved).residual / noise for effect in effects]
    squares = [
        solved.items @ solved.items / item**2,
        solved.outer[1:] @ solved.outer[1:] / reviewer**2,
        weighted @ weighted,
    ]
    information = 0.5 * np.array([[one @ other for other in projected] for one in effects])
    expected = 0.5 * np.array([len(design.counts), len(solved.outer) - 1, freedom]) / variances**2
    weak = np.diagonal(information) < _WEAK * expected
    information[weak, weak] = 0.1 * expected[weak]
    return -0.5 * (_trace_terms(design, solved, variances) - np.array(squares)), information


def _trace_terms(design: _Design, solved: _Solved, variances: Real) -> Real:
    """Return the part of the gradient that does not depend on the grades, for the three
    variances.
    """
    item, reviewer, noise = variances
    trace_item, trace_reviewer = _traces(design, solved)
    of_items = (len(design.counts) - noise / item * trace_item) / item
    of_reviewers = (len(solved.outer) - 1 - noise / reviewer * trace_reviewer) / reviewer
    rest = (len(design.score) - 1 - item * of_items - reviewer * of_reviewers) / noise
    return np.array([of_items, of_reviewers, rest])


def _traces(design: _Design, solved: _Solved) -> tuple[float, float]:
    """Return the traces of the inverse of the equations over items and over reviewers."""
    inverse = linalg.lapack.dpotri(solved.root, lower=1)[0]
    twice = (design.crossed.T @ sparse.diags_array(solved.depth**-2.0) @ design.crossed).tocoo()
    row, column = twice.coords
    below = row >= column
    weight = np.where(row[below] == column[below], 1.0, 2.0)
    over_items = (1 / solved.depth).sum() + (twice.data[below] * weight) @ inverse[
        row[below], column[below]
    ]
    return float(over_items), float(np.trace(inverse[1:, 1:]))


def _drawn_ranks(
    design: _Design, solved: _Solved, variances: Real, seed: str, draws: int
) -> NDArray[np.int32]:
    """Return items × draws of ranks: outer effects drawn jointly, then items given them."""
    noise, count, width = float(np.sqrt(variances[2])), len(solved.depth), len(solved.outer)
    ranks = np.empty((count, draws), dtype=np.int32)
    spread = noise / np.sqrt(solved.depth)[:, None]
    for start in range(0, draws, _BLOCK):
        size = min(_BLOCK, draws - start)
        normals = normal_draws(f"{seed}|{start}", (width + count, size))
        outer = linalg.solve_triangular(
            solved.root, normals[:width], lower=True, trans="T", check_finite=False
        )
        shift = (design.crossed @ outer) * (noise / solved.depth[:, None])
        ranks[:, start : start + size] = ranks_of(
            solved.items[:, None] - shift + spread * normals[width:]
        )
    return ranks
