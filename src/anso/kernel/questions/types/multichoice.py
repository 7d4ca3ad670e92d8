"""Any number of several options."""

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
from anso.kernel.wording import Message


class MultiChoiceType:
    """Several options, kept as their values in the order of the list."""

    code = "multichoice"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the values, or the error that one is not in the list or there are too many."""
        chosen = [value for value in list_of(raw) if value != ""]
        if not chosen:
            return EMPTY
        if any(value not in question.option_values() for value in chosen):
            return not_an_option(chosen)
        values = [value for value in question.option_values() if value in chosen]
        return Cleaned(values, check_limit(question.limit, len(values)))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield faults in the options or the limit."""
        yield from check_options(question)
        yield from check_unit(question, "choices")


MULTICHOICE = MultiChoiceType()
