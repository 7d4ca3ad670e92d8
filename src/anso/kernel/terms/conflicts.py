"""What a call says of conflicts of interest: which ties keep somebody from judging a file, and
which of them an officer looks at first.

Here: the settings. Not here: ties that no call can switch off (one's own file, a host's, a second
part in the call), nor how any of them is found, which the app of reviews knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from anso.kernel.wording import Message, gettext_noop


class Strictness(StrEnum):
    """What follows from a tie: nothing, a question to an officer, or that nobody is given it."""

    OFF = "off"
    ASK = "ask"
    HARD = "hard"

    def is_looser_than(self, other: Strictness) -> bool:
        """Whether it keeps fewer people from judging."""
        order = list(Strictness)
        return order.index(self) < order.index(other)


MOST_YEARS = 30
# What somebody said of themselves, or is by being named in the file, is at least looked at.
NEVER_OFF = frozenset({"named", "supervision", "joint_work"})


@dataclass(frozen=True)
class ConflictTerms:
    """The ties of which a call says what follows.

    ``organisation``: working where somebody works whom the file concerns; ``named``: being named in
    the file by others, as who writes a letter or supervises; ``supervision`` and ``joint_work``:
    what reviewers declare, joint work as long as it lies within ``joint_work_years`` before the
    close; ``family_name``: sharing one; ``country``: sharing a nationality, which for people of
    ``countries`` keeps from judging in any case. ``names_first``: nobody is given files before they
    have answered about a list of names.
    """

    organisation: Strictness = Strictness.HARD
    named: Strictness = Strictness.HARD
    supervision: Strictness = Strictness.HARD
    joint_work: Strictness = Strictness.HARD
    joint_work_years: int = 5
    family_name: Strictness = Strictness.ASK
    country: Strictness = Strictness.OFF
    countries: tuple[str, ...] = ()
    names_first: bool = False

    def of_country(self, codes: frozenset[str]) -> Strictness:
        """What follows from sharing one of these nationalities."""
        return Strictness.HARD if codes & {*self.countries} else self.country

    def is_looser_than(self, other: ConflictTerms) -> bool:
        """Whether in anything it keeps fewer people from judging."""
        return (
            any(getattr(self, tie).is_looser_than(getattr(other, tie)) for tie in TIES)
            or self.joint_work_years < other.joint_work_years
            or not {*other.countries} <= {*self.countries}
            or (other.names_first and not self.names_first)
        )


TIES = tuple(each.name for each in fields(ConflictTerms) if isinstance(each.default, Strictness))


def check_conflicts(terms: ConflictTerms) -> Iterator[Message]:
    """What is wrong with the settings."""
    if not 1 <= terms.joint_work_years <= MOST_YEARS:
        text = gettext_noop("Joint work counts for between 1 and %(most)s years.")
        yield Message("conflict_years", text, {"most": MOST_YEARS})
    if any(getattr(terms, tie) is Strictness.OFF for tie in NEVER_OFF):
        text = gettext_noop(
            "Whoever is named in a file, or declares a tie to it themselves, is at least looked at."
        )
        yield Message("conflict_ignored", text)


def read_conflicts(plain: Mapping[str, Any]) -> ConflictTerms:
    """What was written as plain values; what is missing is as it is by default."""
    ties = {tie: Strictness(plain[tie]) for tie in TIES if tie in plain}
    return ConflictTerms(
        **ties,
        joint_work_years=int(plain.get("joint_work_years", 5)),
        countries=tuple(plain.get("countries", ())),
        names_first=bool(plain.get("names_first", False)),
    )
