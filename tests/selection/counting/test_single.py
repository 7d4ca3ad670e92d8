"""Instant run-off, two rounds and approval: published examples and counts by brute force."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anso.selection.counting import (
    ApprovalBallot,
    RankedBallot,
    TieRule,
    TieStep,
    count_approval,
    count_instant_run_off,
    count_two_round,
)
from anso.selection.errors import SelectionError
from tests.selection.counting.elections import elections

MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE = "Memphis", "Nashville", "Chattanooga", "Knoxville"
CITIES = (MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE)
# The textbook example of the capital of Tennessee, in per cent of the voters.
TENNESSEE = (
    RankedBallot((MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE), 42),
    RankedBallot((NASHVILLE, CHATTANOOGA, KNOXVILLE, MEMPHIS), 26),
    RankedBallot((CHATTANOOGA, KNOXVILLE, NASHVILLE, MEMPHIS), 15),
    RankedBallot((KNOXVILLE, CHATTANOOGA, NASHVILLE, MEMPHIS), 17),
)
ALPHABET = TieRule((TieStep.BACKWARDS, TieStep.ORDER), ("Ada", "Ben", "Cem", "Dia", "Eve"))


def test_instant_run_off_elects_knoxville_as_in_the_textbook() -> None:
    count = count_instant_run_off(TENNESSEE, CITIES)
    assert count.elected == (KNOXVILLE,)
    assert [stage.excluded for stage in count.stages] == [(), (CHATTANOOGA,), (NASHVILLE,)]
    assert [tally.votes for tally in count.stages[-1].tallies] == [42, 0, 0, 58]
    assert (
        count.explain(NASHVILLE)[1]
        == "Nashville was excluded at stage 3, the lowest with 26 votes."
    )


def test_two_rounds_elect_nashville_as_in_the_textbook() -> None:
    first = count_two_round(TENNESSEE, CITIES)
    assert first.elected == ()
    assert first.trace == (
        "First round: nobody has more than half. The run-off is between Memphis and Nashville.",
    )
    second = [RankedBallot((MEMPHIS,), 42), RankedBallot((NASHVILLE,), 58)]
    count = count_two_round(TENNESSEE, CITIES, second)
    assert count.elected == (NASHVILLE,)
    assert (
        count.explain(KNOXVILLE)[1]
        == "Knoxville was excluded at stage 1, the lowest with 17 votes."
    )


def test_a_majority_in_the_first_round_needs_no_second() -> None:
    ballots = [RankedBallot(("A",), 51), RankedBallot(("B",), 49), RankedBallot((), 30)]
    assert count_two_round(ballots, ("A", "B")).elected == ("A",)
    with pytest.raises(SelectionError, match="no second round to count"):
        count_two_round(ballots, ("A", "B"), [RankedBallot(("A",))])


def test_exactly_half_is_no_majority_and_a_tied_run_off_is_decided_by_the_rule() -> None:
    ballots = [RankedBallot(("A",), 50), RankedBallot(("B",), 50)]
    assert (
        count_two_round(ballots, ("A", "B"), ties=TieRule((TieStep.ORDER,), ("A", "B"))).elected
        == ()
    )
    with pytest.raises(SelectionError, match="tied for a place in the run-off"):
        count_two_round(ballots, ("A", "B"))
    count = count_two_round(
        ballots, ("A", "B"), ballots, ties=TieRule((TieStep.ORDER,), ("B", "A"))
    )
    assert count.elected == ("B",)
    assert count.ties[-1].tied == ("A", "B")


def test_a_paper_for_an_excluded_candidate_is_refused_in_the_run_off() -> None:
    with pytest.raises(SelectionError, match="'Knoxville', who is not a candidate"):
        count_two_round(TENNESSEE, CITIES, [RankedBallot((KNOXVILLE,))])


@settings(max_examples=100, deadline=None)
@given(elections())
def test_instant_run_off_agrees_with_a_recount_from_the_papers(
    election: tuple[tuple[RankedBallot, ...], tuple[str, ...], int],
) -> None:
    ballots, names, _ = election
    count = count_instant_run_off(ballots, names, ALPHABET)
    left = set(names)
    for stage in count.stages:
        left -= set(stage.excluded)
        tops = [next((name for name in ballot.ranking if name in left), None) for ballot in ballots]
        votes = {
            name: sum(
                ballot.weight for ballot, top in zip(ballots, tops, strict=True) if top == name
            )
            for name in names
        }
        assert {tally.candidate: tally.votes for tally in stage.tallies} == votes
        assert stage.lost == sum(ballot.weight for ballot in ballots) - sum(votes.values())
        assert bool(stage.elected) == (
            max(votes.values()) * 2 > sum(votes.values()) or len(left) == 1
        )
        lowest = min(votes[name] for name in left)
        later = [other.excluded for other in count.stages if other.number == stage.number + 1]
        assert all(votes[gone] == lowest for gone in (later[0] if later else ()))


PAPERS = st.lists(
    st.builds(ApprovalBallot, st.frozensets(st.sampled_from("ABCD")), st.integers(0, 5)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=100, deadline=None)
@given(PAPERS, st.integers(1, 4))
def test_approval_elects_the_seats_with_most_approvals(
    ballots: list[ApprovalBallot], seats: int
) -> None:
    count = count_approval(ballots, "ABCD", seats, TieRule((TieStep.ORDER,), tuple("ABCD")))
    votes = {
        name: sum(ballot.weight for ballot in ballots if name in ballot.approved) for name in "ABCD"
    }
    expected = sorted("ABCD", key=lambda name: (-votes[name], name))[:seats]
    assert set(count.elected) == set(expected)


def test_approval_asks_the_tie_rule_only_where_it_decides() -> None:
    ballots = [ApprovalBallot(frozenset("AB"), 2), ApprovalBallot(frozenset("C"), 1)]
    assert count_approval(ballots, "ABC", 2).ties == ()
    with pytest.raises(SelectionError, match="A, B are tied for the last seats"):
        count_approval(ballots, "ABC", 1)
    with pytest.raises(SelectionError, match="'Z', who is not a candidate"):
        count_approval([ApprovalBallot(frozenset("Z"))], "ABC", 1)
