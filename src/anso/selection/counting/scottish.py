"""The single transferable vote by the Scottish rules: weighted inclusive Gregory in five truncated decimals.

Here belongs the count of the Scottish Local Government Elections Order (SSI 2007/42, rules 45 to 52; SSI 2011/399).
Votes are whole numbers of hundred-thousandths, so nothing is ever rounded but by the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from anso.selection.counting.ballots import RankedBallot, check_election, merge_rankings
from anso.selection.counting.stages import Count, Stage, Tally
from anso.selection.counting.ties import TieBreaker, TieDecision, TieRule
from anso.selection.errors import SelectionError

METHOD = "scottish-stv/1"
UNIT = 100_000
SCALE = Decimal("0.00001")

SCOTTISH_TIES = TieRule()

Parcel = tuple[int, list[int]]


def count_scottish_stv(
    ballots: Sequence[RankedBallot],
    candidates: Sequence[str],
    seats: int,
    ties: TieRule = SCOTTISH_TIES,
    seed: str = "",
) -> Count:
    """Fill `seats` from ranked ballots by the Scottish rules.

    Quota: the whole part of valid votes / (seats + 1), plus one. The largest surplus is transferred first: each
    paper of the candidate goes on at its value times surplus divided by the candidate's votes, truncated to five
    decimals. Without a surplus the lowest candidate is excluded and papers go on at the value they have. When as
    many candidates are left as seats, they are elected. Ties: the latest earlier stage at which they differed,
    then lot, unless `ties` says otherwise. Papers that name nobody are not valid and count for nothing.
    Refuses strangers, repeated names, more seats than candidates, no ballots, and ties that nothing decides.
    Source: SSI 2007/42, schedule 1, part III, rules 45 to 52.
    """
    check_election(ballots, candidates, seats)
    merged = merge_rankings(ballots, candidates)
    merged.pop((), None)
    if not sum(merged.values()):
        raise SelectionError("No ballot names a candidate.")
    count = _ScottishCount(candidates, seats, TieBreaker(ties, seed), merged)
    return count.run()


class _ScottishCount:
    """The state of one count: piles of papers, totals, and who is still in it."""

    def __init__(self, names: Sequence[str], seats: int, breaker: TieBreaker, merged: dict[tuple[int, ...], int]) -> None:
        self.names = tuple(names)
        self.seats = seats
        self.breaker = breaker
        self.piles: list[list[Parcel]] = [[] for _ in names]
        self.totals = [0] * len(names)
        self.continuing = set(range(len(names)))
        self.onward = [iter(ranking) for ranking in merged]
        self.papers = list(merged.values())
        self.valid = sum(merged.values())
        self.quota = (self.valid // (seats + 1) + 1) * UNIT
        self.pending: list[int] = []
        self.elected: list[int] = []
        self.history: list[tuple[int, ...]] = []
        self.stages: list[Stage] = []
        self.ties: list[TieDecision] = []
        self._deal(UNIT, range(len(merged)))

    def run(self) -> Count:
        """Count until all seats are filled."""
        self._close("First preferences are counted.", [])
        while len(self.elected) < self.seats:
            if self.pending:
                chosen = self._pick(self.pending, "for the next surplus", highest=True)
                self.pending.remove(chosen)
                self._transfer_surplus(chosen)
            else:
                chosen = self._pick(list(self.continuing), "for exclusion", highest=False)
                self._exclude(chosen)
        trace = tuple(stage.event for stage in self.stages)
        elected = tuple(self.names[at] for at in self.elected)
        quota = Decimal(self.quota // UNIT)
        return Count(METHOD, self.seats, elected, quota, tuple(self.stages), tuple(self.ties), trace)

    def _deal(self, value: int, papers: Iterable[int]) -> None:
        dealt: list[list[int]] = [[] for _ in self.names]
        continuing, onward = self.continuing, self.onward
        for paper in papers:
            for candidate in onward[paper]:
                if candidate in continuing:
                    dealt[candidate].append(paper)
                    break
        for candidate, received in enumerate(dealt):
            if received:
                self.piles[candidate].append((value, received))
                self.totals[candidate] += value * sum(map(self.papers.__getitem__, received))

    def _transfer_surplus(self, chosen: int) -> None:
        total = self.totals[chosen]
        surplus = total - self.quota
        self.totals[chosen] = self.quota
        for value, papers in self.piles[chosen]:
            self._deal(value * surplus // total, papers)
        self.piles[chosen] = []
        amount = Decimal(surplus) * SCALE
        self._close(f"The surplus of {self.names[chosen]} ({amount}) is transferred.", [])

    def _exclude(self, chosen: int) -> None:
        self.continuing.remove(chosen)
        self.totals[chosen] = 0
        for value, papers in self.piles[chosen]:
            self._deal(value, papers)
        self.piles[chosen] = []
        self._close(f"{self.names[chosen]} is excluded and the votes are transferred.", [chosen])

    def _pick(self, among: list[int], purpose: str, *, highest: bool) -> int:
        best = (max if highest else min)(self.totals[at] for at in among)
        tied = [at for at in among if self.totals[at] == best]
        if len(tied) == 1:
            return tied[0]
        earlier = [dict(zip(self.names, totals, strict=True)) for totals in self.history]
        names = [self.names[at] for at in tied]
        decision = self.breaker.pick(names, earlier, len(self.stages) + 1, purpose, highest=highest)
        self.ties.append(decision)
        return self.names.index(decision.chosen)

    def _close(self, event: str, excluded: list[int]) -> None:
        reached = [at for at in self.continuing if self.totals[at] >= self.quota]
        won = self._in_order(reached)
        self.continuing.difference_update(won)
        open_seats = self.seats - len(self.elected) - len(won)
        self.pending += [at for at in won if self.totals[at] > self.quota]
        if open_seats and len(self.continuing) == open_seats:
            won += self._in_order(list(self.continuing))
            self.continuing.clear()
        self.elected += won
        self.history.append(tuple(self.totals))
        self._write(event, won, excluded)

    def _in_order(self, among: list[int]) -> list[int]:
        return sorted(among, key=lambda at: (-self.totals[at], self.names[at]))

    def _write(self, event: str, won: list[int], excluded: list[int]) -> None:
        tallies = tuple(Tally(name, Decimal(total) * SCALE) for name, total in zip(self.names, self.totals, strict=True))
        lost = Decimal(self.valid * UNIT - sum(self.totals)) * SCALE
        names = tuple(self.names[at] for at in won)
        gone = tuple(self.names[at] for at in excluded)
        self.stages.append(Stage(len(self.stages) + 1, event, tallies, lost, Decimal(self.quota // UNIT), names, gone))
