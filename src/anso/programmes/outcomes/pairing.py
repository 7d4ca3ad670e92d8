"""Pairing of what is asked for with whoever offers it: needs with experts, hosts with scholars,
mentors with mentees. Each side is a call of its own; who is selected in it is open for matching.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from anso.kernel.questions import Limit, Question
from anso.kernel.wording import CountedText, Message, Text, both, gettext_noop
from anso.programmes.outcomes.batches import Batch, reading
from anso.programmes.outcomes.model import (
    Outcome,
    limits_of_tree,
    number_question,
    whole,
    whole_or_none,
)
from anso.programmes.outcomes.words import OutcomeWords

OPEN = both("Open for matching", "مفتوح للمواءمة")
# By what a shortlist is ordered, and how many points each counts where nothing else is said.
POINTS: Mapping[str, int] = {"fields": 40, "languages": 20, "hours": 10, "days": 20, "waiting": 10}


@dataclass(frozen=True)
class Pairing(Batch):
    """One side of a matching. The side that asks names in ``seeks`` the kind of programme whose
    selected it may ask, and in ``points`` what counts how much on its shortlists; the side that is
    asked has ``answer_days`` to answer. At most ``most_open`` requests of one that was selected are
    unanswered at a time; both sides write to the ``safeguarding`` contact.
    """

    NODE: ClassVar[str] = "in-matching"

    code: str = field(default="pairing", init=False)
    label: Text = OPEN
    seeks: str = ""
    most_open: int = 3
    answer_days: int | None = None
    points: Mapping[str, int] = field(default_factory=dict)
    safeguarding: str = ""

    def check(self) -> Iterator[Message]:
        """Somebody is named to whom anybody may write; requests may be made and have a day; what is
        ordered is ordered by something.
        """
        yield from super().check()
        if not self.safeguarding.strip():
            text = gettext_noop("Name whom people write to who do not feel safe in a match.")
            yield Message("no_safeguarding", text)
        if self.most_open < 1:
            yield Message("none_open", gettext_noop("At least one request is open at a time."))
        if not self.seeks and (self.answer_days or 0) < 1:
            text = gettext_noop("Whoever is asked has at least one day to answer.")
            yield Message("no_answer_days", text)
        if self.seeks and (
            not any(self.points.values()) or any(each < 0 for each in self.points.values())
        ):
            text = gettext_noop("A shortlist is ordered by something: give points, none below 0.")
            yield Message("no_points", text)

    def answers(self) -> dict[str, Any]:
        """What officers may change on either side."""
        return (
            super().answers()
            | {"most_open": self.most_open, "answer_days": self.answer_days}
            | {f"points_{key}": self.points.get(key) for key in POINTS}
            | {"safeguarding": self.safeguarding}
        )

    def with_answers(self, answers: Mapping[str, Any]) -> Self:
        """The same as an officer answered; what this side does not say stays unsaid."""
        typed = {key: whole_or_none(answers.get(f"points_{key}")) for key in POINTS}
        points = {key: number for key, number in typed.items() if number is not None}
        return replace(
            super().with_answers(answers),
            most_open=whole(answers.get("most_open") or 0),
            answer_days=None if self.seeks else whole_or_none(answers.get("answer_days")),
            points=points if self.seeks else {},
            safeguarding=str(answers.get("safeguarding") or "").strip(),
        )


def read(plain: Mapping[str, Any]) -> Pairing:
    """What was written of one side."""
    return replace(
        reading(Pairing())(plain),
        seeks=str(plain.get("seeks", "")),
        most_open=int(plain.get("most_open", 3)),
        answer_days=plain.get("answer_days"),
        points={key: int(number) for key, number in plain.get("points", {}).items()},
        safeguarding=str(plain.get("safeguarding", "")),
    )


WORDS = OutcomeWords(
    noun=CountedText(
        {
            "en": {"one": "%(n)s opening for matching", "other": "%(n)s openings for matching"},
            "ar": {
                "zero": "%(n)s إتاحة للمواءمة",
                "one": "إتاحة واحدة للمواءمة",
                "two": "إتاحتان للمواءمة",
                "few": "%(n)s إتاحات للمواءمة",
                "many": "%(n)s إتاحةً للمواءمة",
                "other": "%(n)s إتاحة للمواءمة",
            },
        }
    ),
    award_title=both("Letter on matching", "خطاب المواءمة"),
    award_starts=both("Open for matching from", "مفتوح للمواءمة ابتداءً من"),
    tree=both("Open for matching", "مفتوح للمواءمة"),
    one=both("Matching", "المواءمة"),
    asked=both("Matching asked", "المواءمة المطلوبة"),
    filled=both("Open for matching", "مفتوح للمواءمة"),
    selected=both("open for matching", "مفتوح للمواءمة"),
    waiting=both("next in line", "التالي في الدور"),
    unplaced=both("not open for matching", "غير مفتوح للمواءمة"),
    received=both("It is open for matching: “%(place)s”.", "أصبح مفتوحًا للمواءمة: “%(place)s”."),
    followed=both(
        "It was next in line. Another one in “%(place)s” was given up, and it is open for matching"
        " now.",
        "كان التالي في الدور. تُخلي عن آخر ضمن “%(place)s” فأصبح مفتوحًا للمواءمة.",
    ),
    in_line=both(
        "Number %(position)s in line for “%(place)s”.",
        "الرقم %(position)s في الدور ضمن “%(place)s”.",
    ),
    nothing=both("It was not opened for matching.", "لم يُفتح للمواءمة."),
    not_awarded=both(
        "“%(place)s”: nothing is opened for matching this time.",
        "“%(place)s”: لا يُفتح شيء للمواءمة هذه المرة.",
    ),
    offer_subject=both("%(call)s: we look for a match", "%(call)s: نبحث عن مواءمة"),
    offer_told=both(
        "good news. On %(your_entry)s %(number)s to %(call)s we look for a match (%(place)s).",
        "أخبار سارة. بناءً على %(your_entry)s %(number)s إلى %(call)s نبحث عن مواءمة (%(place)s).",
    ),
    offer_heading=both("We look for a match: %(place)s", "نبحث عن مواءمة: %(place)s"),
    selected_heading=both("We look for a match", "نبحث عن مواءمة"),
    unless_answered=both(
        "If you do not answer by then, the next in line, if there is one, is opened for matching"
        " instead.",
        "إن لم تُجب حتى ذلك الحين، فُتح التالي في الدور للمواءمة، إن وُجد، بدلًا منه.",
    ),
    passes_on_afterwards=both(
        "Afterwards the next in line, if there is one, is opened for matching instead.",
        "بعد ذلك يُفتح التالي في الدور للمواءمة، إن وُجد، بدلًا منه.",
    ),
    reminder_told=both(
        "you have not yet answered whether we look for a match (%(place)s) on %(your_entry)s"
        " %(number)s. We keep it open until %(respond_by)s.",
        "لم تُجب بعد إن كنا نبحث عن مواءمة (%(place)s) بناءً على %(your_entry)s %(number)s. يبقى"
        " الأمر مفتوحًا حتى %(respond_by)s.",
    ),
    accepted_subject=both("%(call)s: we look for a match", "%(call)s: نبحث عن مواءمة"),
    accepted_told=both(
        "thank you. You agreed that we look for a match (%(place)s) on %(your_entry)s %(number)s"
        " to %(call)s.",
        "شكرًا لك. وافقت على أن نبحث عن مواءمة (%(place)s) بناءً على %(your_entry)s %(number)s إلى"
        " %(call)s.",
    ),
    accepted_heading=both(
        "You agreed that we look for a match: %(place)s", "وافقت على أن نبحث عن مواءمة: %(place)s"
    ),
    accepted_stays=both(
        "Once you agreed, you can be matched. You can still step back later.",
        "بعد موافقتك يمكن أن تتم المواءمة. يمكنك التراجع لاحقًا.",
    ),
    what_follows=both(
        "Each request is written to you by mail and stands on the page of your matches.",
        "يصلك كل طلب مواءمة بالبريد ويظهر في صفحة المواءمات الخاصة بك.",
    ),
    what_follows_at_host=both(
        "Each request is written to you by mail and stands on the page of your matches.",
        "يصلك كل طلب مواءمة بالبريد ويظهر في صفحة المواءمات الخاصة بك.",
    ),
    give_back=both("Step back from matching", "تراجع عن المواءمة"),
    give_back_question=both("Step back from matching?", "هل تتراجع عن المواءمة؟"),
    gave_back=both("You stepped back from matching.", "تراجعت عن المواءمة."),
    gave_up_heading=both("You stepped back from matching", "تراجعت عن المواءمة"),
    passes_on=both(
        "The next in line, if there is one, is opened for matching instead.",
        "يُفتح التالي في الدور للمواءمة، إن وُجد، بدلًا منه.",
    ),
    passes_on_for_good=both(
        "The next in line, if there is one, is opened for matching at once. You cannot take it"
        " back.",
        "يُفتح فورًا التالي في الدور للمواءمة، إن وُجد. لا يمكن الرجوع عن ذلك.",
    ),
    passes_on_thanks=both(
        "Thank you for telling us early: the next in line, if there is one, is opened for matching"
        " instead.",
        "شكرًا لإبلاغنا مبكرًا: يُفتح التالي في الدور للمواءمة، إن وُجد، بدلًا منه.",
    ),
    chosen_subject=both(
        "%(Entry)s %(number)s: open for matching", "%(Entry)s %(number)s: مفتوح للمواءمة"
    ),
    chosen_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. For %(subject)s we look for a match"
        " (%(place)s).",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. نبحث عن مواءمة لصالح %(subject)s"
        " (%(place)s).",
    ),
    chosen_heading=both(
        "Open for matching on %(your_entry)s: %(place)s",
        "مفتوح للمواءمة بناءً على %(your_entry)s: %(place)s",
    ),
    waiting_subject=both("%(Entry)s %(number)s: in line", "%(Entry)s %(number)s: في الدور"),
    waiting_told=both(
        "%(your_entry)s %(number)s to %(call)s is in line to be opened for matching.",
        "%(your_entry)s %(number)s إلى %(call)s في الدور للفتح أمام المواءمة.",
    ),
    waiting_heading=both("In line to be opened for matching", "في الدور للفتح أمام المواءمة"),
    waiting_hope=both(
        "If the line reaches it, we write to you at once. You do not need to do anything.",
        "إن بلغه الدور، كتبنا إليك فورًا. لا يلزمك فعل شيء.",
    ),
    unplaced_subject=both(
        "%(Entry)s %(number)s: not open for matching", "%(Entry)s %(number)s: غير مفتوح للمواءمة"
    ),
    unplaced_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. We do not look for a match this"
        " time.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. لا نبحث عن مواءمة هذه المرة.",
    ),
    unplaced_heading=both(
        "%(Your_entry)s is not open for matching this time",
        "لم يُفتح %(your_entry)s للمواءمة هذه المرة",
    ),
)

COUNTS = (
    ("fields", both("Points for fields in common", "نقاط التخصصات المشتركة")),
    ("languages", both("Points for languages in common", "نقاط اللغات المشتركة")),
    ("hours", both("Points for working hours in common", "نقاط ساعات العمل المشتركة")),
    ("days", both("Points for days in common", "نقاط الأيام المشتركة")),
    ("waiting", both("Points for the time of waiting", "نقاط مدة الانتظار")),
)
QUESTIONS = (
    number_question(
        "batch",
        both("Most that this batch opens for matching", "أقصى ما تفتحه هذه الدفعة للمواءمة"),
    ),
    number_question(
        "most_open",
        both(
            "Requests that may be unanswered at a time, for each",
            "طلبات المواءمة التي قد تبقى دون إجابة في وقت واحد، لكلٍّ",
        ),
    ),
    number_question(
        "answer_days",
        both("Days to answer a request", "أيام الإجابة عن طلب المواءمة"),
        both("Of the side that is asked.", "للطرف الذي يُطلب منه."),
        required=False,
    ),
    *(
        number_question(
            f"points_{key}",
            label,
            both("Of the side that asks.", "للطرف الذي يطلب."),
            least=0,
            required=False,
        )
        for key, label in COUNTS
    ),
    Question(
        "safeguarding",
        "text",
        both(
            "To whom people write who do not feel safe in a match",
            "لمن يكتب من لا يشعر بالأمان في المواءمة",
        ),
        both("A name and a mail address.", "اسم وعنوان بريد."),
        who_sees=(),
        limit=Limit.of("characters", most=200),
    ),
)

PAIRING = Outcome(
    code="pairing",
    label=both("Matching of what is asked with what is offered", "مواءمة المطلوب مع المعروض"),
    words=WORDS,
    questions=QUESTIONS,
    read=read,
    limits=limits_of_tree,
)
