"""Deferred acceptance on arrays agrees with the match that tells its reasons, and refuses broken
arrays.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anso.selection.allocation import (
    Candidate,
    HostOrder,
    QuotaNode,
    match_candidates,
    match_in_bulk,
)
from anso.selection.errors import SelectionError

LISTS = st.lists(
    st.permutations(range(3)).flatmap(
        lambda order: st.integers(0, 3).map(lambda size: order[:size])
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(LISTS, st.lists(st.integers(0, 2), min_size=3, max_size=3), st.data())
def test_arrays_give_the_same_seats_as_names(
    lists: list[list[int]], capacities: list[int], drawn: st.DataObject
) -> None:
    orders = [drawn.draw(st.permutations(range(len(lists)))) for _ in capacities]
    accepted = [drawn.draw(st.integers(0, len(lists))) for _ in capacities]
    preferences = np.full((len(lists), 3), -1, dtype=np.int64)
    ranks = np.full((len(lists), 3), -1, dtype=np.int64)
    for person, wishes in enumerate(lists):
        for choice, seat in enumerate(wishes):
            preferences[person, choice] = seat
            position = orders[seat].index(person)
            ranks[person, choice] = position if position < accepted[seat] else -1
    bulk = match_in_bulk(preferences, ranks, np.array(capacities, dtype=np.int64))
    named = match_candidates(
        [
            Candidate(f"c{person}", tuple(f"s{seat}" for seat in wishes))
            for person, wishes in enumerate(lists)
        ],
        [QuotaNode(f"s{seat}", number) for seat, number in enumerate(capacities)],
        [
            HostOrder(f"s{seat}", tuple((f"c{at}",) for at in order[: accepted[seat]]))
            for seat, order in enumerate(orders)
        ],
    )
    assert [f"s{seat}" if seat >= 0 else "" for seat in bulk.seats.tolist()] == [
        place.seat for place in named.placements
    ]
    assert bulk.blocking_pairs == 0
    assert all(bulk.explain(str(person)) for person in range(len(lists)))


def arrays(preferences: object, ranks: object, capacities: object) -> list[np.ndarray]:
    return [np.array(part, dtype=np.int64) for part in (preferences, ranks, capacities)]


@pytest.mark.parametrize(
    ("preferences", "ranks", "capacities", "message"),
    [
        ([[0]], [[0, 1]], [1], "tables of one shape"),
        (np.zeros((0, 1)), np.zeros((0, 1)), [1], "There are no candidates"),
        ([[0]], [[0]], [-1], "A capacity is below zero"),
        ([[1]], [[0]], [1], "names a seat that does not exist"),
        ([[-2]], [[0]], [1], "names a seat that does not exist"),
        ([[0, 0]], [[0, 1]], [1], "names the same seat twice"),
        ([[0], [0]], [[3], [3]], [1], "ranks two candidates equal"),
        ([[0]], [[1 << 31]], [1], "Ranks must be below"),
    ],
)
def test_broken_arrays_are_refused(
    preferences: object, ranks: object, capacities: object, message: str
) -> None:
    with pytest.raises(SelectionError, match=message):
        match_in_bulk(*arrays(preferences, ranks, capacities))


def test_the_result_says_what_each_number_got_and_the_worst_rank_taken() -> None:
    match = match_in_bulk(*arrays([[0, 1], [0, -1]], [[1, 0], [0, 0]], [1, 2]))
    assert match.explain("0") == (
        "Candidate 0 has seat 1, choice 2; the choices before it are full with better ranks.",
    )
    assert match.cutoffs.tolist() == [0, -1]
    assert match.to_dict()["seats"] == [1, 0]
    assert "has no seat" in match_in_bulk(*arrays([[0]], [[0]], [0])).explain("0")[0]
    with pytest.raises(SelectionError, match=r"“2” is not the number of a candidate \(0 to 1\)"):
        match.explain("2")
