"""A number, kept as the exact spelling of a decimal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from anso.kernel.canonical import plain_decimal
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_limit, check_unit, first_of
from anso.kernel.wording import Message, gettext_noop

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?")
_SEPARATORS = str.maketrans(
    {" ": "", "\u00a0": "", "\u202f": "", "\u066c": "", "\u066b": ".", "\u2212": "-"}
)


class NumberType:
    """Digits of any script, with a point; spaces between thousands are ignored."""

    code = "number"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the number's spelling, or the error that it is none or out of bounds.

        A comma is refused rather than guessed: 1,500 means different numbers to different readers.
        """
        typed = first_of(raw)
        if typed is None or not str(typed).strip():
            return EMPTY
        number = None if isinstance(typed, bool | float) else read_number(str(typed))
        if number is None:
            return Cleaned(
                str(typed)[:100],
                Message(
                    "not_a_number",
                    gettext_noop("Write a number in digits, with a point, not a comma."),
                ),
            )
        return Cleaned(plain_decimal(number), check_limit(question.limit, number))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when the limit is not on the number itself."""
        yield from check_unit(question, "number")


def read_number(text: str) -> Decimal | None:
    """The number that digits of any script with a point say; None for anything else."""
    spelling = plain_digits(text).translate(_SEPARATORS)
    return Decimal(spelling) if _NUMBER.fullmatch(spelling) else None


def plain_digits(text: str) -> str:
    """The text with its digits as those of Latin script, whatever script they were typed in."""
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text.strip()
    )


NUMBER = NumberType()
