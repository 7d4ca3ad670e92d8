"""The plain ranking: exact, order-free, and never counting "cannot judge" as zero."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anso.selection.errors import SelectionError
from anso.selection.ranking import Criterion, Ranking, Review, rank_by_weighted_mean

CRITERIA = (Criterion("merit", Decimal("0.6")), Criterion("impact", Decimal("0.4")))


def review(item: str, reviewer: str, merit: str | None, impact: str | None) -> Review:
    scores = {"merit": merit, "impact": impact}
    return Review(
        item, reviewer, {key: Decimal(value) if value else None for key, value in scores.items()}
    )


def places(ranking: Ranking) -> dict[str, int]:
    return {row.item: row.rank for row in ranking.items}


def test_score_is_the_mean_of_each_reviews_weighted_mean() -> None:
    ranking = rank_by_weighted_mean(
        [review("a", "x", "5", "3"), review("a", "y", "4", "4")], CRITERIA, ["a"]
    )
    (row,) = ranking.items
    assert (row.score, row.median, row.spread, row.reviews) == (
        Decimal("4.1"),
        Decimal("4.1"),
        Decimal("0.2"),
        2,
    )
    assert (
        row.explanation == "Rank 1 of 1: weighted mean 4.1 from 2 reviews, median 4.1, spread 0.2."
    )


def test_missing_score_shares_its_weight_and_is_not_zero() -> None:
    ranking = rank_by_weighted_mean(
        [review("a", "x", "5", None), review("b", "x", "4.9", "4.9")], CRITERIA, ["a", "b"]
    )
    assert [(row.item, row.score) for row in ranking.items] == [
        ("a", Decimal(5)),
        ("b", Decimal("4.9")),
    ]


def test_exact_ties_share_a_rank_and_the_next_rank_is_skipped() -> None:
    reviews = [review("a", "x", "1", "1"), review("c", "x", "2", "2"), review("b", "x", "2", "2")]
    ranking = rank_by_weighted_mean(reviews, CRITERIA, ["a", "b", "c"])
    assert [(row.item, row.rank) for row in ranking.items] == [("b", 1), ("c", 1), ("a", 3)]


def test_thirds_tie_exactly_although_they_cannot_be_written_as_decimals() -> None:
    reviews = [
        review("a", name, score, score) for name, score in zip("xyz", ("1", "1", "2"), strict=True)
    ]
    reviews += [
        review("b", name, score, score)
        for name, score in zip("xyz", ("0.5", "1.5", "2"), strict=True)
    ]
    assert places(rank_by_weighted_mean(reviews, CRITERIA, ["a", "b"])) == {"a": 1, "b": 1}


def test_items_without_a_usable_score_come_last_with_the_reason() -> None:
    reviews = [review("a", "x", None, None), review("b", "x", "1", "1")]
    ranking = rank_by_weighted_mean(reviews, CRITERIA, ["a", "b", "c"])
    assert places(ranking) == {"b": 1, "a": 2, "c": 2}
    assert ranking.items[1].score is None
    assert "No review of “a” has a usable score" in ranking.items[1].explanation


def test_criterion_of_weight_zero_alone_gives_no_score() -> None:
    criteria = (Criterion("merit", Decimal(1)), Criterion("impact", Decimal(0)))
    assert (
        rank_by_weighted_mean([review("a", "x", None, "5")], criteria, ["a"]).items[0].score is None
    )


def test_ranking_is_plain_values_for_the_record() -> None:
    plain = rank_by_weighted_mean([review("a", "x", "5", "3")], CRITERIA, ["a"]).to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["items"][0]["score"] == "4.200000"


BAD = [
    ([], (), ["a"], "At least one criterion"),
    ([], (Criterion("k", Decimal(0)),), ["a"], "At least one criterion"),
    ([], (Criterion("k", Decimal(-1)),), ["a"], "below zero"),
    ([], (Criterion("k", Decimal("NaN")),), ["a"], "not a finite number"),
    ([], (Criterion("k", 0.5),), ["a"], "must be a decimal number"),
    ([], CRITERIA + CRITERIA, ["a"], "named twice"),
    ([], CRITERIA, [], "no items"),
    ([], CRITERIA, ["b", "a", "a"], "The item “a” is named twice"),
    ([review("z", "x", "1", "1")], CRITERIA, ["a"], "not among the items"),
    ([review("a", "x", "1", "1")] * 2, CRITERIA, ["a"], "x reviewed “a” twice"),
    ([Review("a", "x", {"style": Decimal(1)})], CRITERIA, ["a"], "which is not a criterion"),
    ([review("a", "x", "NaN", "1")], CRITERIA, ["a"], "not a finite number"),
]


@pytest.mark.parametrize(("reviews", "criteria", "items", "words"), BAD)
def test_input_that_makes_no_sense_is_refused_in_plain_words(
    reviews, criteria, items, words
) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SelectionError, match=words):
        rank_by_weighted_mean(reviews, criteria, items)


score_sheets = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from("xyz"),
        st.one_of(st.none(), st.integers(0, 12)),
        st.one_of(st.none(), st.integers(0, 12)),
    ),
    unique_by=lambda row: row[:2],
)


@settings(max_examples=40, deadline=None)
@given(score_sheets, st.randoms(use_true_random=False))
def test_order_of_input_has_no_influence(rows, random) -> None:  # type: ignore[no-untyped-def]
    reviews = [
        review(item, name, *(None if s is None else str(s) for s in pair))
        for item, name, *pair in rows
    ]
    shuffled, names = list(reviews), list("abcd")
    random.shuffle(shuffled)
    random.shuffle(names)
    ranking = rank_by_weighted_mean(reviews, CRITERIA, list("abcd"))
    assert ranking == rank_by_weighted_mean(shuffled, CRITERIA[::-1], names)
    for row in ranking.items:
        better = [
            other
            for other in ranking.items
            if (other.score or -1) > (row.score if row.score is not None else -1)
        ]
        assert row.rank >= 1 + len(better)
