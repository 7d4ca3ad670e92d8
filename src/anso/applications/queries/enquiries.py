"""Questions about one application, and what a writer reads of it before answering."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, Prefetch, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.models import Application, Document, EarlierAnswer, Enquiry, Letter
from anso.applications.queries.answers import (
    answers_with_documents,
    get_form_of,
    get_submitted_form,
)
from anso.applications.queries.casework import officers_of
from anso.applications.queries.letters import asks_yes_or_no, letter_due_at
from anso.applications.queries.visibility import own_applications_of
from anso.calls.models import Call
from anso.calls.queries import calls_managed_by, is_officer_of
from anso.kernel.actors import Actor
from anso.kernel.questions import (
    Audience,
    Form,
    Meaning,
    Question,
    ReadAnswers,
    is_read_by,
    read_by,
)

EVERY_DAYS, REMINDED_AT_MOST = 3, 2
OVER = ("withdrawn", "decided")
SAID_ANYWAY = frozenset({Meaning.APPLICANT_NAME, Meaning.SUBJECT_NAME, Meaning.TITLE})


def audiences_of_kind(call: Call, kind: str) -> frozenset[Audience]:
    """What the writers of one kind of letter are to an application."""
    if asks_yes_or_no(call, kind):
        return frozenset({Audience.WRITERS, Audience.AGREEING})
    return frozenset({Audience.WRITERS})


def questions_shown_to(form: Form, call: Call, kind: str) -> list[Question]:
    """The questions whose answers these writers read on their page, names and title apart, which
    stand in every sentence about it.
    """
    audiences = audiences_of_kind(call, kind)
    return [
        each
        for each in form.questions()
        if is_read_by(each, audiences) and SAID_ANYWAY.isdisjoint(each.means)
    ]


def read_by_writer(letter: Letter) -> ReadAnswers:
    """What a writer reads of the application: of what was submitted, and before that of the draft
    as it stands, what its form asks for their eyes.
    """
    application = letter.application
    submission = application.submission
    audiences = audiences_of_kind(application.call, letter.kind)
    if submission is not None:
        return read_by(get_submitted_form(submission), submission.answers, audiences)
    form, answers = get_form_of(application), answers_with_documents(application)
    return read_by(form, answers, audiences)


def documents_read_by_writer(letter: Letter) -> list[Document]:
    """The documents among it."""
    read = read_by_writer(letter)
    listed = [
        each["reference"]
        for question in read.form.questions()
        if question.type == "file"
        for each in read.answers.get(question.key) or ()
    ]
    found = Document.objects.filter(application_id=letter.application_id, reference__in=listed)
    return list(found.select_related("file").order_by("added_at", "id"))


def get_document_of_writer(letter: Letter, reference: str) -> Document:
    """One of them; 404 for every other."""
    found = (each for each in documents_read_by_writer(letter) if each.reference == reference)
    document = next(found, None)
    if document is None:
        raise Http404
    return document


def open_question_of(letter: Letter) -> Enquiry | None:
    """What a writer waits for: their latest question, while it is not answered."""
    if letter.state != "asking":
        return None
    return letter.enquiries.filter(answered_at=None).order_by("-asked_at", "-id").first()


def exchange_of(letter: Letter) -> list[Enquiry]:
    """What a writer and the applicant asked and answered, in order."""
    return list(letter.enquiries.order_by("asked_at", "id"))


def exchanges_of(letters: Iterable[Letter]) -> dict[int, list[Enquiry]]:
    """The same of several letters at once."""
    found = Enquiry.objects.filter(letter__in=list(letters)).order_by("asked_at", "id")
    exchanges: dict[int, list[Enquiry]] = {}
    for each in found:
        exchanges.setdefault(each.letter_id or 0, []).append(each)
    return exchanges


def questions_of_writers(account: Account, now: dt.datetime) -> list[Enquiry]:
    """What writers ask of this account's applications and wait for, the most pressing first, each
    letter with until when it counts as its ``due_at``.
    """
    own = own_applications_of(account).exclude(state__in=OVER)
    return _still_asked(_asked_back().filter(application__in=own), now)


def questions_to_remind(now: dt.datetime) -> list[Enquiry]:
    """What writers asked some days ago and applicants have not answered, nor were reminded of too
    often.
    """
    found = _asked_back().exclude(application__state__in=OVER)
    days = dt.timedelta(days=EVERY_DAYS)
    due = [
        each
        for each in found.filter(reminder_count__lt=REMINDED_AT_MOST, asked_at__lte=now - days)
        if each.asked_at + (each.reminder_count + 1) * days <= now
    ]
    return _still_asked(due, now)


def _asked_back() -> QuerySet[Enquiry]:
    found = Enquiry.objects.filter(letter__state="asking", answered_at=None)
    return found.select_related(
        "letter", "application__call", "application__applicant__account"
    ).order_by("asked_at", "id")


def _still_asked(enquiries: Iterable[Enquiry], now: dt.datetime) -> list[Enquiry]:
    latest: dict[int, Enquiry] = {}
    for each in enquiries:
        if each.letter is None:  # pragma: no cover - asked only of those with a letter
            continue
        each.letter.application = each.application
        each.letter.due_at = letter_due_at(each.letter)
        latest[each.letter.pk] = each  # in their order: the latest stands
    return [each for each in latest.values() if each.letter and now < each.letter.due_at]


def _earlier() -> Prefetch[Any]:
    """What was answered before, in order."""
    return Prefetch("earlier", EarlierAnswer.objects.order_by("answered_at", "id"))


def own_enquiries(application: Application) -> list[Enquiry]:
    """What the applicant asked the officers about an application, the newest first."""
    found = application.enquiries.filter(letter=None).select_related("answered_by__person")
    return list(found.prefetch_related(_earlier()).order_by("-asked_at", "-id"))


def enquiries_visible_to(
    account: Model, application: Application, now: dt.datetime
) -> list[Enquiry]:
    """The same for officers of the call and nobody else."""
    return own_enquiries(application) if is_officer_of(account, application.call, now) else []


def enquiries_of_call(call: Call) -> QuerySet[Enquiry]:
    """What applicants of a call asked its officers: what waits first, the oldest of it before."""
    found = Enquiry.objects.filter(application__call=call, letter=None)
    joined = found.select_related("application__applicant", "answered_by__person")
    return joined.prefetch_related(_earlier()).order_by(
        F("answered_at").desc(nulls_first=True), "asked_at", "id"
    )


def enquiries_waiting(account: Account, now: dt.datetime) -> list[tuple[Call, list[Enquiry]]]:
    """By call, what applicants of this officer's calls asked and nobody answered, oldest first."""
    calls = calls_managed_by(account, now)
    found = Enquiry.objects.filter(
        letter=None, answered_at=None, application__call__in=calls.values("pk")
    ).select_related("application__call", "application__applicant")
    by_call: dict[int, tuple[Call, list[Enquiry]]] = {}
    for each in found.order_by("asked_at", "id"):
        call = each.application.call
        by_call.setdefault(call.pk, (call, []))[1].append(each)
    return list(by_call.values())


def get_enquiry_for(account: Actor, reference: str, now: dt.datetime) -> Enquiry:
    """A question of an applicant, for the officers of its call; 404 for everybody else."""
    found = Enquiry.objects.select_related(
        "application__call__programme", "application__applicant__account"
    ).filter(reference=reference, letter=None)
    enquiry = found.first()
    if enquiry is None or not is_officer_of(account, enquiry.application.call, now):
        raise Http404
    return enquiry


def to_be_told_of(enquiry: Enquiry) -> list[Account]:
    """Which officers hear of a question by mail: whoever looks after the file, else all of them."""
    application = enquiry.application
    if application.owner is not None:
        return [application.owner]
    return officers_of(application.call)
