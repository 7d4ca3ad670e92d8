"""What an allocation answers: a placement and a reason for everybody, and the certificate for the
whole.

Here belong the frozen answers. The checks that fill a certificate belong to `verification`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from anso.selection.allocation.problem import Problem
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain


class Outcome(StrEnum):
    """How it ended for one candidate."""

    SEAT = "seat"
    WAITING = "waiting"
    UNPLACED = "unplaced"
    DECLINED = "declined"


class Cause(StrEnum):
    """Why a candidate did not get a seat that they asked for."""

    NOT_OPEN = "not_open"
    FULL = "full"
    CEILING = "ceiling"
    RESERVED = "reserved"
    NOT_RANKED = "not_ranked"
    SHARED = "shared"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One seat that a candidate asked for and did not get, and what stood in the way (`where`,
    `group`). `left` is the money that was there, where it was not enough.
    """

    leaf: str
    cause: Cause
    where: str = ""
    group: str = ""
    left: Decimal | None = None

    def plain_values(self) -> dict[str, Any]:
        """As records keep it: money only where it stood in the way."""
        plain = {"leaf": self.leaf, "cause": self.cause, "where": self.where, "group": self.group}
        return plain | ({} if self.left is None else {"left": self.left})


@dataclass(frozen=True, slots=True)
class WaitingPosition:
    """The place of a candidate on the waiting list of one leaf; 1 is next."""

    leaf: str
    position: int


@dataclass(frozen=True, slots=True)
class Placement:
    """One candidate's result. `choice` counts from 1; it is 0 and `seat` is empty without a seat.

    `counts_for` is the reserved group whose seat this candidate fills, or empty.
    """

    key: str
    outcome: Outcome
    rank: int
    seat: str = ""
    choice: int = 0
    counts_for: str = ""
    waiting: tuple[WaitingPosition, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One property that was verified on the finished allocation, and what was found."""

    name: str
    holds: bool
    finding: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A reserve that could not be filled: seats wanted, seats that members of the group hold."""

    group: str
    node: str
    wanted: int
    held: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What holds for the whole allocation, checked afterwards from the placements alone."""

    checks: tuple[Check, ...]
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every check holds. A shortfall of a soft reserve is reported and is not a
        failure.
        """
        return all(check.holds for check in self.checks)


@dataclass(frozen=True, slots=True)
class Allocation:
    """The answer: one placement per candidate in rank order, the certificate and the steps that led
    there.

    `problem` repeats the input so that the next on the list can be found by the same rules.
    `kept` are the reserves after release of the seats that nobody claimed.
    """

    method: str
    placements: tuple[Placement, ...]
    certificate: Certificate
    trace: tuple[str, ...]
    problem: Problem
    kept: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the allocation as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    def placement_of(self, key: str) -> Placement:
        """Return the placement of candidate `key`. Refuses a key that is not a candidate."""
        return find_placement(self.placements, key)

    def explain(self, key: str) -> tuple[str, ...]:
        """Return why candidate `key` has, or has not, a seat."""
        return explain_placement(self.placements, key)


def find_placement(placements: Sequence[Placement], key: str) -> Placement:
    """Return the placement of candidate `key`. Refuses a key that is not a candidate."""
    for placement in placements:
        if placement.key == key:
            return placement
    raise SelectionError(f"“{key}” is not a candidate of this allocation.")


def explain_placement(placements: Sequence[Placement], key: str) -> tuple[str, ...]:
    """Return why candidate `key` has, or has not, a seat, and their places on waiting lists."""
    placement = find_placement(placements, key)
    lists = tuple(
        f"Number {place.position} on the waiting list of {place.leaf}."
        for place in placement.waiting
    )
    return (placement.reason, *lists)
