"""Ballots: what voters put on paper, and the checks that refuse papers which cannot be counted.

Here belong ballots of all kinds and their checks. How they are counted belongs to the methods.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from anso.selection.errors import SelectionError


@dataclass(frozen=True, slots=True)
class RankedBallot:
    """Candidates in the voter's order, best first; it may stop early. `weight` says how many such
    papers there are.

    `voter` may name who cast it; then nobody can be counted twice.
    """

    ranking: tuple[str, ...]
    weight: int = 1
    voter: str = ""


@dataclass(frozen=True, slots=True)
class TieredBallot:
    """Sets of equally liked candidates, best set first. Candidates left out are liked less than all
    named ones.
    """

    tiers: tuple[frozenset[str], ...]
    weight: int = 1
    voter: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalBallot:
    """The candidates of whom a voter approves; none is a valid blank paper."""

    approved: frozenset[str]
    weight: int = 1
    voter: str = ""


Ballot = RankedBallot | TieredBallot | ApprovalBallot

# A ranking with the number of ballots that carry it, and the papers of each candidate's first
# preferences.
Paper = tuple[tuple[str, ...], int]
Piles = dict[str, list[Paper]]


def check_election(ballots: Sequence[Ballot], candidates: Sequence[str], seats: int) -> None:
    """Refuse an election without candidates, ballots or seats, with repeated names, or with more
    seats than people.
    """
    check_ballots(ballots, candidates)
    check_seats(seats, candidates)


def check_ballots(ballots: Sequence[Ballot], candidates: Sequence[str]) -> None:
    """Refuse an election without candidates or ballots, with repeated names, or with weights that
    are no numbers.
    """
    if not candidates:
        raise SelectionError("There are no candidates.")
    refuse_twice("candidate", candidates)
    if not ballots:
        raise SelectionError("There are no ballots.")
    weights = [ballot.weight for ballot in ballots]
    if set(map(type, weights)) != {int} or min(weights) < 0:
        for weight in weights:
            check_weight(weight, "A ballot")
    voters = [ballot.voter for ballot in ballots if ballot.voter]
    if len(set(voters)) != len(voters):
        refuse_twice("voter", voters)


def check_seats(seats: int, candidates: Collection[str]) -> None:
    """Refuse a number of seats below one or above the number of candidates."""
    if isinstance(seats, bool) or not isinstance(seats, int) or seats < 1:
        raise SelectionError(
            f"The number of seats must be a whole number of one or more, not {seats!r}."
        )
    if seats > len(candidates):
        raise SelectionError(f"There are {seats} seats but only {len(candidates)} candidates.")


def check_weight(weight: int, subject: str) -> None:
    """Refuse a weight that is not a whole number of zero or more."""
    if isinstance(weight, bool) or not isinstance(weight, int) or weight < 0:
        raise SelectionError(
            f"{subject} has the weight {weight!r}; it must be a whole number of zero or more."
        )


def refuse_twice(word: str, names: Iterable[str]) -> None:
    """Refuse a name that stands twice."""
    name, times = max(Counter(names).items(), key=lambda entry: entry[1], default=("", 0))
    if times > 1:
        raise SelectionError(f"The {word} “{name}” is named {times} times.")


def lay_piles(ballots: Sequence[RankedBallot], candidates: Sequence[str]) -> Piles:
    """Check the ballots, merge equal ones, and lay them on the pile of their first preference;
    blank ones go nowhere.

    Refuses what `check_ballots` refuses, strangers, candidates named twice, and elections in which
    nobody is named.
    """
    check_ballots(ballots, candidates)
    papers: dict[tuple[str, ...], int] = {}
    for ballot in ballots:
        papers[ballot.ranking] = papers.get(ballot.ranking, 0) + ballot.weight
    papers.pop((), None)
    strangers = set(chain.from_iterable(papers)).difference(candidates)
    if strangers:
        raise SelectionError(f"A ballot names {min(strangers)!r}, who is not a candidate.")
    if list(map(len, map(set, papers))) != list(map(len, papers)):
        twice = next(ranking for ranking in papers if len(set(ranking)) != len(ranking))
        raise SelectionError(f"A ballot names a candidate twice: {', '.join(twice)}.")
    if not any(papers.values()):
        raise SelectionError("No ballot names a candidate.")
    piles: Piles = {name: [] for name in candidates}
    for paper in papers.items():
        piles[paper[0][0]].append(paper)
    return piles


def merge_tiers(
    ballots: Sequence[TieredBallot | RankedBallot], candidates: Sequence[str]
) -> Mapping[tuple[int, ...], int]:
    """Return how many papers carry each list of levels (0 is best), one per candidate; unnamed ones
    come last.
    """
    number = {name: at for at, name in enumerate(candidates)}
    merged: Counter[tuple[int, ...]] = Counter()
    for ballot in ballots:
        levels = [len(candidates)] * len(candidates)
        for level, name in _levels(ballot):
            if name not in number:
                raise SelectionError(f"A ballot names {name!r}, who is not a candidate.")
            if levels[number[name]] != len(candidates):
                raise SelectionError(f"A ballot names {name!r} twice.")
            levels[number[name]] = level
        merged[tuple(levels)] += ballot.weight
    return merged


def _levels(ballot: TieredBallot | RankedBallot) -> list[tuple[int, str]]:
    if isinstance(ballot, RankedBallot):
        return list(enumerate(ballot.ranking))
    return [(level, name) for level, tier in enumerate(ballot.tiers) for name in sorted(tier)]
