"""Times of day as officers type them: understood or refused, never changed."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.kernel.typed_times import read_instant, read_time


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("23:59", 23, 59),
        (" 9:30 ", 9, 30),
        ("9.30", 9, 30),
        ("18.45", 18, 45),
        ("23.59", 23, 59),
        ("9h30", 9, 30),
        ("٢٣:٥٩", 23, 59),
        ("00:00", 0, 0),
    ],
)
def test_a_time_is_understood(typed: str, hour: int, minute: int) -> None:
    assert read_time(typed) == dt.time(hour, minute)


@pytest.mark.parametrize(
    "typed",
    ["23:59+02:00", "23:59Z", "23:59:30", "24:00", "25:00", "9:5", "2359", "9", "noon", "9:30 pm",
     "18,45", "", "-1:00"],
)  # fmt: skip
def test_what_says_more_or_something_else_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="is not a time of day"):
        read_time(typed)


def test_the_last_minute_of_a_day_lasts_until_the_day_is_over() -> None:
    for day, zone in (("2027-04-29", "Africa/Cairo"), ("2027-02-15", "Asia/Shanghai")):
        closes = Deadline(read_instant(day, "23:59", zone, is_deadline=True), zone)
        assert closes == Deadline.at_end_of(dt.date.fromisoformat(day), zone)
        assert f"{closes.announced:%Y-%m-%d %H:%M}" == f"{day} 23:59"
    opens = read_instant("2027-02-15", "23:59", "Asia/Shanghai")
    assert opens == dt.datetime(2027, 2, 15, 15, 59, tzinfo=dt.UTC)


def test_a_time_that_does_not_exist_is_refused_and_a_deadline_at_a_doubled_one_is_the_later() -> (
    None
):
    with pytest.raises(BadInput, match=r"2027-04-29 23:59 or 2027-04-30 01:00"):
        read_instant("2027-04-30", "0:30", "Africa/Cairo", is_deadline=True)
    doubled = ("2027-10-31", "2:30", "Europe/Rome")
    late, early = read_instant(*doubled, is_deadline=True), read_instant(*doubled)
    assert late - early == dt.timedelta(hours=1)
