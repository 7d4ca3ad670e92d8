"""Who may ask and answer questions about one application."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Application, Enquiry, Letter
from anso.applications.queries.enquiries import open_question_of
from anso.applications.queries.letters import is_asked_yes_or_no
from anso.applications.queries.participants import parts_of
from anso.applications.rules.applications import may_write_letter
from anso.calls.rules import may_manage_call
from anso.kernel.actors import Actor
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse

ASKED_BACK_AT_MOST = 5  # of one writer
WAITING_AT_MOST = 3  # of one applicant, until officers answer


def may_ask_back(letter: Letter, now: dt.datetime) -> Verdict:
    """Whoever is asked for yes or no may ask the applicant first, one question after the other, as
    long as the letter is waited for.
    """
    wanted = ALLOWED
    if not is_asked_yes_or_no(letter):
        wanted = refuse("asked_for_words", _("Nobody asks you for yes or no here."))
    elif letter.state == "asking":
        text = _("Your last question is not answered yet. You can ask another one after that.")
        wanted = refuse("waits", text)
    elif letter.state not in WAITED_FOR:
        text = _("You have answered already. You can change your answer until it is due.")
        wanted = refuse("answered", text)
    elif letter.enquiries.count() >= ASKED_BACK_AT_MOST:
        text = _("You have asked five questions already: answer yes or no, or write to us.")
        wanted = refuse("too_often", text)
    return first_refusal(may_write_letter(letter, now), wanted)


def may_answer_writer(actor: Actor, enquiry: Enquiry, now: dt.datetime) -> Verdict:
    """The applicant, while the writer waits for it and could still say yes or no."""
    letter = enquiry.letter
    if letter is None or letter.application.applicant.account_id != actor.pk:
        return refuse("not_yours", _("Only whoever wrote it may do this."))
    open_one = open_question_of(letter)
    if open_one is None or open_one.pk != enquiry.pk or letter.application.state == "decided":
        return refuse("over", _("Nobody waits for an answer to this question any more."))
    return may_write_letter(letter, now)


def may_ask_office(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """The applicant at any time; a few at once, so that each is read."""
    if application.applicant.account_id != actor.pk:
        return refuse("not_yours", _("Only whoever wrote it may do this."))
    waiting = application.enquiries.filter(letter=None, answered_at=None)
    if waiting.count() >= WAITING_AT_MOST:
        text = _("Three of your questions wait for an answer. Ask again when one is answered.")
        return refuse("too_many", text)
    return ALLOWED


def may_answer_enquiry(actor: Actor, enquiry: Enquiry, now: dt.datetime) -> Verdict:
    """Officers of the call answer what an applicant asks; nobody who takes part in the
    application.
    """
    answered = refuse("answered", _("This question is answered already."))
    is_open = ALLOWED if enquiry.answered_at is None else answered
    return first_refusal(_may_speak(actor, enquiry, now), is_open)


def may_correct_answer(actor: Actor, enquiry: Enquiry, now: dt.datetime) -> Verdict:
    """The same officers correct what was answered."""
    waiting = refuse("not_answered", _("This question is not answered yet."))
    is_answered = waiting if enquiry.answered_at is None else ALLOWED
    return first_refusal(_may_speak(actor, enquiry, now), is_answered)


def _may_speak(actor: Actor, enquiry: Enquiry, now: dt.datetime) -> Verdict:
    """Whether somebody speaks for the office on this question."""
    own = ALLOWED
    if parts_of(actor).filter(application_id=enquiry.application_id).exists():
        own = refuse("own", _("You take part in it; somebody else must answer."))
    elif enquiry.letter_id is not None:
        own = refuse("not_ours", _("This question is for whoever named the writer."))
    return first_refusal(may_manage_call(actor, enquiry.application.call, now), own)
