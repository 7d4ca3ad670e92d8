"""Who stands behind the accounts that acted. The record keeps how each was called then; people are
known above it, and tell their names here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from anso.audit.models import Entry
from anso.kernel.registers import Register


@dataclass(frozen=True)
class KnownPeople:
    """What a package knows of the people behind accounts, by the keys of these: the names of some,
    and whose name begins with a text.
    """

    names: Callable[[Collection[int]], Mapping[int, str]]
    named: Callable[[str], Iterable[int]]


KNOWN_PEOPLE: Register[KnownPeople] = Register("people behind accounts")


def names_of_actors(entries: Iterable[Entry]) -> dict[int, str]:
    """What those are called today who acted in these entries, by their accounts; nobody who has
    given no name.
    """
    accounts = {each.actor_id for each in entries if each.actor_id is not None}
    found: dict[int, str] = {}
    for known in KNOWN_PEOPLE.values():
        found |= known.names(accounts)
    return found


def accounts_named(text: str) -> list[int]:
    """The accounts of people whose name begins like this."""
    return [account for known in KNOWN_PEOPLE.values() for account in known.named(text)]
