"""When a question is shown, or a rule applies: conditions over other answers, as data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from anso.kernel.errors import BadDefinition
from anso.kernel.wording import gettext_noop

Answers = Mapping[str, Any]


def is_answered(value: Any) -> bool:
    """Say whether something was answered: not nothing, and not an empty text or list."""
    return value is not None and value not in ("", [], {})


@dataclass(frozen=True)
class Equals:
    """The answer is this value; of a question with several answers, one of them is."""

    key: str
    value: str | bool

    def holds(self, answers: Answers) -> bool:
        """Say whether it holds for these answers; an open question equals nothing."""
        return _matches(answers.get(self.key), (self.value,))

    def keys(self) -> frozenset[str]:
        """The questions that it looks at."""
        return frozenset({self.key})

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON."""
        return {"key": self.key, "equals": self.value}


@dataclass(frozen=True)
class OneOf:
    """The answer (or one of several answers) is among these values."""

    key: str
    values: tuple[str | bool, ...]

    def holds(self, answers: Answers) -> bool:
        """Say whether it holds for these answers."""
        return _matches(answers.get(self.key), self.values)

    def keys(self) -> frozenset[str]:
        """The questions that it looks at."""
        return frozenset({self.key})

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON."""
        return {"key": self.key, "in": list(self.values)}


@dataclass(frozen=True)
class Answered:
    """The question has an answer, or (`is_answered` false) has none."""

    key: str
    is_answered: bool = True

    def holds(self, answers: Answers) -> bool:
        """Say whether it holds for these answers."""
        return is_answered(answers.get(self.key)) == self.is_answered

    def keys(self) -> frozenset[str]:
        """The questions that it looks at."""
        return frozenset({self.key})

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON."""
        return {"key": self.key, "answered": self.is_answered}


@dataclass(frozen=True)
class AllOf:
    """Every one of these conditions holds."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Say whether it holds for these answers."""
        return all(part.holds(answers) for part in self.parts)

    def keys(self) -> frozenset[str]:
        """The questions that it looks at."""
        return frozenset[str]().union(*(part.keys() for part in self.parts))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON."""
        return {"all": [part.to_dict() for part in self.parts]}


@dataclass(frozen=True)
class AnyOf:
    """At least one of these conditions holds."""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Say whether it holds for these answers."""
        return any(part.holds(answers) for part in self.parts)

    def keys(self) -> frozenset[str]:
        """The questions that it looks at."""
        return frozenset[str]().union(*(part.keys() for part in self.parts))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON."""
        return {"any": [part.to_dict() for part in self.parts]}


Condition = Equals | OneOf | Answered | AllOf | AnyOf
HOLDS, FAILS = AllOf(()), AnyOf(())
"""Conditions that need no answer."""


def within(condition: Condition, keys: Collection[str], answers: Answers) -> Condition:
    """The same condition where only the questions with these keys can still be answered: what the
    others say is settled.
    """
    if isinstance(condition, AllOf | AnyOf):
        parts = tuple(within(part, keys, answers) for part in condition.parts)
        settled = FAILS if isinstance(condition, AllOf) else HOLDS
        return settled if settled in parts else type(condition)(parts)
    if condition.key in keys:
        return condition
    return HOLDS if condition.holds(answers) else FAILS


def _matches(answer: Any, wanted: tuple[str | bool, ...]) -> bool:
    given = answer if isinstance(answer, list | tuple) else [answer]
    # 1 == True in Python: compare kinds too, so that "yes" is never the number one.
    return any(item == value and type(item) is type(value) for item in given for value in wanted)


def read_condition(content: Mapping[str, Any]) -> Condition:
    """Read what `to_dict` wrote; refuses anything else, naming what it found."""
    if "all" in content:
        return AllOf(_read_parts(content["all"]))
    if "any" in content:
        return AnyOf(_read_parts(content["any"]))
    key = content.get("key")
    if not isinstance(key, str) or not key:
        raise BadDefinition(gettext_noop("A condition must name the question it looks at."))
    if "equals" in content:
        return Equals(key, content["equals"])
    if "in" in content:
        return OneOf(key, tuple(content["in"]))
    if "answered" in content:
        return Answered(key, bool(content["answered"]))
    raise BadDefinition(
        gettext_noop("The condition on “%(key)s” says neither equals, in nor answered."), key=key
    )


def _read_parts(parts: Any) -> tuple[Condition, ...]:
    if not isinstance(parts, list) or not parts:
        raise BadDefinition(gettext_noop("A condition of all or any needs a list of conditions."))
    return tuple(read_condition(part) for part in parts)
