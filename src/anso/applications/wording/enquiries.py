"""Questions about one application in words: for mails, to-dos, and what a writer reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anso.accounts.models import Account
from anso.applications.models import Enquiry, Letter
from anso.applications.queries.enquiries import (
    enquiries_waiting,
    questions_of_writers,
)
from anso.applications.wording.letters import need_of
from anso.applications.wording.mail import application_told, letter_told_to_applicant
from anso.kernel.actors import name_of_account
from anso.kernel.todo import TodoItem
from anso.ui.question_fields import in_reader_language

LATE = dt.timedelta(days=3)


def question_told(enquiry: Enquiry) -> dict[str, Any]:
    """What the mails about a writer's question may say."""
    told = {"question": enquiry.text, "answer": enquiry.answer}
    if enquiry.letter is None or enquiry.answered_at is not None:
        return told
    url = letters_url(enquiry.letter)
    return {**letter_told_to_applicant(enquiry.letter), **told, "url": url}


def letters_url(letter: Letter) -> str:
    """Where an applicant answers a writer, of the page of their letters."""
    page = reverse("applications:letters", args=[letter.application.reference])
    return f"{page}#ask-{letter.reference}"


def enquiry_told(enquiry: Enquiry) -> dict[str, Any]:
    """What the mail with an answer of the officers says."""
    page = reverse("applications:enquiries", args=[enquiry.application.reference])
    return {"question": enquiry.text, "answer": enquiry.answer, "url": page}


def enquiry_told_to_officers(enquiry: Enquiry, officer: Account) -> dict[str, Any]:
    """What the mail to an officer about a question says."""
    application = enquiry.application
    page = reverse("applications:desk_detail", args=[application.reference])
    return application_told(application) | {
        "name": name_of_account(officer),
        "applicant": application.applicant.full_name,
        "question": enquiry.text,
        "url": f"{page}#enquiries",
    }


def writers_ask_items(account: Account, now: dt.datetime) -> Iterator[TodoItem]:
    """Questions of writers that an applicant has to answer."""
    for enquiry in questions_of_writers(account, now):
        letter = enquiry.letter
        if letter is None:  # pragma: no cover - only those with a letter are read
            continue
        text = _("Answer %(name)s, who asks you something first") % {"name": letter.full_name}
        reason = f"{in_reader_language(enquiry.application.call.title)}: {need_of(letter)}"
        zone = enquiry.application.call.zone
        yield TodoItem(letter.due_at, text, reason, letters_url(letter), "attn", zone)


def enquiry_items(account: Account, now: dt.datetime) -> Iterator[TodoItem]:
    """Questions of applicants that officers have to answer, one line for each call."""
    for call, waiting in enquiries_waiting(account, now):
        text = ngettext(
            "Answer %(n)d question",
            "Answer %(n)d questions",
            len(waiting),
        )
        url = reverse("applications:call_enquiries", args=[call.reference])
        tone = "attn" if waiting[0].asked_at + LATE <= now else "act"
        title = in_reader_language(call.title)
        yield TodoItem(None, text % {"n": len(waiting)}, title, url, tone, call.zone)
