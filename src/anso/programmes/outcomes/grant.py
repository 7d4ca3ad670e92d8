"""Grants under a budget: in the order of ranks each what it asks for, while the budget pays for it,
and not more than a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Self

from anso.kernel.terms import OutcomePart, PlaceNode
from anso.kernel.wording import CountedText, Message, Text, both, gettext_noop
from anso.programmes.outcomes.model import (
    Outcome,
    currency_question,
    limits_of_tree,
    number_question,
    sum_or_none,
    whole,
)
from anso.programmes.outcomes.words import OutcomeWords

KEY = "grants"
GRANTS = Text({"en": "Grants", "ar": "المنح"})


@dataclass(frozen=True)
class Grant(OutcomePart):
    """How many grants at most, and the budget that pays for them.

    ``most_each`` is the most that one of them costs. Without a budget only the number counts; where
    nobody says how much they ask for, each costs the most.
    """

    code: str = field(default="grant", init=False)
    most: int = 0
    budget: Decimal | None = None
    most_each: Decimal | None = None
    currency: str = ""
    label: Text = GRANTS

    def tree(self) -> tuple[PlaceNode, ...]:
        """One node, with the most grants."""
        return (PlaceNode(KEY, self.label, self.most),)

    @property
    def purse(self) -> tuple[Decimal, str] | None:
        """The budget and its currency."""
        return None if self.budget is None else (self.budget, self.currency)

    def cost_of(self, asked: Decimal | None) -> Decimal | None:
        """What is asked for, and no more than the most; that most where nobody was asked."""
        known = [each for each in (asked, self.most_each) if each is not None]
        return min(known, default=None)

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
        elif self.most and self._is_small():
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

    def _is_small(self) -> bool:
        """Whether a grant that costs the most it may is more than the budget pays."""
        return self.budget is not None and self.budget < (self.most_each or 1)


def read(plain: Mapping[str, Any]) -> Grant:
    """What was written of grants."""
    budget, most_each = (sum_or_none(plain.get(name)) for name in ("budget", "most_each"))
    label = Text(plain["label"]) if plain.get("label") else GRANTS
    return Grant(int(plain.get("most", 0)), budget, most_each, plain.get("currency", ""), label)


WORDS = OutcomeWords(
    award_title=both("Grant letter", "خطاب التمويل"),
    award_starts=both("The project begins on", "يبدأ المشروع في"),
    noun=CountedText(
        {
            "en": {"one": "%(n)s grant", "other": "%(n)s grants"},
            "ar": {
                "zero": "%(n)s منحة",
                "one": "منحة واحدة",
                "two": "منحتان",
                "few": "%(n)s منح",
                "many": "%(n)s منحة",
                "other": "%(n)s منحة",
            },
        }
    ),
    tree=both("Grants", "المنح"),
    one=both("Grant", "المنحة"),
    asked=both("Grant asked", "المنحة المطلوبة"),
    filled=both("Grants given", "المنح المخصصة"),
    selected=both("grant", "منحة"),
    waiting=both("waiting list", "قائمة الانتظار"),
    unplaced=both("not funded", "غير ممول"),
    received=both("It received a grant in “%(place)s”.", "نال منحة ضمن “%(place)s”."),
    followed=both(
        "It was on the waiting list. A grant in “%(place)s” was not taken up and it was next.",
        "كان في قائمة الانتظار. لم يُقبل أحد العروض بمنحة ضمن “%(place)s” وكان هو التالي.",
    ),
    in_line=both(
        "Number %(position)s on the waiting list of “%(place)s”.",
        "الرقم %(position)s في قائمة انتظار “%(place)s”.",
    ),
    nothing=both("It received no grant.", "لم ينل منحة."),
    not_awarded=both(
        "“%(place)s”: no grant is awarded this time.",
        "“%(place)s”: لا تُمنح أي منحة هذه المرة.",
    ),
    offer_subject=both("%(call)s: we offer you a grant", "%(call)s: نعرض عليك منحة"),
    offer_told=both(
        (
            "congratulations. On %(your_entry)s %(number)s to %(call)s we offer you a"
            " grant (%(place)s)."
        ),
        "تهانينا. بناءً على %(your_entry)s %(number)s إلى %(call)s نعرض عليك منحة (%(place)s).",
    ),
    offer_heading=both("We offer you a grant: %(place)s", "نعرض عليك منحة: %(place)s"),
    selected_heading=both("You will be funded", "تقرر تمويلك"),
    unless_answered=both(
        ("If you do not answer by then, the grant goes to the next on the list, if there is one."),
        "إن لم تُجب حتى ذلك الحين، انتقلت المنحة إلى التالي في القائمة إن وُجد.",
    ),
    passes_on_afterwards=both(
        "Afterwards the grant goes to the next on the list, if there is one.",
        "بعد ذلك تنتقل المنحة إلى التالي في القائمة إن وُجد.",
    ),
    reminder_told=both(
        (
            "you have not yet answered our offer of a grant (%(place)s) on %(your_entry)s"
            " %(number)s. It stands until %(respond_by)s."
        ),
        (
            "لم تُجب بعد عن عرضنا منحة (%(place)s) بناءً على %(your_entry)s %(number)s."
            " يبقى العرض قائمًا حتى %(respond_by)s."
        ),
    ),
    accepted_subject=both("%(call)s: you accepted the grant", "%(call)s: قبلت المنحة"),
    accepted_told=both(
        "thank you. You accepted the grant (%(place)s) on %(your_entry)s %(number)s to %(call)s.",
        "شكرًا لك. قبلت المنحة (%(place)s) بناءً على %(your_entry)s %(number)s إلى %(call)s.",
    ),
    accepted_heading=both("You accepted the grant: %(place)s", "قبلت المنحة: %(place)s"),
    accepted_stays=both(
        "Once accepted, the grant is yours. You can still give it back later.",
        "بعد القبول تصبح المنحة لك. يمكنك التنازل عنها لاحقًا.",
    ),
    what_follows=both(
        "We will write to you about the agreement and the first instalment.",
        "سنكتب إليك بشأن الاتفاقية والدفعة الأولى.",
    ),
    what_follows_at_host=both(
        "We will write to you about the agreement and the first instalment.",
        "سنكتب إليك بشأن الاتفاقية والدفعة الأولى.",
    ),
    give_back=both("Give the grant back", "تنازل عن المنحة"),
    give_back_question=both("Give the grant back?", "هل تتنازل عن المنحة؟"),
    gave_back=both("You gave the grant back.", "تنازلت عن المنحة."),
    gave_up_heading=both("You gave up the grant", "تنازلت عن المنحة"),
    passes_on=both(
        "The grant goes to the next on the list, if there is one.",
        "تذهب المنحة إلى التالي في القائمة إن وُجد.",
    ),
    passes_on_for_good=both(
        (
            "The grant goes at once to the next on the list, if there is one. You cannot"
            " take it back."
        ),
        "تنتقل المنحة فورًا إلى التالي في القائمة إن وُجد. لا يمكنك استعادتها.",
    ),
    passes_on_thanks=both(
        (
            "Thank you for telling us early: the grant goes to the next on the list, if"
            " there is one."
        ),
        "شكرًا لإبلاغنا مبكرًا: تنتقل المنحة إلى التالي في القائمة إن وُجد.",
    ),
    chosen_subject=both("%(Entry)s %(number)s: funded", "%(Entry)s %(number)s: تقرر تمويله"),
    chosen_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. It will be funded (%(place)s), with"
        " a grant for %(subject)s.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. تقرر تمويله (%(place)s) بمنحة لصالح"
        " %(subject)s.",
    ),
    chosen_heading=both(
        "%(Your_entry)s will be funded: %(place)s", "تقرر تمويل %(your_entry)s: %(place)s"
    ),
    waiting_subject=both(
        "%(Entry)s %(number)s: on the waiting list", "%(Entry)s %(number)s: في قائمة الانتظار"
    ),
    waiting_told=both(
        "%(your_entry)s %(number)s to %(call)s is on the waiting list.",
        "%(your_entry)s %(number)s إلى %(call)s في قائمة الانتظار.",
    ),
    waiting_heading=both(
        "You are on the waiting list",
        "أنت في قائمة الانتظار",
    ),
    waiting_hope=both(
        (
            "If a grant is not taken up and the list reaches you, we write to you at once."
            " You do not need to do anything."
        ),
        "إن لم تُقبل منحة وبلغك الدور في القائمة، كتبنا إليك فورًا. لا يلزمك فعل شيء.",
    ),
    unplaced_subject=both("%(Entry)s %(number)s: not funded", "%(Entry)s %(number)s: غير ممول"),
    unplaced_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. It cannot be funded this time.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. لا يمكن تمويله هذه المرة.",
    ),
    unplaced_heading=both("%(Your_entry)s cannot be funded", "لا يمكن تمويل %(your_entry)s"),
)


GRANT = Outcome(
    code="grant",
    label=Text({"en": "Grants under a budget", "ar": "منح في حدود ميزانية"}),
    words=WORDS,
    questions=(
        number_question("most", Text({"en": "Most grants", "ar": "أقصى عدد من المنح"}), least=0),
        number_question(
            "budget",
            Text({"en": "Budget for all grants", "ar": "ميزانية جميع المنح"}),
            Text(
                {
                    "en": (
                        "In the order of their ranks each is paid what it asks for. What asks for"
                        " more than is left is passed over for the next that can be paid."
                    ),
                    "ar": (
                        "يُدفع لكل منها ما يطلبه بترتيب مراتبها. وما يطلب أكثر مما بقي يُتجاوز إلى"
                        " التالي الذي يمكن دفع ما يطلبه."
                    ),
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
