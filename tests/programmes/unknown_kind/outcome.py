"""An outcome of its own: field schools that are entrusted to their directors for some weeks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from anso.kernel.terms import OutcomePart, PlaceNode
from anso.kernel.wording import CountedText, Message, both, gettext_noop
from anso.programmes.outcomes.model import Outcome, limits_of_tree, number_question, whole
from anso.programmes.outcomes.words import OutcomeWords

SCHOOLS = both("Schools of the season", "مدارس الموسم")
LONGEST = 12


@dataclass(frozen=True)
class FieldSchools(OutcomePart):
    """How many schools are held in a season, and for how many weeks each."""

    code: str = field(default="field_school", init=False)
    schools: int = 1
    weeks: int = 4

    def tree(self) -> tuple[PlaceNode, ...]:
        """One node: the season."""
        return (PlaceNode("season", SCHOOLS, self.schools),)

    def check(self) -> Iterator[Message]:
        """A season has a school, and no school lasts for ever."""
        if self.schools < 1:
            yield Message("no_school", gettext_noop("A season has at least one school."))
        if not 1 <= self.weeks <= LONGEST:
            text = gettext_noop("A school lasts between one and twelve weeks.")
            yield Message("school_length", text)

    def answers(self) -> dict[str, Any]:
        """Its two columns."""
        return {"schools": self.schools, "weeks": self.weeks}

    def with_answers(self, answers: Mapping[str, Any]) -> Self:
        """The same for another season."""
        typed = {key: whole(answers.get(key) or 0) for key in ("schools", "weeks")}
        return replace(self, **typed)


def read(plain: Mapping[str, Any]) -> FieldSchools:
    """What was written of field schools."""
    return FieldSchools(int(plain["schools"]), int(plain["weeks"]))


WORDS = OutcomeWords(
    noun=CountedText(
        {
            "en": {"one": "%(n)s field school", "other": "%(n)s field schools"},
            "ar": {
                "one": "مدرسة ميدانية واحدة",
                "two": "مدرستان ميدانيتان",
                "few": "%(n)s مدارس ميدانية",
                "other": "%(n)s مدرسة ميدانية",
            },
        }
    ),
    tree=both("Field schools", "المدارس الميدانية"),
    one=both("Field school", "المدرسة الميدانية"),
    asked=both("School proposed", "المدرسة المقترحة"),
    filled=both("Schools entrusted", "المدارس المسندة"),
    selected=both("entrusted", "مسندة"),
    waiting=both("on call", "في الاستدعاء"),
    unplaced=both("not held", "لا تُعقد"),
    received=both("It is held: “%(place)s”.", "تقرر عقدها: “%(place)s”."),
    followed=both(
        "It was on call. “%(place)s” was handed back, and it is held now.",
        "كانت في الاستدعاء. أُعيدت “%(place)s” فتقرر عقدها.",
    ),
    in_line=both(
        "Number %(position)s on call for “%(place)s”.",
        "الرقم %(position)s في الاستدعاء ضمن “%(place)s”.",
    ),
    nothing=both("It is not held.", "لا تُعقد."),
    not_awarded=both(
        "“%(place)s”: no field school is held this season.",
        "“%(place)s”: لا تُعقد أي مدرسة ميدانية هذا الموسم.",
    ),
    offer_subject=both(
        "%(call)s: a field school is entrusted to you", "%(call)s: أُسندت إليك مدرسة ميدانية"
    ),
    offer_told=both(
        "we entrust a field school to %(subject)s (%(entry)s %(number)s, %(call)s, %(place)s).",
        "نسند مدرسة ميدانية إلى %(subject)s (%(entry)s %(number)s، %(call)s، %(place)s).",
    ),
    offer_heading=both("A field school for you: %(place)s", "مدرسة ميدانية لك: %(place)s"),
    selected_heading=both("The school is held", "تُعقد المدرسة"),
    unless_answered=both(
        "Without your word by then, the school on call is held instead.",
        "إن لم تصل كلمتك حتى ذلك الحين، عُقدت المدرسة التالية في الاستدعاء.",
    ),
    passes_on_afterwards=both(
        "Afterwards the school on call is held instead.", "بعد ذلك تُعقد المدرسة التالية."
    ),
    reminder_told=both(
        "no word yet on %(place)s (%(entry)s %(number)s); we wait until %(respond_by)s.",
        "لا كلمة بعد عن %(place)s (%(entry)s %(number)s)؛ ننتظر حتى %(respond_by)s.",
    ),
    accepted_subject=both("%(call)s: the school is yours", "%(call)s: المدرسة لك"),
    accepted_told=both(
        "thank you. You lead the school of %(entry)s %(number)s to %(call)s (%(place)s).",
        "شكرًا لك. تقود مدرسة %(entry)s %(number)s إلى %(call)s (%(place)s).",
    ),
    accepted_heading=both("You lead a school: %(place)s", "تقود مدرسة: %(place)s"),
    accepted_stays=both(
        "The school is yours from now on. You can still hand it back.",
        "المدرسة لك من الآن. يمكنك إعادتها.",
    ),
    what_follows=both(
        "We will write to you about tents, boats and insurance.",
        "سنكتب إليك بشأن الخيام والقوارب والتأمين.",
    ),
    what_follows_at_host=both(
        "The host will write to you about tents, boats and insurance.",
        "ستكتب إليك الجهة المضيفة بشأن الخيام والقوارب والتأمين.",
    ),
    give_back=both("Hand the school back", "أعد المدرسة"),
    give_back_question=both("Hand the school back?", "هل تعيد المدرسة؟"),
    gave_back=both("You handed the school back.", "أعدت المدرسة."),
    gave_up_heading=both("The school was handed back", "أُعيدت المدرسة"),
    passes_on=both("The school on call is held instead.", "تُعقد المدرسة التالية بدلًا منها."),
    passes_on_for_good=both(
        "The school on call is held at once. You cannot take yours back.",
        "تُعقد المدرسة التالية فورًا. لا رجوع عن ذلك.",
    ),
    passes_on_thanks=both(
        "Thank you for your early word: the school on call is held.",
        "شكرًا على كلمتك المبكرة: تُعقد المدرسة التالية.",
    ),
    chosen_subject=both("%(Entry)s %(number)s: the school is held", "%(Entry)s %(number)s: تُعقد"),
    chosen_told=both(
        "%(your_entry)s %(number)s to %(call)s: the school is held (%(place)s) by %(subject)s.",
        "%(your_entry)s %(number)s إلى %(call)s: تُعقد المدرسة (%(place)s) ويقودها %(subject)s.",
    ),
    chosen_heading=both("The school is held: %(place)s", "تُعقد المدرسة: %(place)s"),
    waiting_subject=both("%(Entry)s %(number)s: on call", "%(Entry)s %(number)s: في الاستدعاء"),
    waiting_told=both(
        "%(your_entry)s %(number)s to %(call)s is on call.",
        "%(your_entry)s %(number)s إلى %(call)s في الاستدعاء.",
    ),
    waiting_heading=both("On call", "في الاستدعاء"),
    waiting_hope=both(
        "If a school is handed back and yours is next, we write at once.",
        "إن أُعيدت مدرسة وجاء دور مدرستك، كتبنا فورًا.",
    ),
    unplaced_subject=both("%(Entry)s %(number)s: not held", "%(Entry)s %(number)s: لا تُعقد"),
    unplaced_told=both(
        "%(your_entry)s %(number)s to %(call)s: the school is not held this season.",
        "%(your_entry)s %(number)s إلى %(call)s: لا تُعقد المدرسة هذا الموسم.",
    ),
    unplaced_heading=both("The school is not held this season", "لا تُعقد المدرسة هذا الموسم"),
)

FIELD_SCHOOL = Outcome(
    code="field_school",
    label=both("A field school", "مدرسة ميدانية"),
    words=WORDS,
    questions=(
        number_question("schools", both("Schools in a season", "عدد المدارس في الموسم")),
        number_question("weeks", both("Weeks of a school", "أسابيع المدرسة")),
    ),
    read=read,
    limits=limits_of_tree,
)
