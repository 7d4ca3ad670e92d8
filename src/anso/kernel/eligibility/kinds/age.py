"""Rules on age: a greatest age on a day, or an earliest day of birth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import Judgement, RuleResult, day_of, fact_of, result_of
from anso.kernel.eligibility.model import Rule
from anso.kernel.periods import age_on
from anso.kernel.questions.model import Meaning

# Beyond it, and before birth, a date is of another calendar or mistyped: nobody is judged by it.
OLDEST = 120


class AgeAtMost:
    """At most `age` completed years on the day `on`; terms: age, on, fact (the date of birth)."""

    code = "age_at_most"
    needs = ("age", "on")

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the age on the rule's own day."""
        day, most = rule.day("on"), int(rule.terms["age"])
        birth = day_of(facts, fact_of(rule, "fact", Meaning.BIRTH_DATE))
        if birth is None:
            return Judgement(RuleResult.UNKNOWN, limit=str(most))
        age = age_on(birth, day)
        if not 0 <= age <= OLDEST:
            return Judgement(RuleResult.UNKNOWN, birth.isoformat(), str(most))
        return Judgement(result_of(age <= most), str(age), str(most))


class BornOnOrAfter:
    """Born on the day `day` or later; terms: day, fact (the date of birth)."""

    code = "born_on_or_after"
    needs = ("day",)

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the day of birth."""
        earliest = rule.day("day")
        birth = day_of(facts, fact_of(rule, "fact", Meaning.BIRTH_DATE))
        if birth is None:
            return Judgement(RuleResult.UNKNOWN, limit=earliest.isoformat())
        if not 0 <= age_on(birth, on) <= OLDEST:
            return Judgement(RuleResult.UNKNOWN, birth.isoformat(), earliest.isoformat())
        return Judgement(result_of(birth >= earliest), birth.isoformat(), earliest.isoformat())


AGE_AT_MOST = AgeAtMost()
BORN_ON_OR_AFTER = BornOnOrAfter()
