"""The rules of a call applied to answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from anso.calls.models import Call
from anso.calls.queries.deadlines import get_deadline
from anso.calls.queries.terms import get_rule_sets
from anso.directory.queries import get_country_classes, references_of
from anso.governance.queries import members_on
from anso.kernel.citizenships import NO_COUNTRY
from anso.kernel.eligibility import (
    ANY,
    MEMBERS,
    NO_ANSWERS,
    REGISTERED,
    CountryClasses,
    Domain,
    EligibilityVerdict,
    RuleAnswer,
    RuleSet,
    domains_of_questions,
    evaluate,
    organisations_read,
    rules_asked,
)
from anso.kernel.likeness import organisation_key as key_of
from anso.kernel.periods import day_of
from anso.kernel.questions import Meaning, Question, meaning_fact
from anso.kernel.terms import Terms

PARTNER_FACTS = ("partner_organisations", "partner_countries", "partner_members")


def judge_facts(
    call: Call,
    facts: Mapping[str, Any],
    classes: CountryClasses | None = None,
    rule_sets: tuple[RuleSet, ...] | None = None,
    answers: Mapping[str, RuleAnswer] = NO_ANSWERS,
) -> EligibilityVerdict:
    """What the rules of the call say about facts (``kernel.questions.facts_for_rules``) on its
    closing day as it stands. Pass ``classes`` when judging many, ``rule_sets`` when read, and what
    officers answered where no rule can judge.
    """
    known = get_country_classes() if classes is None else classes
    rules = get_rule_sets(call) if rule_sets is None else rule_sets
    on = get_deadline(call).last_day
    return evaluate(
        rules,
        dict(facts) | _facts_of_partners(facts, on) | _registered(rules, facts, on),
        on=on,
        classes=known,
        opens_on=day_of(call.opens_at, call.zone),
        answers=answers,
    )


def judge_check(
    call: Call, questions: Iterable[Question], facts: Mapping[str, Any]
) -> EligibilityVerdict:
    """What the rules say of a few answers before an application; those that look at what these
    questions do not ask are judged with the application.
    """
    asked = domains_of_questions(questions)
    rules = rules_asked(get_rule_sets(call), {*asked, *partner_domains(asked)})
    return judge_facts(call, facts, rule_sets=rules)


def facts_beyond_forms(terms: Terms) -> dict[str, Domain]:
    """What rules may read beside the answers of a call's forms, and what each can be: counted of
    the application and its participants.
    """
    own = Domain(is_number=True, lowest=Decimal(1), highest=Decimal(terms.entries_each))
    return {
        "applications_in_call": own,
        "applications_for_person": Domain(is_number=True, lowest=Decimal(1)),
        "decided_before": Domain(is_number=True, lowest=Decimal(0)),
        "applicant_addresses": ANY,
        "applicant_names": ANY,
    }


def partner_domains(asked: Mapping[str, Domain]) -> dict[str, Domain]:
    """What is counted of a consortium where partners are asked for, the applicant's own
    organisation included.
    """
    partners = asked.get(meaning_fact(Meaning.PARTNERS))
    if partners is None:
        return {}
    most = None if partners.most is None else partners.most + 1
    organisations, countries, members = PARTNER_FACTS
    return {
        organisations: Domain(fewest=1, most=most),
        countries: Domain(fewest=1, most=most),
        members: Domain(fewest=0, most=most),
    }


def _registered(
    rule_sets: tuple[RuleSet, ...], facts: Mapping[str, Any], on: dt.date
) -> dict[str, Any]:
    """What the directory knows of the organisations that rules compare or look up, and who is a
    member on a day: nothing is asked of it where no rule does.
    """
    rules = [rule for rule_set in rule_sets for rule in rule_set.rules]
    names = {name for rule in rules for name in organisations_read(rule, facts)}
    found: dict[str, Any] = {}
    if names:
        found[REGISTERED] = {key_of(name): references_of(name) for name in names}
    if names and any(rule.kind == "is_member" for rule in rules):
        found[MEMBERS] = _members_by_name(on)
    return found


def _facts_of_partners(facts: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    """What rules count of a consortium, the applicant's own organisation included: organisations,
    countries, and which of them are members of the alliance on a day. Nothing where nobody is
    named. An organisation that is named twice, in whatever spelling, counts once.
    """
    partners = facts.get(meaning_fact(Meaning.PARTNERS))
    if not isinstance(partners, list):
        return {}
    own = {
        "organisation": facts.get(meaning_fact(Meaning.APPLICANT_ORGANISATION), ""),
        "country": facts.get(meaning_fact(Meaning.COUNTRY), ""),
    }
    rows = [own, *partners]
    named = {key_of(str(row.get("organisation") or "")) for row in rows} - {""}
    member_of = _members_by_name(on)
    # By the member, where one is: its name and its acronym are one organisation.
    distinct = {member_of.get(name, name) for name in named}
    members = {member_of[name] for name in named if name in member_of}
    countries = {str(row.get("country") or "") for row in rows} - {"", *NO_COUNTRY}
    found = (sorted(distinct), sorted(countries), sorted(members))
    return dict(zip(PARTNER_FACTS, found, strict=True))


def _members_by_name(on: dt.date) -> dict[str, str]:
    """Names and acronyms of the members on a day, in their words, to the member."""
    named = members_on(on).values_list("organisation__name", "organisation__acronym")
    found = {key_of(name): name for name, _ in named}
    # A name goes before an acronym that happens to read the same.
    return {key_of(acronym): name for name, acronym in named if acronym} | found
