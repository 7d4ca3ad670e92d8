"""Letters from the applicant's side: asking, sending again, replacing, calling off. What the
writers do is in ``letter_writers``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from anso.accounts.actions import issue_scoped_link, revoke_scoped_links
from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.actions.drafts import save_answers
from anso.applications.models import Application, Letter
from anso.applications.notices import LETTER_CANCELLED, LETTER_REMINDER, LETTER_REQUEST
from anso.applications.queries.answers import plain_answers
from anso.applications.queries.letters import (
    PURPOSE,
    LetterSlot,
    get_letter_slot,
    letter_due_at,
    letter_slots,
    letters_due_at,
)
from anso.applications.queries.visibility import asked_letter_keys, letters_of
from anso.applications.rules import (
    may_ask_letters,
    may_change_application,
    may_replace_letter,
    may_resend_letter,
    may_write_letter,
)
from anso.applications.wording import letter_told
from anso.audit.actions import record_entry, transition
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.notices import Notice
from anso.kernel.questions.types.email import clean_address
from anso.kernel.wording import gettext_noop as _
from anso.notifications.actions import notify

LINK_OUTLIVES_DUE = dt.timedelta(days=60)


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
    slot = _slot(locked, question_key)
    # Read under the lock of the application: a second click finds the letter of the first.
    standing = letters_of(locked).filter(question_key=question_key).first()
    if standing:
        return standing
    return _create_letter(locked, slot, _named_writer(locked, slot), actor, now)


@transaction.atomic
def ask_letters(*, application: Application, actor: Actor, now: dt.datetime) -> list[Letter]:
    """Ask everybody who is named and was not asked yet. Those without a usable address are left for
    the applicant to complete.
    """
    locked = locking.lock_application(application)
    may_ask_letters(actor, locked, now).require()
    return ask_outstanding_letters(application=locked, actor=actor, now=now)


def ask_outstanding_letters(
    *, application: Application, actor: Actor, now: dt.datetime
) -> list[Letter]:
    """Ask whoever is named, usable and not asked yet; used at submission too, so that no letter is
    forgotten. The application is one that the caller has locked.
    """
    waiting, asked = asked_letter_keys(application), []
    for slot in letter_slots(application):
        if slot.key in waiting:
            continue
        try:
            writer = _named_writer(application, slot)
        except BadInput:
            continue  # left for the applicant to complete
        if now < letters_due_at(application.call, slot.rule):
            asked.append(_create_letter(application, slot, writer, actor, now))
    return asked


def _named_writer(application: Application, slot: LetterSlot) -> dict[str, str]:
    named = plain_answers(application).get(slot.key)
    return check_writer(application, slot, named if isinstance(named, Mapping) else {})


@transaction.atomic
def resend_letter(*, letter: Letter, actor: Account, now: dt.datetime, email: str = "") -> Letter:
    """Send the link again, to a corrected address if one is given; earlier links stop working.

    Refused when the letter is written or late, after five sendings, and within ten minutes of the
    last one.
    """
    # The application and not the letter: the address is compared with those of all its letters.
    application = locking.lock_application(letter.application)
    current = Letter.objects.select_related(
        "application__call__programme", "application__applicant"
    ).get(pk=letter.pk)
    may_resend_letter(actor, current, now).require()
    address = email.strip() or current.email
    slot = _slot(application, current.question_key)
    checked = check_writer(
        application, slot, {"name": current.full_name, "email": address}, besides=current
    )
    changes = {"email": "changed"} if checked["email"] != current.email else {}
    current.email, current.last_sent_at, current.send_count = (
        checked["email"],
        now,
        current.send_count + 1,
    )
    current.save(update_fields=["email", "last_sent_at", "send_count"])
    record_entry(current, "resend_letter", actor=actor, now=now, changes=changes)
    _send_request(current, LETTER_REQUEST, actor, now)
    return current


@transaction.atomic
def replace_letter(
    *, letter: Letter, person: Mapping[str, str], actor: Account, now: dt.datetime
) -> Letter:
    """Ask somebody else in the place of a writer who has not written. The former one is told and
    the old link stops working.

    Refused when the letter was written, and for a person or address that cannot be used.
    """
    application = locking.lock_application(letter.application)
    current = Letter.objects.select_related(
        "application__call__programme", "application__applicant"
    ).get(pk=letter.pk)
    may_replace_letter(actor, current, now).require()
    slot = _slot(application, current.question_key)
    checked = check_writer(application, slot, person, besides=current)
    was_waiting = current.state in ("asked", "opened")
    # Before another is made: one letter stands in each place, which a constraint holds. A writer
    # who gives the letter at this moment holds its row; then it is no longer waited for and this is
    # refused.
    transition(current, "replace_letter", actor=actor, now=now)
    _call_off(current, actor, now, is_told=was_waiting)
    if may_change_application(actor, application, now):
        token = f"replace-{current.reference}"
        save_answers(
            application=application,
            fields={slot.key: checked},
            base=application.revision,
            token=token,
            actor=actor,
            now=now,
        )
    return _create_letter(application, slot, checked, actor, now)


@transaction.atomic
def remind_letter(*, letter: Letter, now: dt.datetime, actor: Actor = CLOCK) -> Letter:
    """Remind a writer who has not answered, with a fresh link; the earlier one stops working."""
    current = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("application__call__programme", "application__applicant")
        .get(pk=letter.pk)
    )
    # Another sending since the list was read: this one has been reminded, or asked again.
    if current.state not in ("asked", "opened") or current.last_sent_at != letter.last_sent_at:
        return current
    current.last_sent_at, current.reminder_count = now, current.reminder_count + 1
    current.save(update_fields=["last_sent_at", "reminder_count"])
    record_entry(current, "remind_letter", actor=actor, now=now)
    _send_request(current, LETTER_REMINDER, actor, now)
    return current


def cancel_letters(*, application: Application, actor: Actor, now: dt.datetime) -> None:
    """Call off every letter that is still waited for, and tell the writers. Done when an
    application is withdrawn.
    """
    for letter in letters_of(application).filter(state__in=("asked", "opened")):
        letter.application = application
        transition(letter, "cancel_letter", actor=actor, now=now)
        _call_off(letter, actor, now, is_told=True)


def check_writer(
    application: Application,
    slot: LetterSlot,
    person: Mapping[str, Any],
    besides: Letter | None = None,
) -> dict[str, str]:
    """The person as they will be asked; refuses a missing name, a wrong address, one's own, and one
    that already writes.
    """
    name = clean_line(str(person.get("name") or ""))
    address = clean_address(str(person.get("email") or ""))
    if not name:
        raise BadInput(_("Give this person's full name."), code="no_name", key=slot.key)
    if address is None:
        raise BadInput(
            _("Give this person's address, like name@example.org."),
            code="not_an_address",
            key=slot.key,
        )
    account = application.applicant.account
    if account is not None and account.email.casefold() == address.casefold():
        raise BadInput(
            _("This is your own address. Give the address of the person who writes the letter."),
            code="own_address",
            key=slot.key,
        )
    others = letters_of(application).filter(kind=slot.kind, email__iexact=address)
    named = (
        value
        for key, value in plain_answers(application).items()
        if key != slot.key and key in slot.rule.asked_in
    )
    is_named = any(
        isinstance(value, Mapping) and str(value.get("email", "")).casefold() == address.casefold()
        for value in named
    )
    if besides:
        others = others.exclude(pk=besides.pk)
    if is_named or others.exclude(question_key=slot.key).exists():
        raise BadInput(
            _("Two letters cannot come from the same address. Name somebody else."),
            code="same_address",
            key=slot.key,
        )
    rest = {part: clean_line(str(person.get(part) or "")) for part in ("position", "organisation")}
    return {"name": name, "email": address} | {part: text for part, text in rest.items() if text}


def _slot(application: Application, question_key: str) -> LetterSlot:
    slot = get_letter_slot(application, question_key)
    if slot is None:
        raise BadInput(_("No letter is asked for there."), code="unknown_slot")
    return slot


def _create_letter(
    application: Application,
    slot: LetterSlot,
    person: Mapping[str, str],
    actor: Actor,
    now: dt.datetime,
) -> Letter:
    due_at = letters_due_at(application.call, slot.rule)
    if now >= due_at:
        raise BadInput(_("It is too late to ask for this letter."), code="late")
    letter = Letter.objects.create(
        application=application,
        kind=slot.kind,
        question_key=slot.key,
        position=slot.position,
        host=slot.host.key if slot.host else "",
        full_name=person["name"],
        email=person["email"],
        organisation_name=person.get("organisation", ""),
        due_at=due_at,
        asked_at=now,
        last_sent_at=now,
    )
    changes = {"kind": [None, slot.kind], "email": "changed"}
    record_entry(letter, "ask_letter", actor=actor, now=now, changes=changes, is_first=True)
    _send_link(letter, LETTER_REQUEST, actor, now)
    return letter


@transaction.atomic
def issue_own_letter_link(*, letter: Letter, actor: Account, now: dt.datetime) -> str:
    """Let a writer who signed in go to the letter without searching for the mail; links sent before
    keep working. Returns the token.

    Refuses when the letter can no longer be written.
    """
    may_write_letter(letter, now).require()
    record_entry(letter, "issue_own_letter_link", actor=actor, now=now)
    return issue_scoped_link(
        purpose=PURPOSE, about=letter, expires_at=letter_due_at(letter), now=now
    )


def _send_request(letter: Letter, notice: Notice, actor: Actor, now: dt.datetime) -> None:
    revoke_scoped_links(about=letter, purpose=PURPOSE, now=now)
    _send_link(letter, notice, actor, now)


def _send_link(letter: Letter, notice: Notice, actor: Actor, now: dt.datetime) -> None:
    due_at = letter_due_at(letter)
    token = issue_scoped_link(
        purpose=PURPOSE, about=letter, expires_at=due_at + LINK_OUTLIVES_DUE, now=now
    )
    notify_writer(
        notice,
        letter,
        key=f"{letter.reference}:{letter.send_count}.{letter.reminder_count}",
        actor=actor,
        now=now,
        link_secret=f"{settings.SITE_URL}{reverse('applications:letter', args=[token])}",
    )


def _call_off(letter: Letter, actor: Actor, now: dt.datetime, *, is_told: bool) -> None:
    revoke_scoped_links(about=letter, purpose=PURPOSE, now=now)
    if is_told:
        notify_writer(LETTER_CANCELLED, letter, key=letter.reference, actor=actor, now=now)


def notify_writer(
    notice: Notice,
    letter: Letter,
    *,
    key: str,
    actor: Actor,
    now: dt.datetime,
    link_secret: str = "",
) -> None:
    """Write to the writer of a letter, once for each ``key``."""
    notify(
        notice,
        about=letter,
        email=letter.email,
        language=_language_of(letter),
        say=lambda: letter_told(letter),
        key=key,
        context=letter.application.call,
        actor=actor,
        now=now,
        link_secret=link_secret,
    )


def _language_of(letter: Letter) -> str:
    """Writers are written to in the language in which the applicant reads: they know each other."""
    account = letter.application.applicant.account
    return account.language if account else settings.LANGUAGE_CODE
