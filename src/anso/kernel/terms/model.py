"""The parts of terms as frozen values, and what can be looked up in them.

Not here: whether they are sound (``checking``) and how they are stored (``reading``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from anso.kernel.wording import Text

SUPERVISOR_MODES = ("none", "before_submission", "after_interview")
BLOCKS = (
    "applications",
    "letters",
    "screening",
    "interviews",
    "review",
    "panel",
    "decision",
    "release",
    "offers",
)


class EntryKind(StrEnum):
    """How an application comes in: by oneself, by someone who names another, as a proposal of
    work.
    """

    APPLICATION = "application"
    NOMINATION = "nomination"
    PROPOSAL = "proposal"


@dataclass(frozen=True)
class Level:
    """Something a person applies for within the call, such as a doctoral place; ``key`` is
    stable.
    """

    key: str
    label: Text


@dataclass(frozen=True)
class Host:
    """Who receives the people selected, and whether a supervisor there must have agreed, and
    when.
    """

    key: str
    label: Text
    supervisor: str = "none"


@dataclass(frozen=True)
class SeatNode:
    """A node of the quota tree. Leaves are what people are placed in; ``only`` names country
    classes a person must be in.

    ``capacity`` is a number of people; ``parent`` is the key of the node above, empty at the top.
    """

    key: str
    label: Text
    capacity: int
    parent: str = ""
    level: str = ""
    host: str = ""
    fund: str = ""
    only: tuple[str, ...] = ()
    favour: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeatReserve:
    """Seats kept for one group of people below a node (everywhere when it is empty) while its
    members want them; released otherwise.
    """

    group: str
    seats: int
    node: str = ""


@dataclass(frozen=True)
class Criterion:
    """One thing reviewers judge; weights of all criteria sum to one. ``anchors`` says what values
    of the scale mean.
    """

    key: str
    label: Text
    weight: Decimal
    hint: Text = field(default_factory=Text)
    anchors: tuple[tuple[int, Text], ...] = ()


@dataclass(frozen=True)
class Rubric:
    """How reviewers judge: the scale, the criteria, how many reviews each application needs, and
    whether names are hidden.
    """

    criteria: tuple[Criterion, ...]
    scale_lowest: int = 1
    scale_highest: int = 6
    reviews_each: int = 3
    is_blind: bool = True


@dataclass(frozen=True)
class LetterRule:
    """Letters asked for: how many, of whom, how many days after the deadline they still count.

    ``asked_in`` are the questions of the application that name the writers; ``hosts`` says for
    which host a question names a supervisor.
    """

    kind: str
    count: int
    days_after_close: int = 14
    minutes: int = 10
    asked_in: tuple[str, ...] = ()
    hosts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stage:
    """A step of the timeline, from one of the tested blocks, with its dates (the last day
    included).
    """

    key: str
    block: str
    label: Text
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class Benefit:
    """One thing a holder receives, in what amount, and who pays which part. ``amount`` is None
    where it is in kind.
    """

    key: str
    label: Text
    payer: Text
    amount: Decimal | None = None
    currency: str = ""
    per: str = ""
    levels: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """Everything a call promises. ``rules`` are eligibility rule sets as ``kernel.eligibility``
    writes them.

    ``entry`` says what comes in, ``entries_each`` how many of one person, ``check_keys`` which
    questions the two-minute check asks, in their order.
    """

    levels: tuple[Level, ...] = ()
    hosts: tuple[Host, ...] = ()
    seats: tuple[SeatNode, ...] = ()
    rubric: Rubric = field(default_factory=lambda: Rubric(()))
    letters: tuple[LetterRule, ...] = ()
    stages: tuple[Stage, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    rules: tuple[Mapping[str, Any], ...] = ()
    country_ceiling: int | None = None
    reserves: tuple[SeatReserve, ...] = ()
    offer_days: int = 21
    selection_method: str = "rank_and_fill"
    entry: EntryKind = EntryKind.APPLICATION
    entries_each: int = 1
    check_keys: tuple[str, ...] = ()

    def leaves(self) -> tuple[SeatNode, ...]:
        """The seats that people are placed in: nodes that no node stands below."""
        parents = {node.parent for node in self.seats}
        return tuple(node for node in self.seats if node.key not in parents)

    def leaves_for(self, level: str, host: str) -> tuple[SeatNode, ...]:
        """The seats of one level at one host, narrower funds first so that special money is used
        before general money.
        """
        found = [node for node in self.leaves() if node.level == level and node.host == host]
        return tuple(sorted(found, key=lambda node: (not node.only, node.key)))

    def all_reserves(self) -> tuple[SeatReserve, ...]:
        """The reserves, and those that favours mean: seats of a node that favours groups are kept
        for people of any of them.
        """
        favours = tuple(
            SeatReserve(favoured_group(node), node.capacity, node.key)
            for node in self.seats
            if node.favour and node.capacity
        )
        return (*self.reserves, *favours)

    def host(self, key: str) -> Host:
        """The host with that key; KeyError where there is none."""
        return {host.key: host for host in self.hosts}[key]

    def letter_rule(self, kind: str) -> LetterRule | None:
        """The rule for one kind of letter, or None where none is asked."""
        return next((rule for rule in self.letters if rule.kind == kind), None)

    def stage(self, block: str) -> Stage | None:
        """The first stage made from a block, or None."""
        return next((stage for stage in self.stages if stage.block == block), None)

    def with_rubric(self, rubric: Rubric) -> Terms:
        """The same terms with another rubric."""
        return replace(self, rubric=rubric)


def favoured_group(node: SeatNode) -> str:
    """The group of people who belong to any of the groups that a node favours."""
    return "|".join(node.favour)
