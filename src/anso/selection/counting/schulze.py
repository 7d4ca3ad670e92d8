"""The Schulze method: whoever has the stronger beatpath to everybody else stands first.

Here belongs counting by pairwise comparison, for ballots that may rank several candidates equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anso.selection.counting.ballots import RankedBallot, TieredBallot, check_election, merge_tiers
from anso.selection.counting.ties import TieBreaker, TieDecision, TieRule, TieStep
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

METHOD = "schulze/1"
SCHULZE_TIES = TieRule((TieStep.LOT,))

Matrix = NDArray[np.int64]


class Strength(StrEnum):
    """How strong a pairwise victory is: the votes of the winning side, or how many more they
    are.
    """

    WINNING_VOTES = "winning votes"
    MARGINS = "margins"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer of the Schulze method.

    `preferred[i][j]`: votes that put candidate i before j. `paths[i][j]`: strength of the strongest
    beatpath. `tiers`: candidates from first to last, those that nothing separates together.
    """

    method: str
    candidates: tuple[str, ...]
    seats: int
    elected: tuple[str, ...]
    tiers: tuple[tuple[str, ...], ...]
    preferred: tuple[tuple[int, ...], ...]
    paths: tuple[tuple[int, ...], ...]
    ties: tuple[TieDecision, ...]
    trace: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    def explain(self, key: str) -> tuple[str, ...]:
        """Return how candidate `key` compares with everybody else. Refuses somebody who did not
        stand.
        """
        if key not in self.candidates:
            raise SelectionError(f"“{key}” was not a candidate of this election.")
        me = self.candidates.index(key)
        place = next(at for at, tier in enumerate(self.tiers, start=1) if key in tier)
        sentences = [
            f"{key} is {'elected' if key in self.elected else 'not elected'}, in place {place}."
        ]
        for other, name in enumerate(self.candidates):
            if other != me:
                mine, theirs = self.paths[me][other], self.paths[other][me]
                word = (
                    "stands before"
                    if mine > theirs
                    else "stands after"
                    if mine < theirs
                    else "is level with"
                )
                sentences.append(f"{key} {word} {name}: strongest path {mine} against {theirs}.")
        return (*sentences, *(tie.sentence for tie in self.ties if key in tie.tied))


def count_schulze(
    ballots: Sequence[TieredBallot | RankedBallot],
    candidates: Sequence[str],
    seats: int = 1,
    strength: Strength = Strength.WINNING_VOTES,
    *,
    ties: TieRule = SCHULZE_TIES,
    seed: str = "",
) -> Comparison:
    """Order candidates by strongest beatpaths and elect the first `seats`.

    Candidates that a ballot leaves out stand level after all that it names. The method is
    Condorcet-consistent, monotone and independent of clones; it is not proportional, so `seats`
    above one only takes the first places. Refuses strangers, repeated names, more seats than
    candidates, no ballots, and ties that nothing decides. Source: Schulze, Social Choice and
    Welfare 36 (2011) 267.
    """
    check_election(ballots, candidates, seats)
    preferred = _pairwise(merge_tiers(ballots, candidates), len(candidates))
    paths = _strongest_paths(preferred, strength)
    tiers = _tiers(paths, candidates)
    decisions: list[TieDecision] = []
    elected = _first_places(tiers, seats, TieBreaker(ties, seed), decisions)
    trace = tuple(f"Place {place}: {', '.join(tier)}." for place, tier in enumerate(tiers, start=1))
    return Comparison(
        METHOD,
        tuple(candidates),
        seats,
        elected,
        tiers,
        _rows(preferred),
        _rows(paths),
        tuple(decisions),
        trace,
    )


def _pairwise(merged: Mapping[tuple[int, ...], int], number: int) -> Matrix:
    levels = np.array(list(merged), dtype=np.int64)
    papers = np.array(list(merged.values()), dtype=np.int64)
    return np.array(
        [papers @ (levels[:, one : one + 1] < levels) for one in range(number)], dtype=np.int64
    )


def _strongest_paths(preferred: Matrix, strength: Strength) -> Matrix:
    wins = preferred > preferred.T
    weight = preferred if strength is Strength.WINNING_VOTES else preferred - preferred.T
    paths: Matrix = np.where(wins, weight, 0)
    # Every path that may use the candidates up to this one: one pass for each of them finds all
    # (Floyd, Warshall).
    for middle in range(len(paths)):
        paths = np.maximum(paths, np.minimum(paths[:, middle][:, None], paths[middle][None, :]))
    np.fill_diagonal(paths, 0)
    return paths


def _tiers(paths: Matrix, candidates: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    left = list(range(len(candidates)))
    tiers = []
    while left:
        first = [
            one for one in left if not any(paths[other, one] > paths[one, other] for other in left)
        ]
        tiers.append(tuple(sorted(candidates[at] for at in first)))
        left = [at for at in left if at not in first]
    return tuple(tiers)


def _first_places(
    tiers: tuple[tuple[str, ...], ...],
    seats: int,
    breaker: TieBreaker,
    decisions: list[TieDecision],
) -> tuple[str, ...]:
    elected: list[str] = []
    for tier in tiers:
        left = list(tier)
        while left and len(elected) < seats:
            if len(left) <= seats - len(elected):
                elected += left
                break
            decisions.append(breaker.pick(left, (), 1, "for the last seats", highest=True))
            elected.append(decisions[-1].chosen)
            left.remove(elected[-1])
    return tuple(elected)


def _rows(matrix: Matrix) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in matrix.tolist())
