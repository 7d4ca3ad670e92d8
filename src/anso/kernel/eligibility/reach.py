"""What a rule can come out as, given what a form lets people answer: a rule that nobody can ever
meet, or that everybody always does, says one thing and decides another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from anso.kernel.eligibility.classes import NO_CLASSES, CountryClasses
from anso.kernel.questions.conditions import AllOf, Answered, AnyOf, Condition, Equals, OneOf
from anso.kernel.questions.meanings import meaning_fact
from anso.kernel.questions.model import Form, Question


class Reach(StrEnum):
    """Whether a rule can come out both ways, never be met, or only be met."""

    EITHER = "either"
    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True)
class Domain:
    """What one fact can be: its closed list of answers (None: any), how many of them at once, and
    the bounds of a number or day.
    """

    values: tuple[str | bool, ...] | None = None
    fewest: int = 1
    most: int | None = 1
    lowest: Decimal | None = None
    highest: Decimal | None = None
    earliest: date | None = None
    latest: date | None = None
    is_number: bool = False

    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the most that a rule on how many sees: the number itself, or the entries
        of a list.
        """
        if self.is_number:
            return self.lowest, self.highest
        return Decimal(self.fewest), None if self.most is None else Decimal(self.most)


@dataclass(frozen=True)
class Domains:
    """All facts that a call can know of an application, on its closing day."""

    facts: Mapping[str, Domain]
    closing: date
    classes: CountryClasses = field(default=NO_CLASSES)

    def __getitem__(self, name: str) -> Domain:
        return self.facts.get(name, ANY)

    def __contains__(self, name: str) -> bool:
        return name in self.facts


ANY = Domain(most=None)


def domains_of(forms: Iterable[Form]) -> dict[str, Domain]:
    """What the questions of some forms let people answer, by key and by meaning."""
    return domains_of_questions(question for form in forms for question in form.questions())


def domains_of_questions(questions: Iterable[Question]) -> dict[str, Domain]:
    """What some questions let people answer, by key and by meaning."""
    found: dict[str, Domain] = {}
    for question in questions:
        domain = domain_of(question)
        for name in (question.key, *(meaning_fact(meaning) for meaning in question.means)):
            found[name] = _joined(found[name], domain) if name in found else domain
    return found


def domain_of(question: Question) -> Domain:
    """What one question lets people answer."""
    limit = question.limit
    least = int(limit.least) if limit and limit.least is not None else 0
    most = int(limit.most) if limit and limit.most is not None else None
    if question.type in ("yesno", "statement"):
        return Domain((True, False) if question.type == "yesno" else (True,))
    if question.type == "number":
        return Domain(
            is_number=True,
            lowest=limit.least if limit else None,
            highest=limit.most if limit else None,
        )
    if question.type == "date":
        return Domain(earliest=question.earliest, latest=question.latest)
    values = question.option_values() or None
    if question.type in ("multichoice", "ranking", "partners"):
        return Domain(values, max(least, 1), most or (len(values) if values else None))
    if question.type == "country" and limit is not None:
        return Domain(values, max(least, 1), most)
    return Domain(values)


def _joined(one: Domain, other: Domain) -> Domain:
    """What either of two questions lets people answer; bounds that only one has are none."""
    values = None
    if one.values is not None and other.values is not None:
        values = tuple(dict.fromkeys((*one.values, *other.values)))
    return replace(
        one,
        values=values,
        fewest=min(one.fewest, other.fewest),
        most=None if None in (one.most, other.most) else max(one.most or 0, other.most or 0),
        lowest=_either(one.lowest, other.lowest, min),
        highest=_either(one.highest, other.highest, max),
        earliest=_either(one.earliest, other.earliest, min),
        latest=_either(one.latest, other.latest, max),
    )


def _either(one: Any, other: Any, pick: Callable[[Any, Any], Any]) -> Any:
    return None if one is None or other is None else pick(one, other)


def reach_of_least(seen: tuple[Decimal | None, Decimal | None], least: Decimal) -> Reach:
    """How "at least this many" can come out for something within bounds."""
    lowest, highest = seen
    if highest is not None and highest < least:
        return Reach.NEVER
    return Reach.ALWAYS if lowest is not None and lowest >= least else Reach.EITHER


def reach_of_most(seen: tuple[Decimal | None, Decimal | None], most: Decimal) -> Reach:
    """How "at most this many" can come out for something within bounds."""
    lowest, highest = seen
    if lowest is not None and lowest > most:
        return Reach.NEVER
    return Reach.ALWAYS if highest is not None and highest <= most else Reach.EITHER


def reach_among(values: Iterable[object] | None, accepted: Iterable[object]) -> Reach:
    """How "one of these" can come out for a closed list of answers; anything where it is open."""
    if values is None:
        return Reach.EITHER
    good = set(values) & set(accepted)
    if not good:
        return Reach.NEVER
    return Reach.ALWAYS if good == set(values) else Reach.EITHER


def can_hold(condition: Condition, domains: Domains) -> bool:
    """Whether any answers let a condition hold."""
    if isinstance(condition, AllOf):
        return all(can_hold(part, domains) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(can_hold(part, domains) for part in condition.parts)
    if isinstance(condition, Answered):
        return not condition.is_answered or condition.key in domains
    return _can_equal(condition, domains)


def narrowed(domains: Domains, condition: Condition) -> Domains:
    """The facts where a condition holds: a question that it turns on has no other answers."""
    if isinstance(condition, AllOf):
        for part in condition.parts:
            domains = narrowed(domains, part)
        return domains
    if not isinstance(condition, Equals | OneOf):
        return domains
    wanted = (condition.value,) if isinstance(condition, Equals) else condition.values
    asked = domains[condition.key]
    if asked.most != 1:  # of several answers one is wanted, the others are free
        return domains
    return replace(domains, facts={**domains.facts, condition.key: replace(asked, values=wanted)})


def _can_equal(condition: Equals | OneOf, domains: Domains) -> bool:
    wanted = (condition.value,) if isinstance(condition, Equals) else condition.values
    return reach_among(domains[condition.key].values, wanted) is not Reach.NEVER
