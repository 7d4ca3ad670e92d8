"""The single transferable vote: real wards, a slow count by the letter of the rules, and
proportionality.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from http import HTTPStatus
from itertools import combinations

import pytest
from hypothesis import given, settings

from anso.selection.counting import (
    Count,
    RankedBallot,
    TieRule,
    TieStep,
    count_meek_stv,
    count_scottish_stv,
    meek,
)
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
def test_real_wards_elect_whom_they_elected(
    ward: str, scottish: set[str], meek: set[str] | None
) -> None:
    election = real_election(ward)
    assert (
        set(count_scottish_stv(election.ballots, election.candidates, election.seats).elected)
        == scottish
    )
    assert set(count_meek_stv(election.ballots, election.candidates, election.seats).elected) == (
        meek or scottish
    )


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


class ByTheLetter:
    """Counts single papers one by one, as the Scottish rules say, without any short cut."""

    def __init__(self, ballots: Sequence[RankedBallot], names: Sequence[str], seats: int) -> None:
        self.names, self.seats = list(names), seats
        self.rankings = [ballot.ranking for ballot in ballots for _ in range(ballot.weight)]
        self.values = [Fraction(1)] * len(self.rankings)
        self.holders: list[str | None] = [ranking[0] for ranking in self.rankings]
        self.quota = len(self.rankings) // (seats + 1) + 1
        self.continuing, self.elected, self.pending = list(names), list[str](), list[str]()
        self.passed_on: set[str] = set()
        self.stages: list[dict[str, Fraction]] = []

    def totals(self) -> dict[str, Fraction]:
        papers = list(zip(self.holders, self.values, strict=True))
        sums = {
            name: sum((value for holder, value in papers if holder == name), Fraction(0))
            for name in self.names
        }
        return sums | {name: Fraction(self.quota) for name in self.passed_on}

    def move(self, name: str, factor: Fraction | None) -> None:
        for at, ranking in enumerate(self.rankings):
            if self.holders[at] == name:
                if factor is not None:
                    self.values[at] = Fraction(int(self.values[at] * factor * 100_000), 100_000)
                rest = ranking[ranking.index(name) + 1 :]
                self.holders[at] = next((other for other in rest if other in self.continuing), None)

    def choose(self, among: list[str], *, highest: bool) -> str:
        left = sorted(among)
        for sums in reversed(self.stages):
            best = (max if highest else min)(sums[name] for name in left)
            left = [name for name in left if sums[name] == best]
        return left[0] if highest else left[-1]

    def run(self) -> list[str]:
        while True:
            self.stages.append(self.totals())
            now = self.stages[-1]
            by_votes = sorted(self.continuing, key=lambda name: (-now[name], name))
            won = [name for name in by_votes if now[name] >= self.quota]
            self.continuing = [name for name in self.continuing if name not in won]
            self.pending += [name for name in won if now[name] > self.quota]
            self.elected += won
            if len(self.elected) == self.seats or len(self.continuing) == self.seats - len(
                self.elected
            ):
                rest = [name for name in by_votes if name not in won]
                return self.elected + (rest if len(self.elected) < self.seats else [])
            self.next_transfer(now)

    def next_transfer(self, now: dict[str, Fraction]) -> None:
        if self.pending:
            name = self.choose(self.pending, highest=True)
            self.pending.remove(name)
            self.move(name, (now[name] - self.quota) / now[name])
            self.passed_on.add(name)
        else:
            name = self.choose(self.continuing, highest=False)
            self.continuing.remove(name)
            self.move(name, None)


@settings(max_examples=80, deadline=None)
@given(elections())
def test_the_scottish_count_agrees_with_a_count_paper_by_paper(election: Papers) -> None:
    ballots, names, seats = election
    count = count_scottish_stv(ballots, names, seats, ORDER)
    slow = ByTheLetter(ballots, names, seats)
    assert list(count.elected) == slow.run()
    assert [
        {tally.candidate: Fraction(tally.votes) for tally in stage.tallies}
        for stage in count.stages
    ] == slow.stages


@settings(max_examples=60, deadline=None)
@given(elections())
def test_no_vote_is_made_or_lost_and_all_seats_are_filled(election: Papers) -> None:
    ballots, names, seats = election
    papers = sum(ballot.weight for ballot in ballots)
    for count in (
        count_scottish_stv(ballots, names, seats, ORDER),
        count_meek_stv(ballots, names, seats, ORDER),
    ):
        assert len(set(count.elected)) == seats
        for stage in count.stages:
            assert sum(tally.votes for tally in stage.tallies) + stage.lost == papers
            assert stage.lost >= 0
        for name in names:
            assert count.explain(name)


@settings(max_examples=60, deadline=None)
@given(elections())
def test_a_solid_coalition_of_so_many_quotas_gets_as_many_seats(election: Papers) -> None:
    ballots, names, seats = election
    quota = sum(ballot.weight for ballot in ballots) // (seats + 1) + 1
    counts = [
        count_scottish_stv(ballots, names, seats, ORDER),
        count_meek_stv(ballots, names, seats, ORDER),
    ]
    for size in range(1, len(names)):
        for coalition in combinations(names, size):
            solid = sum(
                ballot.weight for ballot in ballots if set(ballot.ranking[:size]) == set(coalition)
            )
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
    # 60 papers A B, 26 papers C, 10 papers D: quota 96/3 = 32. A keeps 32/60, B receives 28 < 32, D
    # goes first.
    ballots = [RankedBallot(("A", "B"), 60), RankedBallot(("C",), 26), RankedBallot(("D",), 10)]
    count = count_meek_stv(ballots, ("A", "B", "C", "D"), 2)
    assert count.elected == ("A", "B")
    second = {tally.candidate: round(tally.votes, 6) for tally in count.stages[1].tallies}
    assert second == {"A": 32, "B": 28, "C": 26, "D": 10}


def test_a_tie_goes_back_to_the_latest_stage_with_a_difference() -> None:
    # Once D is out, B and C both hold 6; at the stage before B held 4 and C held 5, so B is
    # excluded.
    ballots = [
        RankedBallot(("A",), 9),
        RankedBallot(("B",), 4),
        RankedBallot(("C",), 5),
        RankedBallot(("D", "B"), 2),
        RankedBallot(("D", "C"), 1),
    ]
    count = count_scottish_stv(ballots, ("A", "B", "C", "D"), 1)
    assert [stage.excluded for stage in count.stages] == [(), ("D",), ("B",), ("C",)]
    assert (
        count.ties[0].sentence
        == "B, C were tied for exclusion; B was chosen by the rule “backwards”."
    )


def tied(rule: TieRule, seed: str = "") -> Count:
    ballots = [RankedBallot(("A",), 5), RankedBallot(("B", "A"), 3), RankedBallot(("C", "A"), 3)]
    return count_scottish_stv(ballots, ("A", "B", "C"), 1, rule, seed)


def test_every_tie_rule_is_told_with_its_decision() -> None:
    assert tied(TieRule((TieStep.ORDER,), ("A", "B", "C"))).ties[0].chosen == "C"
    assert tied(TieRule((TieStep.FORWARDS, TieStep.ORDER), ("C", "B", "A"))).ties[0].chosen == "B"
    lot = tied(TieRule(), "s").ties[0]
    assert (lot.stage, lot.tied, lot.step) == (2, ("B", "C"), TieStep.LOT)
    assert (
        lot.sentence == f"B, C were tied for exclusion; {lot.chosen} was chosen by the rule “lot”."
    )
    assert lot.sentence in tied(TieRule(), "s").explain("B")


def test_the_lot_follows_the_hash_of_seed_stage_and_name() -> None:
    # printf "s:2:B" | sha256sum begins with a638, "s:2:C" with e130: the smaller number is drawn.
    drawn = {seed: tied(TieRule(), seed).ties[0].chosen for seed in ("s", "t", "u", "v")}
    assert drawn == {"s": "B", "t": "C", "u": "B", "v": "C"}


def test_a_weight_may_be_any_kind_of_whole_number() -> None:
    count = count_scottish_stv(
        [RankedBallot(("A",), HTTPStatus.OK), RankedBallot(("B",), 100)], ("A", "B"), 1
    )
    assert count.elected == ("A",)


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
        (
            [RankedBallot(("A",), 1, "v"), RankedBallot(("A",), 1, "v")],
            ("A",),
            1,
            "The voter “v” is named 2 times",
        ),
        ([RankedBallot(())], ("A",), 1, "No ballot names a candidate"),
    ],
)
def test_elections_that_cannot_be_counted_are_refused(
    method: type[Count],
    ballots: list[RankedBallot],
    names: tuple[str, ...],
    seats: int,
    message: str,
) -> None:
    with pytest.raises(SelectionError, match=message):
        method(ballots, names, seats)  # type: ignore[arg-type, call-arg]


def test_meek_excludes_one_of_two_who_are_level_by_the_order_of_the_draw() -> None:
    ballots = [RankedBallot(("A",), 5), RankedBallot(("B",), 1), RankedBallot(("C",), 1)]
    rule = TieRule((TieStep.ORDER,), ("C", "A", "B"))
    count = count_meek_stv(ballots, ("A", "B", "C"), 2, rule)
    (tie,) = count.ties
    assert (set(tie.tied), tie.chosen) == ({"B", "C"}, "B")
    assert count.elected == ("A", "C")


def test_meek_refuses_more_papers_than_its_arithmetic_holds() -> None:
    with pytest.raises(SelectionError, match="at most 4000000000 papers"):
        count_meek_stv([RankedBallot(("A",), 5_000_000_000)], ("A",), 1)


def test_meek_that_does_not_settle_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meek, "ROUNDS", 1)
    ballots = [RankedBallot(("A", "B"), 60), RankedBallot(("C",), 26), RankedBallot(("D",), 10)]
    with pytest.raises(SelectionError, match="did not settle in 1 rounds"):
        count_meek_stv(ballots, ("A", "B", "C", "D"), 2)


def test_a_stranger_cannot_be_explained() -> None:
    with pytest.raises(SelectionError, match="“Z” was not a candidate"):
        tied(TieRule(), "s").explain("Z")
    assert tied(TieRule(), "s").to_dict()["elected"] == ["A"]
