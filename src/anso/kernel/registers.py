"""How a package learns of things above it without importing them: the higher one adds them to a
register of the lower one when the program starts, and the lower one reads them in order.

A register lives with whoever reads it: verbs in words with the record, pages of a call's desk with
the calls. Apps add theirs in ``apps.py``, from a list in one of their modules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

Thing = TypeVar("Thing")


class AlreadyRegisteredError(ValueError):
    """Two packages added a thing under the same key: a defect of the program."""


class Register(Mapping[str, Thing]):
    """Things by key, read in their order: by number, and by key among those with the same.

    The order in which packages are loaded makes no difference.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._placed: dict[str, tuple[int, Thing]] = {}

    def add(self, key: str, thing: Thing, *, order: int = 0) -> Thing:
        """Add one thing. Refuses a key that is taken."""
        if key in self._placed:
            raise AlreadyRegisteredError(f"{key!r} is registered twice among {self._name}")
        self._placed[key] = (order, thing)
        return thing

    def add_all(self, things: Mapping[str, Thing], *, order: int = 0) -> None:
        """Add several things that follow one another as they are written, from this number on."""
        for place, (key, thing) in enumerate(things.items()):
            self.add(key, thing, order=order + place)

    def __getitem__(self, key: str) -> Thing:
        return self._placed[key][1]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._placed, key=lambda key: (self._placed[key][0], key)))

    def __len__(self) -> int:
        return len(self._placed)
