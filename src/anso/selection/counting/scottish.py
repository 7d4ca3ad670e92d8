"""The single transferable vote by the Scottish rules: weighted inclusive Gregory in five truncated
decimals.

Here belongs the count of the Scottish Local Government Elections Order (SSI 2007/42, rules 45 to
52; SSI 2011/399). Votes are whole numbers of hundred-thousandths, so nothing is ever rounded but by
the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from operator import itemgetter

from anso.selection.counting.ballots import Paper, Piles, RankedBallot, check_seats, lay_piles
from anso.selection.counting.stages import Count, CountStage, Tally
from anso.selection.counting.ties import TieBreaker, TieDecision, TieRule

METHOD = "scottish-stv/1"
UNIT = 100_000
SCALE = Decimal("0.00001")

SCOTTISH_TIES = TieRule()

NUMBER = itemgetter(1)


def count_scottish_stv(
    ballots: Sequence[RankedBallot],
    candidates: Sequence[str],
    seats: int,
    ties: TieRule = SCOTTISH_TIES,
    seed: str = "",
) -> Count:
    """Fill `seats` from ranked ballots by the Scottish rules.

    Quota: the whole part of valid votes / (seats + 1), plus one. The largest surplus is transferred
    first: each paper of the candidate goes on at its value times surplus divided by the candidate's
    votes, truncated to five decimals. Without a surplus the lowest candidate is excluded and papers
    go on at the value they have. When as many candidates are left as seats, they are elected. Ties:
    the latest earlier stage at which they differed, then lot, unless `ties` says otherwise. Papers
    that name nobody are not valid and count for nothing. Refuses strangers, repeated names, more
    seats than candidates, no ballots, and ties that nothing decides. Source: SSI 2007/42, schedule
    1, part III, rules 45 to 52.
    """
    return count_piles(lay_piles(ballots, candidates), seats, ties, seed)


def count_piles(piles: Piles, seats: int, ties: TieRule = SCOTTISH_TIES, seed: str = "") -> Count:
    """Fill `seats` by the Scottish rules from the piles of first preferences that `lay_piles` has
    checked and laid.
    """
    check_seats(seats, piles)
    return _ScottishCount(piles, seats, TieBreaker(ties, seed)).run()


class _ScottishCount:
    """The state of one count: the papers that each candidate holds, by their value, totals, and who
    is still in it.
    """

    def __init__(self, piles: Piles, seats: int, breaker: TieBreaker) -> None:
        self.seats = seats
        self.breaker = breaker
        # By value and not paper by paper: papers of one value move on together.
        self.held = {name: {UNIT: pile} for name, pile in piles.items()}
        self.totals = {name: UNIT * sum(map(NUMBER, pile)) for name, pile in piles.items()}
        self.valid = sum(self.totals.values())
        self.quota = self.valid // UNIT // (seats + 1) + 1
        self.continuing = set(piles)
        self.pending: list[str] = []
        self.elected: list[str] = []
        self.tallies: dict[str, Tally] = {}
        self.history: list[dict[str, int]] = []
        self.stages: list[CountStage] = []
        self.ties: list[TieDecision] = []

    def run(self) -> Count:
        """Count until all seats are filled."""
        self._close("First preferences are counted.")
        while len(self.elected) < self.seats:
            if self.pending:
                chosen = self._pick(self.pending, "for the next surplus", highest=True)
                self.pending.remove(chosen)
                self._transfer_surplus(chosen)
            else:
                chosen = self._pick(self.continuing, "for exclusion", highest=False)
                self._exclude(chosen)
        trace = tuple([stage.event for stage in self.stages])
        return Count(
            METHOD,
            self.seats,
            tuple(self.elected),
            Decimal(self.quota),
            tuple(self.stages),
            tuple(self.ties),
            trace,
        )

    def _deal(self, value: int, papers: Iterable[Paper]) -> None:
        dealt: dict[str, list[Paper]] = {name: [] for name in self.continuing}
        for paper in papers:
            for name in paper[0]:
                if name in dealt:
                    dealt[name].append(paper)
                    break
        for name, received in dealt.items():
            if received:
                held = self.held[name]
                held[value] = held.get(value, []) + received
                self.totals[name] += value * sum(map(NUMBER, received))

    def _transfer_surplus(self, chosen: str) -> None:
        total = self.totals[chosen]
        surplus = total - self.quota * UNIT
        self.totals[chosen] = self.quota * UNIT
        for value, papers in self.held.pop(chosen).items():
            # Multiplied before it is divided: cut off once, at the fifth decimal, as the rule asks.
            self._deal(value * surplus // total, papers)
        self._close(f"The surplus of {chosen} ({surplus * SCALE}) is transferred.")

    def _exclude(self, chosen: str) -> None:
        self.continuing.remove(chosen)
        self.totals[chosen] = 0
        for value, papers in self.held.pop(chosen).items():
            self._deal(value, papers)
        self._close(f"{chosen} is excluded and the votes are transferred.", (chosen,))

    def _pick(self, among: Collection[str], purpose: str, *, highest: bool) -> str:
        best = (max if highest else min)([self.totals[name] for name in among])
        tied = [name for name in among if self.totals[name] == best]
        if len(tied) == 1:
            return tied[0]
        decision = self.breaker.pick(
            tied, self.history, len(self.stages) + 1, purpose, highest=highest
        )
        self.ties.append(decision)
        return decision.chosen

    def _close(self, event: str, excluded: tuple[str, ...] = ()) -> None:
        enough = self.quota * UNIT
        won = self._in_order([name for name in self.continuing if self.totals[name] >= enough])
        self.continuing.difference_update(won)
        open_seats = self.seats - len(self.elected) - len(won)
        self.pending += [name for name in won if self.totals[name] > enough]
        if open_seats and len(self.continuing) == open_seats:
            won += self._in_order(self.continuing)
            self.continuing.clear()
        self.elected += won
        lost = (self.valid - sum(self.totals.values())) * SCALE
        self.stages.append(
            CountStage(
                len(self.stages) + 1,
                event,
                self._tallies(),
                lost,
                Decimal(self.quota),
                tuple(won),
                excluded,
            )
        )
        self.history.append(self.totals.copy())

    def _tallies(self) -> tuple[Tally, ...]:
        """Return the totals of this stage; a tally that did not change is the one of the stage
        before.
        """
        before = self.history[-1] if self.history else {}
        for name, total in self.totals.items():
            if total != before.get(name):
                self.tallies[name] = Tally(name, total * SCALE)
        return tuple(self.tallies.values())

    def _in_order(self, among: Collection[str]) -> list[str]:
        return sorted(among, key=lambda name: (-self.totals[name], name))
