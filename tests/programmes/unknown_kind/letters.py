"""What co-organisers and the director are asked, in which words."""

from __future__ import annotations

from anso.kernel.questions import Form, Question, Section
from anso.kernel.terms import LetterRule, LetterWords
from anso.kernel.wording import both
from anso.programmes.kinds import LetterPlan
from tests.programmes.unknown_kind.form import PANEL

CO_ORGANISER_WORDS = LetterWords(
    name=both("co-organiser’s word", "كلمة المنظم المشارك"),
    promised=both("The word of every co-organiser.", "كلمة كل منظم مشارك."),
    heading=both(
        "Do you organise a field school with {applicant}?", "هل تنظم مدرسة ميدانية مع {applicant}؟"
    ),
    request=both(
        "{applicant} plans the field school “{title}” ({call}) and names you as co-organiser.",
        "يخطط {applicant} للمدرسة الميدانية “{title}” ({call}) ويذكرك منظمًا مشاركًا.",
    ),
    unanswered=both("Who says no is not counted.", "من يعتذر لا يُحتسب."),
    readers=both(
        "The jury reads your word; {applicant} is told yes or no.",
        "تقرأ اللجنة كلمتك؛ ويُخبَر {applicant} بنعم أو لا.",
    ),
    button=both("Give my word", "أعطي كلمتي"),
)
DIRECTOR_WORDS = LetterWords(
    name=both("director’s word", "كلمة المدير"),
    promised=both("The word of the director.", "كلمة المدير."),
    heading=both(
        "Will you direct the field school of {applicant}?", "هل تدير مدرسة {applicant} الميدانية؟"
    ),
    request=both(
        "{applicant} names you as director of the field school “{title}” ({call}).",
        "يسميك {applicant} مديرًا للمدرسة الميدانية “{title}” ({call}).",
    ),
    unanswered=both("Both yes and no help us.", "الإجابة بنعم أو بلا مفيدة لنا."),
    readers=both(
        "The jury reads your word; {applicant} is told yes or no.",
        "تقرأ اللجنة كلمتك؛ ويُخبَر {applicant} بنعم أو لا.",
    ),
    button=both("Give my word", "أعطي كلمتي"),
)


def _asked(section: str, words: str, arabic: str) -> Form:
    agree = Question("is_acceptance", "yesno", both(words, arabic), who_sees=PANEL)
    return Form((Section(section, both("Your word", "كلمتك"), (agree,)),))


LETTERS = (
    LetterPlan(
        LetterRule(
            "partner", 1, days_after_close=14, minutes=2, asked_in=("co_organisers",),
            words=CO_ORGANISER_WORDS,
        ),
        _asked("word", "Do you organise it with them?", "هل تنظمها معهم؟"),
    ),
    LetterPlan(
        LetterRule(
            "nominee", 1, days_after_close=14, minutes=2, asked_in=("reach_director",),
            words=DIRECTOR_WORDS,
        ),
        _asked("word", "Do you direct it?", "هل تديرها؟"),
    ),
)  # fmt: skip
