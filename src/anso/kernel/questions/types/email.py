"""An address for electronic mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.addresses import address_fault, clean_address
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit, first_of
from anso.kernel.wording import Message


class EmailType:
    """One address; only its spelling is checked, a message to it proves the rest."""

    code = "email"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the address, or the error that it cannot be one."""
        typed = first_of(raw)
        if typed is None or not str(typed).strip():
            return EMPTY
        fault = address_fault(str(typed))
        return Cleaned(str(typed) if fault else clean_address(str(typed)), fault)

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when there is a limit."""
        yield from check_unit(question)


EMAIL = EmailType()
