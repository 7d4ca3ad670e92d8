"""The rule on degrees: one of a sufficient level is held, or expected, before a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import (
    Judgement,
    RuleResult,
    days_of,
    either_of,
    fact_of,
    result_of,
    spell_days,
)
from anso.kernel.eligibility.model import Rule
from anso.kernel.eligibility.reach import Domains, Reach
from anso.kernel.questions.model import Meaning
from anso.kernel.rows import Column, ColumnKind
from anso.kernel.wording import gettext_noop

DEGREES = ("none", "bachelor", "master", "doctor")


class DegreeHeldBefore:
    """At least `degree` is held strictly before `day`.

    Terms: degree, day, fact (the highest degree), day_fact (when awarded, or expected).
    """

    code = "degree_held_before"
    label = gettext_noop("A degree is held before a day")
    asks = (
        Column(
            "terms.degree",
            gettext_noop("At least the degree"),
            ColumnKind.ONE,
            choices="degrees",
            is_required=True,
        ),
        Column("terms.day", gettext_noop("Held before"), ColumnKind.DAY, is_required=True),
    )
    needs = ("degree", "day")
    assumes: Mapping[str, Meaning] = {
        "fact": Meaning.DEGREE,
        "day_fact": Meaning.DEGREE_DATE,
    }

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
        awarded = days_of(facts, fact_of(rule, "day_fact", Meaning.DEGREE_DATE))
        if awarded is None:
            return Judgement(RuleResult.UNKNOWN, held, limit)
        result = either_of(awarded[1] < day, awarded[0] < day)
        return Judgement(result, f"{held}, {spell_days(awarded)}", limit)

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Never met where the form offers no degree that is high enough, always where only higher
        ones are offered.
        """
        needed = DEGREES.index(str(rule.terms["degree"]))
        offered = domains[fact_of(rule, "fact", Meaning.DEGREE)].values
        ranks = [DEGREES.index(str(each)) for each in offered or () if each in DEGREES]
        if ranks and max(ranks) < needed:
            return Reach.NEVER
        return Reach.ALWAYS if ranks and min(ranks) > needed else Reach.EITHER


DEGREE_HELD_BEFORE = DegreeHeldBefore()
