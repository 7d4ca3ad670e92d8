"""A sentence that the applicant must confirm; one with an edition is confirmed as it is worded in
that one alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit, first_of
from anso.kernel.wording import Message

CONFIRMED = frozenset({"yes", "true", "on"})


class StatementType:
    """Confirmed (true, or the edition that was) or still open; it cannot be answered with no."""

    code = "statement"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return true when the box is ticked, otherwise nothing."""
        ticked = first_of(raw)
        said = ticked.lower() if isinstance(ticked, str) else ""
        if ticked is True or said in CONFIRMED:
            return Cleaned(question.edition or True)
        # What was agreed to in another edition is not agreed to in this one.
        return Cleaned(ticked) if question.edition and ticked == question.edition else EMPTY

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when there is a limit."""
        yield from check_unit(question)


STATEMENT = StatementType()
