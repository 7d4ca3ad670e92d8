"""What keys are called that the record keeps: of a step, a place, a question. They are known above
it, by the call that an object belongs to, and each package tells the names of its own here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from anso.audit.models import Entry
from anso.kernel.registers import Register
from anso.kernel.wording import Text


@dataclass(frozen=True)
class Key:
    """A key as an entry keeps it: about which object, of which list, such as its ``steps``."""

    kind: str
    object_id: int
    shelf: str
    value: str


# By app: of keys, the names of those that it knows, in a number of queries that does not grow with
# them.
KEYS: Register[Callable[[Collection[Key]], Mapping[Key, Text]]] = Register("keys on the record")


def key_of(entry: Entry, shelf: str, value: object) -> Key:
    """A key that an entry keeps."""
    return Key(entry.object_type, entry.object_id, shelf, str(value))


def names_of_keys(keys: Iterable[Key]) -> dict[Key, Text]:
    """What these are called; those that nobody knows are left out."""
    asked = set(keys)
    found: dict[Key, Text] = {}
    for source in KEYS.values() if asked else ():
        found |= source(asked)
    return found
