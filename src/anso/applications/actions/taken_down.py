"""An officer writes down what a writer of a letter said by telephone or mail: that they decline, or
yes or no where that is what they were asked. Never the words of a letter.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.actions.letter_mail import fresh_letter_link, how_to_reach_writer
from anso.applications.actions.letter_writers import judge_again, lock_letter, tell_applicant
from anso.applications.actions.participants import note_answer_of
from anso.applications.actions.required_letters import note_lacks
from anso.applications.enums import LetterAnswer
from anso.applications.models import Letter
from anso.applications.notices import (
    LETTER_ARRIVED,
    LETTER_DECLINED,
    LETTER_REFUSED,
    LETTER_TAKEN_DOWN,
)
from anso.applications.queries.letters import ACCEPTANCE
from anso.applications.rules import may_take_down_answer
from anso.applications.wording import letter_told
from anso.applications.wording.casework import taken_down_in_words
from anso.audit.actions import record_entry, transition
from anso.kernel.actors import name_of_account
from anso.kernel.errors import BadInput
from anso.kernel.reasons import required_reason
from anso.kernel.wording import gettext_noop
from anso.notifications.actions import notify
from anso.questionnaires.actions import keep_merge

ANSWERS = (LetterAnswer.YES, LetterAnswer.NO, LetterAnswer.DECLINED)
TOLD = {
    LetterAnswer.YES: LETTER_ARRIVED,
    LetterAnswer.NO: LETTER_REFUSED,
    LetterAnswer.DECLINED: LETTER_DECLINED,
}
HOW = gettext_noop("Say how and when they answered, and why you write it down.")


@transaction.atomic
def take_down_answer(
    *, letter: Letter, answer: str, because: str, actor: Account, now: dt.datetime
) -> Letter:
    """Write down what a writer answered. They are told by mail what stands there, who wrote it down
    and why, and how to object: by their own link the answer is theirs again until it is due. The
    applicant is told as if the writer had answered there.

    Refused without a reason, for words instead of yes or no, for what a writer has begun to type,
    and for who is not waited for any more.
    """
    if answer not in ANSWERS:
        raise BadInput(gettext_noop("Choose what they answered."))
    # The application first, as everywhere: in the same order nobody waits in a circle.
    application = locking.lock_application(letter.application)
    current = lock_letter(letter)
    may_take_down_answer(actor, current, answer, now).require()
    reason, said = required_reason(because, HOW), LetterAnswer(answer)
    facts = {"taken_down_by": actor, "taken_down_because": reason}
    if said is LetterAnswer.DECLINED:
        transition(current, "decline_letter", actor=actor, now=now, because=reason, **facts)
    else:
        is_yes = said is LetterAnswer.YES
        merge = current.draft.merge({ACCEPTANCE: is_yes}, current.revision)
        keep_merge(drafted=current, merge=merge, now=now)
        facts |= {"is_acceptance": is_yes}
        transition(current, "complete_letter", actor=actor, now=now, because=reason, **facts)
    note_answer_of(current)
    changes = {"answer": [None, said.value]}
    record_entry(current, "take_down_answer", actor=actor, now=now, changes=changes, because=reason)
    judge_again(current, now)
    note_lacks(application)
    _tell_writer(current, said, reason, actor, now)
    tell_applicant(current, TOLD[said], now)
    return current


def _tell_writer(
    letter: Letter, said: LetterAnswer, reason: str, actor: Account, now: dt.datetime
) -> None:
    is_open = said is not LetterAnswer.DECLINED
    told = {"officer": name_of_account(actor), "reason": reason, "may_answer": is_open}
    notify(
        LETTER_TAKEN_DOWN,
        about=letter,
        email=letter.email,
        **how_to_reach_writer(letter),
        say=lambda: letter_told(letter) | told | {"answer": taken_down_in_words(said)},
        key=f"{letter.reference}:taken_down:{letter.revision}",
        context=letter.application.call,
        actor=actor,
        now=now,
        link_secret=fresh_letter_link(letter, now) if is_open else "",
    )
