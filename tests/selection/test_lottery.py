"""Drawing lots: announced beforehand, repeated by anyone with SHA-256, and fair."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anso.selection.errors import SelectionError
from anso.selection.lottery import announce_draw, draw_lots

BAND = ["N-17", "N-03", "N-21", "N-08"]
SOURCE = "drand quicknet round 15203301"


def test_draw_can_be_repeated_with_nothing_but_a_hash() -> None:
    lines = "lottery-sha256/1\ndrand quicknet round 15203301\n2\nN-03\nN-08\nN-17\nN-21\n"
    digest = hashlib.sha256(lines.encode()).hexdigest()
    seed = hashlib.sha256(f"{digest}|4f2a".encode()).hexdigest()
    tickets = {item: hashlib.sha256(f"{seed}|{item}".encode()).hexdigest() for item in BAND}
    draw = draw_lots(announce_draw(BAND, 2, SOURCE), " 4f2a\n")
    order = sorted(BAND, key=tickets.__getitem__)
    assert (list(draw.drawn), list(draw.reserve)) == (order[:2], order[2:])
    assert (
        draw.steps[1]
        == f"Ticket of {order[0]}: the SHA-256 of “{seed}|{order[0]}” is {tickets[order[0]]}."
    )


def test_worked_example_of_the_documentation() -> None:
    draw = draw_lots(announce_draw(BAND, 2, SOURCE), "4f2a")
    assert draw.announcement.digest.startswith("f68f6caf810364a7")
    assert draw.seed.startswith("32741ab7ca7e696c")
    assert [(row.item, row.ticket[:8]) for row in draw.tickets] == [
        ("N-17", "087b6e23"),
        ("N-08", "0f7f49bb"),
        ("N-03", "6643f7a5"),
        ("N-21", "daf84748"),
    ]


def test_every_item_is_drawn_about_equally_often() -> None:
    announced = announce_draw(BAND, 1, SOURCE)
    seen = Counter(draw_lots(announced, str(value)).drawn[0] for value in range(2000))
    assert all(abs(seen[item] - 500) < 80 for item in BAND)


@settings(max_examples=50, deadline=None)
@given(st.permutations(BAND), st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_order_of_the_list_has_no_influence_and_places_are_filled(
    items: list[str], value: str
) -> None:
    draw = draw_lots(announce_draw(items, 3, SOURCE), value)
    assert draw == draw_lots(announce_draw(BAND, 3, SOURCE), value)
    assert len(draw.drawn) == 3
    assert sorted(draw.drawn + draw.reserve) == sorted(BAND)


def test_draw_is_plain_values_and_no_places_draws_nobody() -> None:
    draw = draw_lots(announce_draw(BAND, 0, SOURCE), "x")
    assert draw.steps[-1] == "The lowest 0 of 4 tickets are drawn: none."
    assert json.loads(json.dumps(draw.to_dict())) == draw.to_dict()
    assert draw.announcement.to_dict()["places"] == 0


@pytest.mark.parametrize(
    ("items", "places", "source", "words"),
    [
        ([], 0, SOURCE, "nothing to draw from"),
        (["a", "a"], 1, SOURCE, "named twice"),
        (["a", "b\n"], 1, SOURCE, "name of one line"),
        (["a", ""], 1, SOURCE, "name of one line"),
        (["a", "b"], 1, " ", "where the public value"),
        (["a", "b"], 2, SOURCE, "leave nothing to draw"),
        (["a", "b"], -1, SOURCE, "leave nothing to draw"),
    ],
)
def test_announcement_that_makes_no_sense_is_refused(
    items: list[str], places: int, source: str, words: str
) -> None:
    with pytest.raises(SelectionError, match=words):
        announce_draw(items, places, source)


def test_changed_announcement_and_missing_value_are_refused() -> None:
    announced = announce_draw(BAND, 2, SOURCE)
    with pytest.raises(SelectionError, match="its digest does not fit"):
        draw_lots(replace(announced, places=3), "4f2a")
    with pytest.raises(SelectionError, match="public value is missing"):
        draw_lots(announced, " ")
