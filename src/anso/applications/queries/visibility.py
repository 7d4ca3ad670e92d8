"""Which applications somebody sees. Whether they may do something with one is said by the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from anso.applications.models import Application, Document, Letter, Submission
from anso.applications.queries.readers import answers_visible_to
from anso.calls.models import Call
from anso.calls.queries import (
    calls_managed_by,
    calls_on_desk_of,
    get_terms,
    is_officer_of,
)
from anso.database import Prepared
from anso.kernel.actors import Actor
from anso.kernel.questions import ReadAnswers

JOINED = ("call__programme", "step", "form_version", "applicant")
# The widest columns, which pages and saves do not read: forms and terms are kept in memory by their
# hash.
HEAVY = ("call__design", "form_version__definition", "search_text")


def applications_visible_to(account: Model | None, now: dt.datetime) -> QuerySet[Application]:
    """One's own; those of calls one works on; for panel chairs and auditors, those that were
    submitted. Newest first.
    """
    if account is None or account.pk is None:
        return Application.objects.none()
    own = Q(applicant__account_id=account.pk)
    managed = Q(call_id__in=calls_managed_by(account, now).values("pk"))
    read = Q(call_id__in=calls_on_desk_of(account, now).values("pk"), submitted_at__isnull=False)
    return _joined(Application.objects.filter(own | managed | read)).order_by("-started_at", "-id")


def get_application_for(account: Model | None, reference: str, now: dt.datetime) -> Application:
    """The application with that reference; 404 for everybody who may not see it."""
    return _first_or_404(applications_visible_to(account, now).filter(reference=reference))


def own_applications_of(account: Model | None) -> QuerySet[Application]:
    """The applications of the person behind an account, newest first."""
    if account is None or account.pk is None:
        return Application.objects.none()
    return _own(account.pk)


def list_own_applications(account: Model | None) -> list[Application]:
    """The same for a page that says where each stands: what the words need of every call is loaded
    at once.
    """
    return list(own_applications_of(account).prefetch_related("call__steps"))


def get_own_application_for(account: Model | None, reference: str) -> Application:
    """One's own application; 404 for everybody else's, also for staff."""
    application = (
        OWN_APPLICATION.first(account.pk, reference)
        if account is not None and account.pk is not None
        else None
    )
    if application is None:
        raise Http404
    application.applicant.account = account  # type: ignore[assignment]  # it was found by this account; nothing to fetch again
    return application


def current_applications_of(account: Model, call: Call) -> QuerySet[Application]:
    """The applications that somebody already has in a call in their order, withdrawn ones left
    aside.
    """
    return (
        own_applications_of(account)
        .filter(call=call)
        .exclude(state="withdrawn")
        .order_by("ordinal")
    )


def next_ordinal_of(standing: Iterable[Application], call: Call) -> int | None:
    """Which place a further application of the same person to a call would take; None where the
    call takes no more.
    """
    taken = {each.ordinal for each in standing}
    places = range(1, get_terms(call).entries_each + 1)
    return next((each for each in places if each not in taken), None)


def applications_of_call(call: Call, account: Actor, now: dt.datetime) -> QuerySet[Application]:
    """The applications of one call for its staff page: all for its officers, submitted ones for its
    chair and auditors.
    """
    found = Application.objects.filter(call=call)
    return found if is_officer_of(account, call, now) else found.filter(submitted_at__isnull=False)


def documents_of(application: Application) -> QuerySet[Document]:
    """The documents that stand, in the order they were added; replaced and removed ones are left
    aside.
    """
    return _documents(application.pk)


def current_documents_of(application: Application) -> list[Document]:
    """The same, read at once."""
    return CURRENT_DOCUMENTS.rows(application.pk)


def submitted_documents_of(submission: Submission, read: ReadAnswers) -> QuerySet[Document]:
    """The documents that were submitted to questions which this reader reads, also those that were
    replaced or removed since.
    """
    listed = submission.body["documents"]
    references = [each["reference"] for each in listed if read.has(each["slot"])]
    found = Document.objects.filter(reference__in=references)
    return found.select_related("file").order_by("added_at", "id")


def get_document_for(account: Model | None, reference: str, now: dt.datetime) -> Document:
    """One's own document, or one that was submitted, with an application that this person may see,
    to a question that is theirs to read; 404 otherwise.
    """
    document = Document.objects.select_related("file").filter(reference=reference).first()
    if document is None or not _may_see_document(account, document, now):
        raise Http404
    return document


def _may_see_document(account: Model | None, document: Document, now: dt.datetime) -> bool:
    if own_applications_of(account).filter(pk=document.application_id).exists():
        return True
    submitted = Submission.objects.filter(
        application_id=document.application_id,
        body__documents__contains=[{"reference": document.reference}],
    )
    seen = applications_visible_to(account, now).filter(pk=document.application_id)
    if not seen.exists():
        return False
    versions = submitted.select_related("application__call", "application__applicant")
    return any(answers_visible_to(account, each, now).has(document.slot) for each in versions)


def letters_of(application: Application) -> QuerySet[Letter]:
    """Letters that are asked for, by kind and position; replaced ones are left aside."""
    return _letters(application.pk).select_related("file").order_by("kind", "position", "id")


def asked_letter_keys(application: Application) -> frozenset[str]:
    """The questions whose writers were asked."""
    return frozenset(letter.question_key for letter in LETTER_KEYS.rows(application.pk))


def _own(account_id: int) -> QuerySet[Application]:
    return _joined(Application.objects.filter(applicant__account_id=account_id)).order_by(
        "-started_at", "-id"
    )


def _documents(application_id: int) -> QuerySet[Document]:
    found = Document.objects.filter(application_id=application_id, removed_at__isnull=True)
    return found.select_related("file").order_by("added_at", "id")


def _letters(application_id: int) -> QuerySet[Letter]:
    return Letter.objects.filter(application_id=application_id).exclude(state="replaced")


def _joined(found: QuerySet[Application]) -> QuerySet[Application]:
    return found.select_related(*JOINED).defer(*HEAVY)


def _first_or_404(found: QuerySet[Application]) -> Application:
    application = found.first()
    if application is None:
        raise Http404
    return application


# Asked by every page and every save of an application.
OWN_APPLICATION = Prepared(
    "own_application",
    lambda account, reference: _own(account).filter(reference=reference)[:1],
    int,
    str,
    joined=JOINED,
    without=HEAVY,
)
CURRENT_DOCUMENTS = Prepared("current_documents", _documents, int, joined=("file",))
LETTER_KEYS = Prepared("letter_keys", _letters, int, only=("question_key",))


def has_unsubmitted_changes(application: Application) -> bool:
    """Whether answers or documents changed after the latest submission."""
    return (
        application.state == "submitted" and application.revision > application.submitted_revision
    )
