"""Seats that are not given: the tree above and below them, and what is kept for groups."""

from __future__ import annotations

import pytest

from anso.selection.allocation import QuotaNode, Reserve, Withheld, withhold_seats
from anso.selection.errors import SelectionError

TREE = (
    QuotaNode("all", 10),
    QuotaNode("phd", 6, "all"),
    QuotaNode("phd-a", 4, "phd"),
    QuotaNode("phd-b", 4, "phd"),
    QuotaNode("master", 5, "all"),
    QuotaNode("apart", 3),
)


def left(*nodes: str) -> dict[str, int]:
    found = withhold_seats(TREE, [Withheld(node, "No reason.") for node in nodes])
    return {each.key: each.capacity for each in found.quotas}


def test_what_is_above_holds_at_most_what_its_parts_still_do() -> None:
    whole = {"all": 10, "phd": 6, "phd-a": 4, "phd-b": 4, "master": 5, "apart": 3}
    assert left() == whole, "parts may hold more than the whole"
    assert left("phd-a") == whole | {"phd-a": 0, "phd": 4, "all": 9}
    nothing = {"phd": 0, "phd-a": 0, "phd-b": 0}
    assert left("phd") == whole | nothing | {"all": 5}
    assert left("phd-a", "phd-b") == left("phd")
    assert left("all") == dict.fromkeys(whole, 0) | {"apart": 3}


def test_each_closed_seat_names_the_decision_nearest_to_it() -> None:
    found = withhold_seats(TREE, [Withheld("phd", "Far."), Withheld("phd-a", "Near.")])
    assert [(each.key, each.node, each.reason) for each in found.closed] == [
        ("phd-a", "phd-a", "Near."),
        ("phd-b", "phd", "Far."),
    ]


def test_what_is_kept_for_a_group_shrinks_to_what_is_left() -> None:
    kept = (Reserve("women", 5, "phd"), Reserve("ldc", 12), Reserve("women", 2, "phd-a"))
    found = withhold_seats(TREE, [Withheld("phd-a", "Why.")], kept)
    assert found.reserves == (Reserve("women", 4, "phd"), Reserve("ldc", 12))


@pytest.mark.parametrize(
    ("withheld", "message"),
    [
        ([Withheld("x", "Why.")], "which is not a quota"),
        ([Withheld("phd", " ")], "without a reason"),
        ([Withheld("phd", "a"), Withheld("phd", "b")], "named twice"),
    ],
)
def test_decisions_that_make_no_sense_are_refused(withheld: list[Withheld], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        withhold_seats(TREE, withheld)
