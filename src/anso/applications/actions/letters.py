"""Letters from the applicant's side: asking, sending again, replacing, calling off. What the
writers do is in ``letter_writers``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from anso.accounts.actions import issue_scoped_link, revoke_scoped_links
from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.actions.drafts import save_answers
from anso.applications.actions.letter_slots import (
    check_writer,
    free_position,
    slot_named,
    slot_of,
)
from anso.applications.actions.participants import name_participants
from anso.applications.models import Application, Letter
from anso.applications.notices import LETTER_CANCELLED, LETTER_REMINDER, LETTER_REQUEST
from anso.applications.queries.answers import plain_answers
from anso.applications.queries.letters import (
    PURPOSE,
    LetterSlot,
    letter_due_at,
    letter_slots,
    new_letter_due_at,
)
from anso.applications.queries.visibility import letters_of
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
from anso.kernel.notices import Notice
from anso.kernel.wording import gettext_noop as _
from anso.notifications.actions import notify

WAITING = ("asked", "opened")
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
    slot = slot_named(locked, question_key)
    # Read under the lock of the application: a second click finds the letter of the first.
    letters = list(letters_of(locked))
    standing = slot.letter_among(letters, plain_answers(locked))
    if standing:
        return standing
    writer = _named_writer(locked, slot, letters)
    asked = _create_letter(locked, slot, writer, actor, now)
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
    *, application: Application, actor: Actor, now: dt.datetime
) -> list[Letter]:
    """Ask whoever is named, usable and not asked yet; used at submission too, so that no letter is
    forgotten. Returns all letters that are asked for then. The application is one that the caller
    has locked.
    """
    standing = list(letters_of(application))
    asked: list[Letter] = []
    answers, slots = plain_answers(application), letter_slots(application)
    _call_off_unnamed(application, slots, standing, actor, now)
    for slot in slots:
        if slot.letter_among(standing, answers):
            continue
        try:
            writer = _named_writer(application, slot, [*standing, *asked])
        except BadInput:
            continue  # left for the applicant to complete
        if now < new_letter_due_at(application, slot.rule):
            asked.append(_create_letter(application, slot, writer, actor, now))
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
        if letter.question_key in listed and letter not in named and letter.state in WAITING:
            letter.application = application
            transition(letter, "cancel_letter", actor=actor, now=now)
            _call_off(letter, actor, now, is_told=True)


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
    slot = slot_of(application, current)
    others = letters_of(application).exclude(pk=current.pk)
    checked = check_writer(application, slot, {"name": current.full_name, "email": address}, others)
    changes = {"email": "changed"} if checked["email"] != current.email else {}
    current.email, current.last_sent_at, current.send_count = (
        checked["email"],
        now,
        current.send_count + 1,
    )
    current.save(update_fields=["email", "last_sent_at", "send_count"])
    _name_again(application)
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
    slot = slot_of(application, current)
    checked = check_writer(
        application, slot, person, letters_of(application).exclude(pk=current.pk)
    )
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
            fields=slot.with_person(plain_answers(application), checked),
            base=application.revision,
            token=token,
            actor=actor,
            now=now,
        )
    created = _create_letter(application, slot, checked, actor, now)
    _name_again(application)
    return created


def _name_again(application: Application) -> None:
    """Who is asked for a letter after the submission takes part as those do who were asked before
    it.
    """
    if application.submission is not None:
        name_participants(application, letters_of(application))


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


def _create_letter(
    application: Application,
    slot: LetterSlot,
    person: Mapping[str, str],
    actor: Actor,
    now: dt.datetime,
) -> Letter:
    due_at = new_letter_due_at(application, slot.rule)
    if now >= due_at:
        raise BadInput(_("It is too late to ask for this letter."), code="late")
    letter = Letter.objects.create(
        application=application,
        kind=slot.kind,
        question_key=slot.question.key,
        position=free_position(application, slot),
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
