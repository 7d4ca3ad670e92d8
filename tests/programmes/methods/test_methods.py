"""The methods of selection: which there are, that their steps replay, that a draw can be repeated
by hand, and what they refuse to guess.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

import pytest

from anso.kernel.errors import BadDefinition
from anso.programmes.methods import METHODS, Selection, find_selection_method
from anso.programmes.methods.calibrated import SOURCE, uses_panel_model
from anso.selection.calibration import grades_from_reviews
from anso.selection.ranking import Review
from anso.selection.record import read_record, replay_record
from tests.programmes.methods.tasks import CRITERIA, make_task, name, people, reviewed

each_method = pytest.mark.parametrize("key", METHODS)


def selected(count: int = 20, key: str = "calibrated", **changed: object) -> Selection:
    return find_selection_method(key).select(make_task(count, **changed))


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@each_method
def test_every_method_says_what_it_does_in_both_languages(key: str) -> None:
    method = METHODS[key]
    for text in (method.label, method.sentence, method.guarantee):
        assert {"en", "ar"} <= set(text)
    assert method.key == key


def test_an_unknown_method_is_refused_by_name() -> None:
    with pytest.raises(BadDefinition) as refusal:
        find_selection_method("astrology")
    assert refusal.value.message.facts == {"method": "astrology"}


@each_method
def test_every_step_replays_and_everybody_is_told(key: str) -> None:
    answer = selected(key=key)
    assert (
        {item.item for item in answer.items}
        == {placed.key for placed in answer.places.placements}
        == {name(n) for n in range(20)}
    )
    assert answer.places.certificate.holds
    for record in answer.record.values():
        replay = replay_record(read_record(json.dumps(record.to_dict())))
        assert (replay.is_untouched, replay.is_identical) == (True, True)


@each_method
def test_the_order_of_the_input_has_no_influence(key: str) -> None:
    task = make_task()
    turned = replace(task, reviews=task.reviews[::-1], candidates=task.candidates[::-1])
    answers = [METHODS[key].select(each) for each in (task, turned)]
    seats = [{placed.key: placed.seat for placed in answer.places.placements} for answer in answers]
    assert seats[0] == seats[1]


def test_seats_go_by_turn_and_turns_are_distinct_in_the_band() -> None:
    answer = selected()
    turns = {item.item: item.rank for item in answer.items}
    assert [placed.key for placed in answer.places.placements] == [
        item.item for item in answer.items
    ]
    drawn = [item for item in answer.items if item.lot]
    assert len(drawn) >= 2
    assert len({turns[item.item] for item in drawn}) == len(drawn)
    assert {item.lot.of for item in drawn if item.lot} == {len(drawn)}
    assert sorted(item.lot.place for item in drawn if item.lot) == list(range(1, len(drawn) + 1))


def test_only_those_whose_interval_holds_the_line_are_drawn() -> None:
    for item in selected().items:
        assert item.calibrated is not None
        assert item.line is not None
        holds = item.calibrated.lowest_rank <= item.line <= item.calibrated.highest_rank
        assert holds == (item.lot is not None)


def test_the_draw_can_be_repeated_with_a_hash_alone() -> None:
    answer = selected()
    drawn = sorted(item.item for item in answer.items if item.lot)
    output = answer.record["draw_1"].output
    places = output["announcement"]["places"]
    announced = digest(
        "".join(f"{line}\n" for line in ("lottery-sha256/1", SOURCE, places, *drawn))
    )
    seed = digest(f"{announced}|the hash of the terms")
    by_hand = sorted(drawn, key=lambda item: digest(f"{seed}|{item}"))
    assert by_hand == [
        item.item
        for item in sorted(
            (each for each in answer.items if each.lot), key=lambda each: each.lot.place
        )
    ]  # type: ignore[union-attr]
    assert 0 < places < len(drawn)


def test_another_seed_draws_another_order_but_calibrates_alike() -> None:
    orders, means = set(), set()
    for seed in ("a", "b", "c", "d"):
        answer = selected(seed=seed)
        orders.add(tuple(ticket["item"] for ticket in answer.record["draw_1"].output["tickets"]))
        means.add(
            tuple(
                sorted(
                    (item.item, round(item.calibrated.mean, 9))
                    for item in answer.items
                    if item.calibrated
                )
            )
        )
    assert len(orders) > 1
    assert len(means) == 1


def test_a_severe_reviewer_is_evened_out() -> None:
    """Two applications of the same merit; one met the two reviewers who give two grades less to
    everybody.
    """
    mild, severe = ("r0", "r1"), ("r2", "r3")
    reviews = [
        Review(
            name(number),
            reviewer,
            {"merit": Decimal(5 - (2 if reviewer in severe else 0)), "impact": None},
        )
        for number in range(6)
        for reviewer in (*mild, *severe)
    ]
    reviews += [Review(name(6), reviewer, {"merit": Decimal(5)}) for reviewer in mild]
    reviews += [Review(name(7), reviewer, {"merit": Decimal(3)}) for reviewer in severe]
    answer = selected(8, reviews=tuple(reviews))
    found = {item.item: item for item in answer.items}
    lucky, unlucky = found[name(6)], found[name(7)]
    assert lucky.score is not None
    assert unlucky.score is not None
    assert lucky.score - unlucky.score == 2
    assert lucky.calibrated is not None
    assert unlucky.calibrated is not None
    assert abs(lucky.calibrated.mean - unlucky.calibrated.mean) < 1
    assert unlucky.calibrated.severity < -0.5 < 0.5 < lucky.calibrated.severity


def test_cannot_judge_is_no_zero_and_an_application_without_a_usable_review_comes_last() -> None:
    reviews = [*reviewed(10), Review(name(10), "r0", {"merit": None, "impact": None})]
    answer = selected(11, reviews=tuple(reviews))
    last = answer.items[-1]
    assert (last.item, last.score, last.calibrated, last.lot) == (name(10), None, None, None)
    assert "has a usable score" in last.explanation


def test_exact_equals_outside_the_band_share_a_turn_and_are_drawn_by_the_seed() -> None:
    reviews = tuple(
        Review(name(number), reviewer, {"merit": Decimal(4), "impact": Decimal(4)})
        for number in range(4)
        for reviewer in ("a", "b")
    )
    answer = selected(4, reviews=reviews)
    assert {item.rank for item in answer.items} == {1}
    assert [item.lot for item in answer.items] == [None] * 4
    assert len(answer.record["places"].output["trace"]) == 2


@pytest.mark.parametrize("reviews", [(), reviewed(20, each=1), reviewed(20, reviewers=1, each=1)])
def test_too_few_reviews_are_ranked_plainly_and_the_answer_says_so(
    reviews: tuple[Review, ...],
) -> None:
    answer = selected(reviews=reviews)
    assert answer.is_too_thin
    assert list(answer.record) == ["ranking", "places"]


def test_small_calls_take_the_panel_model_and_large_ones_or_other_scales_that_of_calls() -> None:
    assert selected().record["calibration"].method == "calibration-panel/1"
    assert selected(scale=(0, 100)).record["calibration"].method == "calibration-call/1"
    many = reviewed(60, reviewers=40)
    grades = grades_from_reviews(many, CRITERIA, tuple(name(number) for number in range(60)))
    assert not uses_panel_model(grades, (1, 6))
    answer = selected(60, reviews=many)
    assert answer.record["calibration"].method == "calibration-call/1"
    assert replay_record(answer.record["calibration"]).is_identical


def test_people_who_asked_for_other_seats_keep_their_turn_in_a_draw() -> None:
    answer = selected(candidates=people(20, ("north",), ("south",)))
    provisional = {
        row["key"]: row["rank"] for row in answer.record["provisional"].output["placements"]
    }
    at = {item.item: turn for turn, item in enumerate(answer.items, start=1)}
    for wish in (0, 1):
        asked = [name(number) for number in range(20) if number % 2 == wish]
        assert sorted(provisional[key] for key in asked) == sorted(at[key] for key in asked)
