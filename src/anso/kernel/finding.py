"""Things that can be searched on the desk: apps register theirs, the page of the search puts what
is found below one another.

Not here: how text is folded (``names``) and how a list is searched (each app's queries).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from anso.kernel.registers import Register

MOST_FOUND = 8
"""How many of each kind are shown; a longer list has a search of its own."""


@dataclass(frozen=True)
class Found:
    """One thing that a search found: what it is called, what is said beside it, where it is."""

    title: str
    note: Any
    url: str


@dataclass(frozen=True)
class Searchable:
    """One kind of things: what they are called together, and who finds which by some words.

    ``find`` gives only what the account may read, at most ``MOST_FOUND``, in a fixed number of
    queries; it is asked with words that are not blank.
    """

    label: Any
    find: Callable[[Any, str, dt.datetime], Sequence[Found]]


SEARCHABLES: Register[Searchable] = Register("things that can be searched")


def find_everywhere(account: Any, text: str, now: dt.datetime) -> list[tuple[Any, list[Found]]]:
    """What somebody finds, by kind, in the order of the register; kinds without a find left out."""
    words = text.strip()
    if not words:
        return []
    kinds = ((kind.label, list(kind.find(account, words, now))) for kind in SEARCHABLES.values())
    return [(label, found[:MOST_FOUND]) for label, found in kinds if found]
