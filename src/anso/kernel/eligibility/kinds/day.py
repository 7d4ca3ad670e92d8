"""Rules on a day among the facts: a passport that lasts, a degree that is recent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import Judgement, RuleResult, day_of, result_of
from anso.kernel.eligibility.model import Rule


class DayOnOrAfter:
    """The fact is a day on or after `day`; terms: fact, day."""

    code = "day_on_or_after"
    needs = ("fact", "day")

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the day."""
        earliest, seen = rule.day("day"), day_of(facts, str(rule.terms["fact"]))
        if seen is None:
            return Judgement(RuleResult.UNKNOWN, limit=earliest.isoformat())
        return Judgement(result_of(seen >= earliest), seen.isoformat(), earliest.isoformat())


class DayOnOrBefore:
    """The fact is a day on or before `day`; terms: fact, day."""

    code = "day_on_or_before"
    needs = ("fact", "day")

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the day."""
        latest, seen = rule.day("day"), day_of(facts, str(rule.terms["fact"]))
        if seen is None:
            return Judgement(RuleResult.UNKNOWN, limit=latest.isoformat())
        return Judgement(result_of(seen <= latest), seen.isoformat(), latest.isoformat())


DAY_ON_OR_AFTER = DayOnOrAfter()
DAY_ON_OR_BEFORE = DayOnOrBefore()
