"""Text of several paragraphs: plans, statements, proposals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.names import clean_paragraphs
from anso.kernel.questions.model import Limit, Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_limit, check_unit, first_of
from anso.kernel.text_length import count_characters, count_words
from anso.kernel.wording import Message, gettext_noop

PAGE_LIMIT = Limit.of("characters", most=100_000)


class LongTextType:
    """Paragraphs, made safe, limited in words or characters; without a limit, 100,000
    characters.
    """

    code = "longtext"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the text with its line breaks, or the error that it is too short or too long."""
        typed = first_of(raw)
        if typed is None:
            return EMPTY
        if not isinstance(typed, str):
            return Cleaned(None, Message("not_text", gettext_noop("Answer in words.")))
        text = clean_paragraphs(typed)
        if not text:
            return EMPTY
        limit = question.limit or PAGE_LIMIT
        return Cleaned(
            text,
            check_limit(
                limit, count_words(text) if limit.unit == "words" else count_characters(text)
            ),
        )

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when the limit is neither in words nor in characters."""
        yield from check_unit(question, "words", "characters")


LONGTEXT = LongTextType()
