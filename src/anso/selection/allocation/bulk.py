"""Deferred acceptance on plain arrays, for matches of tens of thousands of candidates.

Here belongs the bare mechanism with one quota per seat. Shared quotas, reserves and reasons belong
to `deferred_acceptance`.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappush, heapreplace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

METHOD = "bulk-deferred-acceptance/1"
NOBODY = -1

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BulkMatch:
    """The answer: for every candidate the choice they got (0 is their first, -1 none) and that
    seat's number.

    `cutoffs` is the worst rank that each seat holds when it is full, or -1 when it has room:
    candidate `i` could have had choice `k` only with a better rank there. `blocking_pairs` were
    counted afterwards and are 0.
    """

    method: str
    choices: Whole
    seats: Whole
    cutoffs: Whole
    proposals: int
    blocking_pairs: int

    def to_dict(self) -> dict[str, Any]:
        """Return the match as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    def explain(self, key: str) -> tuple[str, ...]:
        """Return what candidate number `key` got. Refuses a number that is none of the
        candidates.
        """
        if not key.isdigit() or int(key) >= len(self.choices):
            raise SelectionError(
                f"“{key}” is not the number of a candidate (0 to {len(self.choices) - 1})."
            )
        choice, seat = int(self.choices[int(key)]), int(self.seats[int(key)])
        if choice == NOBODY:
            return (
                f"Candidate {key} has no seat: every seat on the list is full with better ranks.",
            )
        return (
            (
                f"Candidate {key} has seat {seat}, choice {choice + 1}; the choices before it are"
                " full with better ranks."
            ),
        )


def match_in_bulk(
    preferences: NDArray[np.int64], ranks: NDArray[np.int64], capacities: NDArray[np.int64]
) -> BulkMatch:
    """Match by candidate-proposing deferred acceptance.

    `preferences[i, k]` is the number of the seat that candidate `i` names as choice `k`; -1 ends a
    list early. `ranks[i, k]` is that seat's rank of the candidate, 0 best, different for all who
    name the seat; a negative rank means not acceptable. `capacities[s]` is the number of places of
    seat `s`. The match is the best stable one for every candidate and no candidate gains by a false
    order. Checked afterwards for blocking pairs over all pairs. Refuses shapes that do not fit,
    unknown seats, seats named twice, equal ranks and negative capacities. Source: Gale, Shapley
    1962; Dubins, Freedman 1981.
    """
    _check_arrays(preferences, ranks, capacities)
    choices, proposals = _propose(preferences, ranks, capacities)
    rows = np.flatnonzero(choices != NOBODY)
    seats = np.full(len(choices), NOBODY, dtype=np.int64)
    seats[rows] = preferences[rows, choices[rows]]
    used = np.bincount(seats[rows], minlength=len(capacities))
    cutoffs = np.full(len(capacities), NOBODY, dtype=np.int64)
    np.maximum.at(cutoffs, seats[rows], ranks[rows, choices[rows]])
    cutoffs[used < capacities] = NOBODY
    blocking = _count_blocking(
        preferences, ranks, choices, np.where(used < capacities, np.iinfo(np.int64).max, cutoffs)
    )
    return BulkMatch(METHOD, choices, seats, cutoffs, proposals, blocking)


def _check_arrays(preferences: Whole, ranks: Whole, capacities: Whole) -> None:
    if preferences.ndim != 2 or preferences.shape != ranks.shape or capacities.ndim != 1:
        raise SelectionError(
            "Preferences and ranks must be tables of one shape, and capacities a list."
        )
    if not len(preferences):
        raise SelectionError("There are no candidates.")
    if capacities.min(initial=0) < 0:
        raise SelectionError("A capacity is below zero.")
    if preferences.min(initial=0) < NOBODY or preferences.max(initial=NOBODY) >= len(capacities):
        raise SelectionError("A preference names a seat that does not exist.")
    ordered = np.sort(preferences, axis=1)
    if np.any((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] != NOBODY)):
        raise SelectionError("A candidate names the same seat twice.")
    named = (preferences != NOBODY) & (ranks >= 0)
    if ranks.max(initial=0) >= 1 << 31:
        raise SelectionError("Ranks must be below 2**31.")
    # Seat and rank in one number, so that a single sort brings equals together.
    pairs = np.sort(preferences[named] << 31 | ranks[named])
    if np.any(pairs[1:] == pairs[:-1]):
        raise SelectionError("A seat ranks two candidates equal; draw their order first.")


def _propose(preferences: Whole, ranks: Whole, capacities: Whole) -> tuple[Whole, int]:
    width = preferences.shape[1]
    people = len(preferences)
    # Plain lists and numbers: taking single numbers out of arrays, or comparing tuples, would take
    # several times as long.
    asked = np.where(ranks >= 0, preferences, NOBODY).ravel().tolist()
    # Rank and person in one number: the smallest in a heap is the person held with the worst rank.
    keyed = (-ranks * people - np.arange(people)[:, None]).ravel().tolist()
    room = capacities.tolist()
    held: list[list[int]] = [[] for _ in room]
    onward = [person * width for person in range(people)]
    got = [NOBODY] * people
    proposals = 0
    for first in range(people):
        person = first
        while person != NOBODY:
            at, end = onward[person], (person + 1) * width
            loser = NOBODY
            while at < end:
                seat, key = asked[at], keyed[at]
                at += 1
                if seat < 0:
                    continue
                proposals += 1
                heap = held[seat]
                if room[seat]:
                    room[seat] -= 1
                    heappush(heap, key)
                    break
                if heap and heap[0] < key:
                    loser = -heapreplace(heap, key) % people
                    break
            else:
                onward[person] = end
                got[person] = NOBODY
                break
            onward[person] = at
            got[person] = at - 1 - person * width
            person = loser
    return np.array(got, dtype=np.int64), proposals


def _count_blocking(preferences: Whole, ranks: Whole, choices: Whole, cutoffs: Whole) -> int:
    width = preferences.shape[1]
    better = np.arange(width)[None, :] < np.where(choices == NOBODY, width, choices)[:, None]
    wished = better & (preferences != NOBODY) & (ranks >= 0)
    return int(np.count_nonzero(ranks[wished] < cutoffs[preferences[wished]]))
