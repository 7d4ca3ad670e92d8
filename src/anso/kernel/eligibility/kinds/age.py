"""Rules on age: a greatest age on a day, or an earliest day of birth."""

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
    spell_days,
)
from anso.kernel.eligibility.model import Rule
from anso.kernel.eligibility.reach import Domain, Domains, Reach
from anso.kernel.periods import age_on
from anso.kernel.questions.model import Meaning
from anso.kernel.rows import Column, ColumnKind
from anso.kernel.wording import gettext_noop

# Beyond it, and before birth, a date is of another calendar or mistyped: nobody is judged by it.
OLDEST = 120


class AgeAtMost:
    """At most `age` completed years on the day `on`; terms: age, on, fact (the date of birth)."""

    code = "age_at_most"
    label = gettext_noop("At most an age on a day")
    asks = (
        Column("terms.age", gettext_noop("At most, in years"), ColumnKind.WHOLE, is_required=True),
        Column("terms.on", gettext_noop("On the day"), ColumnKind.DAY, is_required=True),
    )
    needs = ("age", "on")
    assumes: Mapping[str, Meaning] = {"fact": Meaning.BIRTH_DATE}

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the age on the rule's own day. Of a birth of which only the year or month is known,
        both ages that it leaves open must agree; else it is a question.
        """
        day, most = rule.day("on"), int(rule.terms["age"])
        birth = days_of(facts, fact_of(rule, "fact", Meaning.BIRTH_DATE))
        if birth is None:
            return Judgement(RuleResult.UNKNOWN, limit=str(most))
        oldest, youngest = (age_on(each, day) for each in birth)
        if not 0 <= youngest <= oldest <= OLDEST:
            return Judgement(RuleResult.UNKNOWN, spell_days(birth), str(most))
        seen = str(oldest) if oldest == youngest else f"{youngest}–{oldest}"
        return Judgement(either_of(oldest <= most, youngest <= most), seen, str(most))

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Read the bounds of the question, and of human life."""
        asked = domains[fact_of(rule, "fact", Meaning.BIRTH_DATE)]
        most, day = int(rule.terms["age"]), rule.day("on")
        oldest = OLDEST if asked.earliest is None else age_on(asked.earliest, day)
        youngest = 0 if asked.latest is None else age_on(asked.latest, day)
        if most < youngest:
            return Reach.NEVER
        return Reach.ALWAYS if most >= oldest else Reach.EITHER


class BornOnOrAfter:
    """Born on the day `day` or later; terms: day, fact (the date of birth)."""

    code = "born_on_or_after"
    label = gettext_noop("Born on a day or later")
    asks = (
        Column("terms.day", gettext_noop("Born on or after"), ColumnKind.DAY, is_required=True),
    )
    needs = ("day",)
    assumes: Mapping[str, Meaning] = {"fact": Meaning.BIRTH_DATE}

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the day of birth, or the days that are left open where it is not known."""
        earliest = rule.day("day")
        birth = days_of(facts, fact_of(rule, "fact", Meaning.BIRTH_DATE))
        if birth is None:
            return Judgement(RuleResult.UNKNOWN, limit=earliest.isoformat())
        if not all(0 <= age_on(each, on) <= OLDEST for each in birth):
            return Judgement(RuleResult.UNKNOWN, spell_days(birth), earliest.isoformat())
        result = either_of(birth[0] >= earliest, birth[1] >= earliest)
        return Judgement(result, spell_days(birth), earliest.isoformat())

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Read the bounds of the question, and that nobody is born after the closing day."""
        asked: Domain = domains[fact_of(rule, "fact", Meaning.BIRTH_DATE)]
        day = rule.day("day")
        if day > (asked.latest or domains.closing):
            return Reach.NEVER
        is_always = asked.earliest is not None and asked.earliest >= day
        return Reach.ALWAYS if is_always else Reach.EITHER


AGE_AT_MOST = AgeAtMost()
BORN_ON_OR_AFTER = BornOnOrAfter()
