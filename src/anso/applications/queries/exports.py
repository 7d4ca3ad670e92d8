"""What a file of applications is made of: for hundreds of them a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from anso.applications.models import IS_GIVEN, Application, ExportView, Letter, Submission
from anso.calls.models import Call

SHOWN = (
    "number", "state", "subject_name", "country", "category", "first_preference", "title",
    "started_at", "submitted_at", "eligibility", "screening_reason", "lacks",
)  # fmt: skip


def rows_of_list(ids: Sequence[int]) -> QuerySet[Application]:
    """These applications with what the list shows of them."""
    return Application.objects.filter(pk__in=ids).only(*SHOWN)


def letters_given_to(ids: Sequence[int]) -> dict[int, int]:
    """How many letters were given for each; those without any are left out."""
    given = Letter.objects.filter(IS_GIVEN, application__in=ids).values_list("application")
    return dict(given.order_by().annotate(Count("id")))


def writers_of(ids: Sequence[int]) -> list[tuple[int, str | None, str]]:
    """Application, address and name of the account behind each."""
    found = Application.objects.filter(pk__in=ids)
    return list(found.values_list("pk", "applicant__account__email", "applicant__full_name"))


def latest_submissions_of(ids: Sequence[int]) -> QuerySet[Submission]:
    """What counts of each that was submitted."""
    latest = Application.objects.filter(pk__in=ids).values("submission_id")
    return Submission.objects.filter(pk__in=latest).select_related("form_version")


def export_views_of(call: Call) -> QuerySet[ExportView]:
    """The choices of columns that were kept for a call, by name."""
    return ExportView.objects.filter(call=call).order_by("name")
