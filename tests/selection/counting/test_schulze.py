"""The Schulze method: the published example, all paths by brute force, and Condorcet winners."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anso.selection.counting import (
    RankedBallot,
    Strength,
    TieredBallot,
    TieRule,
    TieStep,
    count_schulze,
)
from anso.selection.errors import SelectionError

# Schulze 2011, example 1 in the form known from the literature: 45 voters, five candidates.
PUBLISHED = {
    "ACBED": 5,
    "ADECB": 5,
    "BEDAC": 8,
    "CABED": 3,
    "CAEBD": 7,
    "CBADE": 2,
    "DCEBA": 7,
    "EBADC": 8,
}
ANNOUNCED = TieRule((TieStep.ORDER,), tuple("ABCDE"))


def test_the_published_example_has_its_published_order_and_paths() -> None:
    count = count_schulze(
        [RankedBallot(tuple(order), number) for order, number in PUBLISHED.items()], "ABCDE"
    )
    assert count.elected == ("E",)
    assert count.tiers == (("E",), ("A",), ("C",), ("B",), ("D",))
    assert count.preferred[0] == (0, 20, 26, 30, 22)
    assert count.paths == (
        (0, 28, 28, 30, 24),
        (25, 0, 28, 33, 24),
        (25, 29, 0, 29, 24),
        (25, 28, 28, 0, 24),
        (25, 28, 28, 31, 0),
    )
    assert count.explain("E")[:2] == (
        "E is elected, in place 1.",
        "E stands before A: strongest path 25 against 24.",
    )
    assert "B is not elected, in place 4." in count.explain("B")


TIERS = st.permutations("ABCD").flatmap(
    lambda order: st.integers(1, 4).map(
        lambda cut: (frozenset(order[:cut]), *(frozenset(name) for name in order[cut:3]))
    )
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(TIERS, st.integers(1, 9)), min_size=1, max_size=6), st.sampled_from(Strength)
)
def test_paths_are_the_strongest_of_all_paths(
    papers: list[tuple[tuple[frozenset[str], ...], int]], strength: Strength
) -> None:
    ballots = [TieredBallot(tiers, weight) for tiers, weight in papers]
    count = count_schulze(ballots, "ABCD", strength=strength, ties=ANNOUNCED)
    level = [
        {name: next((at for at, tier in enumerate(tiers) if name in tier), 9) for name in "ABCD"}
        for tiers, _ in papers
    ]
    votes = {
        (one, two): sum(
            weight for (_, weight), at in zip(papers, level, strict=True) if at[one] < at[two]
        )
        for one, two in permutations("ABCD", 2)
    }
    beats = {
        pair: (
            (number if strength is Strength.WINNING_VOTES else number - votes[pair[::-1]])
            if number > votes[pair[::-1]]
            else 0
        )
        for pair, number in votes.items()
    }
    for one, two in permutations("ABCD", 2):
        others = [name for name in "ABCD" if name not in (one, two)]
        paths = [(one, *middle, two) for size in range(3) for middle in permutations(others, size)]
        strongest = max(min(beats[pair] for pair in pairwise(path)) for path in paths)
        assert count.paths["ABCD".index(one)]["ABCD".index(two)] == strongest
    for one in "ABCD":
        if all(votes[one, other] > votes[other, one] for other in "ABCD" if other != one):
            assert count.elected == (one,)


def test_level_candidates_are_told_and_decided_by_the_rule() -> None:
    ballots = [RankedBallot(("A", "B")), RankedBallot(("B", "A"))]
    count = count_schulze(ballots, "ABC", ties=TieRule((TieStep.ORDER,), ("B", "A", "C")))
    assert count.elected == ("B",)
    assert count.explain("A")[1] == "A is level with B: strongest path 0 against 0."
    assert (
        count.explain("A")[-1]
        == "A, B were tied for the last seats; B was chosen by the rule “order”."
    )
    assert count_schulze(ballots, "ABC", 2).elected == ("A", "B")
    assert count.to_dict()["tiers"] == [["A", "B"], ["C"]]


def test_papers_with_strangers_or_repeated_names_are_refused() -> None:
    with pytest.raises(SelectionError, match="'Z', who is not a candidate"):
        count_schulze([TieredBallot((frozenset("Z"),))], "AB")
    with pytest.raises(SelectionError, match="names 'A' twice"):
        count_schulze([TieredBallot((frozenset("A"), frozenset("A")))], "AB")
    with pytest.raises(SelectionError, match="“Z” was not a candidate"):
        count_schulze([RankedBallot(("A",))], "AB").explain("Z")
