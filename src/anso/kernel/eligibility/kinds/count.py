"""Rules on how many: members of a consortium, their countries, nominations by one nominator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import Judgement, RuleResult, result_of
from anso.kernel.eligibility.model import Rule


class CountAtLeast:
    """At least `least` of a fact: a whole number, or the different entries of a list; terms: fact,
    least.
    """

    code = "count_at_least"
    needs = ("fact", "least")

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the number; a list counts its different entries."""
        seen, least = _count(facts.get(str(rule.terms["fact"]))), int(rule.terms["least"])
        if seen is None:
            return Judgement(RuleResult.UNKNOWN, limit=str(least))
        return Judgement(result_of(seen >= least), str(seen), str(least))


class CountAtMost:
    """At most `most` of a fact: a whole number, or the different entries of a list; terms: fact,
    most.
    """

    code = "count_at_most"
    needs = ("fact", "most")

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the number; a list counts its different entries."""
        seen, most = _count(facts.get(str(rule.terms["fact"]))), int(rule.terms["most"])
        if seen is None:
            return Judgement(RuleResult.UNKNOWN, limit=str(most))
        return Judgement(result_of(seen <= most), str(seen), str(most))


def _count(value: Any) -> int | None:
    if isinstance(value, list | tuple):
        return len({str(item) for item in value})
    text = "" if isinstance(value, bool) else str(value)
    return int(text) if text.isdecimal() else None


COUNT_AT_LEAST = CountAtLeast()
COUNT_AT_MOST = CountAtMost()
