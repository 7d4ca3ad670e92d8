"""Reasons that people give for what they do to others: required where somebody reads them,
and never cut.
"""

from __future__ import annotations

from typing import Any

from anso.kernel.errors import BadInput
from anso.kernel.wording import Message, gettext_noop

REASON_AT_MOST = 2000
READ_BY_APPLICANT = gettext_noop(
    "Say why: whoever it concerns reads it, and it stands in the record."
)
REMARK_AT_MOST = 300
READ_LATER = gettext_noop("Say why; whoever looks at this later reads it.")
KEPT_ON_RECORD = gettext_noop("Give the reason; it stands in the record.")


def uncut(text: str, at_most: int = REASON_AT_MOST, of: str = "", **where: str) -> str:
    """The text as it is. Refused where it has more characters than are kept, with how many too
    many; the refusal names the field it is ``of``, and carries where it stands, if that is given.
    """
    fault = fault_of_length(text, at_most, of)
    if fault is not None:
        raise BadInput(fault.text, code=fault.code, **fault.facts, **where)
    return text


def fault_of_length(text: str, at_most: int, of: str = "") -> Message | None:
    """What is told of a text with more characters than are kept, None of one that fits."""
    over = len(text) - at_most
    if over <= 0:
        return None
    facts: dict[str, Any] = {"limit": at_most, "seen": len(text), "over": over}
    if not of:
        told = gettext_noop(
            "Use at most %(limit)s characters; you have %(seen)s, %(over)s too many."
        )
        return Message("too_long", told, facts)
    told = gettext_noop(
        "“%(of)s”: use at most %(limit)s characters; you have %(seen)s, %(over)s too many."
    )
    return Message("too_long", told, facts | {"of": Message("field", of)})


def fitting(typed: str, at_most: int = REASON_AT_MOST, of: str = "") -> str:
    """The same without spaces around it."""
    return uncut(typed.strip(), at_most, of)


def required_reason(because: str, ask: str, at_most: int = REASON_AT_MOST) -> str:
    """The reason without spaces around it; without one, a refusal that asks for it in these words.
    Refused where it does not fit.
    """
    reason = fitting(because, at_most)
    if not reason:
        raise BadInput(ask)
    return reason
