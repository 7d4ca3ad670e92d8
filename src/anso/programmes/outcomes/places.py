"""Places for people, such as study places or seats in a course: a tree by level, host and fund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from anso.kernel.terms import OutcomePart, PlaceNode, PlaceReserve, read_node, read_reserve
from anso.kernel.wording import Message, Text, gettext_noop
from anso.programmes.outcomes.model import Outcome, limits_of_tree, number_question, whole_or_none


@dataclass(frozen=True)
class Places(OutcomePart):
    """The tree itself, the places kept for groups, and the most for one country."""

    keeps_for_groups: ClassVar[bool] = True

    code: str = field(default="places", init=False)
    nodes: tuple[PlaceNode, ...] = ()
    reserves: tuple[PlaceReserve, ...] = ()
    country_ceiling: int | None = None

    def tree(self) -> tuple[PlaceNode, ...]:
        """The nodes as they were declared."""
        return self.nodes

    def check(self) -> Iterator[Message]:
        """A limit leaves room for somebody."""
        if self.country_ceiling is not None and self.country_ceiling < 1:
            yield Message(
                "country_ceiling",
                gettext_noop("The most for one country must be at least one."),
            )

    def counted(self) -> tuple[str, ...]:
        """Every node has a number of its own, the groups above the leaves too."""
        return tuple(node.key for node in self.nodes)

    def with_counts(self, counts: Mapping[str, int]) -> Self:
        """The same tree with other numbers."""
        nodes = (replace(node, capacity=counts.get(node.key, node.capacity)) for node in self.nodes)
        return replace(self, nodes=tuple(nodes))

    def with_reserves(self, reserves: tuple[PlaceReserve, ...]) -> Self:
        """The same tree with other places kept for groups."""
        return replace(self, reserves=reserves)

    def answers(self) -> dict[str, Any]:
        """The limit for one country."""
        return {"country_ceiling": self.country_ceiling}

    def with_answers(self, answers: Mapping[str, Any]) -> Self:
        """The same with another limit for one country, or none."""
        return replace(self, country_ceiling=whole_or_none(answers.get("country_ceiling")))


def read(plain: Mapping[str, Any]) -> Places:
    """What was written of places."""
    ceiling = plain.get("country_ceiling")
    return Places(
        tuple(read_node(part) for part in plain.get("nodes", ())),
        tuple(read_reserve(part) for part in plain.get("reserves", ())),
        None if ceiling is None else int(ceiling),
    )


PLACES = Outcome(
    code="places",
    label=Text({"en": "Places for people", "ar": "مقاعد للأشخاص"}),
    questions=(
        number_question(
            "country_ceiling",
            Text({"en": "Most places for one country", "ar": "أقصى عدد من المقاعد لبلد واحد"}),
            required=False,
        ),
    ),
    read=read,
    limits=limits_of_tree,
)
