"""Rules on a plain answer: it must be this, or one of these."""

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
    result_of,
    texts_of,
)
from anso.kernel.eligibility.model import Rule
from anso.kernel.eligibility.reach import Domains, Reach, reach_among
from anso.kernel.rows import Column, ColumnKind
from anso.kernel.wording import gettext_noop


class AnswerIs:
    """Yes or no as required; terms: fact, value (true or false)."""

    code = "answer_is"
    label = gettext_noop("A question is answered with Yes, or with No")
    asks = (
        asked_fact("yesno", "statement"),
        Column(
            "terms.value", gettext_noop("The answer must be"), ColumnKind.YES_NO, is_required=True
        ),
    )
    needs = ("fact", "value")
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge a yes or no; anything else is unknown."""
        wanted, answer = rule.terms["value"], facts.get(str(rule.terms["fact"]))
        limit = _spell(wanted)
        if not isinstance(answer, bool):
            return Judgement(RuleResult.UNKNOWN, limit=limit)
        return Judgement(result_of(answer is wanted), _spell(answer), limit)

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Always met where only the wanted answer can be given, never where it cannot."""
        return reach_among(domains[str(rule.terms["fact"])].values, (rule.terms["value"],))


class AnswerOneOf:
    """The answer, or all of several answers, are among the values; terms: fact, values."""

    code = "answer_one_of"
    label = gettext_noop("The answer is one of a list")
    asks = (
        asked_fact("choice", "multichoice", "ranking", "country"),
        Column(
            "terms.values",
            gettext_noop("Answers that meet the rule"),
            ColumnKind.SEVERAL,
            choices="answers",
            is_required=True,
        ),
    )
    needs = ("fact", "values")
    assumes = NOTHING_ASSUMED

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the answers; none is unknown."""
        allowed = tuple(str(value) for value in rule.terms["values"])
        answers = texts_of(facts, str(rule.terms["fact"]))
        result = result_of(set(answers) <= set(allowed)) if answers else RuleResult.UNKNOWN
        return Judgement(result, ", ".join(answers), ", ".join(allowed))

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Always met where nothing else is offered, never where none of the values is."""
        return reach_among(domains[str(rule.terms["fact"])].values, map(str, rule.terms["values"]))


def _spell(answer: object) -> str:
    return "yes" if answer is True else "no"


ANSWER_IS = AnswerIs()
ANSWER_ONE_OF = AnswerOneOf()
