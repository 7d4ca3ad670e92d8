"""The single transferable vote: real wards, a slow count by the letter of the rules, and proportionality."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings

from anso.selection.counting import Count, RankedBallot, TieRule, TieStep, count_meek_stv, count_scottish_stv
from anso.selection.errors import SelectionError
from tests.selection.counting.elections import elections, real_election

ORDER = TieRule((TieStep.BACKWARDS, TieStep.ORDER), ("Ada", "Ben", "Cem", "Dia", "Eve"))

Papers = tuple[tuple[RankedBallot, ...], tuple[str, ...], int]


@pytest.mark.parametrize(
    ("ward", "scottish", "meek"),
    [
        ("cnc17", {"V3", "V8", "V7", "V4"}, {"V3", "V8", "V7", "V5"}),
        ("hc12", {"V2", "V4", "V6"}, {"V2", "V4", "V6"}),
        ("p17", {"V1", "V2", "V4", "V6"}, {"V1", "V2", "V4", "V6"}),
        ("jedburgh", {"Jim BROWN,SNP", "Sandy SCOTT,Con", "Rory STEWART,Ind"}, None),
        ("eilean", {"Catherine Macdonald", "Philip Robert Mclean", "D J Macrae"}, None),
    ],
)
def test_real_wards_elect_whom_they_elected(ward: str, scottish: set[str], meek: set[str] | None) -> None:
    election = real_election(ward)
    assert set(count_scottish_stv(election.ballots, election.candidates, election.seats).elected) == scottish
    assert set(count_meek_stv(election.ballots, election.candidates, election.seats).elected) == (meek or scottish)


def test_cumnock_2017_has_the_stages_of_the_scottish_rule() -> None:
    election = real_election("cnc17")
    count = count_scottish_stv(election.ballots, election.candidates, election.seats)
    assert count.quota == 893
    assert count.elected == ("V3", "V8", "V7", "V4")
    assert [tally.votes for tally in count.stages[1].tallies][4] == Decimal("577.47544")
    assert count.stages[-1].excluded == ("V5",)
    assert count.ties == ()
    assert count.table().splitlines()[3].split() == ["V3", "1279.00000", *["893.00000"] * 6]
    assert count.explain("V1") == (
        "V1 began with 27.00000 votes; the quota was 893.",
        "V1 was excluded at stage 4, the lowest with 32.66233 votes.",
    )


def by_the_letter(ballots: Sequence[RankedBallot], names: Sequence[str], seats: int) -> tuple[list[str], list[dict[str, Fraction]]]:
    """Count single papers one by one, as the Scottish rules say, without any short cut."""
    papers = [[list(ballot.ranking), Fraction(1)] for ballot in ballots for _ in range(ballot.weight)]
    holder: list[str | None] = [paper[0][0] for paper in papers]
    quota = len(papers) // (seats + 1) + 1
    continuing, elected, pending = list(names), [], []
    stages: list[dict[str, Fraction]] = []
    capped: set[str] = set()

    def totals() -> dict[str, Fraction]:
        sums = {name: sum((paper[1] for paper, at in zip(papers, holder, strict=True) if at == name), Fraction(0)) for name in names}
        return sums | {name: Fraction(quota) for name in capped}

    def move(name: str, factor: Fraction | None) -> None:
        for number, paper in enumerate(papers):
            if holder[number] == name:
                if factor is not None:
                    paper[1] = Fraction(int(paper[1] * factor * 100_000), 100_000)
                rest = paper[0][paper[0].index(name) + 1 :]
                holder[number] = next((other for other in rest if other in continuing), None)

    def choose(among: list[str], highest: bool) -> str:
        left, now = sorted(among), stages[-1]
        for sums in [now, *reversed(stages)]:
            best = (max if highest else min)(sums[name] for name in left)
            left = [name for name in left if sums[name] == best]
        return left[0] if highest else left[-1]

    while True:
        stages.append(totals())
        now = stages[-1]
        won = sorted((name for name in continuing if now[name] >= quota), key=lambda name: (-now[name], name))
        continuing = [name for name in continuing if name not in won]
        pending += [name for name in won if now[name] > quota]
        elected += won
        if len(continuing) == seats - len(elected):
            return elected + sorted(continuing, key=lambda name: (-now[name], name)), stages
        if len(elected) == seats:
            return elected, stages
        if pending:
            name = choose(pending, True)
            pending.remove(name)
            move(name, (now[name] - quota) / now[name])
            capped.add(name)
        else:
            name = choose(continuing, False)
            continuing.remove(name)
            move(name, None)


@settings(max_examples=150, deadline=None)
@given(elections())
def test_the_scottish_count_agrees_with_a_count_paper_by_paper(election: Papers) -> None:
    ballots, names, seats = election
    count = count_scottish_stv(ballots, names, seats, ORDER)
    elected, stages = by_the_letter(ballots, names, seats)
    assert list(count.elected) == elected
    assert [{tally.candidate: Fraction(tally.votes) for tally in stage.tallies} for stage in count.stages] == stages


@settings(max_examples=100, deadline=None)
@given(elections())
def test_no_vote_is_made_or_lost_and_all_seats_are_filled(election: Papers) -> None:
    ballots, names, seats = election
    papers = sum(ballot.weight for ballot in ballots)
    for count in (count_scottish_stv(ballots, names, seats, ORDER), count_meek_stv(ballots, names, seats, ORDER)):
        assert len(set(count.elected)) == seats
        for stage in count.stages:
            assert sum(tally.votes for tally in stage.tallies) + stage.lost == papers
            assert stage.lost >= 0
        for name in names:
            assert count.explain(name)


@settings(max_examples=100, deadline=None)
@given(elections())
def test_a_solid_coalition_of_so_many_quotas_gets_as_many_seats(election: Papers) -> None:
    ballots, names, seats = election
    quota = sum(ballot.weight for ballot in ballots) // (seats + 1) + 1
    counts = [count_scottish_stv(ballots, names, seats, ORDER), count_meek_stv(ballots, names, seats, ORDER)]
    for size in range(1, len(names)):
        for coalition in combinations(names, size):
            solid = sum(ballot.weight for ballot in ballots if set(ballot.ranking[:size]) == set(coalition))
            for count in counts:
                assert len(set(coalition) & set(count.elected)) >= min(solid // quota, size)


@settings(max_examples=60, deadline=None)
@given(elections())
def test_meek_leaves_every_elected_candidate_with_the_quota(election: Papers) -> None:
    ballots, names, seats = election
    count = count_meek_stv(ballots, names, seats, ORDER)
    won: set[str] = set()
    for stage in count.stages[:-1]:
        if stage.excluded:
            for tally in stage.tallies:
                if tally.candidate in won:
                    assert abs(tally.votes - stage.quota) < Decimal("0.00001")
        won |= set(stage.elected)


def test_meek_shares_votes_as_in_an_example_by_hand() -> None:
    # 60 papers A B, 26 papers C, 10 papers D: quota 96/3 = 32. A keeps 32/60, B receives 28 < 32, D goes first.
    ballots = [RankedBallot(("A", "B"), 60), RankedBallot(("C",), 26), RankedBallot(("D",), 10)]
    count = count_meek_stv(ballots, ("A", "B", "C", "D"), 2)
    assert count.elected == ("A", "B")
    second = {tally.candidate: round(tally.votes, 6) for tally in count.stages[1].tallies}
    assert second == {"A": 32, "B": 28, "C": 26, "D": 10}


def test_a_tie_goes_back_to_the_latest_stage_with_a_difference() -> None:
    # Once D is out, B and C both hold 6; at the stage before B held 4 and C held 5, so B is excluded.
    ballots = [
        RankedBallot(("A",), 9),
        RankedBallot(("B",), 4),
        RankedBallot(("C",), 5),
        RankedBallot(("D", "B"), 2),
        RankedBallot(("D", "C"), 1),
    ]
    count = count_scottish_stv(ballots, ("A", "B", "C", "D"), 1)
    assert [stage.excluded for stage in count.stages] == [(), ("D",), ("B",), ("C",)]
    assert count.ties[0].sentence == "B, C were tied for exclusion; B was chosen by the rule “backwards”."


def tied(rule: TieRule, seed: str = "") -> Count:
    ballots = [RankedBallot(("A",), 5), RankedBallot(("B", "A"), 3), RankedBallot(("C", "A"), 3)]
    return count_scottish_stv(ballots, ("A", "B", "C"), 1, rule, seed)


def test_every_tie_rule_is_told_with_its_decision() -> None:
    assert tied(TieRule((TieStep.ORDER,), ("A", "B", "C"))).ties[0].chosen == "C"
    assert tied(TieRule((TieStep.FORWARDS, TieStep.ORDER), ("C", "B", "A"))).ties[0].chosen == "B"
    lot = tied(TieRule(), "s").ties[0]
    assert (lot.stage, lot.tied, lot.step) == (2, ("B", "C"), TieStep.LOT)
    assert lot.sentence == f"B, C were tied for exclusion; {lot.chosen} was chosen by the rule “lot”."
    assert lot.sentence in tied(TieRule(), "s").explain("B")


def test_the_lot_follows_the_hash_of_seed_stage_and_name() -> None:
    # printf "s:2:B" | sha256sum begins with a638, "s:2:C" with e130: the smaller number is drawn.
    drawn = {seed: tied(TieRule(), seed).ties[0].chosen for seed in ("s", "t", "u", "v")}
    assert drawn == {"s": "B", "t": "C", "u": "B", "v": "C"}


def test_an_undecided_tie_is_refused() -> None:
    with pytest.raises(SelectionError, match="B, C are tied for exclusion at stage 2"):
        tied(TieRule())
    with pytest.raises(SelectionError, match="the tie rule does not decide"):
        tied(TieRule((TieStep.ORDER,), ("A", "B")))


BALLOT = [RankedBallot(("A",))]


@pytest.mark.parametrize("method", [count_scottish_stv, count_meek_stv])
@pytest.mark.parametrize(
    ("ballots", "names", "seats", "message"),
    [
        (BALLOT, (), 1, "There are no candidates"),
        (BALLOT, ("A", "A"), 1, "The candidate “A” is named 2 times"),
        (BALLOT, ("A",), 0, "one or more, not 0"),
        (BALLOT, ("A",), 2, "There are 2 seats but only 1 candidates"),
        ([], ("A",), 1, "There are no ballots"),
        ([RankedBallot(("B",))], ("A",), 1, "A ballot names 'B', who is not a candidate"),
        ([RankedBallot(("A", "A"))], ("A",), 1, "A ballot names a candidate twice: A, A"),
        ([RankedBallot(("A",), -1)], ("A",), 1, "A ballot has the weight -1"),
        ([RankedBallot(("A",), 1.5)], ("A",), 1, "A ballot has the weight 1.5"),  # type: ignore[arg-type]
        ([RankedBallot(("A",), 1, "v"), RankedBallot(("A",), 1, "v")], ("A",), 1, "The voter “v” is named 2 times"),
        ([RankedBallot(())], ("A",), 1, "No ballot names a candidate"),
    ],
)
def test_elections_that_cannot_be_counted_are_refused(
    method: type[Count], ballots: list[RankedBallot], names: tuple[str, ...], seats: int, message: str
) -> None:
    with pytest.raises(SelectionError, match=message):
        method(ballots, names, seats)  # type: ignore[arg-type, call-arg]


def test_meek_refuses_more_papers_than_its_arithmetic_holds() -> None:
    with pytest.raises(SelectionError, match="at most 4000000000 papers"):
        count_meek_stv([RankedBallot(("A",), 5_000_000_000)], ("A",), 1)


def test_a_stranger_cannot_be_explained() -> None:
    with pytest.raises(SelectionError, match="“Z” was not a candidate"):
        tied(TieRule(), "s").explain("Z")
