"""Judging an application by the rules of its call, country classes as they stood when the call
closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import prefetch_related_objects

from anso.applications.models import (
    IS_REFUSED,
    Application,
    EligibilityCheck,
    Letter,
    Participant,
)
from anso.applications.models import RuleAnswer as StoredAnswer
from anso.applications.queries.answers import get_form_of, get_submitted_form, plain_answers
from anso.applications.queries.batches import decided_in_earlier_batches
from anso.applications.queries.participants import that_benefit
from anso.applications.queries.visibility import letters_of
from anso.calls.queries import PARTNER_FACTS, get_rule_sets, judge_facts
from anso.directory.models import Person
from anso.kernel.addresses import same_mailbox
from anso.kernel.eligibility import (
    NO_ANSWERS,
    CountryClasses,
    Eligibility,
    EligibilityVerdict,
    RuleAnswer,
    RuleResult,
    RuleSet,
    Standard,
)
from anso.kernel.errors import BadInput
from anso.kernel.questions import Form, Meaning, facts_for_rules, meaning_fact
from anso.kernel.questions.conditions import is_answered
from anso.kernel.wording import gettext_noop

APPLICATIONS_IN_CALL = "applications_in_call"
APPLICATIONS_FOR_PERSON = "applications_for_person"
DECIDED_BEFORE = "decided_before"
PARTNERS = meaning_fact(Meaning.PARTNERS)
APPLICANT_ADDRESSES = "applicant_addresses"
APPLICANT_NAMES = "applicant_names"


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
        raise BadInput(gettext_noop("It was not submitted."), code="not_submitted")
    form = get_submitted_form(submission)
    return _judge(application, form, submission.answers, classes, answers_to_rules(application))


def answers_to_rules(application: Application) -> dict[str, RuleAnswer]:
    """What officers answered where no rule could judge, by code of the rule; the latest counts."""
    given = StoredAnswer.objects.filter(application=application).select_related("answered_by")
    return {
        each.rule: RuleAnswer(each.is_met, each.reason, each.about, str(each.answered_by))
        for each in given.order_by("answered_at", "id")
    }


def _judge(
    application: Application,
    form: Form,
    answers: Mapping[str, Any],
    classes: CountryClasses | None,
    officers: Mapping[str, RuleAnswer] = NO_ANSWERS,
) -> EligibilityVerdict:
    rule_sets = get_rule_sets(application.call)
    beyond = _facts_beyond(application, _facts_not_asked(form, rule_sets))
    facts = facts_for_rules(form, answers) | beyond
    if is_answered(facts.get(PARTNERS)):
        facts[PARTNERS] = _partners_who_stay(application, facts[PARTNERS])
    return judge_facts(application.call, facts, classes, rule_sets, officers)


def _partners_who_stay(
    application: Application, partners: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The partners named, without those who said that they take no part."""
    letters = letters_of(application).filter(kind="partner")
    gone = letters.filter(IS_REFUSED)
    addresses = {same_mailbox(email) for email in gone.values_list("email", flat=True)}
    return [row for row in partners if same_mailbox(str(row.get("email", ""))) not in addresses]


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
    facts: dict[str, Any] = {}
    if APPLICATIONS_IN_CALL in needed:
        facts[APPLICATIONS_IN_CALL] = _applications_of_applicant(application)
    if APPLICATIONS_FOR_PERSON in needed:
        facts[APPLICATIONS_FOR_PERSON] = _applications_for_same_person(application)
    if DECIDED_BEFORE in needed:
        facts[DECIDED_BEFORE] = decided_in_earlier_batches(application)
    if APPLICANT_ADDRESSES in needed:
        facts[APPLICANT_ADDRESSES] = addresses_of(application.applicant)
    if APPLICANT_NAMES in needed:
        person = application.applicant
        facts[APPLICANT_NAMES] = [name for name in (person.full_name, person.latin_name) if name]
    told = needed.difference(facts, PARTNER_FACTS)
    letters = letters_of(application).filter(state="completed") if told else ()
    for letter in letters:
        facts |= {key: letter.answers[key] for key in told.intersection(letter.answers)}
    return facts


def _applications_of_applicant(application: Application) -> int:
    """How many applications to the call somebody has that were not withdrawn."""
    own = Application.objects.filter(
        call_id=application.call_id, applicant_id=application.applicant_id
    )
    return own.exclude(state="withdrawn").count()


def addresses_of(person: Person) -> list[str]:
    """All addresses that are known to be somebody's: of their account, and others that they
    confirmed.
    """
    account = person.account
    if account is None:
        return []
    # Kept with the account: each letter of a submission asks again.
    prefetch_related_objects([account], "emailaddress_set")
    addresses = account.emailaddress_set.all()  # type: ignore[attr-defined]  # of the sign-in library
    confirmed = (each.email for each in addresses if each.verified)
    return list(dict.fromkeys((account.email, *confirmed)))


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
    named = {name for rule in rules for name in rule.facts_named()}
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


def open_questions(applications: Iterable[Application]) -> dict[int, list[str]]:
    """Codes of the required rules of each application that wait for an officer's word, by primary
    key. Only where the latest check says that somebody must be asked is anything read.
    """
    rows = list(applications)
    asking = [each.pk for each in rows if each.eligibility == Eligibility.ASK_US]
    checks = latest_checks(asking) if asking else {}
    return {
        each.pk: _questions(checks[each.pk].verdict) if each.pk in checks else [] for each in rows
    }


def _questions(verdict: Mapping[str, Any]) -> list[str]:
    return [
        judged["rule"]["code"]
        for judged in verdict["judged_rules"]
        if judged["result"] == RuleResult.QUESTION
        and judged["rule"].get("standard") == Standard.REQUIRED
    ]


def _unmet(verdict: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"code": judged["rule"]["code"], "sentence": judged["rule"]["sentence"]}
        for judged in verdict["judged_rules"]
        if judged["result"] == "not_met" and judged["rule"].get("standard") == "required"
    ]
