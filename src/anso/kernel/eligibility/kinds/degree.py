"""The rule on degrees: one of a sufficient level is held, or expected, before a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import Judgement, RuleResult, day_of, fact_of, result_of
from anso.kernel.eligibility.model import Rule
from anso.kernel.questions.model import Meaning

DEGREES = ("none", "bachelor", "master", "doctor")


class DegreeHeldBefore:
    """At least `degree` is held strictly before `day`.

    Terms: degree, day, fact (the highest degree), day_fact (when awarded, or expected).
    """

    code = "degree_held_before"
    needs = ("degree", "day")

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the degree first, then its day; a degree of the right level without a day is
        unknown.

        A degree above the one required was necessarily preceded by it, whatever its own day.
        """
        needed, day = DEGREES.index(str(rule.terms["degree"])), rule.day("day")
        limit = f"{rule.terms['degree']}, {day.isoformat()}"
        held = str(facts.get(fact_of(rule, "fact", Meaning.DEGREE)) or "")
        if held not in DEGREES:
            return Judgement(RuleResult.UNKNOWN, limit=limit)
        rank = DEGREES.index(held)
        if rank != needed:
            return Judgement(result_of(rank > needed), held, limit)
        awarded = day_of(facts, fact_of(rule, "day_fact", Meaning.DEGREE_DATE))
        if awarded is None:
            return Judgement(RuleResult.UNKNOWN, held, limit)
        return Judgement(result_of(awarded < day), f"{held}, {awarded.isoformat()}", limit)


DEGREE_HELD_BEFORE = DegreeHeldBefore()
