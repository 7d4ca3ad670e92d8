"""The shipped facts about countries, members and bodies."""

from __future__ import annotations

import datetime as dt

import pytest
from babel import Locale

from anso.directory.enums import CountryClassCode, OrganisationKind
from anso.directory.reference import TABLES, reference_rows
from anso.governance.enums import BodyKind, MandateRole, MembershipCategory

COUNTRIES = {row["code"]: row for row in reference_rows("countries")}


def members_of(class_code: str, day: str) -> set[str]:
    return {
        row["country"]
        for row in reference_rows("country_classes")
        if row["code"] == class_code
        and (row["starts_on"] or "") <= day
        and (row["ends_before"] is None or day < row["ends_before"])
    }


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_rows_of_one_shape(table: str) -> None:
    rows = reference_rows(table)
    assert rows
    assert len({frozenset(row) for row in rows}) == 1


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(LookupError):
        reference_rows("planets")


def test_countries_are_those_of_iso_and_kosovo_with_a_name_in_cldr_and_a_place_on_the_map() -> None:
    assert len(COUNTRIES) == 250
    names = Locale("en").territories
    for code, row in COUNTRIES.items():
        assert code in names
        assert len(row["alpha3"]) == 3
        assert -90 <= float(row["latitude"]) <= 90
        assert -180 <= float(row["longitude"]) <= 180
    assert len({row["alpha3"] for row in COUNTRIES.values()}) == 250


@pytest.mark.parametrize(
    ("day", "count", "left"),
    [
        ("2017-06-03", 48, set()),
        ("2017-06-04", 47, {"GQ"}),
        ("2020-12-04", 46, {"VU"}),
        ("2023-12-12", 46, set()),
        ("2023-12-13", 45, {"BT"}),
        ("2024-12-13", 44, {"ST"}),
        ("2026-11-23", 44, set()),
        ("2026-11-24", 41, {"BD", "LA", "NP"}),
    ],
)
def test_the_list_of_least_developed_countries_of_a_day_is_the_list_of_that_day(
    day: str, count: int, left: set[str]
) -> None:
    eve = (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
    assert len(members_of("LDC", day)) == count
    assert members_of("LDC", eve) - members_of("LDC", day) == left
    assert "AO" in members_of("LDC", day)


def test_other_classes_have_their_published_size() -> None:
    assert len(members_of("LLDC", "2026-01-01")) == 32
    assert len(members_of("SIDS", "2026-01-01")) == 39
    assert not {"JP", "DE", "US", "AU"} & members_of("developing", "2026-01-01")
    assert members_of("LDC", "2026-01-01") <= members_of("developing", "2026-01-01")


def test_classes_name_known_countries_and_their_source() -> None:
    rows = reference_rows("country_classes")
    assert {row["country"] for row in rows} <= set(COUNTRIES)
    assert {row["code"] for row in rows} == set(CountryClassCode.values)
    assert all(row["source"] and len(row["source"]) <= 300 for row in rows)


def test_thirty_seven_organisations_founded_the_alliance() -> None:
    rows = reference_rows("members")
    assert [row["number"] for row in rows] == list(range(1, 38))
    assert {row["category"] for row in rows} == {MembershipCategory.FOUNDING}
    assert len({row["name"] for row in rows}) == 37


@pytest.mark.parametrize("table", ["members", "organisations"])
def test_organisations_fit_the_directory(table: str) -> None:
    for row in reference_rows(table):
        assert row["country"] in COUNTRIES
        assert row["kind"] in OrganisationKind.values
        assert len(row["acronym"]) <= 20
        assert row["url"] == "" or row["url"].startswith("http")


def test_mandates_name_known_bodies_organisations_and_roles() -> None:
    bodies = {row["code"]: row for row in reference_rows("bodies")}
    acronyms = {
        row["acronym"] for table in ("members", "organisations") for row in reference_rows(table)
    }
    assert {row["kind"] for row in bodies.values()} <= set(BodyKind.values)
    for row in reference_rows("mandates"):
        assert row["body"] in bodies
        assert row["organisation"] in acronyms
        assert row["role"] in MandateRole.values
        assert row["ends_on"] is None or row["starts_on"] < row["ends_on"]


@pytest.mark.parametrize(
    ("day", "seats", "president"),
    [("2019-01-01", 9, "CAS"), ("2024-01-01", 6, "NSTDA"), ("2026-01-01", 9, "CAS")],
)
def test_the_board_of_a_day_has_the_seats_that_are_known(
    day: str, seats: int, president: str
) -> None:
    board = [
        row
        for row in reference_rows("mandates")
        if row["body"] == "governing-board"
        and row["starts_on"] <= day
        and (row["ends_on"] is None or day < row["ends_on"])
    ]
    assert len(board) == seats
    assert [row["organisation"] for row in board if row["role"] == "president"] == [president]
    assert len([row for row in board if row["role"] == "vice_president"]) == 2
