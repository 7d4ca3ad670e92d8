"""One of several options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import (
    EMPTY,
    Cleaned,
    check_options,
    check_unit,
    first_of,
    not_an_option,
)
from anso.kernel.wording import Message


class ChoiceType:
    """Exactly one option, kept as its value."""

    code = "choice"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the value, or the error that it is not in the list."""
        chosen = first_of(raw)
        if chosen is None or chosen == "":
            return EMPTY
        return Cleaned(chosen) if chosen in question.option_values() else not_an_option(chosen)

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield faults in the options; a choice of one has no limit."""
        yield from check_options(question)
        yield from check_unit(question)


CHOICE = ChoiceType()
