"""Vacancies under hard rules: the best people for the free seats, around everybody who keeps
theirs.
"""

from __future__ import annotations

import pytest

from anso.selection.allocation import (
    Candidate,
    Ceiling,
    Floor,
    QuotaNode,
    fill_vacancies,
    optimise_seats,
)
from anso.selection.errors import SelectionError

WOMEN, KENYA = frozenset({"women"}), frozenset({"kenya"})
PEOPLE = [
    Candidate("a", ("x", "y")),
    Candidate("b", ("x",), KENYA),
    Candidate("c", ("x",), WOMEN),
    Candidate("d", ("y", "x"), KENYA),
    Candidate("e", ("x", "y"), WOMEN),
]
QUOTAS = [QuotaNode("all", 3), QuotaNode("x", 2, "all"), QuotaNode("y", 1, "all")]
WORTHS = {"a": [9, 8], "b": [7], "c": [3], "d": [6, 5], "e": [2, 1]}
RULES = {"ceilings": [Ceiling("kenya", 1)], "floors": [Floor("women", 1)]}


def test_a_declined_seat_goes_to_the_best_who_keeps_the_rules_and_nobody_is_moved() -> None:
    first = optimise_seats(PEOPLE, QUOTAS, WORTHS, RULES["ceilings"], RULES["floors"])
    seats = {place.key: place.seat for place in first.placements if place.seat}
    assert seats == {"a": "x", "c": "x", "d": "y"}
    held = {key: seat for key, seat in seats.items() if key != "c"}
    left = [person for person in PEOPLE if person.key != "c"]
    worths = {key: worth for key, worth in WORTHS.items() if key != "c"}
    after = fill_vacancies(left, QUOTAS, worths, held, **RULES)
    assert {place.key: place.seat for place in after.placements} == {"b": "", "e": "x"}
    assert all(check.holds for check in after.checks)


def test_a_floor_gives_way_when_nobody_left_can_meet_it() -> None:
    left = [person for person in PEOPLE if "women" not in person.groups]
    worths = {key: worth for key, worth in WORTHS.items() if key in "abd"}
    after = fill_vacancies(
        left, QUOTAS, worths, {"a": "x", "d": "y"}, floors=[Floor("women", 1, "x")]
    )
    assert [place.key for place in after.placements if place.seat] == ["b"]
    assert after.relaxations[0].possible == 0


@pytest.mark.parametrize(
    ("held", "message"),
    [
        ({"z": "x"}, "“z” holds a seat but is not a candidate"),
        ({"a": "all"}, "“a” holds “all”, which is not a seat"),
        ({"a": "y", "d": "y"}, "“y” has 1 seats, but 2 people hold one"),
    ],
)
def test_held_seats_that_cannot_be_are_refused(held: dict[str, str], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        fill_vacancies(PEOPLE, QUOTAS, WORTHS, held)
