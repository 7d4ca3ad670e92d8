"""A proposal of pairs for all seekers at once, from which no two would rather run away together.

Here belongs the proposal. The mechanism is deferred acceptance (`allocation`); a seeker's order is
its `shortlist`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from anso.selection.allocation import (
    Candidate,
    Certificate,
    HostOrder,
    QuotaNode,
    match_candidates,
)
from anso.selection.errors import SelectionError
from anso.selection.pairing.problem import (
    Offered,
    Points,
    Seeker,
    commons_between,
    require_sense,
)
from anso.selection.pairing.shortlist import draw_up_shortlist, drawn, total
from anso.selection.plain import as_plain

METHOD = "pairs/1"


@dataclass(frozen=True, slots=True)
class Pair:
    """What is proposed for one seeker: whom (blank: nobody), by which place of its shortlist, and
    why.
    """

    key: str
    offered: str
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """All seekers, and what was checked of the whole."""

    method: str
    pairs: tuple[Pair, ...]
    certificate: Certificate
    trace: tuple[str, ...]

    def explain(self, key: str) -> tuple[str, ...]:
        """Return why a seeker gets whom they get, or why somebody offered is proposed to whom.
        Refuses strangers.
        """
        found = tuple(each.reason for each in self.pairs if key in (each.key, each.offered))
        if not found:
            raise SelectionError(f"Nothing is proposed for “{key}”.")
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return the proposal as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def pair_up(
    seekers: Sequence[Seeker], offered: Sequence[Offered], points: Points, *, seed: str = ""
) -> Pairs:
    """Propose at most one of the offered for each seeker, and no more seekers for anybody than
    there is room.

    Seekers go by their shortlists; whoever is offered prefers the seeker with whom they have most
    in common, the seeker's own waiting counted, equals drawn. Deferred acceptance in which seekers
    ask: no seeker and no one offered would both rather have each other, and every seeker gets the
    best that any such proposal gives. Refuses contradictory input by name. Source: Gale, Shapley,
    American Mathematical Monthly 69 (1962) 9.
    """
    require_sense(seekers, offered, points)
    wanted = {
        each.key: tuple(fit.key for fit in draw_up_shortlist(each, offered, points, seed=seed).fits)
        for each in seekers
    }
    if not any(wanted.values()):
        nobody = tuple(_told(each.key, "", wanted[each.key]) for each in seekers)
        return Pairs(METHOD, nobody, Certificate(()), ("Nobody fits anybody.",))
    match = match_candidates(
        [Candidate(key, listed) for key, listed in wanted.items()],
        [QuotaNode(each.key, each.free) for each in offered],
        [HostOrder(each.key, _order(each, seekers, points, seed)) for each in offered],
        seed=seed,
    )
    seats = {placed.key: placed.seat for placed in match.placements}
    pairs = tuple(_told(each.key, seats[each.key], wanted[each.key]) for each in seekers)
    return Pairs(METHOD, pairs, match.certificate, match.trace)


def _order(
    offered: Offered, seekers: Sequence[Seeker], points: Points, seed: str
) -> tuple[tuple[str, ...], ...]:
    """All seekers by what they have in common with somebody offered, one to a tier."""

    def turn(seeker: Seeker) -> tuple[Fraction, str]:
        commons = commons_between(seeker, offered, seeker.waiting_days)
        return -total(commons, points), drawn(seed, offered.key, seeker.key)

    return tuple((each.key,) for each in sorted(seekers, key=turn))


def _told(key: str, offered: str, wanted: Sequence[str]) -> Pair:
    if not wanted:
        return Pair(key, "", 0, f"{key}: nobody fits.")
    if not offered:
        return Pair(key, "", 0, f"{key}: all {len(wanted)} who fit are proposed to others.")
    position = wanted.index(offered) + 1
    return Pair(
        key, offered, position, f"{key}: {offered}, number {position} of {len(wanted)} who fit."
    )
