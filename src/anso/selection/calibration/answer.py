"""The frozen answer of a calibration: places with their uncertainty, the line, and who cannot be
separated from it.

Here belongs what is handed out, and the band around the funding line (Heyard, Ott, Salanti, Egger,
Statistics and Public Policy 9, 2022): the line is the expected rank of the last item that could be
chosen; an item whose rank interval holds the line cannot be separated from it. How posteriors are
found belongs to `panel` and `calls`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anso.selection.calibration.grades import Grades
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

Real = NDArray[np.float64]
_TIE = 7


@dataclass(frozen=True, slots=True)
class CalibratedItem:
    """One item: place (ties share it), raw mean, calibrated mean, expected rank, rank interval, and
    its standing.

    `standing` is "above", "below" or "band" (cannot be separated from the line); `probability` is
    that of a rank within the number of places.
    """

    item: str
    place: int
    raw_mean: float
    mean: float
    expected_rank: float
    lowest_rank: float
    highest_rank: float
    probability: float
    standing: str
    reviews: int
    explanation: str


@dataclass(frozen=True, slots=True)
class CalibratedReviewer:
    """One reviewer's severity in grades (negative: grades lower than others), its uncertainty, and
    whether to look.
    """

    reviewer: str
    severity: float
    deviation: float
    reviews: int
    is_unusual: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """All items from first to last, the reviewers, the model's deviations, the line, and what is
    left to draw.
    """

    method: str
    items: tuple[CalibratedItem, ...]
    unscored: tuple[str, ...]
    reviewers: tuple[CalibratedReviewer, ...]
    deviations: dict[str, float]
    places: int
    line: float
    seed: str
    draws: int

    @property
    def band(self) -> tuple[str, ...]:
        """The items that cannot be separated from the line, in order of their name."""
        return tuple(sorted(item.item for item in self.items if item.standing == "band"))

    @property
    def places_in_band(self) -> int:
        """The places that are left for the band after all items above it."""
        return max(0, self.places - sum(item.standing == "above" for item in self.items))

    def explain(self, key: str) -> tuple[str, ...]:
        """Return where the item `key` stands and why, or how severe the reviewer `key` is. Refuses
        unknown names.
        """
        items = (
            f"{key}: mean {item.raw_mean:.2f} of {item.reviews} reviews, {item.mean:.2f}"
            f" calibrated, place {item.place}. {item.explanation}"
            for item in self.items
            if item.item == key
        )
        missing = (
            f"{key} has no score, so it has no place." for name in self.unscored if name == key
        )
        reviewers = (_severity(reviewer) for reviewer in self.reviewers if reviewer.reviewer == key)
        found = (*items, *missing, *reviewers)
        if not found:
            raise SelectionError(f"“{key}” is neither an item nor a reviewer of this calibration.")
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


class Posterior(NamedTuple):
    """What a model found for each scored item and each reviewer, in the order of the grades'
    names.
    """

    mean: Real
    expected_rank: Real
    lowest: Real
    highest: Real
    probability: Real
    severity: Real
    severity_deviation: Real
    reviewer_deviation: float


def _severity(reviewer: CalibratedReviewer) -> str:
    kind = "lower" if reviewer.severity < 0 else "higher"
    look = " This is unusual: look at the reviews." if reviewer.is_unusual else ""
    return (
        f"{reviewer.reviewer} graded {reviewer.reviews} items, {abs(reviewer.severity):.2f} {kind}"
        f" than others would (give or take {reviewer.deviation:.2f}).{look}"
    )


def require_request(grades: Grades, places: int, interval: float, draws: int) -> None:
    """Refuse places outside the number of items, an interval outside (0, 1), and fewer than 100
    draws.
    """
    if not 1 <= places <= len(grades.items):
        raise SelectionError(
            f"There are {len(grades.items)} items, so {places} places make no sense."
        )
    if not 0 < interval < 1:
        raise SelectionError("The rank interval must hold a share between 0 and 1, such as 0.5.")
    if draws < 100:
        raise SelectionError("Rank intervals need at least 100 draws.")


def state_calibration(
    grades: Grades,
    posterior: Posterior,
    order_by: Real,
    request: tuple[str, int, str, int],
    deviations: dict[str, float],
) -> Calibration:
    """Return the answer in names; `request` is the method, the places, the seed and the draws."""
    method, places, seed, draws = request
    scored = np.flatnonzero(grades.counts)
    key = np.round(order_by, _TIE)
    names = [grades.items[row] for row in scored]
    order = sorted(range(len(scored)), key=lambda place: (key[place], names[place]))
    first = np.searchsorted(np.sort(key), key) + 1
    line = float(posterior.expected_rank[order[min(places, len(order)) - 1]])
    counts, means = grades.counts, grades.means
    items = tuple(
        _item(
            posterior,
            place,
            int(first[place]),
            line,
            (grades.items[row], float(means[row]), int(counts[row])),
        )
        for place, row in ((place, int(scored[place])) for place in order)
    )
    return Calibration(
        method=method,
        items=items,
        unscored=tuple(
            sorted(name for name, count in zip(grades.items, counts, strict=True) if not count)
        ),
        reviewers=_reviewers(grades, posterior),
        deviations=deviations,
        places=places,
        line=line,
        seed=seed,
        draws=draws,
    )


def _item(
    posterior: Posterior, place: int, first: int, line: float, raw: tuple[str, float, int]
) -> CalibratedItem:
    name, raw_mean, reviews = raw
    low, high = float(posterior.lowest[place]), float(posterior.highest[place])
    standing = "above" if high < line else "below" if low > line else "band"
    words = {"above": "better than", "below": "worse than", "band": "not separable from"}
    expected = float(posterior.expected_rank[place])
    return CalibratedItem(
        item=name,
        place=first,
        raw_mean=raw_mean,
        mean=float(posterior.mean[place]),
        expected_rank=expected,
        lowest_rank=low,
        highest_rank=high,
        probability=float(posterior.probability[place]),
        standing=standing,
        reviews=reviews,
        explanation=(
            f"Expected rank {expected:.2f}, likely between {low:g} and {high:g}: {words[standing]}"
            f" the line at {line:.2f}."
        ),
    )


def _reviewers(grades: Grades, posterior: Posterior) -> tuple[CalibratedReviewer, ...]:
    counts = np.bincount(grades.reviewer, minlength=len(grades.reviewers))
    limit = 2 * posterior.reviewer_deviation
    return tuple(
        CalibratedReviewer(
            name, float(severity), float(deviation), int(count), bool(abs(severity) > limit)
        )
        for name, severity, deviation, count in zip(
            grades.reviewers, posterior.severity, posterior.severity_deviation, counts, strict=True
        )
    )


def rank_spread(ranks: NDArray[Any], places: int, interval: float) -> tuple[Real, Real, Real, Real]:
    """Return for each row of drawn ranks its mean, both ends of the central interval, and the share
    within places.
    """
    draws = ranks.shape[1]
    low = max(0, int(np.floor(draws * (1 - interval) / 2)))
    high = min(draws - 1, int(np.ceil(draws * (1 + interval) / 2)) - 1)
    ordered = np.partition(ranks, (low, high), axis=1)
    return (
        ranks.mean(axis=1, dtype=np.float64),
        ordered[:, low].astype(np.float64),
        ordered[:, high].astype(np.float64),
        np.count_nonzero(ranks <= places, axis=1) / draws,
    )


def ranks_of(values: Real) -> NDArray[np.int32]:
    """Return the rank of every row within each column, 1 for the highest value."""
    order = np.argsort(-values.T, axis=1)
    ranks = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, np.arange(1, len(values) + 1, dtype=np.int32)[None, :], axis=1)
    return np.ascontiguousarray(ranks.T)
