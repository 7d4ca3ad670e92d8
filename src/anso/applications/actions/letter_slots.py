"""Which place of the form a letter is asked for, and whether somebody can be asked there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max

from anso.applications.models import Application, Letter
from anso.applications.queries.answers import plain_answers
from anso.applications.queries.eligibility import addresses_of
from anso.applications.queries.letters import LetterSlot, get_letter_slot, letter_slots
from anso.kernel.addresses import address_fault, clean_address, same_mailbox
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.wording import gettext_noop as _


def check_writer(
    application: Application,
    slot: LetterSlot,
    person: Mapping[str, Any],
    others: Iterable[Letter] = (),
) -> dict[str, str]:
    """The person as they will be asked; refuses a missing name, a wrong address, one's own, and one
    that already writes one of the ``others``.
    """
    name = clean_line(str(person.get("name") or ""))
    address = clean_address(str(person.get("email") or ""))
    if not name:
        raise BadInput(_("Give this person's full name."), code="no_name", key=slot.key)
    if address is None:
        raise wrong_address(str(person.get("email") or ""), slot.key)
    mailbox = same_mailbox(address)
    if mailbox in map(same_mailbox, addresses_of(application.applicant)):
        raise BadInput(
            _("This is your own address. Give the address of the person who writes the letter."),
            code="own_address",
            key=slot.key,
        )
    does_write = any(
        letter.kind == slot.kind
        and (slot.row is not None or letter.question_key != slot.key)
        and same_mailbox(letter.email) == mailbox
        for letter in others
    )
    answers = plain_answers(application)
    is_named = any(
        same_mailbox(str(other.person_in(answers).get("email", ""))) == mailbox
        for other in letter_slots(application)
        if other.kind == slot.kind and other.key != slot.key
    )
    if is_named or does_write:
        raise BadInput(
            _("Two letters cannot come from the same address. Name somebody else."),
            code="same_address",
            key=slot.key,
        )
    rest = {part: clean_line(str(person.get(part) or "")) for part in ("position", "organisation")}
    return {"name": name, "email": address} | {part: text for part, text in rest.items() if text}


def wrong_address(typed: str, key: str) -> BadInput:
    """The refusal of an address that nothing can be delivered to, with what is wrong with it."""
    fault = address_fault(typed) if typed.strip() else None
    if fault is None:
        words = _("Give this person's address, like name@example.org.")
        return BadInput(words, code="not_an_address", key=key)
    return BadInput(fault.text, code=fault.code, **{**fault.facts, "key": key})


def slot_named(application: Application, question_key: str) -> LetterSlot:
    """The place of a letter by its key on the page; refuses one where no letter is asked for."""
    slot = get_letter_slot(application, question_key)
    if slot is None:
        raise BadInput(_("No letter is asked for there."), code="unknown_slot")
    return slot


def slot_of(application: Application, letter: Letter) -> LetterSlot:
    """The place that a standing letter is asked for; refuses one whose place is gone."""
    answers = plain_answers(application)
    for slot in letter_slots(application):
        if slot.letter_among([letter], answers):
            return slot
    raise BadInput(_("No letter is asked for there."), code="unknown_slot")


def free_position(application: Application, slot: LetterSlot) -> int:
    """The place of a letter: that of its question, in a list the next that nobody ever had."""
    if slot.row is None:
        return slot.position
    found = Letter.objects.filter(application=application, kind=slot.kind)
    return (found.aggregate(last=Max("position"))["last"] or 0) + 1
