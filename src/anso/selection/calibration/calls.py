"""Calibrating the grades of a whole call: reviewers' severity and noise estimated from thousands of
grades.

Here belongs the model grade = mean + θ(item) + ν(reviewer) + e with normal parts: given the three
variances (`variances`) the posterior is exact (empirical Bayes) and drawn jointly. Small panels are
better served by `panel`, which also integrates over the variances.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

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
from anso.selection.calibration.variances import (
    Design,
    Solved,
    design_of,
    estimate_variances,
    solve,
)
from anso.selection.chance import normal_draws
from anso.selection.errors import SelectionError

METHOD = "calibration-call/1"
_BLOCK = 200


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
    design = design_of(grades, scored)
    variances = estimate_variances(design)
    solved = solve(design, variances)
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


def _drawn_ranks(
    design: Design, solved: Solved, variances: Real, seed: str, draws: int
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
