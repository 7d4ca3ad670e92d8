"""A prize: awards of different names, each for a number of laureates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from anso.kernel.terms import OutcomePart, PlaceNode
from anso.kernel.wording import Message, Text, gettext_noop
from anso.programmes.outcomes.model import Outcome, limits_of_tree

ALL = "all"
ALL_AWARDS = Text({"en": "All awards", "ar": "جميع الجوائز"})


@dataclass(frozen=True)
class Award:
    """One award: for which level, and for how many laureates in an edition."""

    key: str
    label: Text
    laureates: int = 1
    level: str = ""


@dataclass(frozen=True)
class Prize(OutcomePart):
    """The awards of an edition. Nothing is kept for groups, and no country has a limit."""

    code: str = field(default="prize", init=False)
    awards: tuple[Award, ...] = ()

    def tree(self) -> tuple[PlaceNode, ...]:
        """All awards, and each of them below."""
        if not self.awards:
            return ()
        laureates = sum(award.laureates for award in self.awards)
        return (
            PlaceNode(ALL, ALL_AWARDS, laureates),
            *(
                PlaceNode(award.key, award.label, award.laureates, ALL, award.level)
                for award in self.awards
            ),
        )

    def check(self) -> Iterator[Message]:
        """A prize has awards."""
        if not self.awards:
            yield Message("no_award", gettext_noop("The prize has no award."))

    def counted(self) -> tuple[str, ...]:
        """The laureates of each award; their sum follows."""
        return tuple(award.key for award in self.awards)

    def with_counts(self, counts: Mapping[str, int]) -> Self:
        """The same awards for other numbers of laureates."""
        awards = (
            replace(award, laureates=counts.get(award.key, award.laureates))
            for award in self.awards
        )
        return replace(self, awards=tuple(awards))


def read(plain: Mapping[str, Any]) -> Prize:
    """What was written of a prize."""
    return Prize(
        tuple(
            Award(each["key"], Text(each["label"]), int(each["laureates"]), each.get("level", ""))
            for each in plain.get("awards", ())
        )
    )


PRIZE = Outcome(
    code="prize",
    label=Text({"en": "A prize", "ar": "جائزة"}),
    questions=(),
    read=read,
    limits=limits_of_tree,
)
