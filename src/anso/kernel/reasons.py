"""Reasons that people give for what they do to others: required where somebody reads them."""

from __future__ import annotations

from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop

REASON_AT_MOST = 2000
READ_BY_APPLICANT = gettext_noop("Say why: the applicant reads it, and it stands in the record.")
KEPT_ON_RECORD = gettext_noop("Give the reason; it stands in the record.")


def required_reason(because: str, ask: str) -> str:
    """The reason without spaces around it, in at most 2,000 characters; without one, a refusal that
    asks for it in these words.
    """
    reason = because.strip()[:REASON_AT_MOST]
    if not reason:
        raise BadInput(ask)
    return reason
