"""Days cut into times: what clocks do on a day changes how many there are, never how long."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.kernel.errors import BadInput
from anso.kernel.timetables import Timetable


def table(day: str, begins: str, ends: str, minutes: int = 60, pause: int = 0) -> Timetable:
    on = dt.date.fromisoformat(day)
    return Timetable(
        on, on, dt.time.fromisoformat(begins), dt.time.fromisoformat(ends), minutes, pause
    )


def starts(timetable: Timetable, zone: str) -> list[str]:
    return [f"{start:%d %H:%M}" for start, _end in timetable.times_in(zone)]


def test_breaks_lie_between_and_not_after() -> None:
    found = table("2027-04-03", "09:00", "10:20", 20, 10).times_in("Asia/Shanghai")
    assert [f"{start:%H:%M}-{end:%H:%M}" for start, end in found] == [
        "01:00-01:20",
        "01:30-01:50",
        "02:00-02:20",
    ]


def test_several_days_begin_on_the_clock_of_each_although_clocks_change_between() -> None:
    both = Timetable(
        dt.date(2027, 3, 27), dt.date(2027, 3, 28), dt.time(9), dt.time(10), minutes=60
    )
    assert starts(both, "Europe/Rome") == ["27 08:00", "28 07:00"]


@pytest.mark.parametrize(
    ("day", "count"),
    [("2027-03-27", 4), ("2027-03-28", 3), ("2027-10-31", 5)],
    ids=["an ordinary day", "clocks go forward", "clocks go back"],
)
def test_a_night_with_a_change_of_clocks_has_an_hour_less_or_more(day: str, count: int) -> None:
    assert len(starts(table(day, "00:00", "04:00"), "Europe/Rome")) == count


def test_a_day_whose_end_is_no_midnight_ends_all_the_same() -> None:
    # In Cairo clocks went from 0:00 to 1:00 on 28 April 2023: the day before ends at that instant.
    assert starts(table("2023-04-27", "22:00", "23:59"), "Africa/Cairo") == ["27 20:00", "27 21:00"]


def test_a_time_that_clocks_never_show_is_refused_with_those_on_both_sides() -> None:
    with pytest.raises(BadInput, match="never show"):
        table("2023-04-28", "00:00", "03:00").times_in("Africa/Cairo")


@pytest.mark.parametrize(
    ("timetable", "why"),
    [
        (table("2027-04-03", "10:00", "09:00"), "Not one time fits"),
        (table("2027-04-03", "09:00", "10:00", 0), "5 to 480 minutes"),
        (table("2027-04-03", "09:00", "10:00", 20, 241), "at most 240"),
        (
            Timetable(dt.date(2027, 4, 3), dt.date(2027, 4, 2), dt.time(9), dt.time(10), 20),
            "before",
        ),
        (Timetable(dt.date(2027, 4, 3), dt.date(2027, 9, 2), dt.time(9), dt.time(10), 20), "62"),
    ],
)
def test_what_makes_no_times_is_refused(timetable: Timetable, why: str) -> None:
    with pytest.raises(BadInput) as refusal:
        timetable.times_in("UTC")
    message = refusal.value.message
    assert why in message.text % message.facts
