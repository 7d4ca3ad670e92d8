"""Recognition of bodies, such as a professional association: in batches, and only of those who are
judged good enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from anso.kernel.terms import OutcomePart, PlaceNode
from anso.kernel.wording import Message, Text, gettext_noop
from anso.programmes.outcomes.model import Outcome, limits_of_tree, number_question, whole

KEY = "recognised"
RECOGNISED = Text({"en": "Recognised bodies", "ar": "الهيئات المعترف بها"})


@dataclass(frozen=True)
class Recognition(OutcomePart):
    """How many bodies one batch recognises at most."""

    code: str = field(default="recognition", init=False)
    batch: int = 1
    label: Text = RECOGNISED

    def tree(self) -> tuple[PlaceNode, ...]:
        """One node: the batch."""
        return (PlaceNode(KEY, self.label, self.batch),)

    def check(self) -> Iterator[Message]:
        """A batch is not empty."""
        if self.batch < 1:
            yield Message(
                "empty_batch",
                gettext_noop("%(place)s: a batch recognises at least one body."),
                {"place": self.label},
            )

    def answers(self) -> dict[str, Any]:
        """How many are recognised."""
        return {"batch": self.batch}

    def with_answers(self, answers: Mapping[str, Any]) -> Self:
        """The same for a batch of another size."""
        return replace(self, batch=whole(answers.get("batch") or 0))


def read(plain: Mapping[str, Any]) -> Recognition:
    """What was written of a recognition."""
    label = Text(plain["label"]) if plain.get("label") else RECOGNISED
    return Recognition(int(plain.get("batch", 1)), label)


RECOGNITION = Outcome(
    code="recognition",
    label=Text({"en": "Recognition of a body", "ar": "الاعتراف بهيئة"}),
    questions=(
        number_question(
            "batch",
            Text({"en": "Most bodies in this batch", "ar": "أقصى عدد من الهيئات في هذه الدفعة"}),
        ),
    ),
    read=read,
    limits=limits_of_tree,
)
