"""Ranking items by their reviews with the plain method: the weighted mean, in exact arithmetic.

Here belongs the ranking that needs no model of reviewers. Severity, noise and rank intervals belong
to `calibration`; drawing among items that cannot be separated belongs to `lottery`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

METHOD = "weighted-mean/1"
PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question that reviewers grade, and how much it counts beside the others."""

    key: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's scores of one item by criterion key; `None`, or no entry, means "cannot
    judge".
    """

    item: str
    reviewer: str
    scores: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RankedItem:
    """One item's place: its score, how many reviews could be used, their median and spread, and the
    reason.

    `spread` is the highest review minus the lowest. Numbers are rounded to six places for reading;
    places are decided by the exact values.
    """

    item: str
    rank: int
    score: Decimal | None
    reviews: int
    median: Decimal | None
    spread: Decimal | None
    explanation: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """All items from first to last. Items of one rank are exactly tied and stand in order of their
    name.
    """

    method: str
    items: tuple[RankedItem, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the ranking as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def rank_by_weighted_mean(
    reviews: Iterable[Review], criteria: Sequence[Criterion], items: Sequence[str]
) -> Ranking:
    """Rank items by the mean over reviews of each review's weighted mean over criteria.

    A score that is missing is never counted as zero: the weights of that review are shared among
    the criteria that it did judge. A review that judged nothing (or only criteria of weight zero)
    is not counted. Items without a usable review come last and share a rank. Exact ties share a
    rank and the next rank is skipped (1, 2, 2, 4). The order of the input has no influence. Refuses
    unknown or repeated names, weights below zero, no weight above zero, and scores that are not
    finite decimals.
    """
    weights = weights_of(criteria)
    graded = _grades_by_item(reviews, weights, items)
    means = {
        item: sum(grades, Fraction(0)) / len(grades) for item, grades in graded.items() if grades
    }
    order = sorted(items, key=lambda item: (item not in means, -means.get(item, Fraction(0)), item))
    values = sorted(means.values(), reverse=True)
    first_place = {value: place for place, value in reversed(list(enumerate(values, start=1)))}
    ranked = []
    for item in order:
        rank = first_place[means[item]] if item in means else len(means) + 1
        ranked.append(_ranked(item, rank, graded[item], len(items)))
    return Ranking(METHOD, tuple(ranked))


def weights_of(criteria: Sequence[Criterion]) -> dict[str, Fraction]:
    """Return the exact weight of each criterion; refuse repeated keys, weights below zero and no
    weight above zero.
    """
    weights: dict[str, Fraction] = {}
    for criterion in criteria:
        if criterion.key in weights:
            raise SelectionError(f"The criterion “{criterion.key}” is named twice.")
        weight = _exact(criterion.weight, f"The weight of “{criterion.key}”")
        if weight < 0:
            raise SelectionError(f"The weight of “{criterion.key}” is below zero.")
        weights[criterion.key] = weight
    if not any(weights.values()):
        raise SelectionError("At least one criterion needs a weight above zero.")
    return weights


def require_reviews(
    reviews: Iterable[Review], weights: Mapping[str, Fraction], items: Sequence[str]
) -> list[Review]:
    """Return the reviews as a list; refuse no items, repeated or unknown names, and scores that are
    no finite decimals.
    """
    if not items:
        raise SelectionError("There are no items to rank.")
    known = Counter(items)
    if len(known) != len(items):
        raise SelectionError(
            f"The item “{min(item for item, times in known.items() if times > 1)}” is named twice."
        )
    kept: list[Review] = []
    seen: set[tuple[str, str]] = set()
    for review in reviews:
        if review.item not in known:
            raise SelectionError(
                f"{review.reviewer} reviewed “{review.item}”, which is not among the items."
            )
        if (review.item, review.reviewer) in seen:
            raise SelectionError(f"{review.reviewer} reviewed “{review.item}” twice.")
        seen.add((review.item, review.reviewer))
        _require_scores(review, weights)
        kept.append(review)
    return kept


def _require_scores(review: Review, weights: Mapping[str, Fraction]) -> None:
    for key, score in review.scores.items():
        if key not in weights:
            raise SelectionError(
                f"{review.reviewer} scored “{key}” for “{review.item}”, which is not a criterion."
            )
        if score is not None:
            _exact(score, f"The score of {review.reviewer} for “{review.item}” on “{key}”")


def _grades_by_item(
    reviews: Iterable[Review], weights: Mapping[str, Fraction], items: Sequence[str]
) -> dict[str, list[Fraction]]:
    graded: dict[str, list[Fraction]] = {item: [] for item in items}
    for review in require_reviews(reviews, weights, items):
        grade = _weighted_mean(review, weights)
        if grade is not None:
            graded[review.item].append(grade)
    return graded


def _weighted_mean(review: Review, weights: Mapping[str, Fraction]) -> Fraction | None:
    total = weight_used = Fraction(0)
    for key, score in review.scores.items():
        if score is not None:
            total += Fraction(score) * weights[key]
            weight_used += weights[key]
    return total / weight_used if weight_used else None


def _exact(number: Decimal, subject: str) -> Fraction:
    if isinstance(number, bool) or not isinstance(number, Decimal | int):
        raise SelectionError(f"{subject} must be a decimal number, not {number!r}.")
    if not Decimal(number).is_finite():
        raise SelectionError(f"{subject} is not a finite number.")
    return Fraction(number)


def _rounded(value: Fraction) -> Decimal:
    scaled = round(value / Fraction(PLACES))
    return (Decimal(scaled) * PLACES).quantize(PLACES, rounding=ROUND_HALF_EVEN)


def _ranked(item: str, rank: int, grades: list[Fraction], total: int) -> RankedItem:
    if not grades:
        why = f"No review of “{item}” has a usable score, so it stands after all scored items."
        return RankedItem(item, rank, None, 0, None, None, why)
    score = _rounded(sum(grades, Fraction(0)) / len(grades))
    middle = _rounded(Fraction(median(grades)))
    spread = _rounded(max(grades) - min(grades))
    counted = "one review" if len(grades) == 1 else f"{len(grades)} reviews"
    why = f"Rank {rank} of {total}: weighted mean {score.normalize():f} from {counted}"
    why += (
        "."
        if len(grades) == 1
        else f", median {middle.normalize():f}, spread {spread.normalize():f}."
    )
    return RankedItem(item, rank, score, len(grades), middle, spread, why)
