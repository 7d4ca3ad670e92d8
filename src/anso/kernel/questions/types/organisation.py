"""An organisation: its name, and its ROR iD where it has one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from anso.kernel.errors import TooLarge
from anso.kernel.identifiers import clean_ror
from anso.kernel.names import clean_line
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit
from anso.kernel.wording import Message, gettext_noop

PARTS = ("name", "ror")
NO_NAME = gettext_noop("Give the name of the organisation.")
NO_ROR = gettext_noop(
    "This is no ROR iD: it looks like https://ror.org/05dxps055, and a sign of it is wrong or"
    " missing. Leave it blank if there is none."
)


class OrganisationType:
    """A name as the directory has it or as it was typed, with the ROR iD beside it."""

    code = "organisation"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return name and iD, or the error that the name is missing or the iD none."""
        given = raw if isinstance(raw, Mapping) else {"name": raw}
        typed = {part: str(given.get(part) or "") for part in PARTS}
        try:
            filled = {part: clean_line(text) for part, text in typed.items() if clean_line(text)}
        except TooLarge as refusal:
            return Cleaned(typed, refusal.message)
        if not filled:
            return EMPTY
        ror = clean_ror(filled["ror"]) if "ror" in filled else ""
        if ror is None:
            return Cleaned(filled, Message("no_ror", NO_ROR))
        kept = filled | ({"ror": ror} if ror else {})
        return Cleaned(kept, None if "name" in kept else Message("no_name", NO_NAME))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault where a limit is set: there is nothing to count."""
        yield from check_unit(question)


ORGANISATION = OrganisationType()
