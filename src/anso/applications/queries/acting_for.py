"""Where an officer may put a file in for an applicant, and what officers put in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from anso.applications.models import Application, Document
from anso.applications.queries.answers import (
    file_questions,
    get_form_of,
    get_submitted_form,
    plain_answers,
)
from anso.applications.queries.readers import answers_visible_to
from anso.applications.queries.visibility import documents_of
from anso.kernel.questions import FileSlot, Question, shown_questions


@dataclass(frozen=True)
class OpenSlot:
    """A question that asks for files, and the files that count there: those of the latest
    submission, or those of the draft.
    """

    question: Question
    standing: tuple[Document, ...]

    @property
    def asked(self) -> FileSlot:
        """What may be uploaded."""
        return self.question.file or FileSlot()


def open_slots(application: Application) -> dict[str, OpenSlot]:
    """The questions that ask for files and apply by the answers that count, in order, by key."""
    submission = application.submission if application.state == "submitted" else None
    if submission is not None:
        form, answers = get_submitted_form(submission), submission.answers
        listed = [each["reference"] for each in submission.body["documents"]]
        documents = _in_order(Document.objects.filter(reference__in=listed))
    else:
        form, answers = get_form_of(application), plain_answers(application)
        documents = _in_order(documents_of(application))
    shown = {question.key for question in shown_questions(form, answers)}
    return {
        each.key: OpenSlot(each, tuple(d for d in documents if d.slot == each.key))
        for each in file_questions(form)
        if each.key in shown
    }


def slots_read_by(
    account: Model, application: Application, now: dt.datetime
) -> dict[str, OpenSlot]:
    """The same as this person reads it: of what was submitted the questions that are theirs; of a
    draft, which is its author's alone, the questions without their files.
    """
    slots, submission = open_slots(application), application.submission
    if application.state != "submitted" or submission is None:
        return {key: OpenSlot(each.question, ()) for key, each in slots.items()}
    read = answers_visible_to(account, submission, now)
    return {key: each for key, each in slots.items() if read.has(key)}


def files_put_in(application: Application) -> QuerySet[Document]:
    """The files that officers put in, the newest first, with what each replaces."""
    found = Document.objects.filter(application=application, added_by__isnull=False)
    joined = found.select_related("file", "replaces__file", "added_by__person")
    return joined.order_by("-added_at", "-id")


def _in_order(found: Iterable[Document] | QuerySet[Document]) -> list[Document]:
    documents = found.select_related("file") if isinstance(found, QuerySet) else found
    return sorted(documents, key=lambda each: (each.added_at, each.pk))
