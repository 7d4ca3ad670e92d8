"""The single transferable vote by Meek's method, in nine decimals.

Here belongs the count in which every elected candidate keeps just the share of each vote that they
need, and the quota falls as votes run out. Votes are whole numbers of thousand-millionths; rounding
is by the rule only.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from anso.selection.counting.ballots import Paper, RankedBallot, check_seats, lay_piles
from anso.selection.counting.stages import Count, CountStage, Tally
from anso.selection.counting.ties import TieBreaker, TieDecision, TieRule, TieStep
from anso.selection.errors import SelectionError

METHOD = "meek-stv/1"
UNIT = 1_000_000_000
SCALE = Decimal("0.000000001")
OMEGA = 1_000
# Counted in thousand-millionths, more papers would not fit into 64 bits.
MOST_PAPERS = 4_000_000_000
ROUNDS = 10_000
MEEK_TIES = TieRule((TieStep.LOT,))

Whole = NDArray[np.int64]


def count_meek_stv(
    ballots: Sequence[RankedBallot],
    candidates: Sequence[str],
    seats: int,
    ties: TieRule = MEEK_TIES,
    seed: str = "",
) -> Count:
    """Fill `seats` from ranked ballots by Meek's method.

    Every candidate has a keep factor: 1 while in the count, 0 after exclusion, and for the elected
    the share that leaves them with the quota. Each ballot gives each named candidate, in order,
    that share of what is left of it (rounded up at the ninth decimal). The quota is the votes held
    / (seats + 1), truncated, plus one unit. Factors are adjusted until the sum of surpluses is
    below 0.000001 or no longer falls; then the lowest candidate is excluded, where all within the
    remaining surplus of the lowest count as tied. Refuses strangers, repeated names, more seats
    than candidates, no ballots, and ties that nothing decides. Source: Hill, Wichmann, Woodall,
    Computer Journal 30 (1987) 277; fixed-point rules as in Hill's reference rule (Voting matters
    2006 and the Proportional Representation Foundation).
    """
    papers = list(chain.from_iterable(lay_piles(ballots, candidates).values()))
    check_seats(seats, candidates)
    if sum(number for _, number in papers) > MOST_PAPERS:
        raise SelectionError(f"Meek's method counts at most {MOST_PAPERS} papers.")
    return _MeekCount(candidates, seats, TieBreaker(ties, seed), papers).run()


class _MeekCount:
    """The state of one count: keep factors, votes, the quota and who is still in it."""

    def __init__(
        self, names: Sequence[str], seats: int, breaker: TieBreaker, papers: Sequence[Paper]
    ) -> None:
        self.names = tuple(names)
        self.seats = seats
        self.breaker = breaker
        self.columns, self.papers = _columns(papers, self.names)
        self.keep = np.full(len(names) + 1, UNIT, dtype=np.int64)
        # One column more stands for "names nobody further"; it takes nothing.
        self.keep[-1] = 0
        self.votes: list[int] = []
        self.quota = 0
        self.continuing = set(range(len(names)))
        self.elected: list[int] = []
        self.history: list[dict[str, int]] = []
        self.stages: list[CountStage] = []
        self.ties: list[TieDecision] = []

    def run(self) -> Count:
        """Count until all seats are filled."""
        event = "First preferences are counted."
        while True:
            won = self._settle()
            if self._is_complete():
                break
            if won:
                self._write(event, won, [])
                event = (
                    "Surpluses go on after the election of"
                    f" {', '.join(self.names[at] for at in won)}."
                )
                continue
            lowest = self._lowest()
            self._write(event, [], [lowest])
            self.continuing.remove(lowest)
            self.keep[lowest] = 0
            event = f"{self.names[lowest]} is excluded and the votes are transferred."
            if self._is_complete():
                self._distribute()
                break
        rest = self._in_order(list(self.continuing)) if len(self.elected) < self.seats else []
        self._write(event, won + rest, [])
        elected = tuple(self.names[at] for at in self.elected + rest)
        trace = tuple(stage.event for stage in self.stages)
        return Count(
            METHOD,
            self.seats,
            elected,
            self.stages[0].quota,
            tuple(self.stages),
            tuple(self.ties),
            trace,
        )

    def _is_complete(self) -> bool:
        return (
            len(self.elected) == self.seats
            or len(self.elected) + len(self.continuing) <= self.seats
        )

    def _distribute(self) -> None:
        left = np.full(len(self.papers), UNIT, dtype=np.int64)
        votes = np.zeros(len(self.names) + 1, dtype=np.int64)
        for column in self.columns:
            # Rounded up, as the rule asks: the signs turn the rounding down of whole numbers
            # around.
            given = -(-left * self.keep[column] // UNIT)
            np.add.at(votes, column, given * self.papers)
            left -= given
        self.votes = [int(number) for number in votes[:-1]]
        self.quota = sum(self.votes) // (self.seats + 1) + 1

    def _settle(self) -> list[int]:
        """Adjust keep factors until somebody reaches the quota (return them) or surpluses are as
        small as can be.
        """
        before: int | None = None
        for _ in range(ROUNDS):
            self._distribute()
            won = self._in_order([at for at in self.continuing if self.votes[at] >= self.quota])
            self.elected += won
            self.continuing.difference_update(won)
            self.surplus = sum(max(0, self.votes[at] - self.quota) for at in self.elected)
            if won or self.surplus < OMEGA or (before is not None and self.surplus >= before):
                return won
            before = self.surplus
            for at in self.elected:
                self.keep[at] = -(-int(self.keep[at]) * self.quota // self.votes[at])
        raise SelectionError(f"Meek's method did not settle in {ROUNDS} rounds.")

    def _lowest(self) -> int:
        limit = min(self.votes[at] for at in self.continuing) + self.surplus
        tied = [at for at in self.continuing if self.votes[at] <= limit]
        if len(tied) == 1:
            return tied[0]
        names = [self.names[at] for at in tied]
        decision = self.breaker.pick(
            names, self.history, len(self.stages) + 1, "for exclusion", highest=False
        )
        self.ties.append(decision)
        return self.names.index(decision.chosen)

    def _in_order(self, among: list[int]) -> list[int]:
        return sorted(among, key=lambda at: (-self.votes[at], self.names[at]))

    def _write(self, event: str, won: list[int], excluded: list[int]) -> None:
        pairs = list(zip(self.names, self.votes, strict=True))
        tallies = tuple(Tally(name, Decimal(number) * SCALE) for name, number in pairs)
        lost = Decimal(int(self.papers.sum()) * UNIT - sum(self.votes)) * SCALE
        names = tuple(self.names[at] for at in won)
        gone = tuple(self.names[at] for at in excluded)
        quota = Decimal(self.quota) * SCALE
        self.stages.append(
            CountStage(len(self.stages) + 1, event, tallies, lost, quota, names, gone)
        )
        self.history.append(dict(pairs))


def _columns(papers: Sequence[Paper], names: Sequence[str]) -> tuple[list[Whole], Whole]:
    at = {name: at for at, name in enumerate(names)}.__getitem__
    table = np.full(
        (len(papers), max(len(ranking) for ranking, _ in papers)), len(names), dtype=np.int64
    )
    for row, (ranking, _) in zip(table, papers, strict=True):
        row[: len(ranking)] = list(map(at, ranking))
    numbers = np.array([number for _, number in papers], dtype=np.int64)
    return [np.ascontiguousarray(column) for column in table.T], numbers
