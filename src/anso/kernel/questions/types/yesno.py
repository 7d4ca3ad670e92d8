"""Yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit, first_of, not_an_option
from anso.kernel.wording import Message

WORDS = {"yes": True, "true": True, "no": False, "false": False}


class YesNoType:
    """Yes or no, kept as true or false; an open question stays open and is never a no."""

    code = "yesno"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return true or false, or the error that it is neither."""
        typed = first_of(raw)
        if typed is None or typed == "":
            return EMPTY
        if isinstance(typed, bool):
            return Cleaned(typed)
        word = str(typed).lower()
        return Cleaned(WORDS[word]) if word in WORDS else not_an_option(typed)

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when there is a limit."""
        yield from check_unit(question)


YESNO = YesNoType()
