"""Letters from the applicant's side: asking, sending again, replacing, calling off. What the
writers do is in ``letter_writers``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from anso.accounts.models import Account
from anso.accounts.queries import find_accounts
from anso.applications.actions import locking
from anso.applications.actions.drafts import save_answers
from anso.applications.actions.letter_mail import (
    know_writer,
    letter_token,
    notify_writer,
    send_link,
)
from anso.applications.actions.letter_slots import (
    check_writer,
    free_position,
    slot_named,
    slot_of,
)
from anso.applications.actions.participants import name_participants
from anso.applications.actions.required_letters import note_lacks
from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Application, Letter
from anso.applications.notices import (
    LETTER_CANCELLED,
    LETTER_MOVED,
    LETTER_REMINDER,
    LETTER_REQUEST,
)
from anso.applications.queries.answers import plain_answers
from anso.applications.queries.letter_links import (
    unfinished_letter_by,
    unfinished_letters_of,
)
from anso.applications.queries.letters import (
    LetterSlot,
    letter_slots,
    new_letters_due_at,
)
from anso.applications.queries.visibility import letters_of
from anso.applications.rules import (
    may_ask_letters,
    may_change_application,
    may_replace_letter,
    may_resend_letter,
    may_revive_letter,
    may_write_letter,
)
from anso.audit.actions import record_entry, transition
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.addresses import clean_address
from anso.kernel.errors import BadInput
from anso.kernel.notices import Notice
from anso.kernel.wording import gettext_noop as _


@transaction.atomic
def ask_letter(
    *, application: Application, question_key: str, actor: Actor, now: dt.datetime
) -> Letter:
    """Ask the person named in the answers for a letter: they get a mail with a link that needs no
    account.

    Asked again, the same letter is returned. Refuses a question without a usable name and address,
    the applicant's own address, and one that already writes another letter of this kind.
    """
    locked = locking.lock_application(application)
    may_ask_letters(actor, locked, now).require()
    slot = slot_named(locked, question_key)
    # Read under the lock of the application: a second click finds the letter of the first.
    letters = list(letters_of(locked))
    standing = slot.letter_among(letters, plain_answers(locked))
    if standing:
        return standing
    writer = _named_writer(locked, slot, letters)
    asked = _asking(locked, actor, now).ask(slot, writer)
    _name_again(locked)
    return asked


@transaction.atomic
def ask_letters(*, application: Application, actor: Actor, now: dt.datetime) -> list[Letter]:
    """Ask everybody who is named and was not asked yet. Those without a usable address are left for
    the applicant to complete.
    """
    locked = locking.lock_application(application)
    may_ask_letters(actor, locked, now).require()
    known = {letter.pk for letter in letters_of(locked)}
    standing = ask_outstanding_letters(application=locked, actor=actor, now=now)
    return [letter for letter in standing if letter.pk not in known]


def ask_outstanding_letters(
    *,
    application: Application,
    actor: Actor,
    now: dt.datetime,
    standing: Sequence[Letter] | None = None,
) -> list[Letter]:
    """Ask whoever is named, usable and not asked yet; used at submission too, so that no letter is
    forgotten. Returns all letters that are asked for then. The application is one that the caller
    has locked, and ``standing`` its letters where they were read under that lock.
    """
    standing = list(letters_of(application)) if standing is None else standing
    asked: list[Letter] = []
    answers, slots = plain_answers(application), letter_slots(application)
    _call_off_unnamed(application, slots, standing, actor, now)
    outstanding = [slot for slot in slots if not slot.letter_among(standing, answers)]
    if not outstanding:
        return [letter for letter in standing if letter.state != "replaced"]
    typed = [str(slot.person_in(answers).get("email") or "") for slot in outstanding]
    accounts = find_accounts(filter(None, map(clean_address, typed)))
    asking = replace(_asking(application, actor, now), accounts=accounts)
    for slot in outstanding:
        try:
            writer = _named_writer(application, slot, [*standing, *asked])
            asked.append(asking.ask(slot, writer))
        except BadInput:
            continue  # left for the applicant to complete, or too late
    return [letter for letter in [*standing, *asked] if letter.state != "replaced"]


def _named_writer(
    application: Application, slot: LetterSlot, standing: Iterable[Letter]
) -> dict[str, str]:
    person = slot.person_in(plain_answers(application))
    return check_writer(application, slot, person, standing)


def _call_off_unnamed(
    application: Application,
    slots: Sequence[LetterSlot],
    standing: Iterable[Letter],
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Call off what was asked of people whose row of a list is gone, and tell them."""
    answers = plain_answers(application)
    listed = {slot.question.key for slot in slots if slot.row is not None}
    named = [slot.letter_among(standing, answers) for slot in slots if slot.row is not None]
    for letter in standing:
        if letter.question_key in listed and letter not in named and letter.state in WAITED_FOR:
            letter.application = application
            transition(letter, "cancel_letter", actor=actor, now=now)
            _tell_of_end(letter, actor, now)


