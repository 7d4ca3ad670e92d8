"""The panel's integration: the published expected ranks, exact ties, and the band around the
line.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anso.selection.calibration import Grades, calibrate_panel
from anso.selection.errors import SelectionError

PANEL = (
    Path(__file__).parents[2] / "data" / "selection" / "funding" / "erforresearch_mock_panel1.csv"
)
PUBLISHED = {
    "#1": 2.44,
    "#2": 4.06,
    "#3": 4.09,
    "#4": 4.12,
    "#5": 5.08,
    "#6": 6.19,
    "#7": 7.34,
    "#8": 7.26,
    "#9": 8.43,
    "#10": 9.42,
    "#11": 10.4,
    "#12": 11.4,
    "#13": 13.0,
    "#14": 13.0,
    "#15": 13.7,
}


def published_panel() -> Grades:
    rows = list(csv.DictReader(PANEL.read_text().splitlines()))
    return listed([(row["proposal"], row["assessor"], float(row["num_grade"])) for row in rows])


def listed(rows: list[tuple[str, str, float]]) -> Grades:
    items = tuple(dict.fromkeys(item for item, _, _ in rows))
    reviewers = tuple(dict.fromkeys(name for _, name, _ in rows))
    return Grades(
        items=items,
        reviewers=reviewers,
        item=np.array([items.index(item) for item, _, _ in rows]),
        reviewer=np.array([reviewers.index(name) for _, name, _ in rows]),
        score=np.array([score for _, _, score in rows]),
    )


def test_expected_ranks_are_the_published_ones_within_a_tenth() -> None:
    answer = calibrate_panel(published_panel(), 6, "seed", draws=100)
    found = {row.item: row.expected_rank for row in answer.items}
    assert max(abs(found[item] - rank) for item, rank in PUBLISHED.items()) < 0.1
    assert sum(found.values()) == pytest.approx(15 * 16 / 2)


def test_items_that_are_equal_by_symmetry_tie_exactly() -> None:
    answer = calibrate_panel(published_panel(), 6, "seed", draws=200)
    places = {row.item: row.place for row in answer.items}
    assert [places[item] for item in ("#2", "#3", "#4", "#5")] == [2, 2, 2, 5]
    assert len({row.expected_rank for row in answer.items if row.place == 2}) == 1
    assert [places[item] for item in ("#7", "#8", "#13", "#14")] == [7, 7, 13, 13]
    tied = [row for row in answer.items if row.place == 2]
    assert (
        len({(row.lowest_rank, row.highest_rank, row.probability, row.standing) for row in tied})
        == 1
    )


def test_band_holds_those_who_cannot_be_separated_from_the_line() -> None:
    answer = calibrate_panel(published_panel(), 6, "seed")
    assert answer.line == next(row.expected_rank for row in answer.items if row.item == "#6")
    assert answer.band == ("#5", "#6", "#7", "#8")
    assert answer.places_in_band == 2
    assert "better than the line" in answer.items[0].explanation
    strict, lenient = (row for row in answer.reviewers if row.is_unusual)
    assert (strict.reviewer, lenient.reviewer) == ("v_1", "v_5")
    assert strict.severity == pytest.approx(1.49, abs=0.01)


def test_expected_ranks_do_not_depend_on_the_seed_but_draws_do() -> None:
    one, two = (calibrate_panel(published_panel(), 6, seed, draws=300) for seed in ("a", "b"))
    assert [row.expected_rank for row in one.items] == [row.expected_rank for row in two.items]
    assert [row.probability for row in one.items] != [row.probability for row in two.items]
    assert one == calibrate_panel(published_panel(), 6, "a", draws=300)
    assert json.loads(json.dumps(one.to_dict())) == one.to_dict()


def test_drawn_ranks_agree_with_integrated_expected_ranks() -> None:
    answer = calibrate_panel(published_panel(), 6, "seed", interval=0.9, draws=4000)
    assert sum(row.probability for row in answer.items) == pytest.approx(6, abs=1e-9)
    for row in answer.items:
        assert row.lowest_rank <= row.expected_rank <= row.highest_rank


@settings(max_examples=3, deadline=None)
@given(st.permutations(range(12)))
def test_order_of_grades_has_no_influence(order: list[int]) -> None:
    rows = [(f"i{n % 4}", f"r{n // 4}", float(n * 7 % 5)) for n in range(12)]
    plain = calibrate_panel(listed(rows), 2, "s", draws=100)
    shuffled = calibrate_panel(listed([rows[n] for n in order]), 2, "s", draws=100)
    found = {row.item: row.expected_rank for row in shuffled.items}
    assert {row.item: row.expected_rank for row in plain.items} == pytest.approx(found, abs=1e-9)


def test_missing_grades_are_allowed_and_items_without_grades_are_named() -> None:
    grades = listed([("a", "x", 5.0), ("a", "y", 4.0), ("b", "x", 3.0)])
    wider = Grades(
        (*grades.items, "c"), grades.reviewers, grades.item, grades.reviewer, grades.score
    )
    answer = calibrate_panel(wider, 1, "s", draws=100)
    assert [row.item for row in answer.items] == ["a", "b"]
    assert answer.unscored == ("c",)


@pytest.mark.parametrize(
    ("places", "interval", "draws", "words"),
    [
        (0, 0.5, 100, "0 places make no sense"),
        (16, 0.5, 100, "15 items"),
        (1, 1.0, 100, "between 0 and 1"),
        (1, 0.5, 9, "100 draws"),
    ],
)
def test_request_that_makes_no_sense_is_refused(
    places: int, interval: float, draws: int, words: str
) -> None:
    with pytest.raises(SelectionError, match=words):
        calibrate_panel(published_panel(), places, "s", interval, draws)


def test_seed_is_required_and_large_questions_are_sent_to_the_other_method() -> None:
    with pytest.raises(SelectionError, match="needs a seed"):
        calibrate_panel(published_panel(), 6, "")
    many = listed([(f"i{n}", "x", 1.0) for n in range(401)])
    with pytest.raises(SelectionError, match="calibration for calls"):
        calibrate_panel(many, 6, "s")
