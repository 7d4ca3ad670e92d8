"""Partners: organisations that take part with the applicant, one row for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from anso.kernel.addresses import clean_address, same_mailbox
from anso.kernel.errors import TooLarge
from anso.kernel.names import clean_line
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_limit, check_unit, list_of
from anso.kernel.questions.types.country import is_country_code
from anso.kernel.wording import Message, gettext_noop

PARTS = ("organisation", "country", "name", "email", "part")
ASKED = {
    "organisation": gettext_noop("Partner %(row)s: give the organisation."),
    "country": gettext_noop("Partner %(row)s: choose the country."),
    "name": gettext_noop("Partner %(row)s: give the full name of a person there."),
    "email": gettext_noop("Partner %(row)s: give that person's address, like name@example.org."),
}


class PartnersType:
    """Organisation, country, a person there with an address, and what they do: a list of mappings
    under those names, in the order given. Rows without anything in them are left out.
    """

    code = "partners"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the rows, or the first thing that is missing or wrong in one of them."""
        given = [row for row in list_of(raw) if isinstance(row, Mapping)]
        typed = [{part: str(row.get(part) or "") for part in PARTS} for row in given]
        try:
            rows = [{part: clean_line(text) for part, text in row.items()} for row in typed]
        except TooLarge as refusal:
            return Cleaned(typed, refusal.message)
        rows = [row for row in map(_without_gaps, rows) if row]
        if not rows:
            return EMPTY
        faults = (_fault_of(number, row) for number, row in enumerate(rows, 1))
        fault = next(filter(None, faults), None) or _same_address(rows)
        fault = fault or check_limit(question.limit, len(rows))
        return Cleaned(rows, fault)

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when the limit is not on entries."""
        yield from check_unit(question, "entries")


def _without_gaps(row: dict[str, str]) -> dict[str, str]:
    filled = {part: text for part, text in row.items() if text}
    if "country" in filled:
        filled["country"] = filled["country"].upper()
    address = clean_address(filled.get("email", ""))
    return filled | {"email": address} if address else filled


def _fault_of(number: int, row: Mapping[str, str]) -> Message | None:
    usable = {
        "organisation": "organisation" in row,
        "country": is_country_code(row.get("country", "")),
        "name": "name" in row,
        "email": clean_address(row.get("email", "")) is not None,
    }
    lacking = next((part for part, is_there in usable.items() if not is_there), None)
    return Message(f"no_{lacking}", ASKED[lacking], {"row": number}) if lacking else None


def _same_address(rows: list[dict[str, str]]) -> Message | None:
    addresses = [same_mailbox(row["email"]) for row in rows]
    if len(set(addresses)) == len(addresses):
        return None
    return Message(
        "same_address", gettext_noop("Two partners have the same address. Each is asked alone.")
    )


PARTNERS = PartnersType()
