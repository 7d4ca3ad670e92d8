"""Letters in which somebody who is named says yes or no: co-hosts, founders, superiors."""

from __future__ import annotations

from anso.kernel.questions import Audience, Equals, Form, Limit, Question, Section
from anso.kernel.terms import LetterNeed, LetterRule, LetterWords
from anso.kernel.wording import Text, both
from anso.programmes.catalogue.bank import PANEL, without_readers
from anso.programmes.kinds import LetterPlan

SEND = both("Send my answer", "أرسل إجابتي")
READ_OF_PROPOSAL = both(
    "Your answer is read by those who judge the proposal; {applicant} is told your yes or no"
    " and nothing else of it.",
    "يقرأ إجابتك من يقيّمون المقترح؛ ويُخبَر {applicant} بنعم أو لا فحسب.",
)
READ_OF_APPLICATION = both(
    "Your answer is read by those who judge the application; {applicant} is told your yes or no"
    " and nothing else of it.",
    "يقرأ إجابتك من يقيّمون الطلب؛ ويُخبَر {applicant} بنعم أو لا فحسب.",
)


def agreement_form(question: Text, more: Text, *, key: str = "contribution") -> Form:
    """Return the form of somebody who is asked for a yes or no, and what more they say after a
    yes.
    """
    return Form(
        (
            Section(
                "confirmation",
                both("Your answer", "إجابتك"),
                (
                    Question("is_acceptance", "yesno", question, who_sees=PANEL),
                    Question(
                        key,
                        "longtext",
                        more,
                        who_sees=PANEL,
                        required=False,
                        condition=Equals("is_acceptance", True),
                        limit=Limit.of("words", most=200),
                    ),
                ),
            ),
        )
    )


def agreement(
    kind: str,
    asked_in: tuple[str, ...],
    words: LetterWords,
    form: Form,
    *,
    days: int,
    minutes: int = 3,
) -> LetterPlan:
    """Return the letters of those whom these questions name; without a yes that came until so many
    days after the close nothing is given.
    """
    rule = LetterRule(
        kind,
        len(asked_in),
        days_after_close=days,
        minutes=minutes,
        asked_in=asked_in,
        words=words,
        need=LetterNeed.DAY,
    )
    return LetterPlan(rule, without_readers(form, Audience.HOSTS))
