"""Rules on a day among the facts: a passport that lasts, a degree that is recent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import (
    NOTHING_ASSUMED,
    Judgement,
    RuleResult,
    asked_fact,
    days_of,
    either_of,
    spell_days,
)
from anso.kernel.eligibility.model import Rule
from anso.kernel.eligibility.reach import Domains, Reach
from anso.kernel.rows import Column, ColumnKind
from anso.kernel.wording import gettext_noop


class DayOnOrAfter:
    """The fact is a day on or after `day`; terms: fact, day."""

    code = "day_on_or_after"
    label = gettext_noop("A day is not before another")
    asks = (
        asked_fact("date"),
        Column("terms.day", gettext_noop("On or after"), ColumnKind.DAY, is_required=True),
    )
    needs = ("fact", "day")
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the day; one of which only the month or year is known may be a question."""
        earliest, seen = rule.day("day"), days_of(facts, str(rule.terms["fact"]))
        if seen is None:
            return Judgement(RuleResult.UNKNOWN, limit=earliest.isoformat())
        result = either_of(seen[0] >= earliest, seen[1] >= earliest)
        return Judgement(result, spell_days(seen), earliest.isoformat())

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Read the bounds of the question."""
        asked, day = domains[str(rule.terms["fact"])], rule.day("day")
        if asked.latest is not None and asked.latest < day:
            return Reach.NEVER
        is_always = asked.earliest is not None and asked.earliest >= day
        return Reach.ALWAYS if is_always else Reach.EITHER


class DayOnOrBefore:
    """The fact is a day on or before `day`; terms: fact, day."""

    code = "day_on_or_before"
    label = gettext_noop("A day is not after another")
    asks = (
        asked_fact("date"),
        Column("terms.day", gettext_noop("On or before"), ColumnKind.DAY, is_required=True),
    )
    needs = ("fact", "day")
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the day; one of which only the month or year is known may be a question."""
        latest, seen = rule.day("day"), days_of(facts, str(rule.terms["fact"]))
        if seen is None:
            return Judgement(RuleResult.UNKNOWN, limit=latest.isoformat())
        result = either_of(seen[0] <= latest, seen[1] <= latest)
        return Judgement(result, spell_days(seen), latest.isoformat())

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Read the bounds of the question."""
        asked, day = domains[str(rule.terms["fact"])], rule.day("day")
        if asked.earliest is not None and asked.earliest > day:
            return Reach.NEVER
        is_always = asked.latest is not None and asked.latest <= day
        return Reach.ALWAYS if is_always else Reach.EITHER


DAY_ON_OR_AFTER = DayOnOrAfter()
DAY_ON_OR_BEFORE = DayOnOrBefore()
