"""Reading what was answered: the form of an application, its answers with documents, and what is
still missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anso.applications.models import Application, Document
from anso.applications.queries.visibility import current_documents_of
from anso.calls.queries import form_of
from anso.kernel.questions import Form, Problem, Question, check_answers


def get_form_of(application: Application) -> Form:
    """The form version that this application answers."""
    return form_of(application.form_version)


def plain_answers(application: Application) -> dict[str, Any]:
    """Question key to value, without documents."""
    return {key: kept["value"] for key, kept in application.answers.items()}


def document_value(document: Document) -> dict[str, Any]:
    """A document the way a question of the type file keeps it."""
    stored = document.file
    return {
        "reference": document.reference,
        "name": stored.name,
        "media_type": stored.media_type,
        "bytes": stored.size_bytes,
    }


def documents_by_slot(application: Application) -> dict[str, list[Document]]:
    """The standing documents by the question that asks for them."""
    found: dict[str, list[Document]] = {}
    for document in current_documents_of(application):
        found.setdefault(document.slot, []).append(document)
    return found


def answers_with_documents(
    application: Application, documents: Mapping[str, list[Document]] | None = None
) -> dict[str, Any]:
    """All answers as the form checks them, documents included."""
    by_slot = documents_by_slot(application) if documents is None else documents
    return plain_answers(application) | {
        slot: [document_value(each) for each in listed] for slot, listed in by_slot.items()
    }


def missing_answers(application: Application) -> list[Problem]:
    """Everything to add or correct before submission, in the order of the form; empty when
    complete.
    """
    return check_answers(get_form_of(application), answers_with_documents(application))


def file_questions(form: Form) -> list[Question]:
    """The questions that ask for documents."""
    return [question for question in form.questions() if question.type == "file"]
