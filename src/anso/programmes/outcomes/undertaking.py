"""Requests that the alliance takes up, such as advice to a government or a need of a university."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from anso.kernel.wording import CountedText, Text, both
from anso.programmes.outcomes.batches import Batch, reading
from anso.programmes.outcomes.model import Outcome, limits_of_tree, number_question
from anso.programmes.outcomes.words import OutcomeWords

TAKEN_UP = both("Requests taken up", "المهام المتبنّاة")


@dataclass(frozen=True)
class Undertaking(Batch):
    """How many requests one batch takes up at most."""

    NODE: ClassVar[str] = "taken-up"

    code: str = field(default="undertaking", init=False)
    label: Text = TAKEN_UP


WORDS = OutcomeWords(
    noun=CountedText(
        {
            "en": {"one": "%(n)s undertaking", "other": "%(n)s undertakings"},
            "ar": {
                "zero": "%(n)s تكليف",
                "one": "تكليف واحد",
                "two": "تكليفان",
                "few": "%(n)s تكليفات",
                "many": "%(n)s تكليفًا",
                "other": "%(n)s تكليف",
            },
        }
    ),
    award_title=both("Letter of undertaking", "خطاب التكليف"),
    award_starts=both("Work begins on", "يبدأ العمل في"),
    tree=both("Requests taken up", "المهام المتبنّاة"),
    one=both("Undertaking", "العمل"),
    asked=both("Undertaking asked", "العمل المطلوب"),
    filled=both("Requests taken up", "المهام المتبنّاة"),
    selected=both("taken up", "تقرر تبنّيه"),
    waiting=both("next in line", "التالي في الدور"),
    unplaced=both("not taken up", "لم يتقرر تبنّيه"),
    received=both("It is taken up: “%(place)s”.", "تقرر تبنّيه: “%(place)s”."),
    followed=both(
        "It was next in line. Another one in “%(place)s” was withdrawn, and it is taken up now.",
        "كان التالي في الدور. سُحبت مهمة أخرى من “%(place)s” فتقرر تبنّيه.",
    ),
    in_line=both(
        "Number %(position)s in line for “%(place)s”.",
        "الرقم %(position)s في الدور ضمن “%(place)s”.",
    ),
    nothing=both("It was not taken up.", "لم يتقرر تبنّيه."),
    not_awarded=both(
        "“%(place)s”: nothing is taken up this time.", "“%(place)s”: لا يُتبنى شيء هذه المرة."
    ),
    offer_subject=both("%(call)s: we take up what you ask", "%(call)s: نتبنى ما طلبتموه"),
    offer_told=both(
        "good news. What you ask in %(your_entry)s %(number)s to %(call)s is taken up (%(place)s).",
        "أخبار سارة. تقرر تبنّي ما تطلبونه في %(your_entry)s %(number)s إلى %(call)s (%(place)s).",
    ),
    offer_heading=both("We take up what you ask: %(place)s", "نتبنى ما طلبتموه: %(place)s"),
    selected_heading=both("We take up what you ask", "نتبنى ما طلبتموه"),
    unless_answered=both(
        "If you do not answer by then, the next in line, if there is one, is taken up instead.",
        "إن لم تُجب حتى ذلك الحين، تقرر تبنّي التالي في الدور، إن وُجد، بدلًا منه.",
    ),
    passes_on_afterwards=both(
        "Afterwards the next in line, if there is one, is taken up instead.",
        "بعد ذلك يتقرر تبنّي التالي في الدور، إن وُجد، بدلًا منه.",
    ),
    reminder_told=both(
        "you have not yet answered whether we begin (%(place)s) on %(your_entry)s %(number)s. We"
        " keep it open until %(respond_by)s.",
        "لم تُجب بعد إن كنا نبدأ (%(place)s) بناءً على %(your_entry)s %(number)s. يبقى الأمر"
        " مفتوحًا حتى %(respond_by)s.",
    ),
    accepted_subject=both("%(call)s: we begin", "%(call)s: نبدأ العمل"),
    accepted_told=both(
        "thank you. You agreed that we begin (%(place)s) on %(your_entry)s %(number)s to %(call)s.",
        "شكرًا لكم. وافقتم على أن نبدأ (%(place)s) بناءً على %(your_entry)s %(number)s إلى %(call)s.",
    ),
    accepted_heading=both("You agreed that we begin: %(place)s", "وافقتم على أن نبدأ: %(place)s"),
    accepted_stays=both(
        "Once you agreed, we begin. You can still withdraw later.",
        "بعد موافقتكم نبدأ. يمكنكم الانسحاب لاحقًا.",
    ),
    what_follows=both(
        "We will write to you about scope, time, cost and who works on it.",
        "سنكتب إليكم بشأن النطاق والوقت والكلفة ومن يعمل عليه.",
    ),
    what_follows_at_host=both(
        "The host will write to you about scope, time and cost.",
        "ستكتب إليكم الجهة المضيفة بشأن النطاق والوقت والكلفة.",
    ),
    give_back=both("Withdraw what you asked", "اسحبوا ما طلبتموه"),
    give_back_question=both("Withdraw what you asked?", "هل تسحبون ما طلبتموه؟"),
    gave_back=both("You withdrew what you asked.", "سحبتم ما طلبتموه."),
    gave_up_heading=both("You withdrew what you asked", "سحبتم ما طلبتموه"),
    passes_on=both(
        "The next in line, if there is one, is taken up instead.",
        "يتقرر تبنّي التالي في الدور، إن وُجد، بدلًا منه.",
    ),
    passes_on_for_good=both(
        "The next in line, if there is one, is taken up at once. You cannot take it back.",
        "يتقرر فورًا تبنّي التالي في الدور، إن وُجد. لا يمكن الرجوع عن ذلك.",
    ),
    passes_on_thanks=both(
        "Thank you for telling us early: the next in line, if there is one, is taken up instead.",
        "شكرًا لإبلاغنا مبكرًا: يتقرر تبنّي التالي في الدور، إن وُجد، بدلًا منه.",
    ),
    chosen_subject=both("%(Entry)s %(number)s: taken up", "%(Entry)s %(number)s: تقرر التبنّي"),
    chosen_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. What is asked for %(subject)s is"
        " taken up (%(place)s).",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. تقرر تبنّي المطلوب لصالح %(subject)s"
        " (%(place)s).",
    ),
    chosen_heading=both(
        "Taken up on %(your_entry)s: %(place)s", "تقرر التبنّي بناءً على %(your_entry)s: %(place)s"
    ),
    waiting_subject=both("%(Entry)s %(number)s: in line", "%(Entry)s %(number)s: في الدور"),
    waiting_told=both(
        "%(your_entry)s %(number)s to %(call)s is in line to be taken up.",
        "%(your_entry)s %(number)s إلى %(call)s في الدور للتبنّي.",
    ),
    waiting_heading=both("In line to be taken up", "في الدور للتبنّي"),
    waiting_hope=both(
        "If the line reaches it, we write to you at once. You do not need to do anything.",
        "إن بلغه الدور، كتبنا إليك فورًا. لا يلزمك فعل شيء.",
    ),
    unplaced_subject=both(
        "%(Entry)s %(number)s: not taken up", "%(Entry)s %(number)s: لم يتقرر التبنّي"
    ),
    unplaced_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. We do not take it up this time.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. لا نتبناه هذه المرة.",
    ),
    unplaced_heading=both(
        "%(Your_entry)s is not taken up this time", "لم يتقرر تبنّي %(your_entry)s هذه المرة"
    ),
)


UNDERTAKING = Outcome(
    code="undertaking",
    label=both("Requests that are taken up", "تبنّي مهام"),
    words=WORDS,
    questions=(
        number_question(
            "batch", both("Most requests in this batch", "أقصى عدد من المهام في هذه الدفعة")
        ),
    ),
    read=reading(Undertaking()),
    limits=limits_of_tree,
)
