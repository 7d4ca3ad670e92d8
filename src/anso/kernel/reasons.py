"""Reasons that people give for what they do to others: required where somebody reads them,
and never cut.
"""

from __future__ import annotations

from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop

REASON_AT_MOST = 2000
READ_BY_APPLICANT = gettext_noop("Say why: the applicant reads it, and it stands in the record.")
REMARK_AT_MOST = 300
READ_LATER = gettext_noop("Say why; whoever looks at this later reads it.")
KEPT_ON_RECORD = gettext_noop("Give the reason; it stands in the record.")


def uncut(text: str, at_most: int = REASON_AT_MOST, **where: str) -> str:
    """The text as it is. Refused where it has more characters than are kept; the refusal carries
    where the text stands, if that is given.
    """
    if len(text) > at_most:
        raise BadInput(
            gettext_noop("Use at most %(limit)s characters; you have %(seen)s."),
            code="too_long",
            limit=at_most,
            seen=len(text),
            **where,
        )
    return text


def fitting(typed: str, at_most: int = REASON_AT_MOST) -> str:
    """The same without spaces around it."""
    return uncut(typed.strip(), at_most)


def required_reason(because: str, ask: str, at_most: int = REASON_AT_MOST) -> str:
    """The reason without spaces around it; without one, a refusal that asks for it in these words.
    Refused where it does not fit.
    """
    reason = fitting(because, at_most)
    if not reason:
        raise BadInput(ask)
    return reason
