"""A sentence that the applicant must confirm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit, first_of
from anso.kernel.wording import Message

CONFIRMED = frozenset({"yes", "true", "on"})


class StatementType:
    """Confirmed (true) or still open; it cannot be answered with no."""

    code = "statement"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return true when the box is ticked, otherwise nothing."""
        ticked = first_of(raw)
        is_confirmed = ticked is True or (isinstance(ticked, str) and ticked.lower() in CONFIRMED)
        return Cleaned(True) if is_confirmed else EMPTY

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when there is a limit."""
        yield from check_unit(question)


STATEMENT = StatementType()
