"""Places for people, such as study places or seats in a course: a tree by level, host and fund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from anso.kernel.faults import DesignPart
from anso.kernel.rows import Column, ColumnKind, RowTable
from anso.kernel.terms import OutcomePart, PlaceNode, PlaceReserve, read_node, read_reserve
from anso.kernel.terms.tables import HOST, LABEL, LEVEL
from anso.kernel.wording import CountedText, Message, Text, both, gettext_noop
from anso.programmes.outcomes.model import Outcome, limits_of_tree, number_question, whole_or_none
from anso.programmes.outcomes.words import OutcomeWords


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


WORDS = OutcomeWords(
    award_title=both("Letter of confirmation of your place", "خطاب تأكيد المقعد"),
    award_steps=both("Visa and arrival", "التأشيرة والوصول"),
    noun=CountedText(
        {
            "en": {"one": "%(n)s place", "other": "%(n)s places"},
            "ar": {
                "zero": "%(n)s مقعد",
                "one": "مقعد واحد",
                "two": "مقعدان",
                "few": "%(n)s مقاعد",
                "many": "%(n)s مقعدًا",
                "other": "%(n)s مقعد",
            },
        }
    ),
    tree=both("Places", "المقاعد"),
    one=both("Place", "المقعد"),
    asked=both("Place asked", "المقعد المطلوب"),
    filled=both("Places filled", "المقاعد المشغولة"),
    selected=both("place", "مقعد"),
    waiting=both("waiting list", "قائمة الانتظار"),
    unplaced=both("not selected", "غير مختار"),
    received=both("It received a place in “%(place)s”.", "نال مقعدًا في “%(place)s”."),
    followed=both(
        "It was on the waiting list. A place in “%(place)s” became free and it was next.",
        "كان في قائمة الانتظار. شغر مقعد في “%(place)s” وكان هو التالي.",
    ),
    in_line=both(
        "Number %(position)s on the waiting list of “%(place)s”.",
        "الرقم %(position)s في قائمة انتظار “%(place)s”.",
    ),
    nothing=both("It received no place.", "لم ينل مقعدًا."),
    not_awarded=both(
        "“%(place)s”: no place is given this time.",
        "“%(place)s”: لا يُمنح أي مقعد هذه المرة.",
    ),
    offer_subject=both("%(call)s: we offer you a place", "%(call)s: نعرض عليك مقعدًا"),
    offer_told=both(
        "congratulations. On %(your_entry)s %(number)s to %(call)s we offer you: %(place)s.",
        "تهانينا. بناءً على %(your_entry)s %(number)s إلى %(call)s نعرض عليك: %(place)s.",
    ),
    offer_heading=both("We offer you: %(place)s", "نعرض عليك: %(place)s"),
    selected_heading=both("You were selected", "وقع عليك الاختيار"),
    unless_answered=both(
        (
            "If you do not answer by then, the place goes to the next person on the list,"
            " if there is one."
        ),
        "إن لم تُجب حتى ذلك الحين، انتقل المقعد إلى الشخص التالي في القائمة إن وُجد.",
    ),
    passes_on_afterwards=both(
        "Afterwards the place goes to the next person on the list, if there is one.",
        "بعد ذلك ينتقل المقعد إلى الشخص التالي في القائمة إن وُجد.",
    ),
    reminder_told=both(
        (
            "you have not yet answered our offer of %(place)s on %(your_entry)s"
            " %(number)s. It stands until %(respond_by)s."
        ),
        (
            "لم تُجب بعد عن عرضنا %(place)s بناءً على %(your_entry)s %(number)s. يبقى"
            " العرض قائمًا حتى %(respond_by)s."
        ),
    ),
    accepted_subject=both("%(call)s: you accepted your place", "%(call)s: قبلت مقعدك"),
    accepted_told=both(
        "thank you. You accepted %(place)s on %(your_entry)s %(number)s to %(call)s.",
        "شكرًا لك. قبلت %(place)s بناءً على %(your_entry)s %(number)s إلى %(call)s.",
    ),
    accepted_heading=both("You accepted: %(place)s", "قبلت: %(place)s"),
    accepted_stays=both(
        "Once accepted, the place is yours. You can still give it back later.",
        "بعد القبول يصبح المقعد لك. يمكنك التنازل عنه لاحقًا.",
    ),
    what_follows=both(
        "We will write to you about what comes next.", "سنكتب إليك بشأن الخطوات التالية."
    ),
    what_follows_at_host=both(
        "The host will write to you about admission, visa and travel.",
        "ستكتب إليك الجهة المضيفة بشأن القبول والتأشيرة والسفر.",
    ),
    give_back=both("Give the place back", "تنازل عن المقعد"),
    give_back_question=both("Give the place back?", "هل تتنازل عن المقعد؟"),
    gave_back=both("You gave the place back.", "تنازلت عن المقعد."),
    gave_up_heading=both("You gave up the place", "تنازلت عن المقعد"),
    passes_on=both(
        "The place goes to the next person on the list, if there is one.",
        "يذهب المقعد إلى الشخص التالي في القائمة إن وُجد.",
    ),
    passes_on_for_good=both(
        (
            "The place goes at once to the next person on the list, if there is one. You"
            " cannot take it back."
        ),
        "ينتقل المقعد فورًا إلى الشخص التالي في القائمة إن وُجد. لا يمكنك استعادته.",
    ),
    passes_on_thanks=both(
        (
            "Thank you for telling us early: the place goes to the next person on the"
            " list, if there is one."
        ),
        "شكرًا لإبلاغنا مبكرًا: ينتقل المقعد إلى الشخص التالي في القائمة إن وُجد.",
    ),
    chosen_subject=both(
        "%(Entry)s %(number)s: selected", "%(Entry)s %(number)s: وقع عليه الاختيار"
    ),
    chosen_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. It was selected: %(place)s for"
        " %(subject)s.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. وقع عليه الاختيار: %(place)s لصالح"
        " %(subject)s.",
    ),
    chosen_heading=both(
        "%(Your_entry)s was selected: %(place)s", "وقع الاختيار على %(your_entry)s: %(place)s"
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
            "If a place becomes free and the list reaches you, we write to you at once."
            " You do not need to do anything."
        ),
        "إن شغر مقعد وبلغك الدور في القائمة، كتبنا إليك فورًا. لا يلزمك فعل شيء.",
    ),
    unplaced_subject=both(
        "%(Entry)s %(number)s: not selected", "%(Entry)s %(number)s: لم يقع عليه الاختيار"
    ),
    unplaced_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. It was not selected this time.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. لم يقع عليه الاختيار هذه المرة.",
    ),
    unplaced_heading=both("%(Your_entry)s was not selected", "لم يقع الاختيار على %(your_entry)s"),
)


ROWS = RowTable(
    "places",
    DesignPart.PLACES,
    gettext_noop("Groups of places"),
    gettext_noop("Group of places"),
    ("outcome", "nodes"),
    (
        LABEL,
        Column(
            "capacity",
            gettext_noop("Number of places"),
            ColumnKind.WHOLE,
            is_required=True,
            is_listed=True,
            shared="counts",
        ),
        Column("parent", gettext_noop("Part of"), ColumnKind.ONE, choices="places"),
        LEVEL,
        HOST,
        Column("fund", gettext_noop("Fund"), hint=gettext_noop("Who pays, by a short name.")),
        Column(
            "only",
            gettext_noop("Only for people of these groups"),
            ColumnKind.SEVERAL,
            choices="groups",
        ),
        Column(
            "favour",
            gettext_noop("Favours people of these groups"),
            ColumnKind.SEVERAL,
            choices="groups",
            hint=gettext_noop(
                "They are kept for whoever is in any of them, while such people want them."
            ),
        ),
    ),
    hint=gettext_noop(
        "People are placed in groups that no other is part of; the number of a group above limits"
        " those below it together."
    ),
)


PLACES = Outcome(
    code="places",
    label=Text({"en": "Places for people", "ar": "مقاعد للأشخاص"}),
    words=WORDS,
    questions=(
        number_question(
            "country_ceiling",
            Text({"en": "Most places for one country", "ar": "أقصى عدد من المقاعد لبلد واحد"}),
            required=False,
        ),
    ),
    read=read,
    limits=limits_of_tree,
    rows=ROWS,
)
