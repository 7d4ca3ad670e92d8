"""What a panel decides beside the reviews about single items: points added to a score or taken off
it, with a reason each, and the least score that is needed.

Here belong the scores and places that follow. How reviews make scores belongs to `ranking` and
`calibration`; who is selected belongs to `allocation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np

from anso.selection.errors import SelectionError

METHOD = "beside-reviews/1"
READ, TOLD = Decimal("0.0001"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the reviews alone put an item: its rank (equals share one), its score, and where one is
    known its expected rank with the ends of the interval.
    """

    key: str
    rank: int
    score: Decimal | None
    expected: float | None = None
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points by which one item's score is moved, up or down, and why."""

    key: str
    points: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Adjusted:
    """An item's standing after it, whether its score was moved, whether it is below the least, and
    the sentence of the record where something was decided about it.
    """

    key: str
    standing: Standing
    is_moved: bool
    is_below: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class Adjusting:
    """All items in the order in which they came."""

    method: str
    items: tuple[Adjusted, ...]


def told(score: Decimal) -> Decimal:
    """The score as people read it, to two places, by way of the four that are kept: what is read
    is what counts.
    """
    kept = score.quantize(READ, rounding=ROUND_HALF_EVEN)
    return kept.quantize(TOLD, rounding=ROUND_HALF_EVEN)


def decide_beside_reviews(
    standings: Sequence[Standing],
    scale: tuple[int, int],
    adjustments: Sequence[Adjustment] = (),
    minimum: Decimal | None = None,
) -> Adjusting:
    """Move the scores of `adjustments` within the scale, and tell whose score is below `minimum`.

    A score moves its item to where others with such a score stand: by the scores, or where expected
    ranks are known by these. An item without a score cannot be moved and is below any minimum. A
    score counts to two places, as it is read: exactly the minimum is enough. Refuses unknown and
    repeated names, and a move without a reason.
    """
    _require_sense(standings, adjustments)
    points = {each.key: each for each in adjustments}
    moved = [_moved(each, points.get(each.key), scale, standings) for each in standings]
    if any(after != before for after, before in zip(moved, standings, strict=True)):
        moved = _ranked(moved)
    return Adjusting(
        METHOD,
        tuple(
            _told(before, after, points.get(before.key), minimum)
            for before, after in zip(standings, moved, strict=True)
        ),
    )


def _require_sense(standings: Sequence[Standing], adjustments: Sequence[Adjustment]) -> None:
    known = {each.key for each in standings}
    seen: set[str] = set()
    for each in adjustments:
        if each.key not in known:
            raise SelectionError(f"“{each.key}” is moved, which is not among the items.")
        if each.key in seen:
            raise SelectionError(f"“{each.key}” is moved twice.")
        if not each.reason.strip():
            raise SelectionError(f"“{each.key}” is moved without a reason.")
        seen.add(each.key)


def _moved(
    item: Standing,
    adjustment: Adjustment | None,
    scale: tuple[int, int],
    standings: Sequence[Standing],
) -> Standing:
    if adjustment is None or item.score is None:
        return item
    score = max(Decimal(scale[0]), min(item.score + adjustment.points, Decimal(scale[1])))
    if item.expected is None or item.lowest is None or item.highest is None:
        return replace(item, score=score)
    by = _expected_at(score, item, standings) - item.expected
    ends = (min(max(1.0, end + by), float(len(standings))) for end in (item.lowest, item.highest))
    lowest, highest = ends
    return replace(item, score=score, expected=item.expected + by, lowest=lowest, highest=highest)


def _expected_at(score: Decimal, item: Standing, standings: Iterable[Standing]) -> float:
    """The rank that others with such a score expect; between them as far as the score is."""
    others = sorted(
        (float(each.score), each.expected)
        for each in standings
        if each.key != item.key and each.score is not None and each.expected is not None
    )
    if not others:
        return item.expected or 1.0
    scores, ranks = zip(*others, strict=True)
    return float(np.interp(float(score), scores, ranks))


def _ranked(items: Sequence[Standing]) -> list[Standing]:
    """The same with ranks by their values; those without a score share the last."""
    values = sorted(_value(each) for each in items if each.score is not None)
    first = {value: place for place, value in reversed(list(enumerate(values, start=1)))}
    last = len(values) + 1
    return [
        replace(each, rank=last if each.score is None else first[_value(each)]) for each in items
    ]


def _value(item: Standing) -> float:
    """What orders items, the best first."""
    return -float(item.score or 0) if item.expected is None else item.expected


def _told(
    before: Standing, after: Standing, adjustment: Adjustment | None, minimum: Decimal | None
) -> Adjusted:
    is_below = minimum is not None and (after.score is None or told(after.score) < minimum)
    words = []
    if adjustment is not None and before.score is not None and after.score is not None:
        words.append(
            f"Beside the reviews its score was moved from {told(before.score)}"
            f" to {told(after.score)}, and"
            f" its place from {before.rank} to {after.rank}: {adjustment.reason}"
        )
    elif adjustment is not None:
        words.append("It has no score that could be moved.")
    if is_below:
        words.append(f"Its score is below the least that is needed, {minimum}.")
    return Adjusted(before.key, after, after.score != before.score, is_below, " ".join(words))