@transaction.atomic
def resend_letter(*, letter: Letter, actor: Account, now: dt.datetime, email: str = "") -> Letter:
    """Send the link again; every link sent before goes on working, with what was typed behind it.

    At another address somebody else reads: there an empty letter is asked for, what was typed stays
    with whoever typed it, and the old address is told.

    Refused when the letter is written or late, after five sendings, and within ten minutes of the
    last one; another address is refused as another writer would be.
    """
    # The application and not the letter: the address is compared with those of all its letters.
    application, current = _with_letter(letter)
    address = email.strip() or current.email
    slot = slot_of(application, current)
    named = slot.person_in(plain_answers(application))
    person = {**named, "name": current.full_name, "email": address}
    checked = check_writer(application, slot, person, _others(application, current))
    if checked["email"].casefold() != current.email.casefold():
        may_replace_letter(actor, current, now).require()
        moved = _ask_instead(application, slot, current, checked, actor=actor, now=now)
        _tell_of_end(current, actor, now, notice=LETTER_MOVED)
        return moved
    may_resend_letter(actor, current, now).require()
    current.last_sent_at, current.send_count = now, current.send_count + 1
    current.save(update_fields=["last_sent_at", "send_count"])
    record_entry(current, "resend_letter", actor=actor, now=now)
    send_link(current, LETTER_REQUEST, actor, now)
    return current


@transaction.atomic
def replace_letter(
    *, letter: Letter, person: Mapping[str, str], actor: Account, now: dt.datetime
) -> Letter:
    """Ask somebody else in the place of a writer who has not written. The former one is told, and
    their link opens no letter any more.

    Refused when the letter was written, and for a person or address that cannot be used.
    """
    application, current = _with_letter(letter)
    may_replace_letter(actor, current, now).require()
    slot = slot_of(application, current)
    checked = check_writer(application, slot, person, _others(application, current))
    was_waiting = current.state in WAITED_FOR
    created = _ask_instead(application, slot, current, checked, actor=actor, now=now)
    if was_waiting:
        _tell_of_end(current, actor, now)
    return created


def _with_letter(letter: Letter) -> tuple[Application, Letter]:
    """The application, locked, and the letter as it is then."""
    application = locking.lock_application(letter.application)
    found = Letter.objects.select_related("application__call__programme", "application__applicant")
    return application, found.get(pk=letter.pk)


def _others(application: Application, letter: Letter) -> Iterable[Letter]:
    return letters_of(application).exclude(pk=letter.pk)


def _ask_instead(
    application: Application,
    slot: LetterSlot,
    current: Letter,
    checked: Mapping[str, str],
    *,
    actor: Account,
    now: dt.datetime,
) -> Letter:
    # Before another is made: one letter stands in each place, which a constraint holds. A writer
    # who gives the letter at this moment holds its row; then it is no longer waited for and this is
    # refused.
    transition(current, "replace_letter", actor=actor, now=now)
    if may_change_application(actor, application, now):
        save_answers(
            application=application,
            fields=slot.with_person(plain_answers(application), checked),
            base=application.revision,
            token=f"replace-{current.reference}.{current.send_count}",
            actor=actor,
            now=now,
        )
    created = _asking(application, actor, now).ask(slot, checked)
    _name_again(application)
    return created


def _name_again(application: Application) -> None:
    """Who is asked for a letter after the submission takes part as those do who were asked before
    it.
    """
    if application.submission is not None:
        name_participants(application, letters_of(application))
        note_lacks(application)


