"""Grades: one for each review, fair to missing scores, and refused in words when they make no
sense.
"""

from __future__ import annotations

import json
from decimal import Decimal

import numpy as np
import pytest

from anso.selection.calibration import Grades, grades_from_reviews
from anso.selection.errors import SelectionError
from anso.selection.ranking import Criterion, Review

CRITERIA = (Criterion("merit", Decimal(3)), Criterion("impact", Decimal(1)))


def review(item: str, reviewer: str, merit: int | None, impact: int | None) -> Review:
    scores = {"merit": merit, "impact": impact}
    return Review(
        item,
        reviewer,
        {key: None if score is None else Decimal(score) for key, score in scores.items()},
    )


def test_complete_review_is_its_weighted_mean() -> None:
    grades = grades_from_reviews(
        [review("a", "x", 4, 2), review("b", "x", 2, 1)], CRITERIA, ["a", "b"]
    )
    assert grades.score.tolist() == [3.5, 1.75]
    assert json.loads(json.dumps(grades.to_dict())) == grades.to_dict()


def test_missing_score_is_taken_relative_to_its_criterion_and_not_as_zero() -> None:
    reviews = [
        review("a", "x", 5, 1),
        review("a", "y", None, 1),
        review("b", "x", 5, 1),
        review("b", "y", 5, None),
    ]
    grades = grades_from_reviews(reviews, CRITERIA, ["a", "b"])
    assert grades.score.tolist() == [4.0, 4.0, 4.0, 4.0]


def test_review_without_any_usable_score_is_left_out() -> None:
    grades = grades_from_reviews(
        [review("a", "x", None, None), review("a", "y", 4, 4)], CRITERIA, ["a", "b"]
    )
    assert grades.reviewers == ("y",)
    assert grades.counts.tolist() == [1, 0]


def test_no_usable_review_at_all_is_refused() -> None:
    with pytest.raises(SelectionError, match="no grades"):
        grades_from_reviews([review("a", "x", None, None)], CRITERIA, ["a"])


GOOD = {
    "items": ("a", "b"),
    "reviewers": ("x", "y"),
    "item": np.array([0, 1]),
    "reviewer": np.array([0, 1]),
    "score": np.array([1.0, 2.0]),
}
BAD = [
    ({"items": ("a", "a")}, "One item is named twice"),
    ({"reviewers": ("x", "x")}, "One reviewer is named twice"),
    ({"score": np.array([1.0])}, "not one item and one reviewer for each"),
    ({"item": np.array([0, 2])}, "unknown item"),
    ({"reviewer": np.array([0, -1])}, "unknown reviewer"),
    ({"score": np.array([1.0, np.nan])}, "A grade of b is not a finite number"),
    ({"item": np.array([0, 0]), "reviewer": np.array([1, 1])}, "graded the same item twice"),
]


@pytest.mark.parametrize(("change", "words"), BAD)
def test_grades_that_make_no_sense_are_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(SelectionError, match=words):
        Grades(**{**GOOD, **change})  # type: ignore[arg-type]
