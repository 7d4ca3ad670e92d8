"""The call's model: the same likelihood as the plain matrices, the truth recovered, and honest
uncertainty.
"""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import spearmanr

from anso.selection.calibration import Grades, calibrate_call, variances
from anso.selection.errors import SelectionError


def drawn_grades(
    items: int, reviewers: int, each: int = 3, severity: float = 0.6, seed: int = 3
) -> tuple[Grades, np.ndarray]:
    chance = np.random.default_rng(seed)
    item = np.repeat(np.arange(items), each)
    reviewer = np.concatenate([chance.choice(reviewers, each, replace=False) for _ in range(items)])
    truth = chance.normal(0, 0.8, items)
    score = (
        3
        + truth[item]
        + chance.normal(0, severity, reviewers)[reviewer]
        + chance.normal(0, 0.5, len(item))
    )
    names = tuple(f"i{n}" for n in range(items)), tuple(f"r{n}" for n in range(reviewers))
    return Grades(*names, item, reviewer, score), truth


def design_of(grades: Grades) -> variances.Design:
    return variances.design_of(grades, np.flatnonzero(grades.counts))


def plain_likelihood(grades: Grades, variances: np.ndarray) -> float:
    """The restricted likelihood from the full matrices (Patterson and Thompson, 1971)."""
    one_hot = [
        np.eye(len(names))[place]
        for names, place in ((grades.items, grades.item), (grades.reviewers, grades.reviewer))
    ]
    cover = sum(part * matrix @ matrix.T for part, matrix in zip(variances, one_hot, strict=False))
    cover = cover + variances[2] * np.eye(len(grades.score))
    inverse, ones = np.linalg.inv(cover), np.ones(len(grades.score))
    weight = ones @ inverse @ ones
    left = inverse @ grades.score - inverse @ ones * (ones @ inverse @ grades.score) / weight
    return -0.5 * (np.linalg.slogdet(cover)[1] + np.log(weight) + grades.score @ left)


def test_variances_maximise_the_plain_restricted_likelihood() -> None:
    grades, _ = drawn_grades(20, 7)
    answer = calibrate_call(grades, 5, "s", draws=100)
    found = np.array([answer.deviations[name] for name in ("item", "reviewer", "noise")]) ** 2
    best = minimize(
        lambda logs: -plain_likelihood(grades, np.exp(logs)),
        np.log(found),
        method="Nelder-Mead",
        options={"xatol": 1e-4},
    )
    assert found == pytest.approx(np.exp(best.x), rel=1e-3)


def test_variances_means_and_severities_are_those_of_statsmodels() -> None:
    """Made with statsmodels 0.15, MixedLM with both as variance components of one group
    (bench/selection/severity.py).
    """
    grades, _ = drawn_grades(200, 50)
    answer = calibrate_call(grades, 20, "s", draws=100)
    found = [answer.deviations[name] ** 2 for name in ("item", "reviewer", "noise")]
    assert found == pytest.approx([0.600656, 0.469661, 0.238054], abs=1e-4)
    means = {row.item: row.mean for row in answer.items}
    assert [means[f"i{n}"] for n in range(3)] == pytest.approx(
        [3.043836 + effect for effect in (-0.944538, -0.368779, -0.270496)], abs=1e-3
    )
    severity = {row.reviewer: row.severity for row in answer.reviewers}
    assert [severity["r48"], severity["r49"]] == pytest.approx([-0.124348, -0.195919], abs=1e-3)


def test_calibrated_means_are_the_best_predictions_of_the_full_matrices() -> None:
    grades, _ = drawn_grades(40, 12)
    answer = calibrate_call(grades, 5, "s", draws=100)
    item, reviewer, noise = (answer.deviations[name] ** 2 for name in ("item", "reviewer", "noise"))
    of_item, of_reviewer = np.eye(40)[grades.item], np.eye(12)[grades.reviewer]
    cover = (
        item * of_item @ of_item.T
        + reviewer * of_reviewer @ of_reviewer.T
        + noise * np.eye(len(grades.score))
    )
    inverse = np.linalg.inv(cover)
    mean = (inverse @ grades.score).sum() / inverse.sum()
    plain = mean + item * of_item.T @ inverse @ (grades.score - mean)
    severity = reviewer * of_reviewer.T @ inverse @ (grades.score - mean)
    found = {row.item: row.mean for row in answer.items}
    assert [found[name] for name in grades.items] == pytest.approx(plain.tolist(), abs=1e-8)
    assert [row.severity for row in answer.reviewers] == pytest.approx(severity.tolist(), abs=1e-8)


def test_calibration_ranks_closer_to_the_truth_than_raw_means() -> None:
    grades, truth = drawn_grades(400, 80)
    answer = calibrate_call(grades, 40, "s", draws=400)
    order = {row.item: row for row in answer.items}
    calibrated = spearmanr(truth, [order[name].mean for name in grades.items])[0]
    raw = spearmanr(truth, grades.means)[0]
    assert calibrated > raw + 0.02


