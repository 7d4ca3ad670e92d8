"""Pairing of people with needs that were stated first, such as a retired expert with a university:
each need takes a number of people, and the cost of a stay is shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Self

from anso.kernel.canonical import plain_decimal
from anso.kernel.faults import DesignPart
from anso.kernel.rows import Column, ColumnKind, RowTable
from anso.kernel.terms import OutcomePart, PlaceNode
from anso.kernel.terms.tables import HOST, LABEL, LEVEL
from anso.kernel.wording import CountedText, Message, Text, both, gettext_noop
from anso.programmes.outcomes.model import (
    Outcome,
    currency_question,
    limits_of_tree,
    number_question,
    sum_or_none,
)
from anso.programmes.outcomes.words import OutcomeWords

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


WORDS = OutcomeWords(
    award_steps=both("The stay, step by step", "الإقامة خطوة خطوة"),
    noun=CountedText(
        {
            "en": {"one": "%(n)s match", "other": "%(n)s matches"},
            "ar": {
                "zero": "%(n)s مواءمة",
                "one": "مواءمة واحدة",
                "two": "مواءمتان",
                "few": "%(n)s مواءمات",
                "many": "%(n)s مواءمة",
                "other": "%(n)s مواءمة",
            },
        }
    ),
    tree=both("Needs", "الاحتياجات"),
    one=both("Need", "الاحتياج"),
    asked=both("Need chosen", "الاحتياج المختار"),
    filled=both("Needs met", "الاحتياجات الملباة"),
    selected=both("matched", "تمت المواءمة"),
    waiting=both("next in line", "التالي في الدور"),
    unplaced=both("not matched", "لم تتم المواءمة"),
    received=both("It was matched with “%(place)s”.", "تمت مواءمته مع “%(place)s”."),
    followed=both(
        "It was next in line. Another match with “%(place)s” ended, and it was matched.",
        "كان التالي في الدور. انتهت مواءمة أخرى مع “%(place)s” فتمت مواءمته.",
    ),
    in_line=both(
        "Number %(position)s in line for “%(place)s”.", "الرقم %(position)s في الدور لـ“%(place)s”."
    ),
    nothing=both("It was matched with no need.", "لم تتم مواءمته مع أي احتياج."),
    not_awarded=both(
        "“%(place)s”: nothing is matched this time.",
        "“%(place)s”: لا تجري أي مواءمة هذه المرة.",
    ),
    offer_subject=both("%(call)s: you are matched", "%(call)s: تمت مواءمتك"),
    offer_told=both(
        "good news. On %(your_entry)s %(number)s to %(call)s you are matched with: %(place)s.",
        "أخبار سارة. بناءً على %(your_entry)s %(number)s إلى %(call)s تمت مواءمتك مع: %(place)s.",
    ),
    offer_heading=both("You are matched with: %(place)s", "تمت مواءمتك مع: %(place)s"),
    selected_heading=both("You are matched", "تمت مواءمتك"),
    unless_answered=both(
        "If you do not answer by then, the next in line, if there is one, is matched instead.",
        "إن لم تُجب حتى ذلك الحين، تمت مواءمة التالي في الدور، إن وُجد، بدلًا منك.",
    ),
    passes_on_afterwards=both(
        "Afterwards the next in line, if there is one, is matched instead.",
        "بعد ذلك تتم مواءمة التالي في الدور، إن وُجد، بدلًا منك.",
    ),
    reminder_told=both(
        (
            "you have not yet answered whether you accept the match with %(place)s on"
            " %(your_entry)s %(number)s. It stands until %(respond_by)s."
        ),
        (
            "لم تُجب بعد إن كنت تقبل المواءمة مع %(place)s بناءً على %(your_entry)s"
            " %(number)s. تبقى قائمة حتى %(respond_by)s."
        ),
    ),
    accepted_subject=both("%(call)s: you accepted the match", "%(call)s: قبلت المواءمة"),
    accepted_told=both(
        (
            "thank you. You accepted the match with %(place)s on %(your_entry)s %(number)s"
            " to %(call)s."
        ),
        "شكرًا لك. قبلت المواءمة مع %(place)s بناءً على %(your_entry)s %(number)s إلى %(call)s.",
    ),
    accepted_heading=both("You accepted the match with: %(place)s", "قبلت المواءمة مع: %(place)s"),
    accepted_stays=both(
        "Once accepted, the match stands. You can still step back later.",
        "بعد القبول تصبح المواءمة قائمة. يمكنك التراجع لاحقًا.",
    ),
    what_follows=both(
        "We will write to you about the agreement and the dates.",
        "سنكتب إليك بشأن الاتفاقية والمواعيد.",
    ),
    what_follows_at_host=both(
        "The host will write to you about the agreement, the dates and the costs of the stay.",
        "ستكتب إليك الجهة المضيفة بشأن الاتفاقية والمواعيد وكلفة الإقامة.",
    ),
    give_back=both("Step back from the match", "تراجع عن المواءمة"),
    give_back_question=both("Step back from the match?", "هل تتراجع عن المواءمة؟"),
    gave_back=both("You stepped back from the match.", "تراجعت عن المواءمة."),
    gave_up_heading=both("You stepped back from the match", "تراجعت عن المواءمة"),
    passes_on=both(
        "The next in line, if there is one, is matched instead.",
        "تتم مواءمة التالي في الدور، إن وُجد، بدلًا منك.",
    ),
    passes_on_for_good=both(
        "The next in line, if there is one, is matched at once. You cannot take it back.",
        "تتم مواءمة التالي في الدور، إن وُجد، فورًا. لا يمكن الرجوع عن ذلك.",
    ),
    passes_on_thanks=both(
        ("Thank you for telling us early: the next in line, if there is one, is matched instead."),
        "شكرًا لإبلاغنا مبكرًا: تتم مواءمة التالي في الدور، إن وُجد، بدلًا منك.",
    ),
    chosen_subject=both("%(Entry)s %(number)s: matched", "%(Entry)s %(number)s: تمت مواءمته"),
    chosen_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. %(subject)s is matched with:"
        " %(place)s.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. تمت مواءمة %(subject)s مع: %(place)s.",
    ),
    chosen_heading=both(
        "Matched on %(your_entry)s: %(place)s", "تمت المواءمة بناءً على %(your_entry)s: %(place)s"
    ),
    waiting_subject=both("%(Entry)s %(number)s: in line", "%(Entry)s %(number)s: في الدور"),
    waiting_told=both(
        "%(your_entry)s %(number)s to %(call)s is in line for a match.",
        "%(your_entry)s %(number)s إلى %(call)s في الدور للمواءمة.",
    ),
    waiting_heading=both("In line for a match", "في الدور للمواءمة"),
    waiting_hope=both(
        (
            "If a need becomes open and the line reaches you, we write to you at once. You"
            " do not need to do anything."
        ),
        "إن أصبح احتياج مفتوحًا وبلغك الدور، كتبنا إليك فورًا. لا يلزمك فعل شيء.",
    ),
    unplaced_subject=both(
        "%(Entry)s %(number)s: not matched", "%(Entry)s %(number)s: لم تتم المواءمة"
    ),
    unplaced_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. It could not be matched this time.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. لم تتم مواءمته هذه المرة.",
    ),
    unplaced_heading=both("%(Your_entry)s could not be matched", "لم تتم مواءمة %(your_entry)s"),
)


ROWS = RowTable(
    "places",
    DesignPart.PLACES,
    gettext_noop("Needs"),
    gettext_noop("Need"),
    ("outcome", "needs"),
    (
        LABEL,
        replace(HOST, is_required=True),
        Column(
            "people",
            gettext_noop("Number of people"),
            ColumnKind.WHOLE,
            is_required=True,
            is_listed=True,
            shared="counts",
        ),
        LEVEL,
    ),
)


PAIRING = Outcome(
    code="pairing",
    label=Text({"en": "Pairs of people and needs", "ar": "الجمع بين أشخاص واحتياجات"}),
    words=WORDS,
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
    rows=ROWS,
)
