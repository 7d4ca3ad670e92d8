"""Days and times of day as people type them: understood or refused, never changed."""

from __future__ import annotations

import datetime as dt
import re

from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline, local_instant
from anso.kernel.wording import gettext_noop

LAST_MINUTE = dt.time(23, 59)
# 9:30, 09.30 and 9h30 are one time in three countries; the digits may be of any script.
TIME_OF_DAY = re.compile(r"(\d{1,2})[:.٫hH](\d{2})")


def read_instant(day: str, time: str, zone: str, *, is_deadline: bool = False) -> dt.datetime:
    """An instant from a day and a time of day in a zone. The last minute of a day, as a deadline,
    lasts until the day is over; of a time that clocks show twice, a deadline is the later one.
    """
    on, at = read_day(day), read_time(time)
    if is_deadline and at == LAST_MINUTE:
        return Deadline.at_end_of(on, zone).closes_at
    return local_instant(on, at, zone, is_late=is_deadline)


def read_time(typed: str) -> dt.time:
    """A time of day in hours and minutes; refuses anything that says more, or something else."""
    found = TIME_OF_DAY.fullmatch(typed.strip())
    try:
        if found:
            return dt.time(int(found[1]), int(found[2]))
    except ValueError:
        pass
    raise BadInput(
        gettext_noop("“%(time)s” is not a time of day. Write it as 23:59."), time=typed[:20]
    )


def read_day(typed: str) -> dt.date:
    """A day as browsers send it; refuses anything else."""
    try:
        return dt.date.fromisoformat(typed.strip())
    except ValueError:
        raise BadInput(
            gettext_noop("“%(day)s” is not a day. Write it as 2027-02-15."), day=typed[:20]
        ) from None
