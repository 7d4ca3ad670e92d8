"""Grades as calibration sees them: one number for each review, however many criteria it answered.

Here belong the input and its checks. Models belong to `panel` and `calls`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain
from anso.selection.ranking import Criterion, Review, require_reviews, weights_of

_PLACES = 10


@dataclass(frozen=True, slots=True, eq=False)
class Grades:
    """One score for each review: which item, which reviewer (by position in the names), and the
    score.

    Refuses repeated names, positions out of range, scores that are not finite, a pair graded twice,
    and no grades.
    """

    items: tuple[str, ...]
    reviewers: tuple[str, ...]
    item: NDArray[np.int64]
    reviewer: NDArray[np.int64]
    score: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Check the grades once."""
        for kind, names in (("item", self.items), ("reviewer", self.reviewers)):
            if len(set(names)) != len(names):
                raise SelectionError(f"One {kind} is named twice.")
        if not len(self.score) or not len(self.item) == len(self.reviewer) == len(self.score):
            raise SelectionError("There are no grades, or not one item and one reviewer for each.")
        for kind, place, names in (
            ("item", self.item, self.items),
            ("reviewer", self.reviewer, self.reviewers),
        ):
            if place.min() < 0 or place.max() >= len(names):
                raise SelectionError(f"A grade belongs to an unknown {kind}.")
        if not np.all(np.isfinite(self.score)):
            wrong = int(np.flatnonzero(~np.isfinite(self.score))[0])
            raise SelectionError(
                f"A grade of {self.items[self.item[wrong]]} is not a finite number."
            )
        cells = self.item * len(self.reviewers) + self.reviewer
        if len(np.unique(cells)) != len(cells):
            raise SelectionError("A reviewer graded the same item twice.")

    @property
    def counts(self) -> NDArray[np.int64]:
        """The number of grades of each item."""
        return np.bincount(self.item, minlength=len(self.items))

    @property
    def means(self) -> NDArray[np.float64]:
        """The mean grade of each item (zero without grades)."""
        totals = np.bincount(self.item, weights=self.score, minlength=len(self.items))
        return totals / np.maximum(self.counts, 1)

    def to_dict(self) -> dict[str, Any]:
        """Return the grades as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def grades_from_reviews(
    reviews: Iterable[Review], criteria: Sequence[Criterion], items: Sequence[str]
) -> Grades:
    """Return one grade for each review: the weighted mean of its scores, fair to reviews with
    missing scores.

    A review that judged only criteria on which everybody is harsh must not look harsh: each score
    is taken relative to the mean of its criterion, the differences are weighted, and the weighted
    mean of all criteria is added. For a complete review this is its plain weighted mean. Refuses
    what `rank_by_weighted_mean` refuses.
    """
    weights = {key: float(weight) for key, weight in weights_of(criteria).items()}
    kept = require_reviews(reviews, weights_of(criteria), items)
    usable = [
        review
        for review in kept
        if any(weights[key] for key, score in review.scores.items() if score is not None)
    ]
    centre = _criterion_means(usable)
    level = (
        sum(weights[key] * mean for key, mean in centre.items())
        / sum(weights[key] for key in centre)
        if centre
        else 0.0
    )
    row = {name: place for place, name in enumerate(items)}
    names = tuple(sorted({review.reviewer for review in usable}))
    column = {name: place for place, name in enumerate(names)}
    return Grades(
        items=tuple(items),
        reviewers=names,
        item=np.array([row[review.item] for review in usable], dtype=np.int64),
        reviewer=np.array([column[review.reviewer] for review in usable], dtype=np.int64),
        score=np.round(
            [level + _difference(review, weights, centre) for review in usable], _PLACES
        ),
    )


def _criterion_means(reviews: Sequence[Review]) -> dict[str, float]:
    scores: dict[str, list[float]] = {}
    for review in reviews:
        for key, score in review.scores.items():
            if score is not None:
                scores.setdefault(key, []).append(float(score))
    return {key: sum(found) / len(found) for key, found in scores.items()}


def _difference(review: Review, weights: Mapping[str, float], centre: Mapping[str, float]) -> float:
    judged = [
        (weights[key], float(score) - centre[key])
        for key, score in review.scores.items()
        if score is not None
    ]
    return sum(weight * beyond for weight, beyond in judged) / sum(weight for weight, _ in judged)
