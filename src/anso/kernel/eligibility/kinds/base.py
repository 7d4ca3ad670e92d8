"""What every rule kind can do, and the pieces they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from anso.kernel.eligibility.classes import CountryClasses
from anso.kernel.eligibility.model import Rule
from anso.kernel.eligibility.reach import Domains, Reach
from anso.kernel.periods import days_in
from anso.kernel.questions.meanings import meaning_fact
from anso.kernel.questions.model import Meaning
from anso.kernel.rows import Column, ColumnKind
from anso.kernel.wording import gettext_noop


class RuleResult(StrEnum):
    """How one rule came out. A question is one that only a person can answer: what is known neither
    meets the rule nor breaks it for sure.
    """

    MET = "met"
    NOT_MET = "not_met"
    QUESTION = "question"
    UNKNOWN = "unknown"
    NOT_CONCERNED = "not_concerned"


@dataclass(frozen=True)
class Judgement:
    """The result of one rule with the value seen and the limit, spelled for the reader."""

    result: RuleResult
    seen: str = ""
    limit: str = ""


NOTHING_ASSUMED: Mapping[str, Meaning] = {}


LEAST = Column("terms.least", gettext_noop("At least"), ColumnKind.WHOLE, is_required=True)


class RuleKind(Protocol):
    """A kind of rule: `needs` names the terms without which it cannot judge, `assumes` the meanings
    that it reads where the terms name no fact.
    """

    @property
    def code(self) -> str:
        """The stable name of the kind."""

    @property
    def label(self) -> str:
        """What such a rule says, for whoever chooses one."""

    @property
    def asks(self) -> tuple[Column, ...]:
        """The cells in which its terms are edited."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The terms that a rule of this kind must have."""

    @property
    def assumes(self) -> Mapping[str, Meaning]:
        """Term to the meaning that stands for it where it is left out."""

    def judge(
        self, rule: Rule, facts: Mapping[str, Any], *, on: date, classes: CountryClasses
    ) -> Judgement:
        """Judge the facts; what is not known gives the result unknown."""

    def reach(self, rule: Rule, domains: Domains) -> Reach:
        """Say how a rule of this kind can come out, given what can be answered."""


def asked_fact(*types: str) -> Column:
    """The cell that names the answer which a rule looks at, of a question of one of these types."""
    return Column(
        "terms.fact",
        gettext_noop("It looks at the answer to"),
        ColumnKind.ONE,
        choices="facts",
        types=types,
        is_required=True,
        is_listed=True,
    )


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


def days_of(facts: Mapping[str, Any], name: str) -> tuple[date, date] | None:
    """Return the first and the last day that a fact can mean: one and the same where the day is
    known, all of a month or year ("1990-04", "1990") where it is not; None when nothing is known.
    """
    day = day_of(facts, name)
    return (day, day) if day else days_in(str(facts.get(name) or ""))


def spell_days(days: tuple[date, date]) -> str:
    """Return a day, or the part of it that is known, as `days_of` reads it."""
    first, last = days
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"


def either_of(worst: bool, best: bool) -> RuleResult:
    """Return the result where both readings of a fact agree; a question where they do not."""
    return result_of(worst) if worst == best else RuleResult.QUESTION


def texts_of(facts: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return one or several texts among the facts; nothing when they are not known."""
    value = facts.get(name)
    if value is None or value == "":
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)
