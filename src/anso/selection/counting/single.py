"""Counts whose totals are whole papers: instant run-off, two rounds and approval.

Here belong the elections without transfer values. The single transferable vote belongs to
`scottish` and `meek`; pairwise comparison belongs to `schulze`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from anso.selection.counting.ballots import (
    ApprovalBallot,
    Paper,
    RankedBallot,
    check_election,
    lay_piles,
)
from anso.selection.counting.stages import Count, CountStage, Tally
from anso.selection.counting.ties import TieBreaker, TieDecision, TieRule, TieStep
from anso.selection.errors import SelectionError

RUN_OFF = "instant-run-off/1"
TWO_ROUND = "two-round/1"
APPROVAL = "approval/1"
BACKWARDS_THEN_LOT = TieRule()
LOT = TieRule((TieStep.LOT,))


@dataclass(slots=True)
class Sheet:
    """The stages and ties of one count while they are being written."""

    breaker: TieBreaker
    stages: list[CountStage] = field(default_factory=list)
    ties: list[TieDecision] = field(default_factory=list)
    history: list[Mapping[str, int]] = field(default_factory=list)

    def write(
        self,
        event: str,
        totals: Mapping[str, int],
        valid: int,
        won: Sequence[str] = (),
        gone: Sequence[str] = (),
    ) -> None:
        """Close a stage with these totals; what `valid` papers lack in the totals is of no
        effect.
        """
        tallies = tuple(Tally(name, Decimal(votes)) for name, votes in totals.items())
        held = sum(totals.values())
        needed = Decimal(held // 2 + 1)
        number = len(self.stages) + 1
        lost = Decimal(max(0, valid - held))
        self.stages.append(
            CountStage(number, event, tallies, lost, needed, tuple(won), tuple(gone))
        )
        self.history.append(dict(totals))

    def pick(
        self, totals: Mapping[str, int], among: Sequence[str], purpose: str, *, highest: bool
    ) -> str:
        """Return the highest (or lowest) of `among`, by the tie rule where they are equal."""
        best = (max if highest else min)(totals[name] for name in among)
        tied = [name for name in among if totals[name] == best]
        if len(tied) == 1:
            return tied[0]
        decision = self.breaker.pick(
            tied, self.history, len(self.stages) + 1, purpose, highest=highest
        )
        self.ties.append(decision)
        return decision.chosen

    def result(self, method: str, seats: int, elected: Sequence[str]) -> Count:
        """Return the finished count."""
        trace = tuple(stage.event for stage in self.stages)
        return Count(
            method,
            seats,
            tuple(elected),
            self.stages[0].quota,
            tuple(self.stages),
            tuple(self.ties),
            trace,
        )


def count_instant_run_off(
    ballots: Sequence[RankedBallot],
    candidates: Sequence[str],
    ties: TieRule = BACKWARDS_THEN_LOT,
    seed: str = "",
) -> Count:
    """Elect one candidate: exclude the lowest until somebody holds more than half of the votes
    still in the count.

    A paper counts for the first candidate on it who is still in the count; a paper without one is
    of no effect. Refuses strangers, repeated names, no ballots, and ties that nothing decides.
    Source: the alternative vote, as in Robert's Rules of Order (preferential voting).
    """
    papers = list(chain.from_iterable(lay_piles(ballots, candidates).values()))
    valid = sum(number for _, number in papers)
    sheet = Sheet(TieBreaker(ties, seed))
    left = list(candidates)
    event = "First preferences are counted."
    gone: tuple[str, ...] = ()
    while True:
        totals = _first_among(papers, candidates, frozenset(left))
        held = sum(totals.values())
        winner = next((name for name in left if 2 * totals[name] > held or len(left) == 1), None)
        if winner is not None:
            sheet.write(event, totals, valid, [winner], gone)
            return sheet.result(RUN_OFF, 1, [winner])
        lowest = sheet.pick(totals, left, "for exclusion", highest=False)
        sheet.write(event, totals, valid, (), gone)
        left.remove(lowest)
        event, gone = f"{lowest} is excluded and the votes are transferred.", (lowest,)


def _first_among(
    papers: Sequence[Paper], candidates: Sequence[str], left: frozenset[str]
) -> dict[str, int]:
    totals = dict.fromkeys(candidates, 0)
    for ranking, number in papers:
        for name in ranking:
            if name in left:
                totals[name] += number
                break
    return totals


def count_two_round(
    first: Sequence[RankedBallot],
    candidates: Sequence[str],
    second: Sequence[RankedBallot] = (),
    ties: TieRule = LOT,
    seed: str = "",
) -> Count:
    """Elect one candidate by more than half of the valid votes, or by a run-off between the first
    two.

    Each paper counts for the first name on it. Without a majority and without `second`, nobody is
    elected yet and the trace names the two who stand in the run-off. In the run-off the higher one
    wins. Refuses strangers, papers of the second round for others than these two, no ballots, and
    ties that nothing decides.
    """
    sheet = Sheet(TieBreaker(ties, seed))
    totals, valid = _first_names(first, candidates)
    winner = next((name for name in candidates if 2 * totals[name] > valid), None)
    if winner is not None:
        if second:
            raise SelectionError(
                f"{winner} has a majority in the first round, so there is no second round to count."
            )
        sheet.write("First round.", totals, valid, [winner])
        return sheet.result(TWO_ROUND, 1, [winner])
    finalists = _finalists(sheet, totals, candidates)
    event = (
        f"First round: nobody has more than half. The run-off is between {' and '.join(finalists)}."
    )
    sheet.write(event, totals, valid, (), [name for name in candidates if name not in finalists])
    if not second:
        return sheet.result(TWO_ROUND, 1, [])
    again, valid = _first_names(second, finalists)
    elected = sheet.pick(again, finalists, "for the seat", highest=True)
    sheet.write("Run-off.", dict.fromkeys(candidates, 0) | again, valid, [elected])
    return sheet.result(TWO_ROUND, 1, [elected])


def _first_names(
    ballots: Sequence[RankedBallot], candidates: Sequence[str]
) -> tuple[dict[str, int], int]:
    totals = {
        name: sum(number for _, number in pile)
        for name, pile in lay_piles(ballots, candidates).items()
    }
    return totals, sum(totals.values())


def _finalists(sheet: Sheet, totals: Mapping[str, int], candidates: Sequence[str]) -> list[str]:
    left = list(candidates)
    chosen = []
    for _ in range(min(2, len(candidates))):
        chosen.append(sheet.pick(totals, left, "for a place in the run-off", highest=True))
        left.remove(chosen[-1])
    return chosen


def count_approval(
    ballots: Sequence[ApprovalBallot],
    candidates: Sequence[str],
    seats: int,
    ties: TieRule = LOT,
    seed: str = "",
) -> Count:
    """Elect the `seats` candidates whom most voters approve of.

    Refuses strangers, more seats than candidates, no ballots, and ties for the last seat that
    nothing decides. Source: Brams, Fishburn, American Political Science Review 72 (1978) 831.
    """
    check_election(ballots, candidates, seats)
    totals = dict.fromkeys(candidates, 0)
    for ballot in ballots:
        for name in sorted(ballot.approved):
            if name not in totals:
                raise SelectionError(f"A ballot names {name!r}, who is not a candidate.")
            totals[name] += ballot.weight
    sheet = Sheet(TieBreaker(ties, seed))
    elected = _highest(sheet, totals, candidates, seats)
    sheet.write("Approvals are counted.", totals, 0, elected)
    return sheet.result(APPROVAL, seats, elected)


def _highest(
    sheet: Sheet, totals: Mapping[str, int], candidates: Sequence[str], seats: int
) -> list[str]:
    """Return the `seats` highest; the tie rule is only asked where a tie decides who is in."""
    ordered = sorted(candidates, key=lambda name: (-totals[name], name))
    line = totals[ordered[seats - 1]]
    elected = [name for name in ordered if totals[name] > line]
    tied = [name for name in ordered if totals[name] == line]
    if len(elected) + len(tied) == seats:
        return elected + tied
    while len(elected) < seats:
        elected.append(sheet.pick(totals, tied, "for the last seats", highest=True))
        tied.remove(elected[-1])
    return elected
