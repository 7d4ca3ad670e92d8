"""Lists of those who received something in earlier years: every line is understood or named."""

from __future__ import annotations

import pytest

from anso.kernel.errors import BadInput
from anso.kernel.holders_lists import HolderLine, read_holders

HEADING = "year,award,name,organisation,country,citation,not given because"
KENYAN = "2021,Lifetime,Wangari Otieno,University of Nairobi,ke,For wells that last,"


def codes(*lines: str) -> list[str]:
    _lines, faults = read_holders("\n".join((HEADING, *lines)), {"KE", "CN"}, 2027)
    return [each.code for each in faults]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_line_says_who_received_what_or_why_nobody_did(separator: str) -> None:
    nobody = "2022,Youth,,,,,No nomination was of note."
    text = "\ufeff" + "\r\n".join((HEADING, KENYAN, "", nobody)).replace(",", separator)
    lines, faults = read_holders(text, {"KE"}, 2027)
    assert not faults
    assert lines == [
        HolderLine(
            2, 2021, "Lifetime", "Wangari Otieno", "University of Nairobi", "KE",
            "For wells that last",
        ),
        HolderLine(3, 2022, "Youth", not_given_because="No nomination was of note."),
    ]  # fmt: skip


def test_columns_stand_in_any_order_and_some_are_left_out() -> None:
    lines, faults = read_holders("Award;Year;Name\nLifetime;2021;王芳", (), 2027)
    assert (lines, faults) == ([HolderLine(2, 2021, "Lifetime", "王芳")], [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2028,Lifetime,Wangari Otieno,,,,", "no_year"),
        ("1899,Lifetime,Wangari Otieno,,,,", "no_year"),
        ("٢٠٢١,Lifetime,Wangari Otieno,,,,", "no_year"),
        ("2021,,Wangari Otieno,,,,", "no_award"),
        ("2021,Lifetime,,,,,", "who_or_why"),
        ("2021,Lifetime,Wangari Otieno,,,,Nobody", "who_or_why"),
        ("2021,Lifetime,Wangari Otieno,,Kenya,,", "no_country"),
        (f"2021,Lifetime,{'x' * 201},,,,", "long_cell"),
        (f"2021,Lifetime,Wangari Otieno,,,{'x' * 401},", "long_cell"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(line: str, code: str) -> None:
    assert codes(KENYAN, line) == [code]
    assert codes(KENYAN, KENYAN) == ["said_twice"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "heads the columns"),
        ("name,award\nWangari Otieno,Lifetime", "heads the columns"),
        (f"{HEADING},shoe size\n{KENYAN},41", "heads the columns"),
        (HEADING, "at least one line"),
        ("\n".join([HEADING, *[KENYAN] * 501]), "at most 500"),
        ("x" * 400_001, "too long"),
    ],
)
def test_what_is_no_list_is_refused_whole(text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read_holders(text, {"KE"}, 2027)
