"""Judging an application by the rules of its call, country classes as they stood when the call
closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from anso.applications.models import (
    IS_REFUSED,
    Application,
    EligibilityCheck,
    Letter,
    Participant,
)
from anso.applications.queries.answers import get_form_of, get_submitted_form, plain_answers
from anso.applications.queries.participants import that_benefit
from anso.applications.queries.visibility import letters_of
from anso.calls.queries import PARTNER_FACTS, get_rule_sets, judge_facts
from anso.kernel.eligibility import CountryClasses, EligibilityVerdict, RuleSet
from anso.kernel.errors import BadInput
from anso.kernel.questions import Form, Meaning, facts_for_rules, meaning_fact
from anso.kernel.questions.conditions import is_answered
from anso.kernel.wording import gettext_noop

APPLICATIONS_IN_CALL = "applications_in_call"
APPLICATIONS_FOR_PERSON = "applications_for_person"
PARTNERS = meaning_fact(Meaning.PARTNERS)
NAMES_OF_FACTS = ("fact", "other")


def judge_draft(application: Application) -> EligibilityVerdict:
    """What the rules say about the answers so far: for the applicant, and at the moment of
    submitting. Nobody else is judged by a draft.
    """
    return _judge(application, get_form_of(application), plain_answers(application), None)


def judge_submission(
    application: Application, classes: CountryClasses | None = None
) -> EligibilityVerdict:
    """What the rules say about what was submitted last, with what letters have said since.

    Refuses an application that was never submitted. Pass ``classes`` when judging many.
    """
    submission = application.submission
    if submission is None:
        raise BadInput(gettext_noop("This application was not submitted."), code="not_submitted")
    return _judge(application, get_submitted_form(submission), submission.answers, classes)


def _judge(
    application: Application,
    form: Form,
    answers: Mapping[str, Any],
    classes: CountryClasses | None,
) -> EligibilityVerdict:
    rule_sets = get_rule_sets(application.call)
    beyond = _facts_beyond(application, _facts_not_asked(form, rule_sets))
    facts = facts_for_rules(form, answers) | beyond
    if is_answered(facts.get(PARTNERS)):
        facts[PARTNERS] = _partners_who_stay(application, facts[PARTNERS])
    return judge_facts(application.call, facts, classes, rule_sets)


def _partners_who_stay(
    application: Application, partners: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The partners named, without those who said that they take no part."""
    letters = letters_of(application).filter(kind="partner")
    gone = letters.filter(IS_REFUSED)
    addresses = {email.casefold() for email in gone.values_list("email", flat=True)}
    return [row for row in partners if str(row.get("email", "")).casefold() not in addresses]


def turns_on_letter(letter: Letter) -> bool:
    """Whether a rule of the call turns on an answer of this letter, or on whether a partner takes
    part.
    """
    application = letter.application
    needed = _facts_not_asked(get_form_of(application), get_rule_sets(application.call))
    answered = {*letter.answers, *(PARTNER_FACTS if letter.kind == "partner" else ())}
    return not needed.isdisjoint(answered)


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
    if APPLICATIONS_FOR_PERSON in needed:
        facts[APPLICATIONS_FOR_PERSON] = _applications_for_same_person(application)
    for letter in letters_of(application).filter(state="completed"):
        facts |= {key: letter.answers[key] for key in needed.intersection(letter.answers)}
    return facts


def _applications_for_same_person(application: Application) -> int:
    """How many submitted applications of the call are for whom this one is for."""
    own = that_benefit(application.participants.filter(person__isnull=False))
    found = Participant.objects.filter(
        application__call_id=application.call_id,
        application__submitted_at__isnull=False,
        person__in=own.values("person_id"),
    )
    standing = that_benefit(found).exclude(application__state="withdrawn")
    return standing.values("application_id").distinct().count()


def _facts_not_asked(form: Form, rule_sets: Iterable[RuleSet]) -> frozenset[str]:
    """The facts that rules name and the application form does not ask."""
    rules = (rule for rule_set in rule_sets for rule in rule_set.rules)
    named = {
        str(rule.terms[part]) for rule in rules for part in NAMES_OF_FACTS if part in rule.terms
    }
    return frozenset(named.difference(form.keys()))


def latest_checks(application_ids: list[int]) -> dict[int, EligibilityCheck]:
    """The latest check of the rules on each of these applications."""
    found = EligibilityCheck.objects.filter(application_id__in=application_ids)
    latest = found.order_by("application_id", "-checked_at", "-id").distinct("application_id")
    return {check.application_id: check for check in latest}


def unmet_rules(applications: Iterable[Application]) -> dict[int, list[dict[str, Any]]]:
    """The required rules that the latest check of each application found not met, by primary key:
    code and sentence in every language of the call, as the terms carry them.
    """
    keys = [application.pk for application in applications]
    checks = latest_checks(keys)
    return {key: _unmet(checks[key].verdict) if key in checks else [] for key in keys}


def _unmet(verdict: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"code": judged["rule"]["code"], "sentence": judged["rule"]["sentence"]}
        for judged in verdict["judged_rules"]
        if judged["result"] == "not_met" and judged["rule"].get("standard") == "required"
    ]
