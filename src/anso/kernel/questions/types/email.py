"""An address for electronic mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from anso.kernel.names import clean_line
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit, first_of
from anso.kernel.wording import Message, gettext_noop

ADDRESS_LIMIT = 254
_ADDRESS = re.compile(
    r"[^@\s,;:<>()\[\]\\\"]{1,64}@(?:[^@\s.,;:<>()\[\]\\\"_-][^@\s.,;:<>()\[\]\\\"_]*\.)+[^@\s.,;:<>()\[\]\\\"_]{2,63}"
)


def clean_address(typed: str) -> str | None:
    """Return the address with its domain in lower case, or None when it cannot be one."""
    address = clean_line(typed[: ADDRESS_LIMIT + 2], limit=ADDRESS_LIMIT + 2)
    if len(address) > ADDRESS_LIMIT or not _ADDRESS.fullmatch(address) or ".." in address:
        return None
    box, _, domain = address.rpartition("@")
    return f"{box}@{domain.lower()}"


class EmailType:
    """One address; only its spelling is checked, a message to it proves the rest."""

    code = "email"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the address, or the error that it cannot be one."""
        typed = first_of(raw)
        if typed is None or not str(typed).strip():
            return EMPTY
        address = clean_address(str(typed))
        if address is None:
            return Cleaned(
                str(typed)[:500],
                Message("not_an_address", gettext_noop("Give an address like name@example.org.")),
            )
        return Cleaned(address)

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when there is a limit."""
        yield from check_unit(question)


EMAIL = EmailType()
