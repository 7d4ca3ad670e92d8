"""Another person who is asked to act: a referee, a supervisor, a nominee."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from anso.kernel.addresses import clean_address
from anso.kernel.errors import TooLarge
from anso.kernel.names import clean_line
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit
from anso.kernel.wording import Message, gettext_noop

PARTS = ("name", "email", "position", "organisation")


class PersonType:
    """Name and address, with position and organisation when known, kept under those names."""

    code = "person"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the person, or the error that name or address is missing or wrong."""
        if not isinstance(raw, Mapping):
            return (
                EMPTY
                if not raw
                else Cleaned(
                    None, Message("not_a_person", gettext_noop("Give a name and an address."))
                )
            )
        typed = {part: str(raw.get(part) or "") for part in PARTS}
        try:
            person = {part: clean_line(text) for part, text in typed.items()}
        except TooLarge as refusal:
            return Cleaned(typed, refusal.message)
        person = {part: text for part, text in person.items() if text}
        return _check_person(person) if person else EMPTY

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when there is a limit."""
        yield from check_unit(question)


def _check_person(person: dict[str, str]) -> Cleaned:
    if "name" not in person:
        return Cleaned(person, Message("no_name", gettext_noop("Give this person's full name.")))
    address = clean_address(person.get("email", ""))
    if address is None:
        return Cleaned(
            person,
            Message(
                "not_an_address", gettext_noop("Give this person's address, like name@example.org.")
            ),
        )
    return Cleaned(person | {"email": address})


PERSON = PersonType()
