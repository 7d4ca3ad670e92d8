"""The next on the list: who gets a declined seat, and that nobody else is moved."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anso.selection.allocation import (
    Candidate,
    Ceiling,
    Outcome,
    Problem,
    QuotaNode,
    Reserve,
    fill_by_rank,
    next_on_list,
)
from anso.selection.errors import SelectionError
from tests.selection.allocation.problems import problems
from tests.selection.allocation.test_filling import fill


@settings(max_examples=40, deadline=None)
@given(problems(), st.sets(st.integers(0, 8), min_size=1, max_size=3))
def test_a_declined_seat_moves_nobody_who_holds_one(problem: Problem, numbers: set[int]) -> None:
    allocation = fill(problem)
    answers = [place.key for at, place in enumerate(allocation.placements) if at in numbers]
    declined = [
        key
        for key in answers
        if allocation.placement_of(key).outcome in (Outcome.SEAT, Outcome.WAITING)
    ]
    assume(declined)
    succession = next_on_list(allocation, declined)
    for before, after in zip(allocation.placements, succession.allocation.placements, strict=True):
        if before.key in declined:
            assert (after.outcome, after.seat) == (Outcome.DECLINED, "")
        elif before.seat:
            assert after.seat == before.seat
    assert succession.allocation.certificate.holds, succession.allocation.certificate
    assert {offer.key for offer in succession.offers} <= {
        place.key for place in allocation.placements if place.outcome is Outcome.WAITING
    }


def test_the_first_on_the_waiting_list_is_offered_the_seat() -> None:
    allocation = fill_by_rank([Candidate(key, ("host",)) for key in "abc"], [QuotaNode("host", 1)])
    first = next_on_list(allocation, ["a"])
    assert [offer.key for offer in first.offers] == ["b"]
    assert first.trace == ("a declined.", "b: Seat in host, first choice, at rank 2.")
    assert first.explain("c")[-1] == "Number 1 on the waiting list of host."
    second = next_on_list(first.allocation, ["b"])
    assert [offer.key for offer in second.offers] == ["c"]
    assert second.explain("a") == ("Rank 1 declined.",)
    assert second.to_dict()["offers"][0]["key"] == "c"


def test_a_list_that_ends_lets_nobody_follow_from_behind_its_end() -> None:
    """Whoever was told that nothing comes is not offered it later; what is left stays free, which
    is no waste.
    """
    seats = [QuotaNode("host", 1, waiting=1), QuotaNode("other", 1, waiting=0)]
    people = [Candidate(key, ("host", "other")) for key in "abcd"]
    allocation = fill_by_rank(people, seats)
    told = {each.key: (each.outcome, each.waiting) for each in allocation.placements}
    assert [told[key][0] for key in "abcd"] == [
        Outcome.SEAT, Outcome.SEAT, Outcome.WAITING, Outcome.UNPLACED
    ]  # fmt: skip
    assert [(each.leaf, each.position) for each in told["c"][1]] == [("host", 1)]
    of_other = next_on_list(allocation, ["b"])
    assert of_other.offers == (), "nobody comes next for the other"
    assert of_other.allocation.certificate.holds
    after = next_on_list(of_other.allocation, ["a"])
    assert [offer.key for offer in after.offers] == ["c"]
    emptied = next_on_list(after.allocation, ["c"])
    assert emptied.offers == ()
    assert emptied.allocation.certificate.holds
    assert emptied.allocation.placement_of("d").outcome is Outcome.UNPLACED
    with pytest.raises(SelectionError, match="waiting list of “host”"):
        fill_by_rank(people, [QuotaNode("host", 1, waiting=-1)])


def test_somebody_who_left_the_waiting_list_is_passed_over() -> None:
    allocation = fill_by_rank([Candidate(key, ("host",)) for key in "abc"], [QuotaNode("host", 1)])
    assert [offer.key for offer in next_on_list(allocation, ["a", "b"]).offers] == ["c"]


def test_a_kept_seat_goes_to_the_group_first_and_is_released_when_no_member_waits() -> None:
    ldc = frozenset({"ldc"})
    quotas, reserves = [QuotaNode("host", 2)], [Reserve("ldc", 1)]
    candidates = [
        Candidate("a", ("host",)),
        Candidate("b", ("host",)),
        Candidate("c", ("host",), ldc),
        Candidate("d", ("host",), ldc),
    ]
    first = next_on_list(fill_by_rank(candidates, quotas, (), reserves), ["c"], accepted=["a"])
    assert [offer.key for offer in first.offers] == ["d"]
    second = next_on_list(first.allocation, ["d"])
    assert [offer.key for offer in second.offers] == ["b"]
    assert second.allocation.certificate.shortfalls[0].held == 0


def test_a_ceiling_still_binds_the_next_on_the_list() -> None:
    kenya = frozenset({"kenya"})
    candidates = [
        Candidate("a", ("x",), kenya),
        Candidate("b", ("x",)),
        Candidate("c", ("x",), kenya),
        Candidate("d", ("x",)),
    ]
    allocation = fill_by_rank(candidates, [QuotaNode("x", 2)], [Ceiling("kenya", 1)])
    assert [offer.key for offer in next_on_list(allocation, ["b"]).offers] == ["d"]


@pytest.mark.parametrize(
    ("declined", "accepted", "message"),
    [
        ([], [], "Nobody declined"),
        (["eve"], [], "“eve” is not a candidate"),
        (["a"], ["a"], "cannot both accept and decline"),
        (["a"], ["b"], "“b” has no seat to accept"),
        (["c"], [], "“c” has no seat and no place on a waiting list"),
    ],
)
def test_answers_that_cannot_be_are_refused(
    declined: list[str], accepted: list[str], message: str
) -> None:
    allocation = fill_by_rank(
        [Candidate("a", ("x",)), Candidate("b", ("x",)), Candidate("c", ())], [QuotaNode("x", 1)]
    )
    with pytest.raises(SelectionError, match=message):
        next_on_list(allocation, declined, accepted)