def test_rank_intervals_hold_the_true_rank_about_as_often_as_they_say() -> None:
    grades, truth = drawn_grades(400, 80)
    answer = calibrate_call(grades, 40, "s", interval=0.8, draws=500)
    true_rank = dict(zip(grades.items, np.argsort(np.argsort(-truth)) + 1, strict=True))
    held = [row.lowest_rank <= true_rank[row.item] <= row.highest_rank for row in answer.items]
    assert np.mean(held) == pytest.approx(0.8, abs=0.06)
    assert sum(row.probability for row in answer.items) == pytest.approx(40, abs=1e-9)


def test_means_do_not_depend_on_the_seed_and_the_same_seed_repeats() -> None:
    grades, _ = drawn_grades(60, 15)
    one, again, other = (calibrate_call(grades, 6, seed, draws=200) for seed in ("a", "a", "b"))
    assert one == again
    assert [row.item for row in one.items] == [row.item for row in other.items]
    assert one.items[5].probability != other.items[5].probability or one.items[6] != other.items[6]
    assert json.loads(json.dumps(one.to_dict())) == one.to_dict()


def test_reviewers_without_differences_leave_the_raw_order() -> None:
    chance = np.random.default_rng(5)
    item, reviewer = np.repeat(np.arange(50), 4), np.tile(np.arange(4), 50)
    score = chance.normal(0, 1, 50)[item] + np.tile([0.1, -0.1, -0.1, 0.1], 50) * np.where(
        item % 2, 1, -1
    )
    grades = Grades(tuple(f"i{n}" for n in range(50)), tuple("wxyz"), item, reviewer, score)
    answer = calibrate_call(grades, 5, "s", draws=100)
    assert answer.deviations["reviewer"] < 0.01
    assert [row.item for row in answer.items] == [
        f"i{n}" for n in np.argsort(-np.round(grades.means, 9))
    ]


def test_too_few_grades_are_refused() -> None:
    one_each = Grades(
        ("a", "b"), ("x", "y"), np.array([0, 1]), np.array([0, 1]), np.array([1.0, 2.0])
    )
    with pytest.raises(SelectionError, match="too few grades"):
        calibrate_call(one_each, 1, "s")


def test_both_ways_to_the_variances_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps, and the profile that is searched where steps do not settle."""
    grades, _ = drawn_grades(60, 15)
    stepped = variances.estimate_variances(design_of(grades))
    monkeypatch.setattr(variances, "_MOST_STEPS", 1)
    assert variances.estimate_variances(design_of(grades)) == pytest.approx(stepped, rel=1e-3)


@pytest.mark.parametrize("severity", [0.0, 0.05, 0.15])
def test_a_call_whose_reviewers_hardly_differ_has_an_answer(severity: float) -> None:
    """Forty calls of 120 items, 25 reviewers and 3 reviews each: many lie at the boundary, where
    nothing on a grid of ratios fits better.
    """
    grid = [0.0, 0.02, 0.05, 0.1, 0.2, 0.4]
    for seed in range(40):
        grades, _ = drawn_grades(120, 25, severity=severity, seed=seed)
        design = design_of(grades)
        total = float(np.var(design.score))
        item, reviewer, noise = variances.estimate_variances(design)
        found = np.sqrt([item / noise, reviewer / noise])
        best = variances.deviance(design, found, total)[0]
        others = [variances.deviance(design, np.array([found[0], max(each, 1e-5)]), total)[0]
                  for each in grid]  # fmt: skip
        assert best <= min(others) + 1e-5
        assert 0.1 < noise < 0.5
        assert reviewer < (severity + 0.2) ** 2


def test_the_profile_is_the_plain_restricted_likelihood() -> None:
    grades, _ = drawn_grades(20, 7)
    design = design_of(grades)
    total = float(np.var(design.score))
    pairs = []
    for ratios in ((0.5, 0.2), (1.5, 0.7), (1e-5, 0.3), (1.0, 1e-5)):
        value, _slope, noise = variances.deviance(design, np.array(ratios), total)
        plain = plain_likelihood(grades, np.array([*(np.array(ratios) ** 2 * noise), noise]))
        pairs.append(value + 2 * plain)
    assert pairs == pytest.approx([pairs[0]] * len(pairs), abs=1e-6)


def test_data_at_every_boundary_have_an_answer() -> None:
    """Nobody differs in anything, items alone differ, reviewers alone do, both without noise."""
    item = np.repeat(np.arange(30), 3)
    reviewer = (item + np.tile([0, 1, 3], 30)) % 6
    names = tuple(f"i{n}" for n in range(30)), tuple(f"r{n}" for n in range(6))
    cases = {
        "nothing": np.full(90, 4.0),
        "items": 1.0 + item % 5,
        "reviewers": 1.0 + reviewer,
        "both": 1.0 + item % 5 + 0.5 * reviewer,
    }
    for case, score in cases.items():
        answer = calibrate_call(Grades(*names, item, reviewer, score.astype(float)), 5, "s")
        means = np.array([{row.item: row.mean for row in answer.items}[name] for name in names[0]])
        assert np.all(np.isfinite(means)), case
        if case in {"nothing", "reviewers"}:
            assert np.ptp(means) < 0.01, case
        else:
            assert np.corrcoef(means, item[::3] % 5)[0, 1] > 0.999, case
        severity = np.array([row.severity for row in answer.reviewers])
        assert (np.ptp(severity) > 1) == (case in {"reviewers", "both"}), case
