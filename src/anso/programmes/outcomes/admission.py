"""Admission of organisations that ask to join: in batches, by the bodies that decide on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from anso.kernel.wording import CountedText, Text, both
from anso.programmes.outcomes.batches import Batch, reading
from anso.programmes.outcomes.model import Outcome, limits_of_tree, number_question
from anso.programmes.outcomes.words import OutcomeWords

ADMITTED = both("Members admitted", "الأعضاء المقبولون")


@dataclass(frozen=True)
class Admission(Batch):
    """How many organisations one batch admits at most."""

    NODE: ClassVar[str] = "admitted"

    code: str = field(default="admission", init=False)
    label: Text = ADMITTED


WORDS = OutcomeWords(
    noun=CountedText(
        {
            "en": {"one": "%(n)s new member", "other": "%(n)s new members"},
            "ar": {
                "zero": "%(n)s عضو جديد",
                "one": "عضو جديد واحد",
                "two": "عضوان جديدان",
                "few": "%(n)s أعضاء جدد",
                "many": "%(n)s عضوًا جديدًا",
                "other": "%(n)s عضو جديد",
            },
        }
    ),
    award_title=both("Letter of admission", "خطاب القبول"),
    award_starts=both("Member from", "عضو ابتداءً من"),
    tree=both("Admission", "القبول"),
    one=both("Admission", "القبول"),
    asked=both("Admission asked", "القبول المطلوب"),
    filled=both("Members admitted", "الأعضاء المقبولون"),
    selected=both("admitted", "مقبول"),
    waiting=both("next in line", "التالي في الدور"),
    unplaced=both("not admitted", "غير مقبول"),
    received=both("It is admitted: “%(place)s”.", "تقرر قبوله: “%(place)s”."),
    followed=both(
        "It was next in line. Another organisation in “%(place)s” withdrew, and it is admitted"
        " now.",
        "كان التالي في الدور. انسحبت منظمة أخرى من “%(place)s” فتقرر قبوله.",
    ),
    in_line=both(
        "Number %(position)s in line for “%(place)s”.",
        "الرقم %(position)s في الدور ضمن “%(place)s”.",
    ),
    nothing=both("It was not admitted.", "لم يتقرر قبوله."),
    not_awarded=both(
        "“%(place)s”: nobody is admitted this time.", "“%(place)s”: لا يُقبل أحد هذه المرة."
    ),
    offer_subject=both("%(call)s: you are admitted", "%(call)s: تقرر قبولكم"),
    offer_told=both(
        "congratulations. On %(your_entry)s %(number)s to %(call)s your organisation is admitted"
        " (%(place)s).",
        "تهانينا. بناءً على %(your_entry)s %(number)s إلى %(call)s تقرر قبول منظمتكم (%(place)s).",
    ),
    offer_heading=both("You are admitted: %(place)s", "تقرر قبولكم: %(place)s"),
    selected_heading=both("You are admitted", "تقرر قبولكم"),
    unless_answered=both(
        "If you do not answer by then, the next in line, if there is one, is admitted instead.",
        "إن لم تُجب حتى ذلك الحين، تقرر قبول التالي في الدور، إن وُجد، بدلًا منكم.",
    ),
    passes_on_afterwards=both(
        "Afterwards the next in line, if there is one, is admitted instead.",
        "بعد ذلك يتقرر قبول التالي في الدور، إن وُجد، بدلًا منكم.",
    ),
    reminder_told=both(
        "you have not yet answered whether your organisation joins (%(place)s) on %(your_entry)s"
        " %(number)s. The decision stands until %(respond_by)s.",
        "لم تُجب بعد إن كانت منظمتكم تنضم (%(place)s) بناءً على %(your_entry)s %(number)s. يبقى"
        " القرار قائمًا حتى %(respond_by)s.",
    ),
    accepted_subject=both("%(call)s: you joined", "%(call)s: انضممتم"),
    accepted_told=both(
        "thank you. Your organisation joins (%(place)s) on %(your_entry)s %(number)s to %(call)s.",
        "شكرًا لكم. تنضم منظمتكم (%(place)s) بناءً على %(your_entry)s %(number)s إلى %(call)s.",
    ),
    accepted_heading=both("You joined: %(place)s", "انضممتم: %(place)s"),
    accepted_stays=both(
        "Once you joined, you are a member until you leave. You can still step back later.",
        "بعد الانضمام تبقون حتى تنسحبوا. يمكنكم التراجع لاحقًا.",
    ),
    what_follows=both(
        "We will write to you about rights, duties and your delegate.",
        "سنكتب إليكم بشأن الحقوق والواجبات ومندوبكم.",
    ),
    what_follows_at_host=both(
        "The host will write to you about what comes next.",
        "ستكتب إليكم الجهة المضيفة بشأن الخطوات التالية.",
    ),
    give_back=both("Step back from joining", "تراجعوا عن الانضمام"),
    give_back_question=both("Step back from joining?", "هل تتراجعون عن الانضمام؟"),
    gave_back=both("You stepped back from joining.", "تراجعتم عن الانضمام."),
    gave_up_heading=both("You stepped back from joining", "تراجعتم عن الانضمام"),
    passes_on=both(
        "The next in line, if there is one, is admitted instead.",
        "يتقرر قبول التالي في الدور، إن وُجد، بدلًا منكم.",
    ),
    passes_on_for_good=both(
        "The next in line, if there is one, is admitted at once. You cannot take it back.",
        "يتقرر فورًا قبول التالي في الدور، إن وُجد. لا يمكن الرجوع عن ذلك.",
    ),
    passes_on_thanks=both(
        "Thank you for telling us early: the next in line, if there is one, is admitted instead.",
        "شكرًا لإبلاغنا مبكرًا: يتقرر قبول التالي في الدور، إن وُجد، بدلًا منكم.",
    ),
    chosen_subject=both("%(Entry)s %(number)s: admitted", "%(Entry)s %(number)s: تقرر القبول"),
    chosen_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. %(subject)s is admitted (%(place)s).",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. تقرر قبول %(subject)s (%(place)s).",
    ),
    chosen_heading=both(
        "Admitted on %(your_entry)s: %(place)s", "تقرر القبول بناءً على %(your_entry)s: %(place)s"
    ),
    waiting_subject=both("%(Entry)s %(number)s: in line", "%(Entry)s %(number)s: في الدور"),
    waiting_told=both(
        "%(your_entry)s %(number)s to %(call)s is in line for admission.",
        "%(your_entry)s %(number)s إلى %(call)s في الدور للقبول.",
    ),
    waiting_heading=both("In line for admission", "في الدور للقبول"),
    waiting_hope=both(
        "If the line reaches you, we write to you at once. You do not need to do anything.",
        "إن بلغكم الدور، كتبنا إليك فورًا. لا يلزمك فعل شيء.",
    ),
    unplaced_subject=both(
        "%(Entry)s %(number)s: not admitted", "%(Entry)s %(number)s: لم يتقرر القبول"
    ),
    unplaced_told=both(
        "thank you for %(your_entry)s %(number)s to %(call)s. Your organisation is not admitted"
        " this time.",
        "شكرًا على %(your_entry)s %(number)s إلى %(call)s. لم يتقرر قبول منظمتكم هذه المرة.",
    ),
    unplaced_heading=both("You are not admitted this time", "لم يتقرر قبولكم هذه المرة"),
)


ADMISSION = Outcome(
    code="admission",
    label=both("Admission of members", "قبول أعضاء"),
    words=WORDS,
    questions=(
        number_question(
            "batch", both("Most organisations in this batch", "أقصى عدد من المنظمات في هذه الدفعة")
        ),
    ),
    read=reading(Admission()),
    limits=limits_of_tree,
    admits=True,
)
