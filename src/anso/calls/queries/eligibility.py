"""The rules of a call applied to answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from anso.calls.models import Call
from anso.calls.queries.deadlines import get_deadline
from anso.calls.queries.terms import get_rule_sets
from anso.directory.queries import get_country_classes
from anso.governance.queries import members_on
from anso.kernel.eligibility import CountryClasses, EligibilityVerdict, RuleSet, evaluate
from anso.kernel.names import fold
from anso.kernel.periods import day_of
from anso.kernel.questions import Meaning, meaning_fact

PARTNER_FACTS = ("partner_organisations", "partner_countries", "partner_members")


def judge_facts(
    call: Call,
    facts: Mapping[str, Any],
    classes: CountryClasses | None = None,
    rule_sets: tuple[RuleSet, ...] | None = None,
) -> EligibilityVerdict:
    """What the rules of the call say about facts (``kernel.questions.facts_for_rules``) on its
    closing day as it stands. Pass ``classes`` when judging many, ``rule_sets`` when read.
    """
    known = get_country_classes() if classes is None else classes
    on = get_deadline(call).last_day
    return evaluate(
        get_rule_sets(call) if rule_sets is None else rule_sets,
        dict(facts) | _facts_of_partners(facts, on),
        on=on,
        classes=known,
        opens_on=day_of(call.opens_at, call.zone),
    )


def _facts_of_partners(facts: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    """What rules count of a consortium, the applicant's own organisation included: organisations,
    countries, and which of them are members of the alliance on a day. Nothing where nobody is
    named.
    """
    partners = facts.get(meaning_fact(Meaning.PARTNERS))
    if not isinstance(partners, list):
        return {}
    own = {
        "organisation": facts.get(meaning_fact(Meaning.APPLICANT_ORGANISATION), ""),
        "country": facts.get(meaning_fact(Meaning.COUNTRY), ""),
    }
    rows = [own, *partners]
    named = {fold(str(row.get("organisation") or "")) for row in rows} - {""}
    members = {
        fold(name)
        for names in members_on(on).values_list("organisation__name", "organisation__acronym")
        for name in names
    }
    countries = {str(row.get("country") or "") for row in rows} - {""}
    found = (sorted(named), sorted(countries), sorted(named & members))
    return dict(zip(PARTNER_FACTS, found, strict=True))
