"""Time as the product counts it: half-open periods, deadlines with a zone, ages, countdowns.

Here: pure calendar arithmetic. Not here: the clock; every function is given its `now`.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop

PART_OF_DATE = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)
EDITION_DAY = re.compile(r"intake([+-]\d+)?-(\d\d)-(\d\d)")
YEAR = re.compile(r"\b(?:19|20|١٩|٢٠)\d\d\b")
CALL_DAY = re.compile(r"(opening|closing)([+-]\d+)?")


@dataclass(frozen=True, order=True)
class DatePeriod:
    """Days from `starts_on` up to, but not including, `ends_before`; None has no bound."""

    starts_on: date | None = None
    ends_before: date | None = None

    def __post_init__(self) -> None:
        if self.starts_on and self.ends_before and self.ends_before < self.starts_on:
            raise BadInput(gettext_noop("The period ends before it starts."))

    def __contains__(self, day: date) -> bool:
        if self.starts_on and day < self.starts_on:
            return False
        return not self.ends_before or day < self.ends_before

    @property
    def last_day(self) -> date | None:
        """The last day inside, or None when the period is open."""
        return self.ends_before - timedelta(days=1) if self.ends_before else None


@dataclass(frozen=True, order=True)
class InstantPeriod:
    """Instants from `starts_at` up to, but not including, `ends_at`; both carry a zone."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        require_zone(self.starts_at)
        require_zone(self.ends_at)
        if self.ends_at < self.starts_at:
            raise BadInput(gettext_noop("The period ends before it starts."))

    def __contains__(self, instant: datetime) -> bool:
        return self.starts_at <= instant < self.ends_at


def time_covered(periods: Iterable[InstantPeriod]) -> timedelta:
    """Return how long at least one of the periods lasted: what two of them share counts once."""
    covered, reached = timedelta(0), None
    for period in sorted(periods):
        starts_at = period.starts_at if reached is None else max(period.starts_at, reached)
        covered += max(period.ends_at - starts_at, timedelta(0))
        reached = max(period.ends_at, starts_at)
    return covered


@dataclass(frozen=True)
class Deadline:
    """The instant at which something closes, and the zone in which it was announced.

    What arrives before `closes_at` is in time; what arrives at that very instant is late. A
    deadline "on 15 February, 23:59" accepts everything until that day has ended.
    """

    closes_at: datetime
    zone: str

    def __post_init__(self) -> None:
        require_zone(self.closes_at)
        find_zone(self.zone)

    @classmethod
    def at_end_of(cls, day: date, zone: str) -> Deadline:
        """Close when that day ends in that zone, announced as 23:59.

        Also where the next day has no midnight, since clocks go forward in it: then the day ends
        at the instant at which the next one begins, at 1:00.
        """
        midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=find_zone(zone))
        return cls(midnight.astimezone(UTC), zone)

    def is_open(self, now: datetime) -> bool:
        """Say whether something arriving now is in time."""
        return now < self.closes_at

    def announced_in(self, zone: str) -> datetime:
        """Return the last minute that is still in time, on the clock of a zone.

        A deadline at the end of a day is announced as 23:59 of that day, in every zone.
        """
        moment_before = self.closes_at - timedelta(microseconds=1)
        is_end_of_day = day_of(moment_before, self.zone) != day_of(self.closes_at, self.zone)
        shown = self.closes_at - timedelta(minutes=1) if is_end_of_day else self.closes_at
        return shown.astimezone(find_zone(zone))

    def days_later(self, days: int) -> Deadline:
        """The deadline so many days later, at the same time of day on the clock of its zone."""
        day_before, day = (
            day_of(self.closes_at - timedelta(microseconds=1), self.zone),
            day_of(self.closes_at, self.zone),
        )
        if day_before != day:
            return Deadline.at_end_of(day_before + timedelta(days=days), self.zone)
        # Aware arithmetic within one zone moves the clock on the wall, whatever clocks do between.
        local = self.closes_at.astimezone(find_zone(self.zone)) + timedelta(days=days)
        return Deadline(local.astimezone(UTC), self.zone)

    @property
    def announced(self) -> datetime:
        """The last minute that is still in time, on the clock of its own zone."""
        return self.announced_in(self.zone)

    @property
    def last_day(self) -> date:
        """The last day on which something is still in time, in its own zone."""
        return self.announced.date()


