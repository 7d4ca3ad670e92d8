"""Items that were ranked on fewer reviews than were promised, and the reason why all the same.

Here belongs telling which are short, and whether somebody said why. How reviews make ranks belongs
to `ranking` and `calibration`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anso.selection.errors import SelectionError

METHOD = "few-reviews/1"


@dataclass(frozen=True, slots=True)
class Short:
    """An item with fewer reviews than promised: how many it has, and the sentence of the record."""

    key: str
    given: int
    explanation: str


@dataclass(frozen=True, slots=True)
class FewReviews:
    """What was promised, who is short of it, and why they were ranked on what they have."""

    method: str
    promised: int
    short: tuple[Short, ...]
    reason: str

    @property
    def faults(self) -> tuple[str, ...]:
        """What keeps the record from standing: items are short, and nobody said why."""
        if self.reason or not self.short:
            return ()
        return (f"{self._counted}, and no reason is given.",)

    @property
    def told(self) -> tuple[str, ...]:
        """What a reader of the record should learn beside the numbers."""
        if not self.reason:
            return ()
        return (f"{self._counted}. Reason: {self.reason}",)

    @property
    def _counted(self) -> str:
        named = ", ".join(f"{each.key} ({each.given})" for each in self.short)
        return f"Ranked on fewer reviews than the {self.promised} promised: {named}"


def tell_few_reviews(
    given: Mapping[str, int], promised: int, run: str, reason: str = ""
) -> FewReviews:
    """Tell which items have fewer reviews than `promised`; `given` counts them by item.

    `run` is the hash of the selection that this is about, so that no reason of another one fits.
    `reason` is blank until somebody gives it. Refuses a reason where nobody is short, and counts
    below zero.
    """
    if min(given.values(), default=0) < 0:
        raise SelectionError("An item has fewer than no reviews.")
    if not run:
        raise SelectionError("It must be said which run this is about.")
    why = reason.strip()
    short = tuple(
        Short(key, count, _sentence(count, promised, why))
        for key, count in sorted(given.items())
        if count < promised
    )
    if why and not short:
        raise SelectionError("A reason is given, and no item has fewer reviews than promised.")
    return FewReviews(METHOD, promised, short, why)


def _sentence(count: int, promised: int, reason: str) -> str:
    said = f"Reason: {reason}" if reason else "No reason is given."
    return f"It was ranked on {count} of {promised} reviews. {said}"
