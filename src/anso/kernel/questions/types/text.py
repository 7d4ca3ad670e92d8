"""Text on one line: names, titles, numbers of documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.names import clean_line
from anso.kernel.questions.model import Limit, Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_limit, check_unit, first_of
from anso.kernel.text_length import count_characters, count_words
from anso.kernel.wording import Message, gettext_noop

LINE_LIMIT = Limit.of("characters", most=500)
NO_CUT = 1_000_000


class TextType:
    """One line, made safe, limited in characters or words; without a limit, 500 characters."""

    code = "text"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the line, or the error that it is too short or too long."""
        typed = first_of(raw)
        if typed is None:
            return EMPTY
        if not isinstance(typed, str) or len(typed) > NO_CUT:
            return Cleaned(None, Message("not_text", gettext_noop("Answer in words.")))
        line = clean_line(typed, limit=NO_CUT)
        return Cleaned(line, _check_length(question.limit or LINE_LIMIT, line)) if line else EMPTY

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when the limit is neither in words nor in characters."""
        yield from check_unit(question, "words", "characters")


def _check_length(limit: Limit, text: str) -> Message | None:
    return check_limit(
        limit, count_words(text) if limit.unit == "words" else count_characters(text)
    )


TEXT = TextType()
