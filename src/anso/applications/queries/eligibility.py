"""Judging an application by the rules of its call, country classes as they stood when the call
closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from anso.applications.models import Application, EligibilityCheck, Letter
from anso.applications.queries.answers import get_form_of, plain_answers
from anso.applications.queries.visibility import letters_of
from anso.calls.queries import get_rule_sets, judge_answers
from anso.kernel.eligibility import CountryClasses, EligibilityVerdict, RuleSet

APPLICATIONS_IN_CALL = "applications_in_call"
NAMES_OF_FACTS = ("fact", "other")


def judge_application(
    application: Application, classes: CountryClasses | None = None
) -> EligibilityVerdict:
    """What the rules say about an application as it stands now."""
    rule_sets = get_rule_sets(application.call)
    facts = plain_answers(application) | _facts_beyond(
        application, _facts_not_asked(application, rule_sets)
    )
    return judge_answers(application.call, facts, classes, rule_sets)


def turns_on_letter(letter: Letter) -> bool:
    """Whether a rule of the call turns on an answer of this letter."""
    return not _facts_not_asked(
        letter.application, get_rule_sets(letter.application.call)
    ).isdisjoint(letter.answers)


def _facts_beyond(application: Application, needed: frozenset[str]) -> dict[str, Any]:
    """What rules need and the applicant is not asked: answers of letters that were given, and how
    many applications one has.
    """
    if not needed:
        return {}
    own = Application.objects.filter(
        call_id=application.call_id, applicant_id=application.applicant_id
    )
    facts: dict[str, Any] = {APPLICATIONS_IN_CALL: own.exclude(state="withdrawn").count()}
    for letter in letters_of(application).filter(state="completed"):
        facts |= {key: letter.answers[key] for key in needed.intersection(letter.answers)}
    return facts


def _facts_not_asked(application: Application, rule_sets: Iterable[RuleSet]) -> frozenset[str]:
    """The facts that rules name and the application form does not ask."""
    rules = (rule for rule_set in rule_sets for rule in rule_set.rules)
    named = {
        str(rule.terms[part]) for rule in rules for part in NAMES_OF_FACTS if part in rule.terms
    }
    return frozenset(named.difference(get_form_of(application).keys()))


def latest_checks(application_ids: list[int]) -> dict[int, EligibilityCheck]:
    """The latest eligibility check of each of these applications."""
    found = EligibilityCheck.objects.filter(application_id__in=application_ids)
    latest = found.order_by("application_id", "-checked_at", "-id").distinct("application_id")
    return {check.application_id: check for check in latest}
