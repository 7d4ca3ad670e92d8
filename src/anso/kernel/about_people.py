"""What is known about one person: apps register what they know, the page about a person puts it
below one another.

Here: the lines and their register. Not here: who the person is, and what a reader may read: each
app gives only that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from anso.kernel.registers import Register


@dataclass(frozen=True)
class PersonLine:
    """One fact: what it is, what is said beside it, where it is read, and how it stands."""

    title: Any
    note: Any = ""
    url: str = ""
    status: Any = ""
    tone: str = ""


@dataclass(frozen=True)
class PersonShelf:
    """One kind of facts: what they are called together, and those that an account may read about a
    person, in a fixed number of queries.
    """

    label: Any
    find: Callable[[Any, Any, dt.datetime], Iterable[PersonLine]]


PERSON_SHELVES: Register[PersonShelf] = Register("what is known about a person")


def shelves_about(
    account: Any, person: Any, now: dt.datetime
) -> list[tuple[Any, list[PersonLine]]]:
    """What an account may read about a person, in the order of the register; empty ones left
    out.
    """
    found = (
        (each.label, list(each.find(account, person, now))) for each in PERSON_SHELVES.values()
    )
    return [(label, lines) for label, lines in found if lines]
