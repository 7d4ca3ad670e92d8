"""Whoever is asked for yes or no asks the applicant first, and the applicant answers."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.actions.letter_mail import fresh_letter_link, notify_writer
from anso.applications.actions.letter_writers import lock_letter, writer_of
from anso.applications.models import Enquiry, Letter
from anso.applications.notices import (
    WRITER_ANSWERED,
    WRITER_ASKS,
    WRITER_ASKS_REMINDER,
)
from anso.applications.queries.answers import applicant_zone
from anso.applications.queries.enquiries import open_question_of
from anso.applications.rules import may_answer_writer, may_ask_back
from anso.applications.wording.enquiries import question_told
from anso.audit.actions import record_entry, transition
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_paragraphs
from anso.kernel.notices import Notice
from anso.kernel.reasons import required_reason
from anso.kernel.wording import gettext_noop
from anso.notifications.actions import notify

ASK_FIRST = gettext_noop("Write your question first.")
ANSWER_FIRST = gettext_noop("Write your answer first.")


def words_of(text: str, lacking: str) -> str:
    """What was typed, made safe; refused where there is nothing, or too much of it."""
    return required_reason(clean_paragraphs(text), lacking)


def keep_answer(enquiry: Enquiry, text: str, actor: Account, now: dt.datetime) -> None:
    """Write down who answered a question, what and when."""
    enquiry.answer = words_of(text, ANSWER_FIRST)
    enquiry.answered_by, enquiry.answered_at = actor, now
    enquiry.save(update_fields=["answer", "answered_by", "answered_at"])


@transaction.atomic
def ask_back(*, letter: Letter, text: str, now: dt.datetime) -> Enquiry:
    """Ask the applicant before saying yes or no. They are told by mail; until they answer nobody
    reminds the writer, who may still answer at any time. The record says that a question was
    asked, never which.
    """
    current = lock_letter(letter)
    may_ask_back(current, now).require()
    enquiry = Enquiry.objects.create(
        application=current.application,
        letter=current,
        text=words_of(text, ASK_FIRST),
        asked_at=now,
    )
    transition(current, "ask_back", actor=writer_of(current), now=now)
    _tell_applicant(WRITER_ASKS, enquiry, writer_of(current), now)
    return enquiry


@transaction.atomic
def answer_writer(*, enquiry: Enquiry, text: str, actor: Account, now: dt.datetime) -> Enquiry:
    """Answer a writer's question. They are told by mail with a new link, and decide; from now on
    they are reminded again.
    """
    letter = lock_letter(_letter_of(enquiry))
    current = Enquiry.objects.get(pk=enquiry.pk)
    current.letter = letter
    may_answer_writer(actor, current, now).require()
    keep_answer(current, text, actor, now)
    # Reminders begin anew, and are told apart from those before by how often the link was sent.
    transition(
        letter,
        "answer_back",
        actor=actor,
        now=now,
        last_sent_at=now,
        send_count=letter.send_count + 1,
        reminder_count=0,
    )
    notify_writer(
        WRITER_ANSWERED,
        letter,
        key=current.reference,
        actor=actor,
        now=now,
        link_secret=fresh_letter_link(letter, now),
        also=lambda: question_told(current),
    )
    return current


@transaction.atomic
def remind_of_question(*, enquiry: Enquiry, now: dt.datetime, actor: Actor = CLOCK) -> Enquiry:
    """Remind an applicant that a writer waits for their answer."""
    letter = lock_letter(_letter_of(enquiry))
    current = Enquiry.objects.get(pk=enquiry.pk)
    current.letter = letter
    open_one = open_question_of(letter)
    # Answered, or reminded of, since the list was read.
    if open_one is None or open_one.pk != current.pk:
        return current
    if current.reminder_count != enquiry.reminder_count:
        return current
    current.reminder_count += 1
    current.save(update_fields=["reminder_count"])
    record_entry(letter, "remind_of_question", actor=actor, now=now)
    _tell_applicant(WRITER_ASKS_REMINDER, current, actor, now)
    return current


def _letter_of(enquiry: Enquiry) -> Letter:
    if enquiry.letter is None:
        raise BadInput(gettext_noop("This question is for the officers of the call."))
    return enquiry.letter


def _tell_applicant(notice: Notice, enquiry: Enquiry, actor: Actor, now: dt.datetime) -> None:
    letter = _letter_of(enquiry)
    enquiry.application = letter.application
    notify(
        notice,
        about=letter,
        recipient=letter.application.applicant.account,
        zone=applicant_zone(letter.application),
        say=lambda: question_told(enquiry),
        key=f"{enquiry.reference}:{enquiry.reminder_count}",
        context=letter.application.call,
        actor=actor,
        now=now,
    )
