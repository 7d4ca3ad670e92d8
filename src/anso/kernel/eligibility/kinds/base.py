"""What every rule kind can do, and the pieces they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.model import Rule
from anso.kernel.questions.meanings import meaning_fact
from anso.kernel.questions.model import Meaning


class RuleResult(StrEnum):
    """How one rule came out."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_CONCERNED = "not_concerned"


@dataclass(frozen=True)
class Judgement:
    """The result of one rule with the value seen and the limit, spelled for the reader."""

    result: RuleResult
    seen: str = ""
    limit: str = ""


class RuleKind(Protocol):
    """A kind of rule: `needs` names the terms without which it cannot judge."""

    @property
    def code(self) -> str:
        """The stable name of the kind."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The terms that a rule of this kind must have."""

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the facts; what is not known gives the result unknown."""


def result_of(is_met: bool) -> RuleResult:
    """Return met or not met."""
    return RuleResult.MET if is_met else RuleResult.NOT_MET


def fact_of(rule: Rule, term: str, meaning: Meaning) -> str:
    """The fact that a rule looks at: the one its terms name, or else the answer that means it."""
    return str(rule.terms.get(term) or meaning_fact(meaning))


def day_of(facts: Mapping[str, Any], name: str) -> date | None:
    """Return a day among the facts, from a date or its ISO spelling; None when it is not known."""
    value = facts.get(name)
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None


def texts_of(facts: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return one or several texts among the facts; nothing when they are not known."""
    value = facts.get(name)
    if value is None or value == "":
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)
