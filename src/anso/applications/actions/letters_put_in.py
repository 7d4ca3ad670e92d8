"""An officer puts in a letter that its writer mailed to the office; and what was declined is open
again, by the writer or by an officer.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.actions.letter_mail import fresh_letter_link, how_to_reach_writer
from anso.applications.actions.letter_writers import (
    judge_again,
    lock_letter,
    tell_applicant,
    writer_of,
)
from anso.applications.actions.participants import note_answer_of
from anso.applications.actions.required_letters import note_lacks
from anso.applications.models import Letter
from anso.applications.notices import (
    DECLINE_TAKEN_BACK,
    LETTER_ARRIVED,
    LETTER_OPEN_AGAIN,
    LETTER_PUT_IN,
)
from anso.applications.queries.letters import slot_of_mailed_letter
from anso.applications.rules import may_put_letter_in, may_take_back_decline, may_write_after_all
from anso.applications.wording import letter_told
from anso.audit.actions import record_entry, transition
from anso.files.models import StoredFile
from anso.kernel.actors import name_of_account
from anso.kernel.errors import BadInput
from anso.kernel.notices import Notice
from anso.kernel.questions.types.file import check_file
from anso.kernel.reasons import required_reason
from anso.kernel.wording import gettext_noop
from anso.notifications.actions import notify

OPEN_AGAIN: dict[str, Any] = {
    "decline_reason": "",
    "taken_down_by": None,
    "taken_down_because": "",
}
HOW_IT_CAME = gettext_noop("Say how and when the letter came, and why you put it in.")
WHY_AGAIN = gettext_noop("Say who asked for it and why; the writer reads it.")


@transaction.atomic
def put_letter_in(
    *, letter: Letter, stored: StoredFile, because: str, actor: Account, now: dt.datetime
) -> Letter:
    """Put in the letter that a writer sent to the office. It counts as given and says for good who
    put it in and why; the writer is told, and by their own link gives another in its place until it
    is due. The applicant is told that it came, never what it says.

    Refused without a reason, for the wrong kind or size, where yes or no is asked, for what a
    writer has begun to type, and for who is not waited for any more.
    """
    # The application first, as everywhere: in the same order nobody waits in a circle.
    application = locking.lock_application(letter.application)
    current = lock_letter(letter)
    may_put_letter_in(actor, current, now).require()
    reason = required_reason(because, HOW_IT_CAME)
    fault = check_file(
        slot_of_mailed_letter(current), media_type=stored.media_type, size=stored.size_bytes
    )
    if fault:
        raise BadInput.of(fault)
    facts = {"taken_down_by": actor, "taken_down_because": reason, "file": stored}
    transition(current, "complete_letter", actor=actor, now=now, because=reason, **facts)
    note_answer_of(current)
    changes = {"file": [None, stored.sha256]}
    record_entry(current, "put_letter_in", actor=actor, now=now, changes=changes, because=reason)
    judge_again(current, now)
    note_lacks(application)
    _tell_writer(LETTER_PUT_IN, current, reason, actor, now)
    tell_applicant(current, LETTER_ARRIVED, now)
    return current


@transaction.atomic
def write_after_all(*, letter: Letter, now: dt.datetime) -> Letter:
    """The writer takes back that they declined: the letter is asked of them again, with what they
    had typed. The applicant is told. Refused where somebody else was named, or it is too late.
    """
    application = locking.lock_application(letter.application)
    current = lock_letter(letter)
    may_write_after_all(current, now).require()
    transition(current, "take_back_decline", actor=writer_of(current), now=now, **OPEN_AGAIN)
    _stands_open(current, now)
    note_lacks(application)
    return current


@transaction.atomic
def take_back_decline(*, letter: Letter, because: str, actor: Account, now: dt.datetime) -> Letter:
    """An officer takes back that a writer declined, for a writer who asked for it or was written
    down by mistake: both are told, the writer with a link.

    Refused without a reason, where somebody else was named, or it is too late.
    """
    application = locking.lock_application(letter.application)
    current = lock_letter(letter)
    may_take_back_decline(actor, current, now).require()
    reason = required_reason(because, WHY_AGAIN)
    transition(current, "take_back_decline", actor=actor, now=now, because=reason, **OPEN_AGAIN)
    _stands_open(current, now)
    note_lacks(application)
    _tell_writer(LETTER_OPEN_AGAIN, current, reason, actor, now)
    return current


def _stands_open(letter: Letter, now: dt.datetime) -> None:
    note_answer_of(letter)
    judge_again(letter, now)
    # Whoever declined twice is told of twice: the revision is that of what was typed alone.
    letter.revision += 1
    letter.save(update_fields=["revision"])
    tell_applicant(letter, DECLINE_TAKEN_BACK, now)


def _tell_writer(
    notice: Notice, letter: Letter, reason: str, actor: Account, now: dt.datetime
) -> None:
    told = {"officer": name_of_account(actor), "reason": reason}
    notify(
        notice,
        about=letter,
        email=letter.email,
        **how_to_reach_writer(letter),
        say=lambda: letter_told(letter) | told,
        key=f"{letter.reference}:{now.isoformat()}",
        context=letter.application.call,
        actor=actor,
        now=now,
        link_secret=fresh_letter_link(letter, now),
    )
