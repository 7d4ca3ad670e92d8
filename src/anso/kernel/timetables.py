"""Days cut into equal times, one after another, on the clock of a place.

Here: when each begins and ends, as instants, whatever clocks do on that day. Not here: who comes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline, local_instant
from anso.kernel.typed_times import LAST_MINUTE
from anso.kernel.wording import gettext_noop

DAY = dt.timedelta(days=1)
MOST_DAYS = 62
MINUTES, MOST_PAUSE = range(5, 481), 240


@dataclass(frozen=True)
class Timetable:
    """From the first day to the last, each from a time of day to another: so many minutes each,
    with a break of so many between them.
    """

    first_day: dt.date
    last_day: dt.date
    begins: dt.time
    ends: dt.time
    minutes: int
    pause: int = 0

    def times_in(self, zone: str) -> list[tuple[dt.datetime, dt.datetime]]:
        """When each begins and ends. Refused where there would be none, or too many days; and where
        clocks of the zone never show one of the two times on a day.
        """
        if self.minutes not in MINUTES or not 0 <= self.pause <= MOST_PAUSE:
            text = gettext_noop(
                "Each takes %(least)s to %(most)s minutes, and a break at most %(pause)s."
            )
            raise BadInput(text, least=MINUTES[0], most=MINUTES[-1], pause=MOST_PAUSE)
        count = (self.last_day - self.first_day).days + 1
        if not 1 <= count <= MOST_DAYS:
            text = gettext_noop(
                "The last day must not be before the first, nor more than %(limit)s days later."
            )
            raise BadInput(text, limit=MOST_DAYS)
        days = (self.first_day + number * DAY for number in range(count))
        found = [each for day in days for each in self._in_day(day, zone)]
        if not found:
            raise BadInput(gettext_noop("Not one time fits between the two times of day."))
        return found

    def _in_day(self, day: dt.date, zone: str) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Counted in minutes that pass: a day on which clocks go back has room for more."""
        start, until = local_instant(day, self.begins, zone), self._end_of(day, zone)
        length, pause = dt.timedelta(minutes=self.minutes), dt.timedelta(minutes=self.pause)
        while start + length <= until:
            yield start, start + length
            start += length + pause

    def _end_of(self, day: dt.date, zone: str) -> dt.datetime:
        """The last minute of a day means its end, which is no midnight where clocks skip it."""
        if self.ends == LAST_MINUTE:
            return Deadline.at_end_of(day, zone).closes_at
        return local_instant(day, self.ends, zone, is_late=True)
