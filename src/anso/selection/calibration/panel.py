"""Calibrating the grades of one panel by integrating the published Bayesian model, without
sampling.

Here belongs the model of Heyard, Ott, Salanti, Egger (Statistics and Public Policy 9, 2022, arXiv
2102.09958): grade = mean + θ(item) + λ(item, assessor) + panel + e, λ ~ N(ν(assessor), τλ²), ν ~
N(0, 0.5²), and each standard deviation uniform on (0, 2). With one grade for each pair, λ's noise
and e are one deviation s with s² = σ² + τλ². Given the three deviations everything is normal and
exact; the deviations are integrated by Gauss-Legendre quadrature, so equal grades give equal
expected ranks. For whole calls with many reviewers use `calls`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

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

METHOD = "calibration-panel/1"
ASSESSOR_VARIANCE = 0.25
_ITEM_NODES, _NOISE_NODES, _PANEL_NODES = 32, (24, 8), 12
_NEGLIGIBLE = 1e-9
_LARGEST = 400
_CELLS = 4_000_000


class _Nodes(NamedTuple):
    """The deviations at each node of the integration, and its weight."""

    item: Real
    noise: Real
    panel: Real
    weight: Real


class _Normal(NamedTuple):
    """At each node: item means, item variances given assessors, their loadings on the draws of
    assessors, assessors.
    """

    mean: Real
    variance: Real
    loading: Real
    assessor: Real
    root: Real
    evidence: Real


def calibrate_panel(
    grades: Grades, places: int, seed: str, interval: float = 0.5, draws: int = 4000
) -> Calibration:
    """Return expected ranks, rank intervals and the band around the line for the items of one
    panel.

    Expected ranks are exact up to quadrature (about 0.002) and do not depend on `seed`; the
    intervals and the probabilities come from `draws` exact draws from the posterior, seeded by
    `seed`; items with equal expected ranks share them. Refuses more than 400 items, `places`
    outside the number of items, and an interval outside (0, 1).
    """
    require_request(grades, places, interval, draws)
    scored = np.flatnonzero(grades.counts)
    if len(scored) > _LARGEST:
        raise SelectionError(
            f"A panel has at most {_LARGEST} items; use the calibration for calls."
        )
    nodes = _nodes()
    normal = _given_deviations(grades, scored, nodes)
    # Relative to the best: the evidence is a logarithm, far below what can be raised again.
    weight = nodes.weight * np.exp(normal.evidence - normal.evidence.max())
    weight /= weight.sum()
    # Most of the grid weighs nothing; what follows costs as much at every point that is kept.
    keep = weight > _NEGLIGIBLE * weight.max()
    normal, weight = _Normal(*(part[keep] for part in normal)), weight[keep] / weight[keep].sum()
    expected = _expected_ranks(normal, weight)
    ranks = ranks_of(_drawn_items(normal, weight, seed, draws))
    _, lowest, highest, probability = rank_spread(ranks, places, interval)
    severity = weight @ normal.assessor
    inner = np.einsum("kab,kab->ka", normal.root, normal.root)[:, :-1]
    variance = weight @ (inner + normal.assessor**2) - severity**2
    same = _groups(expected)
    posterior = Posterior(
        mean=grades.score.mean() + weight @ normal.mean,
        expected_rank=_shared(expected, same),
        lowest=_shared(lowest, same),
        highest=_shared(highest, same),
        probability=_shared(probability, same),
        severity=severity,
        severity_deviation=np.sqrt(np.maximum(variance, 0)),
        reviewer_deviation=ASSESSOR_VARIANCE**0.5,
    )
    found = {
        name: float(weight @ part[keep])
        for name, part in (("item", nodes.item), ("noise", nodes.noise), ("panel", nodes.panel))
    }
    return state_calibration(
        grades, posterior, posterior.expected_rank, (METHOD, places, seed, draws), found
    )


def _nodes() -> _Nodes:
    """Return the grid over item, noise and panel deviations with the weights of quadrature and
    prior.
    """
    item, item_weight = _legendre(0.0, 2.0, _ITEM_NODES)
    low, low_weight = _legendre(0.0, 2.0, _NOISE_NODES[0])
    high, high_weight = _legendre(2.0, 8.0**0.5, _NOISE_NODES[1])
    noise = np.r_[low, high]
    density = np.r_[low * np.pi / 2, high * (np.pi / 2 - 2 * np.arccos(2 / high))]
    noise_weight = np.r_[low_weight, high_weight] * density
    panel, panel_weight = _legendre(0.0, 2.0, _PANEL_NODES)
    grid = np.meshgrid(item, noise, panel, indexing="ij")
    weight = item_weight[:, None, None] * noise_weight[:, None] * panel_weight
    item_grid, noise_grid, panel_grid = (axis.ravel() for axis in grid)
    return _Nodes(item_grid, noise_grid, panel_grid, weight.ravel())


def _legendre(low: float, high: float, count: int) -> tuple[Real, Real]:
    place, weight = np.polynomial.legendre.leggauss(count)
    return low + (place + 1) * (high - low) / 2, weight * (high - low) / 2


def _given_deviations(grades: Grades, scored: NDArray[np.int64], nodes: _Nodes) -> _Normal:
    """Return the exact normal posterior and the evidence at every node.

    Items are eliminated first (their block is diagonal), which leaves one small system over
    assessors and panel.
    """
    count, width = len(scored), len(grades.reviewers) + 1
    row = np.searchsorted(scored, grades.item)
    score = grades.score - grades.score.mean()
    crossed = np.zeros((count, width))
    np.add.at(crossed, (row, grades.reviewer), 1.0)
    crossed[:, -1] = grades.counts[scored]
    sums = np.bincount(row, weights=score, minlength=count)
    outer_sums = np.r_[
        np.bincount(grades.reviewer, weights=score, minlength=width - 1), score.sum()
    ]
    within = np.zeros((width, width))
    within[:-1, :-1] = np.diag(np.bincount(grades.reviewer, minlength=width - 1))
    within[-1, :] = within[:, -1] = np.r_[within.diagonal()[:-1], len(score)]
    noise, item = nodes.noise**2, nodes.item**2
    depth = grades.counts[scored] / noise[:, None] + 1 / item[:, None]
    scaled = 1 / (depth * noise[:, None] ** 2)
    prior = np.full((len(noise), width), 1 / ASSESSOR_VARIANCE)
    prior[:, -1] = 1 / nodes.panel**2
    eliminated = (scaled @ (crossed[:, :, None] * crossed[:, None, :]).reshape(count, -1)).reshape(
        -1, width, width
    )
    system = within / noise[:, None, None] - eliminated
    system[:, np.arange(width), np.arange(width)] += prior
    right = outer_sums / noise[:, None] - scaled @ (crossed * sums[:, None])
    root = np.linalg.inv(np.linalg.cholesky(system)).transpose(0, 2, 1)
    projected = np.einsum("kab,ka->kb", root, right)
    outer = np.einsum("kab,kb->ka", root, projected)
    loading = crossed[None] / (depth * noise[:, None])[:, :, None]
    mean = sums / (depth * noise[:, None]) - np.einsum("kia,ka->ki", loading, outer)
    fit = score @ score / noise - scaled @ sums**2 - (projected**2).sum(axis=1)
    spread = (
        len(score) * np.log(noise)
        + np.log(depth * item[:, None]).sum(axis=1)
        - np.log(prior).sum(axis=1)
    )
    evidence = -0.5 * (fit + spread) + np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)
    return _Normal(mean, 1 / depth, loading @ root, outer[:, :-1], root, evidence)


def _expected_ranks(normal: _Normal, weight: Real) -> Real:
    """Return 1 + Σ P(other item is better), averaged over the nodes."""
    count = normal.mean.shape[1]
    first, second = np.triu_indices(count, 1)
    better = np.zeros(len(first))
    step = max(1, _CELLS // max(1, len(first) * 4))
    for start in range(0, len(weight), step):
        part = slice(start, start + step)
        own = normal.variance[part] + (normal.loading[part] ** 2).sum(axis=2)
        shared = normal.loading[part] @ normal.loading[part].transpose(0, 2, 1)
        spread = own[:, first] + own[:, second] - 2 * shared[:, first, second]
        gap = normal.mean[part][:, second] - normal.mean[part][:, first]
        better += weight[part] @ ndtr(gap / np.sqrt(spread))
    expected = np.ones(count)
    np.add.at(expected, first, better)
    np.add.at(expected, second, 1 - better)
    return expected


def _drawn_items(normal: _Normal, weight: Real, seed: str, draws: int) -> Real:
    """Return items × draws from the posterior; nodes are taken in proportion to their weight."""
    width, count = normal.root.shape[1], normal.mean.shape[1]
    node = np.searchsorted(np.cumsum(weight), (np.arange(draws) + 0.5) / draws)
    node = np.minimum(node, len(weight) - 1)
    normals = normal_draws(seed, (draws, width + count))
    shift = np.einsum("kia,ka->ki", normal.loading[node], normals[:, :width])
    drawn: Real = (
        normal.mean[node] - shift + np.sqrt(normal.variance[node]) * normals[:, width:]
    ).T
    return drawn


def _groups(expected: Real) -> NDArray[np.int64]:
    _, group = np.unique(np.round(expected, 7), return_inverse=True)
    return group


def _shared(values: Real, group: NDArray[np.int64]) -> Real:
    mean: Real = np.bincount(group, weights=values) / np.bincount(group)
    return mean[group]
