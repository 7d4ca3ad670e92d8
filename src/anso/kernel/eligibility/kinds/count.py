"""Rules on how many: members of a consortium, their countries, nominations by one nominator; and on
how much, beside another amount.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from anso.kernel.canonical import plain_decimal
from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.kinds.base import (
    LEAST,
    NOTHING_ASSUMED,
    Judgement,
    RuleResult,
    asked_fact,
    result_of,
)
from anso.kernel.eligibility.model import Rule
from anso.kernel.eligibility.reach import Domains, Reach, reach_of_least, reach_of_most
from anso.kernel.names import fold
from anso.kernel.rows import Column, ColumnKind
from anso.kernel.wording import gettext_noop

COUNTED = ("number", "multichoice", "ranking", "partners", "count")


class CountAtLeast:
    """At least `least` of a fact: a number, or the different entries of a list; terms: fact,
    least.
    """

    code = "count_at_least"
    label = gettext_noop("At least so many")
    asks = (
        asked_fact(*COUNTED),
        LEAST,
    )
    needs = ("fact", "least")
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the number; a list counts its different entries."""
        seen, least = count_in(facts.get(str(rule.terms["fact"]))), Decimal(rule.terms["least"])
        if seen is None:
            return Judgement(RuleResult.UNKNOWN, limit=plain_decimal(least))
        return Judgement(result_of(seen >= least), plain_decimal(seen), plain_decimal(least))

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Read how many the form lets people give."""
        bounds = domains[str(rule.terms["fact"])].bounds()
        return reach_of_least(bounds, Decimal(rule.terms["least"]))


class CountAtMost:
    """At most `most` of a fact: a number, or the different entries of a list; terms: fact, most."""

    code = "count_at_most"
    label = gettext_noop("At most so many")
    asks = (
        asked_fact(*COUNTED),
        Column("terms.most", gettext_noop("At most"), ColumnKind.WHOLE, is_required=True),
    )
    needs = ("fact", "most")
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the number; a list counts its different entries."""
        seen, most = count_in(facts.get(str(rule.terms["fact"]))), Decimal(rule.terms["most"])
        if seen is None:
            return Judgement(RuleResult.UNKNOWN, limit=plain_decimal(most))
        return Judgement(result_of(seen <= most), plain_decimal(seen), plain_decimal(most))

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Read how many the form lets people give."""
        bounds = domains[str(rule.terms["fact"])].bounds()
        return reach_of_most(bounds, Decimal(rule.terms["most"]))


class AmountAtLeast:
    """One amount is at least so many times another; terms: fact, other, times (one)."""

    code = "amount_at_least"
    label = gettext_noop("One amount is at least as much as another")
    asks = (
        asked_fact("number"),
        Column(
            "terms.other",
            gettext_noop("Compared with the answer to"),
            ColumnKind.ONE,
            choices="facts",
            types=("number",),
            is_required=True,
        ),
        Column(
            "terms.times",
            gettext_noop("At least so many times as much"),
            ColumnKind.AMOUNT,
            hint=gettext_noop("Blank means: once."),
        ),
    )
    needs = ("fact", "other")
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge both amounts as they were given."""
        seen, other = (count_in(facts.get(str(rule.terms[part]))) for part in self.needs)
        limit = None if other is None else other * _times(rule)
        spelled = ["" if each is None else plain_decimal(each) for each in (seen, limit)]
        if seen is None or limit is None:
            return Judgement(RuleResult.UNKNOWN, *spelled)
        return Judgement(result_of(seen >= limit), *spelled)

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Read the bounds of both questions."""
        one, other = (domains[str(rule.terms[part])].bounds() for part in self.needs)
        if one[1] is not None and other[0] is not None and one[1] < other[0] * _times(rule):
            return Reach.NEVER
        if one[0] is not None and other[1] is not None and one[0] >= other[1] * _times(rule):
            return Reach.ALWAYS
        return Reach.EITHER


def count_in(value: Any) -> Decimal | None:
    """How many or how much a fact says; None where it is neither a list nor a number."""
    if isinstance(value, list | tuple):
        # One name in two spellings is one name.
        return Decimal(len({fold(str(item)) for item in value}))
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _times(rule: Rule) -> Decimal:
    return Decimal(str(rule.terms.get("times", 1)))


COUNT_AT_LEAST = CountAtLeast()
COUNT_AT_MOST = CountAtMost()
AMOUNT_AT_LEAST = AmountAtLeast()
