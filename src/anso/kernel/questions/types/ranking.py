"""Preferences: options in the order in which a person wants them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import (
    EMPTY,
    Cleaned,
    check_limit,
    check_options,
    check_unit,
    list_of,
    not_an_option,
)
from anso.kernel.wording import Message, gettext_noop


class RankingType:
    """Options from most to least wanted, kept as a list of values; some may be left out."""

    code = "ranking"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the order, or the error that an option is unknown or named twice."""
        order = [value for value in list_of(raw) if value != ""]
        if not order:
            return EMPTY
        if any(value not in question.option_values() for value in order):
            return not_an_option(order)
        if len(set(order)) < len(order):
            return Cleaned(
                order, Message("twice", gettext_noop("Each choice can have one place only."))
            )
        return Cleaned(order, check_limit(question.limit, len(order)))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield faults in the options or the limit."""
        yield from check_options(question)
        yield from check_unit(question, "choices")


RANKING = RankingType()
