"""An ORCID iD: who somebody is to those who publish, with a check digit of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.identifiers import clean_orcid
from anso.kernel.names import clean_line
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit, first_of
from anso.kernel.wording import Message, gettext_noop

WRONG = gettext_noop(
    "This is no ORCID iD: it has sixteen digits, like 0000-0002-1825-0097, and one of them is wrong"
    " or missing. Copy it from orcid.org."
)
AT_MOST = 100


class OrcidType:
    """One ORCID iD, kept in its four groups, however it was typed."""

    code = "orcid"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the iD, or the error that its digits do not fit together."""
        typed = str(first_of(raw) or "")[:AT_MOST]
        line = clean_line(typed)
        if not line:
            return EMPTY
        found = clean_orcid(line)
        return Cleaned(found) if found else Cleaned(line, Message("no_orcid", WRONG))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault where a limit is set: there is nothing to count."""
        yield from check_unit(question)


ORCID = OrcidType()