def age_on(birth_date: date, day: date) -> int:
    """Return completed years on a day; one born on 29 February ages on 1 March in short years."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


def days_in(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a year or month, written "1990" or "1990-04"; None for what
    is neither.
    """
    found = PART_OF_DATE.fullmatch(text)
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 0)
    try:
        first = date(year, month or 1, 1)
        following = date(year + (month in (0, 12)), 1 if month in (0, 12) else month + 1, 1)
    except ValueError:
        return None
    return first, following - timedelta(days=1)


def is_edition_day(text: str) -> bool:
    """Say whether a text is a day relative to a year of intake, such as "intake-12-31"."""
    return EDITION_DAY.fullmatch(text) is not None


def edition_day(text: str, intake_year: int) -> date:
    """Return "intake-12-31" or "intake+1-09-01" as a day, for an edition of that year of intake.

    Refuses what is not written so, or a day that the year does not have.
    """
    found = EDITION_DAY.fullmatch(text)
    try:
        if found:
            return date(intake_year + int(found[1] or 0), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise BadInput(gettext_noop("“%(day)s” is not a day of an edition."), day=text)


def is_call_day(text: str) -> bool:
    """Say whether a text is a day of a call, such as "closing", or "closing+2": two years later."""
    return CALL_DAY.fullmatch(text) is not None


def call_day(text: str, *, opening: date, closing: date) -> date:
    """Return the day that "opening" or "closing-10" means for a call, years before or after.

    What falls on 29 February is 28 February in a year that has no such day. Refuses what is not
    written so.
    """
    found = CALL_DAY.fullmatch(text)
    if not found:
        raise BadInput(gettext_noop("“%(day)s” is not a day of a call."), day=text)
    day = opening if found[1] == "opening" else closing
    year = day.year + int(found[2] or 0)
    is_missing = (day.month, day.day) == (2, 29) and not isleap(year)
    return day.replace(year=year, day=28 if is_missing else day.day)


def day_of(instant: datetime, zone: str) -> date:
    """Return the day that it is in a zone at an instant.

    An instant is kept in UTC and has no day of its own: at 18:00 UTC on 1 March it is 2 March in
    Beijing. So this is the only place where an instant becomes a day (a test holds that).
    """
    return require_zone(instant).astimezone(find_zone(zone)).date()


def local_instant(day: date, at: time, zone: str, *, is_late: bool = False) -> datetime:
    """Return the instant, in UTC, at which clocks in a zone show that time on that day.

    Where they show it twice, as clocks go back, it is the first, or with ``is_late`` the second.
    Where they never do, as clocks go forward, it is refused with the times on both sides.
    """
    place, shown = find_zone(zone), datetime.combine(day, at)
    first, second = (
        shown.replace(tzinfo=place, fold=fold).astimezone(UTC).astimezone(place) for fold in (0, 1)
    )
    if first.replace(tzinfo=None, fold=0) == shown:
        return (second if is_late else first).astimezone(UTC)
    # Read by the offset before the gap a time lies behind it, and by the one after it before it.
    before, after = _around_gap(second, first)
    raise BadInput(
        gettext_noop(
            "Clocks in %(zone)s never show %(time)s on that day, since they go forward. Choose"
            " %(before)s or %(after)s."
        ),
        zone=zone,
        time=f"{at:%H:%M}",
        before=f"{before:%Y-%m-%d %H:%M}",
        after=f"{after:%Y-%m-%d %H:%M}",
    )


def _around_gap(early: datetime, late: datetime) -> tuple[datetime, datetime]:
    """The last minute before clocks go forward and the first after, between two instants."""
    place, offset = early.tzinfo, early.utcoffset()
    minute = early.astimezone(UTC).replace(second=0)
    # Minute by minute, which is slow and plain: such a gap is an hour long and hardly ever met.
    while minute < late and minute.astimezone(place).utcoffset() == offset:
        minute += timedelta(minutes=1)
    return (minute - timedelta(minutes=1)).astimezone(place), minute.astimezone(place)


def names_a_year(text: str) -> bool:
    """Whether words name a year of this century or the last, in digits of either script: another
    edition would say another.
    """
    return YEAR.search(text) is not None


def require_zone(instant: datetime) -> datetime:
    """Return the instant, or refuse one that does not say its zone."""
    if instant.tzinfo is None:
        raise BadInput(gettext_noop("An instant needs a zone."))
    return instant


def find_zone(name: str) -> ZoneInfo:
    """Return the zone of that name, or refuse a name that no clock knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(
            gettext_noop("“%(zone)s” is not the name of a time zone."), zone=name
        ) from None
