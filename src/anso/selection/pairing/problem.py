"""What a pairing is asked: what seekers want, what is offered, and how many points each thing in
common counts.

Here belong the frozen inputs, their checks, and what two sides have in common. Orders belong to
`shortlist`, the proposal for all to `pairs`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from fractions import Fraction

from anso.selection.errors import SelectionError

WORKING_DAY = 8 * 60
WHOLE_DAY = 24 * 60
# Whoever has waited so many days has all the points of waiting.
WAITED_FULLY = 180


class Part(StrEnum):
    """What counts on a shortlist."""

    FIELDS = "fields"
    LANGUAGES = "languages"
    HOURS = "hours"
    DAYS = "days"
    WAITING = "waiting"


class Lack(StrEnum):
    """Why somebody is not on a shortlist at all."""

    FULL = "full"
    FIELDS = "fields"
    LANGUAGES = "languages"
    WAYS = "ways"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Seeker:
    """What is asked for: codes of fields, languages and ways of working, of which one in common is
    needed each; zones as minutes before or after UTC, none where they play no part; the first and
    the last day as ISO 8601 writes them; and for how many days it has waited.
    """

    key: str
    fields: frozenset[str]
    languages: frozenset[str]
    ways: frozenset[str]
    first_day: str
    last_day: str
    zones: tuple[int, ...] = ()
    waiting_days: int = 0


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered, in the same codes, for how many tasks there is still room (`free`), and for
    how many days it has waited.
    """

    key: str
    fields: frozenset[str]
    languages: frozenset[str]
    ways: frozenset[str]
    first_day: str
    last_day: str
    zones: tuple[int, ...] = ()
    waiting_days: int = 0
    free: int = 1


@dataclass(frozen=True, slots=True)
class Points:
    """How many points each part counts when it is met in full."""

    fields: int = 40
    languages: int = 20
    hours: int = 10
    days: int = 20
    waiting: int = 10

    def of(self, part: Part) -> int:
        """The points of one part."""
        number: int = getattr(self, part.value)
        return number


@dataclass(frozen=True, slots=True)
class Common:
    """How much two sides have in common of one part: `met` of `asked`, in units of the part
    (fields, languages, minutes, days).
    """

    part: Part
    met: int
    asked: int

    @property
    def share(self) -> Fraction:
        """As a share of what was asked, at most one; all of it where nothing was asked."""
        return Fraction(min(self.met, self.asked), self.asked) if self.asked else Fraction(1)


def lacks_between(seeker: Seeker, offered: Offered) -> tuple[Lack, ...]:
    """Everything that keeps the offered side off the seeker's shortlist."""
    checks = (
        (Lack.FULL, offered.free > 0),
        (Lack.FIELDS, bool(seeker.fields & offered.fields)),
        (Lack.LANGUAGES, bool(seeker.languages & offered.languages)),
        (Lack.WAYS, bool(seeker.ways & offered.ways)),
        (Lack.DAYS, days_in_common(seeker, offered) > 0),
    )
    return tuple(lack for lack, is_met in checks if not is_met)


def commons_between(seeker: Seeker, offered: Offered, waiting_days: int) -> tuple[Common, ...]:
    """What both have in common, part by part; whose waiting counts is said."""
    has_zones = bool(seeker.zones and offered.zones)
    minutes = max(
        (minutes_in_common(one, other) for one in seeker.zones for other in offered.zones),
        default=0,
    )
    first, last = _day(seeker.first_day), _day(seeker.last_day)
    return (
        Common(Part.FIELDS, len(seeker.fields & offered.fields), len(seeker.fields)),
        Common(Part.LANGUAGES, len(seeker.languages & offered.languages), len(seeker.languages)),
        Common(Part.HOURS, minutes, WORKING_DAY if has_zones else 0),
        Common(Part.DAYS, days_in_common(seeker, offered), (last - first).days + 1),
        Common(Part.WAITING, waiting_days, WAITED_FULLY),
    )


def days_in_common(one: Seeker | Offered, other: Seeker | Offered) -> int:
    """How many days lie in the periods of both, the first and the last included."""
    begins = max(_day(one.first_day), _day(other.first_day))
    ends = min(_day(one.last_day), _day(other.last_day))
    return max(0, (ends - begins).days + 1)


def minutes_in_common(one: int, other: int) -> int:
    """How many minutes two working days of eight hours share whose zones are so far from UTC."""
    apart = abs(one - other) % WHOLE_DAY
    return max(0, WORKING_DAY - min(apart, WHOLE_DAY - apart))


def require_sense(seekers: Iterable[Seeker], offered: Iterable[Offered], points: Points) -> None:
    """Refuse names said twice, periods that end before they begin or are no days, room and waiting
    below zero, and points below zero or none at all.
    """
    for sides in (list(seekers), list(offered)):
        seen: set[str] = set()
        for side in sides:
            if side.key in seen:
                raise SelectionError(f"“{side.key}” is named twice.")
            seen.add(side.key)
            if _day(side.last_day) < _day(side.first_day):
                raise SelectionError(f"The period of “{side.key}” ends before it begins.")
            if side.waiting_days < 0 or (isinstance(side, Offered) and side.free < 0):
                raise SelectionError(f"“{side.key}” has room or has waited less than nothing.")
    each = [points.of(Part(part.name)) for part in fields(points)]
    if min(each) < 0 or not any(each):
        raise SelectionError("Points are zero or more, and not all of them zero.")


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise SelectionError(f"“{written}” is no day as ISO 8601 writes it.") from error
