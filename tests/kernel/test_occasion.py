"""When and where it takes place: what follows from a proposal, and what contradicts itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from anso.kernel.terms import OutcomePart, PlaceNode, PlaceReserve, to_plain
from anso.kernel.terms.occasion import (
    Occasion,
    check_occasion,
    occasion_meant,
    read_occasion,
    with_places,
)
from anso.kernel.wording import Text
from anso.programmes.outcomes import Places

FIRST = dt.date(2027, 9, 6)
FULL = Occasion(
    "Universidad de Chile", "CL", "Valdivia", FIRST, dt.date(2027, 9, 17), "Spanish",
    "Ana Rojas, ana@example.org", "R27-0002",
)  # fmt: skip
FACTS = {
    "applicant_organisation": "Universidad de Chile",
    "held_country": "CL",
    "held_city": "Valdivia",
    "first_day": "2027-09-06",
    "days": "12",
    "spoken": "Spanish",
    "in_charge": {"name": "Ana Rojas", "email": "ana@example.org", "position": "Professor"},
    "project": "R27-0002",
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, (FIRST, dt.date(2027, 9, 17), "Ana Rojas, ana@example.org")),
        ({"days": "1"}, (FIRST, FIRST, "Ana Rojas, ana@example.org")),
        ({"days": None}, (FIRST, None, "Ana Rojas, ana@example.org")),
        ({"days": "many"}, (FIRST, None, "Ana Rojas, ana@example.org")),
        ({"days": "0"}, (FIRST, None, "Ana Rojas, ana@example.org")),
        ({"first_day": None}, (None, None, "Ana Rojas, ana@example.org")),
        ({"in_charge": {"name": "Ana Rojas"}}, (FIRST, dt.date(2027, 9, 17), "Ana Rojas")),
        ({"in_charge": None}, (FIRST, dt.date(2027, 9, 17), "")),
    ],
)
def test_an_occasion_follows_from_what_the_proposal_said(
    changed: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    found = occasion_meant(FACTS | changed)
    assert (found.starts_on, found.ends_on, found.contact) == expected
    assert (found.host, found.country, found.city) == ("Universidad de Chile", "CL", "Valdivia")
    assert occasion_meant({}) == Occasion()


@pytest.mark.parametrize("occasion", [Occasion(), FULL])
def test_what_was_written_is_read(occasion: Occasion) -> None:
    assert read_occasion(to_plain(occasion)) == occasion
    assert read_occasion({}) == Occasion()


@pytest.mark.parametrize(
    ("starts", "ends", "told", "codes"),
    [
        (0, 0, -1, []),
        (0, -1, None, ["occasion_reversed"]),
        (None, 0, None, ["occasion_reversed"]),
        (0, None, 0, ["occasion_early"]),
        (0, 5, 1, ["occasion_early"]),
        (None, None, 0, []),
    ],
)
def test_days_that_contradict_each_other_are_told(
    starts: int | None, ends: int | None, told: int | None, codes: list[str]
) -> None:
    days = [None if each is None else FIRST + dt.timedelta(days=each) for each in (starts, ends)]
    told_on = None if told is None else FIRST + dt.timedelta(days=told)
    found = check_occasion(Occasion(starts_on=days[0], ends_on=days[1]), told_on)
    assert [each.code for each in found] == codes


def test_so_many_places_keep_their_shares_and_several_numbers_stay() -> None:
    node = PlaceNode("all", Text("Places"), 30)
    outcome = Places((node,), (PlaceReserve("women", 12), PlaceReserve("LDC", 6)))
    fewer = with_places(outcome, 24)
    assert (fewer.capacity(), [each.places for each in fewer.reserves]) == (24, [9, 4])
    two = Places((node, PlaceNode("more", Text("More"), 5)))
    assert with_places(two, 24) is two
    none = Places((PlaceNode("all", Text("Places"), 0),), (PlaceReserve("women", 1),))
    assert with_places(none, 24).reserves == ()
    bare = OutcomePart()
    assert with_places(bare, 24) is bare
