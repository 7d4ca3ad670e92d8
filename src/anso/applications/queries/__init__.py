"""Reading applications, by noun: who sees them, answers, documents, letters, progress, and the
officers' lists.
"""

from __future__ import annotations

from anso.applications.queries.answers import (
    answers_with_documents,
    applicant_name,
    document_value,
    documents_by_slot,
    facts_told,
    file_questions,
    get_form_of,
    get_submitted_form,
    missing_answers,
    plain_answers,
    submitted_facts_of,
)
from anso.applications.queries.eligibility import judge_draft
from anso.applications.queries.progress import Progress, Topic, get_progress
from anso.applications.queries.readers import answers_read_by, answers_visible_to
from anso.applications.queries.viewers import viewers_of
from anso.applications.queries.visibility import (
    applications_of_call,
    applications_visible_to,
    asked_letter_keys,
    current_applications_of,
    documents_of,
    get_application_for,
    get_document_for,
    get_own_application_for,
    has_unsubmitted_changes,
    letters_of,
    list_own_applications,
    next_ordinal_of,
    own_applications_of,
    submitted_documents_of,
)

__all__ = [
    "Progress",
    "Topic",
    "answers_read_by",
    "answers_visible_to",
    "answers_with_documents",
    "applicant_name",
    "applications_of_call",
    "applications_visible_to",
    "asked_letter_keys",
    "current_applications_of",
    "document_value",
    "documents_by_slot",
    "documents_of",
    "facts_told",
    "file_questions",
    "get_application_for",
    "get_document_for",
    "get_form_of",
    "get_own_application_for",
    "get_progress",
    "get_submitted_form",
    "has_unsubmitted_changes",
    "judge_draft",
    "letters_of",
    "list_own_applications",
    "missing_answers",
    "next_ordinal_of",
    "own_applications_of",
    "plain_answers",
    "submitted_documents_of",
    "submitted_facts_of",
    "viewers_of",
]
