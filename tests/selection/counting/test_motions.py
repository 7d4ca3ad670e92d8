"""Motions: quorum, abstentions, weights, double majorities and the casting vote."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anso.selection.counting import (
    Base,
    Division,
    Measure,
    Member,
    Result,
    Threshold,
    Voice,
    Vote,
    count_motion,
)
from anso.selection.errors import SelectionError

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


def divide(yes: int, no: int, abstain: int = 0, *, members: int = 0, **rules: object) -> Division:
    said = [Voice.YES] * yes + [Voice.NO] * no + [Voice.ABSTAIN] * abstain
    voters = [Member(f"m{at}") for at in range(max(members, len(said)))]
    votes = [Vote(member.key, voice) for member, voice in zip(voters, said, strict=False)]
    return count_motion(votes, voters, **rules)  # type: ignore[arg-type]


THRESHOLDS = st.builds(Threshold, st.fractions(0, 1), st.booleans(), st.sampled_from(Base))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 20), THRESHOLDS)
def test_a_threshold_holds_exactly_when_the_share_is_reached(
    yes: int, no: int, abstain: int, asked: Threshold
) -> None:
    members = yes + no + abstain + 3
    division = divide(yes, no, abstain, members=members, thresholds=[asked])
    cast = yes + no + abstain
    of = {Base.DECIDED: yes + no, Base.CAST: cast, Base.PRESENT: cast, Base.MEMBERS: members}[
        asked.base
    ]
    reached = Fraction(yes, of) if of else Fraction(0)
    assert division.is_carried == (
        yes > 0 and (reached > asked.share if asked.is_strict else reached >= asked.share)
    )


def test_two_thirds_of_a_hundred_needs_sixty_seven() -> None:
    rule = [Threshold(TWO_THIRDS, is_strict=False)]
    assert not divide(66, 34, thresholds=rule).is_carried
    assert divide(67, 33, thresholds=rule).is_carried
    assert divide(66, 34, thresholds=rule).trace == (
        (
            "At least 2/3 of 100 (decided, by heads) must be yes: 3 × 66 = 198 against 2 × 100 ="
            " 200, not reached."
        ),
        "The motion is lost.",
    )


def test_the_base_decides_what_an_abstention_does() -> None:
    assert divide(4, 3, 2).is_carried
    assert not divide(4, 3, 2, thresholds=[Threshold(HALF, base=Base.CAST)]).is_carried
    assert not divide(
        4, 3, 0, members=10, thresholds=[Threshold(HALF, base=Base.MEMBERS)]
    ).is_carried


def test_a_blank_paper_shows_presence_and_is_no_vote() -> None:
    members = [Member(key) for key in "abc"]
    votes = [Vote("a", Voice.YES), Vote("b", Voice.BLANK)]
    quorum = Threshold(HALF)
    assert count_motion(votes, members, quorum=quorum).is_carried
    assert not count_motion(votes, members, [Threshold(HALF, base=Base.PRESENT)]).is_carried


def test_without_quorum_nothing_is_decided() -> None:
    quorum = Threshold(HALF, is_strict=False)
    division = divide(4, 0, members=10, quorum=quorum)
    assert division.result is Result.NO_QUORUM
    assert (
        division.trace[0]
        == "At least 1/2 of 10 (members, by heads) must be present: 2 × 4 = 8 against 1 × 10 = 10,"
        " not reached."
    )
    assert divide(4, 0, members=10, quorum=quorum, present=["m9"]).is_carried
    assert divide(4, 0, members=10, quorum=quorum, present=["m9"]).tests[0].name == "quorum"


def test_a_double_majority_needs_heads_and_weight() -> None:
    members = [Member("big", Decimal("60.5")), Member("b", 20), Member("c", Decimal("19.5"))]
    rules = [Threshold(HALF), Threshold(HALF, measure=Measure.WEIGHT)]
    for_big = count_motion(
        [Vote("big", Voice.YES), Vote("b", Voice.NO), Vote("c", Voice.NO)], members, rules
    )
    assert [test.holds for test in for_big.tests] == [False, True]
    assert for_big.amounts[0].weight == Fraction(121, 2)
    assert not for_big.is_carried
    assert count_motion([Vote("big", Voice.YES), Vote("b", Voice.YES)], members, rules).is_carried
    assert for_big.to_dict()["amounts"][0] == {"voice": "yes", "heads": 1, "weight": "121/2"}


def test_a_casting_vote_decides_only_an_exact_tie() -> None:
    assert divide(3, 3).result is Result.LOST
    assert divide(3, 3, casting_vote=Voice.YES).is_carried
    assert divide(3, 3, casting_vote=Voice.YES).explain()[0].endswith("The casting vote is yes.")
    assert not divide(3, 3, casting_vote=Voice.NO).is_carried
    assert not divide(3, 4, casting_vote=Voice.YES).is_carried
    assert not divide(3, 3, thresholds=[Threshold(TWO_THIRDS)], casting_vote=Voice.YES).is_carried


@pytest.mark.parametrize(
    ("votes", "members", "present", "share", "message"),
    [
        ([], [], (), HALF, "There are no members"),
        ([], [Member("a"), Member("a")], (), HALF, "The member “a” is named 2 times"),
        ([], [Member("a", -1)], (), HALF, "The weight of “a” is -1"),
        ([], [Member("a", Decimal("NaN"))], (), HALF, "The weight of “a” is NaN"),
        ([Vote("z", Voice.YES)], [Member("a")], (), HALF, "“z” voted but is not a member"),
        ([Vote("a", Voice.YES)] * 2, [Member("a")], (), HALF, "The voter “a” is named 2 times"),
        ([], [Member("a")], ("z",), HALF, "“z” is said to be present but is not a member"),
        ([], [Member("a")], (), Fraction(3, 2), "The share 3/2 asked for is not between 0 and 1"),
    ],
)
def test_votes_that_cannot_be_counted_are_refused(
    votes: list[Vote],
    members: list[Member],
    present: tuple[str, ...],
    share: Fraction,
    message: str,
) -> None:
    with pytest.raises(SelectionError, match=message):
        count_motion(votes, members, [Threshold(share)], present=present)


def test_a_motion_that_nothing_could_defeat_is_refused() -> None:
    with pytest.raises(SelectionError, match="No majority is asked for"):
        count_motion([Vote("a", Voice.NO)], [Member("a")], [])
