"""Judging an application by the rules of its call, country classes as they stood when the call closed."""

from __future__ import annotations

from anso.applications.models import Application, EligibilityCheck
from anso.applications.queries.answers import plain_answers
from anso.calls.queries import judge_answers
from anso.kernel.eligibility import CountryClasses, EligibilityVerdict


def judge_application(application: Application, classes: CountryClasses | None = None) -> EligibilityVerdict:
    """What the rules say about an application as it stands now."""
    return judge_answers(application.call, plain_answers(application), classes)


def latest_checks(application_ids: list[int]) -> dict[int, EligibilityCheck]:
    """The machine's latest verdict on each of these applications."""
    found = EligibilityCheck.objects.filter(application_id__in=application_ids)
    latest = found.order_by("application_id", "-checked_at", "-id").distinct("application_id")
    return {check.application_id: check for check in latest}
