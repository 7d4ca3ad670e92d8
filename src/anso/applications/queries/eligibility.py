"""Judging an application by the rules of its call, country classes as they stood when the call closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from anso.applications.models import Application, EligibilityCheck
from anso.applications.queries.answers import plain_answers
from anso.calls.models import Call
from anso.calls.queries import get_rule_sets
from anso.directory.models import CountryClass
from anso.kernel.eligibility import ClassMembership, CountryClasses, EligibilityVerdict, evaluate
from anso.kernel.periods import DatePeriod


def get_country_classes() -> CountryClasses:
    """All dated country classes on record."""
    rows = CountryClass.objects.values_list("code", "country_id", "period")
    return CountryClasses(ClassMembership(code, country, DatePeriod(period.lower, period.upper)) for code, country, period in rows)


def judge_answers(call: Call, answers: Mapping[str, Any], classes: CountryClasses | None = None) -> EligibilityVerdict:
    """What the rules of the call say about these answers on its closing day. Pass ``classes`` when judging many."""
    closing_day = call.closes_at.astimezone(ZoneInfo(call.zone)).date()
    known = get_country_classes() if classes is None else classes
    return evaluate(get_rule_sets(call), answers, on=closing_day, classes=known)


def judge_application(application: Application, classes: CountryClasses | None = None) -> EligibilityVerdict:
    """What the rules say about an application as it stands now."""
    return judge_answers(application.call, plain_answers(application), classes)


def latest_checks(application_ids: list[int]) -> dict[int, EligibilityCheck]:
    """The machine's latest verdict on each of these applications."""
    found = EligibilityCheck.objects.filter(application_id__in=application_ids)
    latest = found.order_by("application_id", "-checked_at", "-id").distinct("application_id")
    return {check.application_id: check for check in latest}
