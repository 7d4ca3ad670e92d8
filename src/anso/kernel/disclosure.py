"""Counts of people that are told without anybody being recognised in them.

A count of fewer than ``LEAST`` people is told only together with others, and never so that it
follows from what is told beside it: what is told together is then at least as many, and of more
than one part (complementary suppression).

Not here: what is counted, and of whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True)
class Tally:
    """How many were decided of one part, such as a country, and how many of them selected."""

    key: str
    decided: int
    selected: int


@dataclass(frozen=True)
class ToldApart:
    """The parts that may stand by themselves, in the order in which they came; how many parts are
    counted together, and what they count. Where nothing may stand by itself, ``shown`` is empty.
    """

    shown: tuple[Tally, ...]
    together: frozenset[str]
    rest: Tally | None


def tell_apart(tallies: Iterable[Tally], least: int = LEAST) -> ToldApart:
    """Tell the parts apart, the small ones counted together. While those are too few, or one part
    alone, the smallest of the others joins them: else the total less what is shown gave it away.
    """
    known = [each for each in tallies if each.decided]
    hidden = {each.key for each in known if each.decided < least}
    joining = sorted(
        (each for each in known if each.key not in hidden), key=lambda each: each.decided
    )
    while hidden and joining and (len(hidden) < 2 or _sum(known, hidden).decided < least):
        hidden.add(joining.pop(0).key)
    shown = tuple(each for each in known if each.key not in hidden)
    return ToldApart(shown, frozenset(hidden), _sum(known, hidden) if hidden else None)


def _sum(known: Sequence[Tally], keys: set[str]) -> Tally:
    counted = [each for each in known if each.key in keys]
    return Tally("", sum(each.decided for each in counted), sum(each.selected for each in counted))


@dataclass(frozen=True)
class Member:
    """One of those who are counted: the groups they are in, and whether their country is counted
    together with others.
    """

    groups: frozenset[str]
    is_hidden: bool = False


def groups_to_tell(
    keys: Iterable[str],
    members: Sequence[Member],
    of_countries: frozenset[str],
    least: int = LEAST,
) -> tuple[str, ...]:
    """Of these groups, in their order, those of which counts can be told: however the groups told
    are added up and taken from each other, nobody is left or at least ``least`` are.

    Groups ``of_countries`` follow from the country, so that countries shown beside them can be
    taken from them: for these it must hold among those whose countries are hidden too.
    """
    told: tuple[str, ...] = ()
    hidden = [each for each in members if each.is_hidden]
    for key in keys:
        tried = frozenset((*told, key))
        sizes = (*_parts(members, tried), *_parts(hidden, tried & of_countries))
        if all(size >= least for size in sizes):
            told = (*told, key)
    return told


def _parts(members: Sequence[Member], keys: frozenset[str]) -> Iterable[int]:
    """How many members there are of every combination of groups that occurs."""
    return Counter(each.groups & keys for each in members).values()
