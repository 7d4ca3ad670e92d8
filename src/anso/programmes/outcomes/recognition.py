"""Recognition of bodies, such as a professional association: in batches, and only of those who are
judged good enough.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from anso.kernel.wording import CountedText, Text, both
from anso.programmes.outcomes.batches import Batch, reading
from anso.programmes.outcomes.model import Outcome, limits_of_tree, number_question
from anso.programmes.outcomes.words import OutcomeWords

RECOGNISED = both("Recognised bodies", "الهيئات المعترف بها")


@dataclass(frozen=True)
class Recognition(Batch):
    """How many bodies one batch recognises at most."""

    NODE: ClassVar[str] = "recognised"

    code: str = field(default="recognition", init=False)
    label: Text = RECOGNISED


WORDS = OutcomeWords(
    award_title=both("Letter of recognition", "خطاب الاعتراف"),
    award_starts=both("Counts from", "يسري من"),
    noun=CountedText(
        {
            "en": {"one": "%(n)s recognition", "other": "%(n)s recognitions"},
            "ar": {
                "zero": "%(n)s اعتراف",
                "one": "اعتراف واحد",
                "two": "اعترافان",
                "few": "%(n)s اعترافات",
                "many": "%(n)s اعترافًا",
                "other": "%(n)s اعتراف",
            },
        }
    ),
    tree=both("Recognition", "الاعتراف"),
    one=both("Recognition", "الاعتراف"),
    asked=both("Recognition asked", "الاعتراف المطلوب"),
    filled=both("Bodies recognised", "الهيئات المعترف بها"),
    selected=both("recognised", "معترف به"),
    waiting=both("next in line", "التالي في الدور"),
    unplaced=both("not recognised", "غير معترف به"),
    received=both("It is recognised: “%(place)s”.", "تقرر الاعتراف به: “%(place)s”."),
    followed=both(
        "It was next in line. Another body in “%(place)s” withdrew, and it is recognised now.",
        "كان التالي في الدور. انسحبت هيئة أخرى من “%(place)s” فتقرر الاعتراف به.",
    ),
    in_line=both(
        "Number %(position)s in line for “%(place)s”.",
        "الرقم %(position)s في الدور ضمن “%(place)s”.",
    ),
    nothing=both("It was not recognised.", "لم يتقرر الاعتراف به."),
    not_awarded=both(
        "“%(place)s”: nobody is recognised this time.",
        "“%(place)s”: لا يُعترف بأحد هذه المرة.",
    ),
    offer_subject=both("%(call)s: you are recognised", "%(call)s: تقرر الاعتراف بكم"),
    offer_told=both(
        (
            "congratulations. On %(your_entry)s %(number)s to %(call)s you are recognised"
            " (%(place)s)."
        ),
        "تهانينا. بناءً على %(your_entry)s %(number)s إلى %(call)s تقرر الاعتراف بكم (%(place)s).",
    ),
    offer_heading=both("You are recognised: %(place)s", "تقرر الاعتراف بكم: %(place)s"),
    selected_heading=both("You are recognised", "تقرر الاعتراف بكم"),
    unless_answered=both(
        ("If you do not answer by then, the next in line, if there is one, is recognised instead."),
        "إن لم تُجب حتى ذلك الحين، تقرر الاعتراف بالتالي في الدور، إن وُجد، بدلًا منكم.",
    ),
    passes_on_afterwards=both(
        "Afterwards the next in line, if there is one, is recognised instead.",
        "بعد ذلك يتقرر الاعتراف بالتالي في الدور، إن وُجد، بدلًا منكم.",
    ),
    reminder_told=both(
        (
            "you have not yet answered whether you accept recognition (%(place)s) on"
            " %(your_entry)s %(number)s. It stands until %(respond_by)s."
        ),
        (
            "لم تجيبوا بعد إن كنتم تقبلون الاعتراف (%(place)s) بناءً على %(your_entry)s"
            " %(number)s. يبقى قائمًا حتى %(respond_by)s."
        ),
    ),
    accepted_subject=both("%(call)s: you accepted recognition", "%(call)s: قبلتم الاعتراف"),
    accepted_told=both(
        (
            "thank you. You accepted recognition (%(place)s) on %(your_entry)s %(number)s"
            " to %(call)s."
        ),
        "شكرًا لك. قبلتم الاعتراف (%(place)s) بناءً على %(your_entry)s %(number)s إلى %(call)s.",
    ),
    accepted_heading=both("You accepted recognition: %(place)s", "قبلتم الاعتراف: %(place)s"),
    accepted_stays=both(
        "Once accepted, recognition stands. You can still give it up later.",
        "بعد القبول يسري الاعتراف. يمكنكم التخلي عنه لاحقًا.",
    ),
    what_follows=both(
        "We will write to you about the launch and your first annual plan.",
        "سنكتب إليك بشأن الإطلاق وخطتكم السنوية الأولى.",
    ),
    what_follows_at_host=both(
        "We will write to you about the launch and your first annual plan.",
        "سنكتب إليك بشأن الإطلاق وخطتكم السنوية الأولى.",
    ),
    give_back=both("Give up recognition", "تخلَّ عن الاعتراف"),
    give_back_question=both("Give up recognition?", "هل تتخلون عن الاعتراف؟"),
    gave_back=both("You gave up recognition.", "تخليتم عن الاعتراف."),
    gave_up_heading=both("You gave up recognition", "تخليتم عن الاعتراف"),
    passes_on=both(
        "The next in line, if there is one, is recognised instead.",
        "يتقرر الاعتراف بالتالي في الدور، إن وُجد، بدلًا منكم.",
    ),
    passes_on_for_good=both(
        "The next in line, if there is one, is recognised at once. You cannot take it back.",
        "يتقرر فورًا الاعتراف بالتالي في الدور، إن وُجد. لا يمكن الرجوع عن ذلك.",
    ),
    passes_on_thanks=both(
        (
            "Thank you for telling us early: the next in line, if there is one, is"
            " recognised instead."
        ),
        "شكرًا لإبلاغنا مبكرًا: يتقرر الاعتراف بالتالي في الدور، إن وُجد، بدلًا منكم.",
    ),
    chosen_subject=both("%(Entry)s %(number)s: recognised", "%(Entry)s %(number)s: تقرر الاعتراف"),
    chosen_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. %(subject)s is recognised"
        " (%(place)s).",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. تقرر الاعتراف بـ %(subject)s"
        " (%(place)s).",
    ),
    chosen_heading=both(
        "Recognised on %(your_entry)s: %(place)s",
        "تقرر الاعتراف بناءً على %(your_entry)s: %(place)s",
    ),
    waiting_subject=both("%(Entry)s %(number)s: in line", "%(Entry)s %(number)s: في الدور"),
    waiting_told=both(
        "%(your_entry)s %(number)s to %(call)s is in line for recognition.",
        "%(your_entry)s %(number)s إلى %(call)s في الدور للاعتراف.",
    ),
    waiting_heading=both("In line for recognition", "في الدور للاعتراف"),
    waiting_hope=both(
        "If the line reaches you, we write to you at once. You do not need to do anything.",
        "إن بلغكم الدور، كتبنا إليك فورًا. لا يلزمك فعل شيء.",
    ),
    unplaced_subject=both(
        "%(Entry)s %(number)s: not recognised", "%(Entry)s %(number)s: لم يتقرر الاعتراف"
    ),
    unplaced_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. You are not recognised this time.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. لم يتقرر الاعتراف بكم هذه المرة.",
    ),
    unplaced_heading=both("You are not recognised this time", "لم يتقرر الاعتراف بكم هذه المرة"),
)


RECOGNITION = Outcome(
    code="recognition",
    label=Text({"en": "Recognition of a body", "ar": "الاعتراف بهيئة"}),
    words=WORDS,
    questions=(
        number_question(
            "batch",
            Text({"en": "Most bodies in this batch", "ar": "أقصى عدد من الهيئات في هذه الدفعة"}),
        ),
    ),
    read=reading(Recognition()),
    limits=limits_of_tree,
)
