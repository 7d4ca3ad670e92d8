"""A prize: awards of different names, each for a number of laureates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from anso.kernel.faults import DesignPart
from anso.kernel.rows import Column, ColumnKind, RowTable
from anso.kernel.terms import OutcomePart, PlaceNode
from anso.kernel.terms.tables import LABEL, LEVEL
from anso.kernel.wording import CountedText, Message, Text, both, gettext_noop
from anso.programmes.outcomes.model import Outcome, limits_of_tree
from anso.programmes.outcomes.words import OutcomeWords

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


WORDS = OutcomeWords(
    award_title=both("Letter of award", "خطاب الجائزة"),
    award_starts=both("The ceremony is on", "يقام الحفل في"),
    wall=both("All laureates", "جميع الفائزين"),
    noun=CountedText(
        {
            "en": {"one": "%(n)s award", "other": "%(n)s awards"},
            "ar": {
                "zero": "%(n)s جائزة",
                "one": "جائزة واحدة",
                "two": "جائزتان",
                "few": "%(n)s جوائز",
                "many": "%(n)s جائزة",
                "other": "%(n)s جائزة",
            },
        }
    ),
    tree=both("Awards", "الجوائز"),
    one=both("Award", "الجائزة"),
    asked=both("Award sought", "الجائزة المطلوبة"),
    filled=both("Awards conferred", "الجوائز المقررة"),
    selected=both("award", "جائزة"),
    waiting=both("next in line", "التالي في الدور"),
    unplaced=both("not chosen", "لم يُختر"),
    received=both("It was chosen for “%(place)s”.", "اختير لنيل “%(place)s”."),
    followed=both(
        "It was next in line. “%(place)s” was not taken up, and is now conferred on it.",
        "كان التالي في الدور. ولم يتسلم أحد “%(place)s” فكانت من نصيبه.",
    ),
    in_line=both(
        "Number %(position)s in line for “%(place)s”.",
        "الرقم %(position)s في الدور لنيل “%(place)s”.",
    ),
    nothing=both("It was chosen for no award.", "لم يُختر لأي جائزة."),
    not_awarded=both(
        "“%(place)s” is not awarded this year.",
        "لا تُمنح “%(place)s” هذا العام.",
    ),
    offer_subject=both("%(call)s: an award is conferred", "%(call)s: تقررت جائزة"),
    offer_told=both(
        "congratulations. On %(entry)s %(number)s to %(call)s we confer on %(subject)s: %(place)s.",
        "تهانينا. بناءً على %(entry)s %(number)s إلى %(call)s تقررت لصالح %(subject)s: %(place)s.",
    ),
    offer_heading=both("We confer: %(place)s", "تقررت: %(place)s"),
    selected_heading=both("An award is conferred", "تقررت جائزة"),
    unless_answered=both(
        "If there is no answer by then, the award goes to the next in line, if there is one.",
        "إن لم تصل إجابة حتى ذلك الحين، انتقلت الجائزة إلى التالي في الدور إن وُجد.",
    ),
    passes_on_afterwards=both(
        "Afterwards the award goes to the next in line, if there is one.",
        "بعد ذلك تنتقل الجائزة إلى التالي في الدور إن وُجد.",
    ),
    reminder_told=both(
        (
            "there is no answer yet to the award conferred on %(entry)s %(number)s:"
            " %(place)s. It stands until %(respond_by)s."
        ),
        (
            "لم تصل إجابة بعد عن الجائزة التي تقررت بناءً على %(entry)s %(number)s:"
            " %(place)s. تبقى قائمة حتى %(respond_by)s."
        ),
    ),
    accepted_subject=both("%(call)s: the award is accepted", "%(call)s: قُبلت الجائزة"),
    accepted_told=both(
        "thank you. You accepted %(place)s on %(entry)s %(number)s to %(call)s.",
        "شكرًا لك. قبلت %(place)s بناءً على %(entry)s %(number)s إلى %(call)s.",
    ),
    accepted_heading=both("Accepted: %(place)s", "قُبلت: %(place)s"),
    accepted_stays=both(
        "Once accepted, the award stands. It can still be given back later.",
        "بعد قبولها تثبت الجائزة. يمكن التنازل عنها لاحقًا.",
    ),
    what_follows=both(
        "We will write to you about the ceremony and the citation.",
        "سنكتب إليك بشأن الحفل ونص التقدير.",
    ),
    what_follows_at_host=both(
        "We will write to you about the ceremony and the citation.",
        "سنكتب إليك بشأن الحفل ونص التقدير.",
    ),
    give_back=both("Give the award back", "تنازل عن الجائزة"),
    give_back_question=both("Give the award back?", "هل تتنازل عن الجائزة؟"),
    gave_back=both("You gave the award back.", "تنازلت عن الجائزة."),
    gave_up_heading=both("The award was declined", "جرى الاعتذار عن الجائزة"),
    passes_on=both(
        "The award goes to the next in line, if there is one.",
        "تذهب الجائزة إلى التالي في الدور إن وُجد.",
    ),
    passes_on_for_good=both(
        "The award goes at once to the next in line, if there is one. You cannot take it back.",
        "تنتقل الجائزة فورًا إلى التالي في الدور إن وُجد. لا يمكنك استعادتها.",
    ),
    passes_on_thanks=both(
        "Thank you for telling us early: the award goes to the next in line, if there is one.",
        "شكرًا لإبلاغنا مبكرًا: تنتقل الجائزة إلى التالي في الدور إن وُجد.",
    ),
    chosen_subject=both(
        "%(Entry)s %(number)s: chosen for an award", "%(Entry)s %(number)s: اختير لجائزة"
    ),
    chosen_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. It was chosen: %(place)s goes to"
        " %(subject)s.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. لقد اختير: %(place)s من نصيب"
        " %(subject)s.",
    ),
    chosen_heading=both("%(Your_entry)s was chosen: %(place)s", "اختير %(your_entry)s: %(place)s"),
    waiting_subject=both("%(Entry)s %(number)s: in line", "%(Entry)s %(number)s: في الدور"),
    waiting_told=both(
        "%(your_entry)s %(number)s to %(call)s is in line for an award.",
        "%(your_entry)s %(number)s إلى %(call)s في الدور لنيل جائزة.",
    ),
    waiting_heading=both("In line for an award", "في الدور لنيل جائزة"),
    waiting_hope=both(
        (
            "If an award is not taken up and it is next, we write to you at once. You do"
            " not need to do anything."
        ),
        "إن لم يتسلم أحد جائزة وبلغه الدور، كتبنا إليك فورًا. لا يلزمك فعل شيء.",
    ),
    unplaced_subject=both("%(Entry)s %(number)s: not chosen", "%(Entry)s %(number)s: لم يُختر"),
    unplaced_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. It was not chosen this time.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. لم يُختر هذه المرة.",
    ),
    unplaced_heading=both("%(Your_entry)s was not chosen", "لم يُختر %(your_entry)s"),
)


ROWS = RowTable(
    "places",
    DesignPart.PLACES,
    gettext_noop("Awards"),
    gettext_noop("Award"),
    ("outcome", "awards"),
    (
        LABEL,
        Column(
            "laureates",
            gettext_noop("Number of laureates"),
            ColumnKind.WHOLE,
            is_required=True,
            is_listed=True,
            shared="counts",
        ),
        LEVEL,
    ),
)


PRIZE = Outcome(
    code="prize",
    label=Text({"en": "A prize", "ar": "جائزة"}),
    words=WORDS,
    questions=(),
    read=read,
    limits=limits_of_tree,
    rows=ROWS,
)
