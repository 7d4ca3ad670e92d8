"""Pairing of people with needs that were stated first, such as a retired expert with a university:
each need takes a number of people, and the cost of a stay is shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Self

from anso.kernel.canonical import plain_decimal
from anso.kernel.terms import OutcomePart, PlaceNode
from anso.kernel.wording import Message, Text, gettext_noop
from anso.programmes.outcomes.model import (
    Outcome,
    currency_question,
    limits_of_tree,
    number_question,
    sum_or_none,
)

ALL = "all"
ALL_NEEDS = Text({"en": "All needs", "ar": "جميع الاحتياجات"})


@dataclass(frozen=True)
class Need:
    """What one host needs: at which host, of which level, and how many people."""

    key: str
    label: Text
    host: str
    people: int = 1
    level: str = ""


@dataclass(frozen=True)
class Pairing(OutcomePart):
    """The needs of a round, the most that one pair may cost, and the share of it (of one) that the
    host pays.
    """

    code: str = field(default="pairing", init=False)
    needs: tuple[Need, ...] = ()
    most_cost: Decimal | None = None
    currency: str = ""
    host_share: Decimal = Decimal(0)

    def tree(self) -> tuple[PlaceNode, ...]:
        """All needs, and each of them below, in the order of their hosts' statements."""
        if not self.needs:
            return ()
        people = sum(need.people for need in self.needs)
        return (
            PlaceNode(ALL, ALL_NEEDS, people),
            *(
                PlaceNode(need.key, need.label, need.people, ALL, need.level, need.host)
                for need in self.needs
            ),
        )

    def check(self) -> Iterator[Message]:
        """Costs have a currency, shares add up to no more than the whole."""
        if self.most_cost is not None and not self.currency:
            yield Message("no_currency", gettext_noop("A sum of money needs its currency."))
        if not 0 <= self.host_share <= 1:
            yield Message(
                "host_share",
                gettext_noop("The host's share lies between nothing and the whole."),
            )

    def counted(self) -> tuple[str, ...]:
        """The people whom each need takes; their sum follows."""
        return tuple(need.key for need in self.needs)

    def with_counts(self, counts: Mapping[str, int]) -> Self:
        """The same needs for other numbers of people."""
        needs = (replace(need, people=counts.get(need.key, need.people)) for need in self.needs)
        return replace(self, needs=tuple(needs))

    def answers(self) -> dict[str, Any]:
        """What a pair may cost, and who pays which part."""
        share = plain_decimal(self.host_share * 100)
        return {"most_cost": self.most_cost, "currency": self.currency, "host_share": share}

    def with_answers(self, answers: Mapping[str, Any]) -> Self:
        """The same with other costs."""
        return replace(
            self,
            most_cost=sum_or_none(answers.get("most_cost")),
            currency=str(answers.get("currency") or "").upper(),
            host_share=(sum_or_none(answers.get("host_share")) or Decimal(0)) / 100,
        )


def read(plain: Mapping[str, Any]) -> Pairing:
    """What was written of pairs."""
    needs = tuple(
        Need(
            each["key"],
            Text(each["label"]),
            each["host"],
            int(each["people"]),
            each.get("level", ""),
        )
        for each in plain.get("needs", ())
    )
    return Pairing(
        needs,
        sum_or_none(plain.get("most_cost")),
        plain.get("currency", ""),
        Decimal(plain.get("host_share", "0")),
    )


PAIRING = Outcome(
    code="pairing",
    label=Text({"en": "Pairs of people and needs", "ar": "الجمع بين أشخاص واحتياجات"}),
    questions=(
        number_question(
            "most_cost",
            Text({"en": "Most that one stay may cost", "ar": "أقصى كلفة للإقامة الواحدة"}),
            least=0,
            required=False,
        ),
        currency_question(),
        number_question(
            "host_share",
            Text(
                {
                    "en": "Share of it that the host pays, in percent",
                    "ar": "حصة المضيف منها، بالمئة",
                }
            ),
            least=0,
            required=False,
        ),
    ),
    read=read,
    limits=limits_of_tree,
)
