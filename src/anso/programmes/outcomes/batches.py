"""What outcomes share that take so many in at once, and give each of them the same: recognition of
bodies, admission of members, requests that are taken up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self, TypeVar

from anso.kernel.terms import OutcomePart, PlaceNode
from anso.kernel.wording import NO_TEXT, Message, Text, gettext_noop
from anso.programmes.outcomes.model import whole


@dataclass(frozen=True)
class Batch(OutcomePart):
    """How many one batch takes at most, under the ``label`` of its one node."""

    NODE: ClassVar[str]

    batch: int = 1
    label: Text = NO_TEXT

    def tree(self) -> tuple[PlaceNode, ...]:
        """One node: the batch."""
        return (PlaceNode(self.NODE, self.label, self.batch),)

    def check(self) -> Iterator[Message]:
        """A batch is not empty."""
        if self.batch < 1:
            yield Message(
                "empty_batch",
                gettext_noop("%(place)s: a batch has room for at least one."),
                {"place": self.label},
            )

    def answers(self) -> dict[str, Any]:
        """How many are taken."""
        return {"batch": self.batch}

    def with_answers(self, answers: Mapping[str, Any]) -> Self:
        """The same for a batch of another size."""
        return replace(self, batch=whole(answers.get("batch") or 0))


AnyBatch = TypeVar("AnyBatch", bound=Batch)


def reading(usual: AnyBatch) -> Callable[[Mapping[str, Any]], AnyBatch]:
    """How a batch of that outcome is read from plain values; what is not written is as usual."""

    def read(plain: Mapping[str, Any]) -> AnyBatch:
        label = Text(plain["label"]) if plain.get("label") else usual.label
        return replace(usual, batch=int(plain.get("batch", 1)), label=label)

    return read
