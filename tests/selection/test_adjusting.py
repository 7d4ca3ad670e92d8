"""Scores that a panel moved, and the least that is needed: limits, equals, ends of a scale."""

from __future__ import annotations

from decimal import Decimal

import pytest

from anso.selection.adjusting import Adjusted, Adjustment, Standing, decide_beside_reviews, told
from anso.selection.errors import SelectionError

D = Decimal
PLAIN = (
    Standing("a", 1, D("5.5")),
    Standing("b", 2, D("4")),
    Standing("c", 2, D("4")),
    Standing("d", 4, D("3.333333")),
    Standing("e", 5, None),
)


def decided(
    *moves: tuple[str, str], minimum: str | None = None, of: tuple[Standing, ...] = PLAIN
) -> dict[str, Adjusted]:
    adjustments = [Adjustment(key, D(points), "Why.") for key, points in moves]
    least = None if minimum is None else D(minimum)
    return {each.key: each for each in decide_beside_reviews(of, (1, 6), adjustments, least).items}


def ranks(found: dict[str, Adjusted]) -> list[int]:
    return [each.standing.rank for each in found.values()]


def test_without_a_decision_everybody_stays() -> None:
    assert [each.standing for each in decided().values()] == list(PLAIN)
    assert not any(each.explanation or each.is_below for each in decided().values())


@pytest.mark.parametrize(
    ("minimum", "below"),
    [
        ("4", "de"),
        ("4.01", "bcde"),
        ("3.33", "e"),
        ("3.34", "de"),
        ("5.50", "bcde"),
        ("5.51", "abcde"),
    ],
)
def test_exactly_the_least_is_enough_and_a_hundredth_less_is_not(minimum: str, below: str) -> None:
    found = decided(minimum=minimum)
    assert "".join(key for key, each in found.items() if each.is_below) == below
    assert ranks(found) == [1, 2, 2, 4, 5], "places stay what they were"


def test_a_score_counts_as_it_is_read() -> None:
    assert [str(told(D(each))) for each in ("3.4951", "3.4949", "3.49499")] == [
        "3.50", "3.49", "3.50"]  # fmt: skip


def test_a_move_leads_among_its_equals_and_stays_within_the_scale() -> None:
    found = decided(("d", "0.67"), ("a", "2"))
    assert found["d"].standing.score == D("4.003333")
    assert ranks(found) == [1, 3, 3, 2, 5]
    assert found["a"].standing.score == D(6)
    assert decided(("d", "-5"))["d"].standing.score == D(1)
    assert decided(("b", "-0.666667"))["b"].standing.rank == 3, "as good as d, above nobody"
    assert found["d"].explanation == (
        "Beside the reviews its score was moved from 3.33 to 4.00, and its place from 4 to 2: Why."
    )


def test_a_move_counts_for_the_least_score_too() -> None:
    assert decided(("d", "0.67"), minimum="4")["d"].is_below is False
    assert decided(("a", "-2"), minimum="4")["a"].is_below is True


def test_what_has_no_score_cannot_be_moved() -> None:
    found = decided(("e", "3"))
    assert (found["e"].standing, found["e"].is_moved) == (PLAIN[4], False)
    assert found["e"].explanation == "It has no score that could be moved."


CALIBRATED = (
    Standing("a", 1, D("5"), 1.2, 1.0, 2.0),
    Standing("b", 2, D("4"), 2.0, 1.0, 3.0),
    Standing("c", 3, D("3"), 2.8, 2.0, 3.0),
)


def test_with_expected_ranks_a_move_leads_to_those_of_others_with_such_a_score() -> None:
    found = decided(("c", "1.5"), of=CALIBRATED)
    c = found["c"].standing
    assert (c.expected, c.lowest, c.highest) == (1.6, 1.0, pytest.approx(1.8))
    assert ranks(found) == [1, 3, 2]
    alone = (Standing("a", 1, D("5"), 1.0, 1.0, 1.0), Standing("e", 2, None))
    moved = decided(("a", "-1"), of=alone)
    assert (ranks(moved), moved["a"].standing.score) == ([1, 2], D(4))


@pytest.mark.parametrize(
    ("adjustments", "message"),
    [
        ([Adjustment("x", D(1), "Why.")], "not among the items"),
        ([Adjustment("a", D(1), " ")], "without a reason"),
        ([Adjustment("a", D(1), "x"), Adjustment("a", D(1), "y")], "moved twice"),
    ],
)
def test_moves_that_make_no_sense_are_refused(adjustments: list[Adjustment], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        decide_beside_reviews(PLAIN, (1, 6), adjustments)
