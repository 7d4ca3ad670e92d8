"""Grants under a budget: as many as the budget pays for, and not more than a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Self

from anso.kernel.terms import OutcomePart, PlaceNode
from anso.kernel.wording import Message, Text, gettext_noop
from anso.programmes.outcomes.model import (
    Outcome,
    currency_question,
    limits_of_tree,
    number_question,
    sum_or_none,
    whole,
)

KEY = "grants"
GRANTS = Text({"en": "Grants", "ar": "المنح"})


@dataclass(frozen=True)
class Grant(OutcomePart):
    """How many grants at most, and the budget that pays for them.

    ``most_each`` is the most that one of them costs; without a budget only the number counts.
    """

    code: str = field(default="grant", init=False)
    most: int = 0
    budget: Decimal | None = None
    most_each: Decimal | None = None
    currency: str = ""
    label: Text = GRANTS

    def tree(self) -> tuple[PlaceNode, ...]:
        """One node, with as many grants as the budget pays for if each costs the most it may."""
        return (PlaceNode(KEY, self.label, self._affordable()),)

    def check(self) -> Iterator[Message]:
        """A grant can be paid, and its sums have a currency."""
        if (self.budget is not None or self.most_each is not None) and not self.currency:
            yield Message(
                "no_currency",
                gettext_noop("%(place)s: a sum of money needs its currency."),
                {"place": self.label},
            )
        if self.most_each is not None and self.most_each <= 0:
            yield Message(
                "worthless",
                gettext_noop("%(place)s: a grant must be worth something."),
                {"place": self.label},
            )
        elif self.most and not self._affordable():
            yield Message(
                "small_budget",
                gettext_noop("%(place)s: the budget does not pay for one grant."),
                {"place": self.label},
            )

    def answers(self) -> dict[str, Any]:
        """How many grants, and the money."""
        return {
            "most": self.most,
            "budget": self.budget,
            "most_each": self.most_each,
            "currency": self.currency,
        }

    def with_answers(self, answers: Mapping[str, Any]) -> Self:
        """The same with other numbers and sums."""
        return replace(
            self,
            most=whole(answers.get("most") or 0),
            budget=sum_or_none(answers.get("budget")),
            most_each=sum_or_none(answers.get("most_each")),
            currency=str(answers.get("currency") or "").upper(),
        )

    def _affordable(self) -> int:
        if self.budget is None or not self.most_each or self.most_each < 0:
            return self.most
        return min(self.most, int(self.budget // self.most_each))


def read(plain: Mapping[str, Any]) -> Grant:
    """What was written of grants."""
    budget, most_each = (sum_or_none(plain.get(name)) for name in ("budget", "most_each"))
    label = Text(plain["label"]) if plain.get("label") else GRANTS
    return Grant(int(plain.get("most", 0)), budget, most_each, plain.get("currency", ""), label)


GRANT = Outcome(
    code="grant",
    label=Text({"en": "Grants under a budget", "ar": "منح في حدود ميزانية"}),
    questions=(
        number_question("most", Text({"en": "Most grants", "ar": "أقصى عدد من المنح"}), least=0),
        number_question(
            "budget",
            Text({"en": "Budget for all grants", "ar": "ميزانية جميع المنح"}),
            Text(
                {
                    "en": "As many grants are given as it pays for at the most that one may cost.",
                    "ar": "يُعطى من المنح ما تكفي له إذا بلغت كلفة كل منها أقصاها.",
                }
            ),
            least=0,
            required=False,
        ),
        number_question(
            "most_each",
            Text({"en": "Most for one grant", "ar": "أقصى مبلغ للمنحة الواحدة"}),
            least=0,
            required=False,
        ),
        currency_question(),
    ),
    read=read,
    limits=limits_of_tree,
)
