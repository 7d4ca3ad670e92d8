"""When a rolling call closes its batches."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.kernel.terms import Intake
from anso.kernel.terms.intake import check_intake, read_intake
from anso.kernel.terms.reading import to_plain

QUARTERS = Intake(("12-31", "03-31", "06-30", "09-30"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2027-03-30", "2027-03-31"),
        ("2027-03-31", "2027-06-30"),
        ("2027-12-31", "2028-03-31"),
    ],
)
def test_the_next_cut_off_comes_after_the_day(day: str, expected: str) -> None:
    found = QUARTERS.next_after(dt.date.fromisoformat(day))
    assert found == dt.date.fromisoformat(expected)


def test_a_call_without_cut_offs_and_one_past_its_last_day_have_none() -> None:
    day = dt.date(2027, 4, 1)
    assert Intake().next_after(day) is None
    assert not Intake().is_rolling
    ending = Intake(QUARTERS.cut_offs, dt.date(2027, 6, 30))
    assert ending.next_after(day) == dt.date(2027, 6, 30)
    assert ending.next_after(dt.date(2027, 6, 30)) is None


@pytest.mark.parametrize("intake", [Intake(), QUARTERS, Intake(("01-31",), dt.date(2030, 1, 1))])
def test_what_was_written_is_read(intake: Intake) -> None:
    assert read_intake(to_plain(intake)) == intake


@pytest.mark.parametrize(
    ("cut_offs", "codes"),
    [
        (("03-31", "06-30"), []),
        (("02-29",), ["no_cut_off"]),
        (("13-01", "31 March"), ["no_cut_off", "no_cut_off"]),
        (("03-31", "03-31"), ["cut_off_twice"]),
        (tuple(f"{month:02}-{day:02}" for month in range(1, 13) for day in (1, 11, 21)),
         ["many_cut_offs"]),
    ],
)  # fmt: skip
def test_days_that_are_no_cut_offs_are_named(cut_offs: tuple[str, ...], codes: list[str]) -> None:
    assert [each.code for each in check_intake(Intake(cut_offs))] == codes
