"""What officers type about interviews, as values; refused where it makes no sense."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from anso.interviews.actions.times import Opening
from anso.kernel.errors import BadInput
from anso.kernel.timetables import Timetable
from anso.kernel.typed_times import read_day, read_instant, read_time
from anso.kernel.wording import gettext_noop
from anso.review.models import Reviewer


def read_opening(typed: Mapping[str, str], listeners: list[Reviewer]) -> Opening:
    """The times that an officer wants to open together."""
    first_day = read_day(typed.get("first_day", ""))
    timetable = Timetable(
        first_day=first_day,
        last_day=read_day(typed["last_day"]) if typed.get("last_day") else first_day,
        begins=read_time(typed.get("begins", "")),
        ends=read_time(typed.get("ends", "")),
        minutes=_number(typed.get("minutes", "")),
        pause=_number(typed.get("pause", "") or "0"),
    )
    at_once = _number(typed.get("at_once", "") or "1")
    return Opening(timetable, typed.get("place", ""), at_once, listeners)


def read_until(typed: Mapping[str, str], zone: str) -> dt.datetime:
    """Until when a time can be chosen, in the zone of the call."""
    time = typed.get("until_time", "") or "23:59"
    return read_instant(typed.get("until_on", ""), time, zone, is_deadline=True)


def _number(typed: str) -> int:
    text = typed.strip()
    if not (text.isdecimal() and len(text) <= len("1000")):
        raise BadInput(gettext_noop("“%(typed)s” is not a number."), typed=text[:20])
    return int(text)
