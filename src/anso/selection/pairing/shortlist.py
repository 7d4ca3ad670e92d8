"""A shortlist for one seeker: who fits, in which order and why, and what keeps everybody else off
it.

Here belongs the order for one seeker. What two sides have in common belongs to `problem`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from anso.selection.errors import SelectionError
from anso.selection.pairing.problem import (
    Common,
    Lack,
    Offered,
    Part,
    Points,
    Seeker,
    commons_between,
    lacks_between,
    require_sense,
)
from anso.selection.plain import as_plain

METHOD = "shortlist/1"
TOLD = Decimal("0.01")
UNITS = {
    Part.FIELDS: "fields in common",
    Part.LANGUAGES: "languages in common",
    Part.HOURS: "minutes of a working day in common",
    Part.DAYS: "days in common",
    Part.WAITING: "days of waiting",
}
LACKS = {
    Lack.FULL: "has no room for another task",
    Lack.FIELDS: "has no field in common",
    Lack.LANGUAGES: "has no language in common",
    Lack.WAYS: "has no way of working in common",
    Lack.DAYS: "has no day in common",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One part of somebody's points: so much in common of so much, and the points for it."""

    part: Part
    met: int
    asked: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class Fit:
    """One place on the shortlist: its number, the points as people read them, and each part."""

    key: str
    position: int
    points: Decimal
    parts: tuple[Counted, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is not on the list, and all that is lacking."""

    key: str
    lacks: tuple[Lack, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The list, the first fits best; those left out; the steps."""

    method: str
    seeker: str
    fits: tuple[Fit, ...]
    left_out: tuple[LeftOut, ...]
    trace: tuple[str, ...]

    def explain(self, key: str) -> tuple[str, ...]:
        """Return why somebody stands where they stand, or why they do not. Refuses strangers."""
        told = {each.key: each.reason for each in self.fits}
        told |= {each.key: each.reason for each in self.left_out}
        if key not in told:
            raise SelectionError(f"“{key}” was not looked at.")
        return (told[key],)

    def to_dict(self) -> dict[str, Any]:
        """Return the list as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def draw_up_shortlist(
    seeker: Seeker, offered: Sequence[Offered], points: Points, *, seed: str = ""
) -> Shortlist:
    """Order everybody who has room and at least one field, language, way and day in common with the
    seeker by points, the most first.

    Each part counts its points times the share that is met: fields and languages of those asked,
    the eight hours of a working day, days of the seeker's period, and of half a year the days that
    the offered side has waited. Equal points go to whoever has waited longer, then by the SHA-256
    of "seed:seeker:key". Points are exact; only what is told is rounded. Refuses contradictory
    input by name.
    """
    require_sense((seeker,), offered, points)
    lacking = {each.key: lacks_between(seeker, each) for each in offered}
    fitting = [
        (each, commons_between(seeker, each, each.waiting_days))
        for each in offered
        if not lacking[each.key]
    ]
    fitting.sort(
        key=lambda found: (
            -total(found[1], points),
            -found[0].waiting_days,
            drawn(seed, seeker.key, found[0].key),
        )
    )
    fits = tuple(
        _fit(each.key, position, commons, points)
        for position, (each, commons) in enumerate(fitting, start=1)
    )
    left_out = tuple(
        LeftOut(key, lacks, f"{key} {' and '.join(LACKS[lack] for lack in lacks)}.")
        for key, lacks in lacking.items()
        if lacks
    )
    trace = (f"{len(fits)} of {len(offered)} fit.",)
    return Shortlist(METHOD, seeker.key, fits, left_out, trace)


def total(commons: Sequence[Common], points: Points) -> Fraction:
    """All points, exactly."""
    return sum((points.of(each.part) * each.share for each in commons), Fraction(0))


def drawn(seed: str, seeker: str, key: str) -> str:
    """What orders two who are equal in everything else."""
    return sha256(f"{seed}:{seeker}:{key}".encode()).hexdigest()


def _fit(key: str, position: int, commons: Sequence[Common], points: Points) -> Fit:
    parts = tuple(
        Counted(each.part, each.met, each.asked, _told(points.of(each.part) * each.share))
        for each in commons
    )
    points_told = _told(total(commons, points))
    said = "; ".join(
        f"{each.met} of {each.asked} {UNITS[each.part]} ({each.points})"
        if each.asked
        else f"the hour plays no part ({each.points})"
        for each in parts
    )
    return Fit(key, position, points_told, parts, f"{key} has {points_told} points: {said}.")


def _told(exact: Fraction) -> Decimal:
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        TOLD, rounding=ROUND_HALF_EVEN
    )
