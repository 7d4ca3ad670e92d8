"""The rules of a call applied to answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anso.calls.models import Call
from anso.calls.queries.deadlines import get_deadline
from anso.calls.queries.terms import get_rule_sets
from anso.directory.queries import get_country_classes
from anso.kernel.eligibility import CountryClasses, EligibilityVerdict, RuleSet, evaluate
from anso.kernel.periods import day_of


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
    return evaluate(
        get_rule_sets(call) if rule_sets is None else rule_sets,
        facts,
        on=get_deadline(call).last_day,
        classes=known,
        opens_on=day_of(call.opens_at, call.zone),
    )
