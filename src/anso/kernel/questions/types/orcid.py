"""An ORCID iD: who somebody is to those who publish, with a check digit of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.identifiers import clean_orcid, orcid_fault
from anso.kernel.names import clean_line
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit, first_of
from anso.kernel.wording import Message, gettext_noop

# By what is wrong with the digits.
WRONG = {
    "length": gettext_noop(
        "This is no ORCID iD: it has sixteen digits in four groups, like 0000-0002-1825-0097. Copy"
        " it from orcid.org."
    ),
    "group": gettext_noop(
        "This is no ORCID iD: its group %(group)s, “%(typed)s”, must be four digits. Copy it from"
        " orcid.org."
    ),
    "check": gettext_noop(
        "One digit of this ORCID iD is wrong: after the fifteen that stand before it the last one"
        " would be %(check)s, not %(typed)s. Compare each group, or copy it from orcid.org."
    ),
}
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
        if found:
            return Cleaned(found)
        fault = orcid_fault(line)
        facts = {"group": fault.group, "typed": fault.typed, "check": fault.check}
        return Cleaned(line, Message("no_orcid", WRONG[fault.kind], facts))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault where a limit is set: there is nothing to count."""
        yield from check_unit(question)


ORCID = OrcidType()
