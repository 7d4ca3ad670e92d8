"""Errors that a reader may cause and may read, in the reader's words.

Here: expected refusals of the product. Not here: programming mistakes, which stay Python's
own exceptions, and permission verdicts, which live in `kernel.verdict`.
"""

from __future__ import annotations

from typing import Any, Self

from anso.kernel.lifecycle import StaleTransition
from anso.kernel.verdict import Refused
from anso.kernel.wording import Message


class ProductError(Exception):
    """An expected refusal: its sentence may be shown to the reader as it stands."""

    code = "refused"

    def __init__(self, text: str, /, *, code: str = "", **facts: Any) -> None:
        self.message = Message(code or self.code, text, facts)
        super().__init__(str(self.message))

    @classmethod
    def of(cls, message: Message, *, code: str = "") -> Self:
        """The refusal that says this message."""
        return cls(message.text, code=code or message.code, **message.facts)


class BadInput(ProductError):
    """What was given cannot be accepted; the sentence says what to change."""

    code = "bad_input"


class BadDefinition(ProductError):
    """A form, rule or programme is defined wrongly; the sentence says where."""

    code = "bad_definition"


class Stale(ProductError):
    """Someone changed this in the meantime; the reader should look again."""

    code = "stale"


class TooLarge(BadInput):
    """What was given exceeds a stated limit; the facts carry limit and size."""

    code = "too_large"


# Whichever way an action says no.
Refusal = Refused | StaleTransition | ProductError
