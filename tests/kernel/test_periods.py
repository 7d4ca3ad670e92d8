"""Periods, deadlines, countdowns and ages."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from anso.kernel.errors import BadInput
from anso.kernel.periods import (
    DatePeriod,
    Deadline,
    InstantPeriod,
    age_on,
    call_day,
    day_of,
    edition_day,
    is_call_day,
    is_edition_day,
    local_instant,
    names_a_year,
    time_covered,
)

DAY = dt.date(2023, 12, 13)
UTC = dt.UTC
SECOND = dt.timedelta(seconds=1)


def test_a_period_has_its_first_day_and_not_its_end() -> None:
    period = DatePeriod(dt.date(2015, 1, 1), DAY)
    assert dt.date(2015, 1, 1) in period
    assert DAY - dt.timedelta(days=1) in period
    assert DAY not in period
    assert dt.date(2014, 12, 31) not in period
    assert period.last_day == dt.date(2023, 12, 12)


def test_an_open_period_has_no_bounds() -> None:
    assert DAY in DatePeriod()
    assert DatePeriod().last_day is None


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(BadInput):
        DatePeriod(DAY, DAY - dt.timedelta(days=1))


def test_instants_lie_in_a_half_open_period() -> None:
    start = dt.datetime(2027, 1, 1, tzinfo=UTC)
    period = InstantPeriod(start, start + SECOND)
    assert start in period
    assert start + SECOND not in period
    with pytest.raises(BadInput):
        InstantPeriod(start, start - SECOND)


def test_time_that_periods_share_is_counted_once() -> None:
    start = dt.datetime(2027, 1, 1, tzinfo=UTC)

    def period(begins: int, ends: int) -> InstantPeriod:
        return InstantPeriod(start + begins * SECOND, start + ends * SECOND)

    assert time_covered([]) == 0 * SECOND
    assert time_covered([period(0, 5), period(3, 7), period(20, 21)]) == 8 * SECOND
    assert time_covered([period(4, 5), period(0, 9), period(0, 9), period(9, 10)]) == 10 * SECOND


def test_an_instant_is_another_day_elsewhere() -> None:
    evening = dt.datetime(2027, 3, 1, 18, tzinfo=UTC)
    days = {zone: day_of(evening, zone).day for zone in ("UTC", "Asia/Shanghai", "America/Lima")}
    assert days == {"UTC": 1, "Asia/Shanghai": 2, "America/Lima": 1}
    with pytest.raises(BadInput):
        day_of(dt.datetime(2027, 3, 1), "UTC")  # noqa: DTZ001 - it is what is refused


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(BadInput):
        InstantPeriod(dt.datetime(2027, 1, 1), dt.datetime(2027, 1, 2, tzinfo=UTC))  # noqa: DTZ001 - naive is the point
    with pytest.raises(BadInput):
        Deadline(dt.datetime(2027, 1, 1), "UTC")  # noqa: DTZ001 - naive is the point


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "Pacific/Kiritimati", "Etc/GMT+12", "Europe/Berlin"]
)
def test_a_day_is_open_to_its_very_end_in_every_zone(zone: str) -> None:
    deadline = Deadline.at_end_of(dt.date(2027, 2, 15), zone)
    assert deadline.is_open(deadline.closes_at - SECOND)
    assert not deadline.is_open(deadline.closes_at)
    assert not deadline.is_open(deadline.closes_at + SECOND)
    assert deadline.announced.strftime("%d %H:%M") == "15 23:59"


def test_zones_fourteen_hours_ahead_close_twenty_six_hours_before_those_twelve_behind() -> None:
    day = dt.date(2027, 2, 15)
    ahead, behind = (
        Deadline.at_end_of(day, "Pacific/Kiritimati"),
        Deadline.at_end_of(day, "Etc/GMT+12"),
    )
    assert behind.closes_at - ahead.closes_at == dt.timedelta(hours=26)


def test_a_deadline_is_announced_in_the_readers_zone_at_the_same_instant() -> None:
    deadline = Deadline.at_end_of(dt.date(2027, 2, 15), "Asia/Shanghai")
    assert deadline.announced_in("Africa/Nairobi").strftime("%d %B %H:%M") == "15 February 18:59"


def test_a_deadline_within_the_day_is_announced_as_it_is() -> None:
    assert Deadline(dt.datetime(2027, 2, 15, 12, tzinfo=UTC), "UTC").announced.hour == 12


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../secrets", "/etc/passwd", "Asia", "\x00"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(BadInput, match="is not the name of a time zone"):
        Deadline(dt.datetime(2027, 1, 1, tzinfo=UTC), zone)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("1986-01-01", "2021-12-31", 35),
        ("1985-12-31", "2021-12-31", 36),
        ("1992-02-29", "2027-02-28", 34),
        ("1992-02-29", "2027-03-01", 35),
    ],
)
def test_age_counts_completed_years(born: str, day: str, age: int) -> None:
    assert age_on(dt.date.fromisoformat(born), dt.date.fromisoformat(day)) == age


def test_edition_days_are_relative_to_the_year_of_intake() -> None:
    assert edition_day("intake-12-31", 2027) == dt.date(2027, 12, 31)
    assert edition_day("intake-1-11-09", 2027) == dt.date(2026, 11, 9)
    assert edition_day("intake+2-02-15", 2027) == dt.date(2029, 2, 15)
    assert is_edition_day("intake-12-31")
    assert not is_edition_day("2027-12-31")


@pytest.mark.parametrize("text", ["2027-12-31", "intake-13-01", "intake-02-30", ""])
def test_a_day_that_no_edition_has_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        edition_day(text, 2027)


def test_a_day_without_midnight_still_ends_at_its_end() -> None:
    """In Cairo, Beirut and Havana clocks go forward at midnight."""
    for day, zone in (
        (dt.date(2027, 4, 29), "Africa/Cairo"),
        (dt.date(2027, 3, 27), "Asia/Beirut"),
        (dt.date(2027, 3, 13), "America/Havana"),
    ):
        deadline = Deadline.at_end_of(day, zone)
        assert deadline.last_day == day
        assert f"{deadline.announced:%Y-%m-%d %H:%M}" == f"{day} 23:59"
        assert deadline.is_open(deadline.closes_at - dt.timedelta(seconds=1))
        local = deadline.closes_at.astimezone(ZoneInfo(zone))
        assert (local.date(), local.hour) == (day + dt.timedelta(days=1), 1)


def test_an_instant_within_a_day_is_announced_as_it_is() -> None:
    deadline = Deadline(dt.datetime(2027, 2, 15, 9, tzinfo=UTC), "Asia/Shanghai")
    assert f"{deadline.announced:%Y-%m-%d %H:%M}" == "2027-02-15 17:00"
    seconds = Deadline(dt.datetime(2027, 2, 15, 16, 0, 30, tzinfo=UTC), "Asia/Shanghai")
    assert f"{seconds.announced:%Y-%m-%d %H:%M}" == "2027-02-16 00:00"


@pytest.mark.parametrize(
    ("day", "at", "zone", "before", "after"),
    [
        ((2027, 4, 30), (0, 30), "Africa/Cairo", "2027-04-29 23:59", "2027-04-30 01:00"),
        ((2027, 3, 28), (0, 0), "Asia/Beirut", "2027-03-27 23:59", "2027-03-28 01:00"),
        ((2027, 3, 28), (2, 59), "Europe/Rome", "2027-03-28 01:59", "2027-03-28 03:00"),
        ((2027, 10, 3), (2, 15), "Australia/Lord_Howe", "2027-10-03 01:59", "2027-10-03 02:30"),
        ((2011, 12, 30), (12, 0), "Pacific/Apia", "2011-12-29 23:59", "2011-12-31 00:00"),
    ],
)
def test_a_time_that_no_clock_shows_is_refused_with_the_times_around_it(
    day: tuple[int, int, int], at: tuple[int, int], zone: str, before: str, after: str
) -> None:
    with pytest.raises(BadInput) as refused:
        local_instant(dt.date(*day), dt.time(*at), zone)
    params = refused.value.message.facts
    assert (params["before"], params["after"]) == (before, after)


def test_of_a_time_that_clocks_show_twice_the_first_or_the_second_is_meant() -> None:
    day, at = dt.date(2027, 10, 31), dt.time(2, 30)
    assert local_instant(day, at, "Europe/Rome").hour == 0
    assert local_instant(day, at, "Europe/Rome", is_late=True).hour == 1
    plain = dt.date(2027, 6, 1)
    assert local_instant(plain, at, "Asia/Kathmandu") == local_instant(
        plain, at, "Asia/Kathmandu", is_late=True
    )


def test_a_day_of_a_call_is_so_many_years_from_its_opening_or_closing() -> None:
    days = {"opening": dt.date(2027, 11, 9), "closing": dt.date(2028, 2, 29)}
    assert call_day("closing", **days) == dt.date(2028, 2, 29)
    assert call_day("closing+2", **days) == dt.date(2030, 2, 28)
    assert call_day("closing+4", **days) == dt.date(2032, 2, 29)
    assert call_day("opening-10", **days) == dt.date(2017, 11, 9)
    assert not is_call_day("closing day")
    with pytest.raises(BadInput, match="not a day of a call"):
        call_day("intake-02-15", **days)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Begin in 2027.", True),
        ("تبدأ عام ٢٠٢٧", True),
        ("Form JW202", False),
        ("You receive 20277 euros within 30 days.", False),
        ("", False),
    ],
)
def test_words_that_name_a_year_are_known(text: str, expected: bool) -> None:
    assert names_a_year(text) is expected
