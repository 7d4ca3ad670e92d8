"""Rules on how many: members of a consortium, their countries, documents, letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import Judgement, Outcome, outcome_of
from anso.kernel.eligibility.model import Rule


class CountAtLeast:
    """At least `least` of a fact: a number, or the different entries of a list; terms: fact, least."""

    code = "count_at_least"
    needs = ("fact", "least")

    def judge(self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses) -> Judgement:
        """Judge the number; a list counts its different entries."""
        value, least = facts.get(str(rule.terms["fact"])), int(rule.terms["least"])
        seen = len({str(item) for item in value}) if isinstance(value, list | tuple) else value
        if isinstance(seen, bool) or not isinstance(seen, int):
            return Judgement(Outcome.UNKNOWN, limit=str(least))
        return Judgement(outcome_of(seen >= least), str(seen), str(least))


COUNT_AT_LEAST = CountAtLeast()
