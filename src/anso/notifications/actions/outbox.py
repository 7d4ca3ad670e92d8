"""Writing messages into the outbox, and what an officer does with one that waits there. Handing
over is in ``delivery``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypedDict, Unpack

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from procrastinate.contrib.django import app

from anso.audit.actions import transition, transition_many
from anso.audit.queries import type_label
from anso.kernel.actors import Actor
from anso.kernel.addresses import require_address
from anso.kernel.names import clean_line
from anso.kernel.notices import Notice
from anso.kernel.wording import gettext_noop
from anso.notifications.models import Mailing, Message, Preference
from anso.notifications.notices import (
    RenderedNotice,
    facts_of_letter,
    in_both,
    render_notice,
    text_of_letter,
    write_letter,
)
from anso.notifications.queries import MESSAGE_READERS, OVERTAKEN, wants_reminders
from anso.notifications.rules import may_read_message, may_retry_message, may_stop_message

KEY_LIMIT = 120
LABEL_LIMIT = 200
DELIVERY_TASK = "notifications.deliver_message"


class Recipient(Protocol):
    """An account as the outbox needs it: where to write to, in which language and zone."""

    pk: Any
    email: str
    language: str

    @property
    def mail_zone(self) -> str: ...


class NoticeOptions(TypedDict, total=False):
    """To whom and how a notice goes. Either ``recipient`` or ``email`` must be there.

    ``context`` is the object that the message belongs to, a call for example, where it is another
    than the one that it is about: whoever looks after it reads the message on the desk.

    ``link_secret`` is the whole address with a scoped token (or a code): it replaces ``{link}`` at
    sending and is shown nowhere. ``mailing`` makes it a letter that waits with others for an
    officer; ``is_held`` overrides what the notice says; ``send_after`` delays it. ``zone`` is where
    somebody lives whose account does not say so, as far as they answered. ``is_first`` says that
    the key cannot have been used, because what it names was made in this transaction. ``country``
    is where somebody without an account is; ``also_in`` what ``notify`` makes of it: the second
    language, with the facts in it. ``calendar`` is a calendar file that goes with it.
    """

    recipient: Recipient | None
    email: str
    label: str
    language: str
    zone: str
    context: Model
    link_secret: str
    mailing: Mailing | None
    is_held: bool | None
    send_after: dt.datetime
    is_first: bool
    country: str
    also_in: tuple[str, Mapping[str, Any]]
    calendar: str


@transaction.atomic(savepoint=False)  # a failure ends the change that it tells of
def enqueue_notice(
    notice: Notice,
    *,
    about: Model,
    fields: Mapping[str, Any],
    dedupe_key: str,
    actor: Actor,
    now: dt.datetime,
    **options: Unpack[NoticeOptions],
) -> tuple[Message, bool]:
    """Write one notice to one reader into the outbox, in the reader's language and in the caller's
    transaction. Returns the message, and whether this call wrote it.

    The same key gives the message already written. A reminder to somebody who turned reminders off
    is kept as cancelled. Refuses an address that is not one, facts that the notice does not
    declare, and a context whose messages nobody reads.
    """
    key, belongs = short_key(dedupe_key), _where_it_belongs(about, options.get("context", about))
    written = Message(dedupe_key=key, **belongs, **_columns(notice, fields, options, now))
    if options.get("is_first"):
        written.save(force_insert=True)
    else:
        # One statement decides which of two writers of the same key was first, without a savepoint.
        Message.objects.bulk_create([written], ignore_conflicts=True)
        found = Message.objects.get(dedupe_key=key)
        if found.reference != written.reference:
            return found, False
        written = found
    _send_hold_or_cancel(written, notice, options, actor, now)
    return written, True


def _send_hold_or_cancel(
    message: Message, notice: Notice, options: NoticeOptions, actor: Actor, now: dt.datetime
) -> None:
    reader, is_held = options.get("recipient"), options.get("is_held")
    if notice.is_reminder and reader is not None and not wants_reminders(reader.pk):
        because = gettext_noop("The reader turned reminders off.")
        transition(message, "cancel_message", actor=actor, now=now, because=because)
    elif options.get("mailing") or (notice.is_held if is_held is None else is_held):
        because = gettext_noop("Waits for release.")
        transition(message, "hold_message", actor=actor, now=now, because=because)
    else:
        _schedule(message, now)


@transaction.atomic
def hold_message(*, message: Message, actor: Actor, now: dt.datetime, because: str = "") -> Message:
    """Keep a waiting message back until somebody releases it. Refused once a worker is handing it
    over.
    """
    _lock(message)
    may_stop_message(actor, message, now).require()
    return transition(message, "hold_message", actor=actor, now=now, because=because)


@transaction.atomic
def release_message(*, message: Message, actor: Actor, now: dt.datetime) -> Message:
    """Let a held message go; it leaves within the minute, or is stopped where what it tells is no
    longer so.
    """
    may_read_message(actor, message, now).require()
    if stop_overtaken([message], actor=actor, now=now):
        return message
    released = transition(message, "release_message", actor=actor, now=now, send_after=now)
    _schedule(released, now)
    return released


@transaction.atomic
def cancel_message(
    *, message: Message, actor: Actor, now: dt.datetime, because: str = ""
) -> Message:
    """Never send a message that has not left yet. Refused once a worker is handing it over."""
    _lock(message)
    may_stop_message(actor, message, now).require()
    return transition(message, "cancel_message", actor=actor, now=now, because=because)


@transaction.atomic
def retry_message(*, message: Message, actor: Actor, now: dt.datetime) -> Message:
    """Send a message again that failed or came back. Refused when it carried a link that is no
    longer kept.
    """
    may_retry_message(actor, message, now).require()
    waiting = transition(
        message, "retry_message", actor=actor, now=now, send_after=now, attempts=0, claimed_at=None
    )
    _schedule(waiting, now)
    return waiting


def change_reminders(
    *, account_id: int, reminders: bool, actor: Actor, now: dt.datetime
) -> Preference:
    """The owner of an account turns reminders on or off; decisions, receipts and questions are
    always sent.
    """
    preference, _new = Preference.objects.update_or_create(
        account_id=account_id, defaults={"reminders": reminders}
    )
    return preference


def _columns(
    notice: Notice, fields: Mapping[str, Any], options: NoticeOptions, now: dt.datetime
) -> dict[str, Any]:
    reader = options.get("recipient")
    address = _checked_address(options.get("email") or (reader.email if reader else ""))
    language = options.get("language") or (reader.language if reader else settings.LANGUAGE_CODE)
    wording, facts = _written(notice, fields, language, options)
    second = ""
    second_facts: dict[str, str] = {}
    if "also_in" in options:
        second, told = options["also_in"]
        below, second_facts = _written(notice, told, second, options)
        wording = in_both(wording, below)
    return {
        "code": notice.code,
        "recipient_id": reader.pk if reader else None,
        "email": address,
        "recipient_label": clean_line(options.get("label", "")[: LABEL_LIMIT * 2])[:LABEL_LIMIT],
        "language": wording.language,
        "second_language": second,
        "second_facts": second_facts,
        "subject": wording.subject,
        "body": wording.body,
        "secret": options.get("link_secret", ""),
        "mailing": options.get("mailing"),
        "calendar": options.get("calendar", ""),
        "facts": facts,
        "created_at": now,
        "send_after": options.get("send_after") or now,
    }


def _written(
    notice: Notice, fields: Mapping[str, Any], language: str, options: NoticeOptions
) -> tuple[RenderedNotice, dict[str, str]]:
    """The words in one language; of a letter of a mailing also the facts that it may say."""
    mailing = options.get("mailing")
    if not mailing:
        return render_notice(notice, fields, language), {}
    has_link = bool(options.get("link_secret"))
    facts = facts_of_letter(notice, fields, language, has_link=has_link)
    text = text_of_letter(notice, mailing.texts, language)
    return write_letter(text, facts, language), facts


def _where_it_belongs(about: Model, context: Model) -> dict[str, Any]:
    kind = type_label(context)
    if kind not in MESSAGE_READERS:
        # A defect of the program: it would wait, fail or come back where nobody looks.
        raise LookupError(f"Nobody reads messages of {kind}; register who does.")
    return {
        "about_type": type_label(about),
        "about_id": about.pk,
        "context_type": kind,
        "context_id": context.pk,
    }


def _checked_address(address: str) -> str:
    require_address(address)
    return address


def short_key(key: str) -> str:
    """Long keys keep their beginning and end in the hash of the whole."""
    if len(key) <= KEY_LIMIT:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"{key[: KEY_LIMIT - len(digest) - 1]}#{digest}"


def _lock(message: Message) -> None:
    """Wait for a worker that is claiming the message, then see what it did."""
    locked = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    message.claimed_at = locked.claimed_at
    message.refresh_from_db()


def stop_overtaken(letters: Iterable[Message], *, actor: Actor, now: dt.datetime) -> set[int]:
    """Bring held letters up to the day on which they leave, and stop those that tell what is no
    longer so: an offer that was answered already. Each app says it of its own letters.
    """
    by_code: dict[str, list[Message]] = {}
    for letter in letters:
        by_code.setdefault(letter.code, []).append(letter)
    gone: dict[int, str] = {}
    stale: list[Message] = []
    for code, written in by_code.items():
        if code in OVERTAKEN:
            gone |= OVERTAKEN[code](written, actor, now)
            stale += [each for each in written if each.pk in gone]
    transition_many(stale, "cancel_message", actor=actor, now=now, because=gone)
    return set(gone)


def _schedule(message: Message, now: dt.datetime) -> None:
    """Ask a worker, in this transaction, to deliver the message; the drain each minute would find
    it too.
    """
    at = message.send_after if message.send_after > now else None
    app.configure_task(DELIVERY_TASK, allow_unknown=True, schedule_at=at).defer(
        message_id=message.pk
    )