@transaction.atomic
def remind_letter(*, letter: Letter, now: dt.datetime, actor: Actor = CLOCK) -> Letter:
    """Remind a writer who has not answered, with one more link; those sent before go on working."""
    current = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("application__call__programme", "application__applicant")
        .get(pk=letter.pk)
    )
    # Another sending since the list was read: this one has been reminded, or asked again.
    # Whoever asked the applicant first waits for them.
    is_waited_for = current.state in WAITED_FOR and current.state != "asking"
    if not is_waited_for or current.last_sent_at != letter.last_sent_at:
        return current
    current.last_sent_at, current.reminder_count = now, current.reminder_count + 1
    current.save(update_fields=["last_sent_at", "reminder_count"])
    record_entry(current, "remind_letter", actor=actor, now=now)
    send_link(current, LETTER_REMINDER, actor, now)
    return current


def cancel_letters(*, application: Application, actor: Actor, now: dt.datetime) -> None:
    """Call off every letter that is still waited for, and tell the writers. Done when an
    application is withdrawn.
    """
    for letter in letters_of(application).filter(state__in=WAITED_FOR):
        letter.application = application
        transition(letter, "cancel_letter", actor=actor, now=now)
        _tell_of_end(letter, actor, now)


@dataclass(frozen=True)
class _Asking:
    """Asking for letters of one application: what is read once, however many are asked for."""

    application: Application
    due_at: Mapping[str, dt.datetime]
    unfinished: Sequence[Letter]
    actor: Actor
    now: dt.datetime
    accounts: Mapping[str, Account] | None = None  # of those who will be asked, by address

    def ask(self, slot: LetterSlot, person: Mapping[str, str]) -> Letter:
        """Ask this person for the letter; refused when it is too late."""
        if self.now >= self.due_at[slot.kind]:
            raise BadInput(_("It is too late to ask for this letter."), code="late")
        begun = unfinished_letter_by(person, slot, self.unfinished)
        asked = self._go_on(slot, begun) if begun else self._begin(slot, person)
        if self.accounts is not None:
            know_writer(asked, self.accounts)
        send_link(asked, LETTER_REQUEST, self.actor, self.now, is_first=begun is None)
        return asked

    def _begin(self, slot: LetterSlot, person: Mapping[str, str]) -> Letter:
        letter = Letter.objects.create(
            application=self.application,
            kind=slot.kind,
            question_key=slot.question.key,
            position=free_position(self.application, slot),
            host=slot.host.key if slot.host else "",
            full_name=person["name"],
            email=person["email"],
            organisation_name=person.get("organisation", ""),
            due_at=self.due_at[slot.kind],
            asked_at=self.now,
            last_sent_at=self.now,
        )
        changes = {"kind": [None, slot.kind], "email": "changed"}
        record_entry(
            letter, "ask_letter", actor=self.actor, now=self.now, changes=changes, is_first=True
        )
        return letter

    def _go_on(self, slot: LetterSlot, begun: Letter) -> Letter:
        """Whoever is named again after somebody else goes on with what they had begun."""
        may_revive_letter(begun).require()
        begun.application = self.application
        return transition(
            begun,
            "ask_letter_again",
            actor=self.actor,
            now=self.now,
            position=free_position(self.application, slot),
            due_at=self.due_at[slot.kind],
            last_sent_at=self.now,
            send_count=begun.send_count + 1,
        )


def _asking(application: Application, actor: Actor, now: dt.datetime) -> _Asking:
    due_at, unfinished = new_letters_due_at(application), unfinished_letters_of(application)
    return _Asking(application, due_at, unfinished, actor, now)


@transaction.atomic
def issue_own_letter_link(*, letter: Letter, actor: Account, now: dt.datetime) -> str:
    """Let a writer who signed in go to the letter without searching for the mail; links sent before
    keep working. Returns the token.

    Refuses when the letter can no longer be written.
    """
    may_write_letter(letter, now).require()
    record_entry(letter, "issue_own_letter_link", actor=actor, now=now)
    return letter_token(letter, now)


def _tell_of_end(
    letter: Letter, actor: Actor, now: dt.datetime, *, notice: Notice = LETTER_CANCELLED
) -> None:
    """Say that nothing is waited for any more. The links stay: behind them is what was typed, to be
    read by whoever typed it."""
    key = f"{letter.reference}:{letter.send_count}"
    notify_writer(notice, letter, key=key, actor=actor, now=now)
