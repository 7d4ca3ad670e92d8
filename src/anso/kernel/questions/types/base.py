"""What every question type can do, and the pieces they share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from anso.kernel.canonical import plain_decimal
from anso.kernel.questions.model import Limit, Question
from anso.kernel.wording import FALLBACK_LANGUAGE, Message, gettext_noop


@dataclass(frozen=True)
class Cleaned:
    """A value to keep, ready for JSON; with an error it is what was typed, so nothing is lost."""

    value: Any
    error: Message | None = None


EMPTY = Cleaned(None)


class QuestionType(Protocol):
    """A type of question: how an answer is cleaned, and what its definition needs.

    `is_long` asks for a row of its own on the page, `has_options` for a list of options.
    """

    @property
    def code(self) -> str:
        """The stable name of the type."""

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Turn what was typed into the value to keep, or into an error."""

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield what is wrong with a question of this type."""


def first_of(raw: Any) -> Any:
    """Return the single value of something that a browser may have sent as a list."""
    if isinstance(raw, list | tuple):
        return raw[0] if raw else None
    return raw


def list_of(raw: Any) -> list[Any]:
    """Return several values as a list; nothing gives an empty one."""
    if raw is None or raw == "":
        return []
    return list(raw) if isinstance(raw, list | tuple) else [raw]


def check_limit(limit: Limit | None, seen: int | Decimal) -> Message | None:
    """Return what to tell someone whose answer has less or more than the limit allows."""
    if limit is None:
        return None
    if limit.most is not None and seen > limit.most:
        return _over(limit.unit, limit.most, seen)
    if limit.least is not None and seen < limit.least:
        return _under(limit.unit, limit.least, seen)
    return None


_OVER = {
    "words": gettext_noop("Use at most %(limit)s words; you have %(seen)s."),
    "characters": gettext_noop("Use at most %(limit)s characters; you have %(seen)s."),
    "number": gettext_noop("Give a number of at most %(limit)s."),
    "choices": gettext_noop("Choose at most %(limit)s; you chose %(seen)s."),
    "entries": gettext_noop("Name at most %(limit)s; you named %(seen)s."),
}
_UNDER = {
    "words": gettext_noop("Use at least %(limit)s words; you have %(seen)s."),
    "characters": gettext_noop("Use at least %(limit)s characters; you have %(seen)s."),
    "number": gettext_noop("Give a number of at least %(limit)s."),
    "choices": gettext_noop("Choose at least %(limit)s; you chose %(seen)s."),
    "entries": gettext_noop("Name at least %(limit)s; you named %(seen)s."),
}


def _over(unit: str, limit: Decimal, seen: int | Decimal) -> Message:
    return Message("too_much", _OVER[unit], {"limit": plain_decimal(limit), "seen": str(seen)})


def _under(unit: str, limit: Decimal, seen: int | Decimal) -> Message:
    return Message("too_little", _UNDER[unit], {"limit": plain_decimal(limit), "seen": str(seen)})


def check_unit(question: Question, *allowed: str) -> Iterator[Message]:
    """Yield a fault when the limit counts something that this type does not have."""
    if question.limit and question.limit.unit not in allowed:
        yield Message(
            "bad_unit",
            gettext_noop("Question “%(key)s” cannot be limited in %(unit)s."),
            {"key": question.key, "unit": question.limit.unit},
        )


def check_options(question: Question) -> Iterator[Message]:
    """Yield faults in the list of options: too few, the same value twice, no label."""
    values = question.option_values()
    place = {"key": question.key}
    if len(values) < 2:
        yield Message(
            "few_options", gettext_noop("Question “%(key)s” needs at least two options."), place
        )
    if len(set(values)) < len(values):
        yield Message(
            "option_twice", gettext_noop("Question “%(key)s” has the same option twice."), place
        )
    if any(FALLBACK_LANGUAGE not in option.label for option in question.options):
        yield Message(
            "option_label",
            gettext_noop("Question “%(key)s” has an option without an English label."),
            place,
        )


def not_an_option(raw: Any) -> Cleaned:
    """Keep what was sent and say that it cannot be chosen."""
    return Cleaned(
        raw, Message("not_an_option", gettext_noop("Choose one of the answers in the list."))
    )
