"""Reading what was answered: the form of an application, its answers with documents, and what is
still missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from anso.applications.models import Application, Document, Submission
from anso.applications.queries.visibility import current_documents_of
from anso.calls.queries import form_of, get_terms
from anso.kernel.participants import FOR_THEMSELVES, applicant_role
from anso.kernel.questions import (
    Audience,
    Form,
    Meaning,
    Problem,
    Question,
    check_answers,
    facts_meant,
    meanings_read_by,
)
from anso.kernel.zones import zone_of_country


def get_form_of(application: Application) -> Form:
    """The form version that this application answers."""
    return form_of(application.form_version)


def get_submitted_form(submission: Submission) -> Form:
    """The form version that was submitted, whatever the application answers since."""
    return form_of(submission.form_version)


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


def missing_answers(
    application: Application, documents: Mapping[str, list[Document]] | None = None
) -> list[Problem]:
    """Everything to add or correct before submission, in the order of the form; empty when
    complete.
    """
    return check_answers(get_form_of(application), answers_with_documents(application, documents))


def file_questions(form: Form) -> list[Question]:
    """The questions that ask for documents."""
    return [question for question in form.questions() if question.type == "file"]


def submitted_facts_of(applications: Iterable[Application]) -> dict[int, dict[str, Any]]:
    """What the latest submissions of many applications mean: application id to facts (meaning to
    answer), in one query and without carrying whole submissions over the line.
    """
    wanted = {each.submission_id for each in applications if each.submission_id is not None}
    found = Submission.objects.filter(pk__in=wanted)
    return dict(found.values_list("application_id", "body__facts"))


def facts_told(application: Application) -> dict[str, Any]:
    """What messages to the applicant may name: what was submitted, and before that what the draft
    says.
    """
    if application.submission is not None:
        return application.submission.facts
    return facts_meant(get_form_of(application), plain_answers(application))


def applicant_zone(application: Application) -> str:
    """The zone in which applicants are told times whose account does not know it: of the country
    that they answered for themselves; blank for whoever writes for somebody else.
    """
    account = application.applicant.account
    if account is None or account.mail_zone:
        return ""
    if applicant_role(get_terms(application.call).entry) not in FOR_THEMSELVES:
        return ""
    return zone_of_country(facts_told(application).get(Meaning.COUNTRY, ""))


def applicant_name(application: Application) -> str:
    """The name that the applicant gave, or else the one their account came with: how they are
    addressed.
    """
    return facts_told(application).get(Meaning.APPLICANT_NAME) or application.applicant.full_name


def facts_told_to_writers(application: Application) -> dict[str, Any]:
    """What the pages of writers of letters, and messages to them, may name: of the same facts those
    that are asked for their eyes. They are asked before submission, so the draft counts until then.
    """
    submission = application.submission
    form = get_submitted_form(submission) if submission else get_form_of(application)
    read = meanings_read_by(form, frozenset({Audience.WRITERS}))
    return {meaning: value for meaning, value in facts_told(application).items() if meaning in read}


def name_told_to_writers(application: Application) -> str:
    """How writers of letters know the applicant: as the form says it to them, or else by the name
    of the account that asks them.
    """
    told = facts_told_to_writers(application).get(Meaning.APPLICANT_NAME)
    return told or application.applicant.full_name
