"""Handing a message to the mail system, once: claim it briefly in the database, send it outside any
transaction, note the answer.
"""

from __future__ import annotations

import datetime as dt
import smtplib
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi, gettext, override

from anso.audit.actions import record_entry, transition
from anso.kernel.actors import WORKER, Actor
from anso.kernel.addresses import for_envelope
from anso.kernel.lifecycle import StaleTransition
from anso.notifications.models import Delivery, Message
from anso.notifications.notices import parts_of_mail, with_link
from anso.notifications.queries import messages_due

MAX_ATTEMPTS = 8
FIRST_PAUSE = dt.timedelta(minutes=2)
ANSWER_LIMIT = 500


@dataclass(frozen=True)
class MailReply:
    """What the mail system said: taken, refused for now, or refused for good."""

    is_accepted: bool
    words: str = ""
    is_final: bool = False


def deliver_message(*, message_id: int, now: dt.datetime, actor: Actor = WORKER) -> bool:
    """Send one message that is due; true when the mail system took it.

    Of many workers exactly one claims it; the others, and calls for messages that are held, gone or
    not due, return false at once. A failure is tried again after a growing pause; after eight
    tries, or a refusal for good, the message counts as failed. A worker that dies while sending
    leaves the claim, which lapses after ten minutes.
    """
    message = _claim(message_id, now)
    if message is None:
        return False
    answer = _hand_over(message)
    _note_answer(message, answer, now, actor)
    return answer.is_accepted


@transaction.atomic
def note_bounce(*, message: Message, words: str, actor: Actor, now: dt.datetime) -> Message:
    """The mail system sent a message back; its sender will see it in the outbox."""
    Delivery.objects.create(message=message, at=now, is_accepted=False, answer=words[:ANSWER_LIMIT])
    return transition(message, "bounce_message", actor=actor, now=now, because=words[:ANSWER_LIMIT])


@transaction.atomic
def _claim(message_id: int, now: dt.datetime) -> Message | None:
    found = (
        messages_due(now)
        .filter(pk=message_id)
        # Whoever comes second does not wait for the first: the message is being taken care of.
        .select_for_update(of=("self",), skip_locked=True)
        .first()
    )
    if found is None:
        return None
    found.claimed_at = now
    # Counted before sending, so that a message at which workers die does not come round for ever.
    found.attempts += 1
    found.save(update_fields=["claimed_at", "attempts"])
    return found


def _hand_over(message: Message) -> MailReply:
    try:
        _mail_for(message).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        # From 500 on the refusal is for good (no such mailbox); below, the mail system asks to come
        # later.
        codes = [code for code, _ in refusal.recipients.values()]
        return MailReply(
            is_accepted=False,
            words=str(refusal.recipients),
            is_final=all(code >= 500 for code in codes),
        )
    except (smtplib.SMTPException, OSError) as problem:
        return MailReply(is_accepted=False, words=f"{type(problem).__name__}: {problem}")
    except (
        ValueError
    ) as problem:  # no mail can be made of it, such as one to a domain that no name server can hold
        return MailReply(
            is_accepted=False, words=f"{type(problem).__name__}: {problem}", is_final=True
        )
    return MailReply(is_accepted=True)


@transaction.atomic
def _note_answer(message: Message, answer: MailReply, now: dt.datetime, actor: Actor) -> None:
    words = answer.words[:ANSWER_LIMIT]
    Delivery.objects.create(message=message, at=now, is_accepted=answer.is_accepted, answer=words)
    try:
        if answer.is_accepted:
            _forget_secret(message)
            transition(message, "send_message", actor=actor, now=now, claimed_at=None)
        elif answer.is_final or message.attempts >= MAX_ATTEMPTS:
            transition(
                message, "fail_message", actor=actor, now=now, because=words, claimed_at=None
            )
        else:
            # 2, 4, 8 … minutes: the eight tries reach over some four hours.
            pause = FIRST_PAUSE * 2 ** (message.attempts - 1)
            message.send_after, message.claimed_at = now + pause, None
            message.save(update_fields=["send_after", "claimed_at"])
    # An officer stopped it while it was with the mail system. It has left all the same, or failed;
    # the record says so and the state stays theirs.
    except StaleTransition as stale:
        record_entry(
            message,
            "note_answer",
            actor=actor,
            now=now,
            because=f"The mail system answered while the message was {stale.state}.",
        )


def _forget_secret(message: Message) -> None:
    """A link or code that left is not kept; only a demonstration keeps it, so that its mailbox
    works. Outside the record on purpose.
    """
    if not settings.DEMONSTRATION:
        Message.objects.filter(pk=message.pk).update(secret="")


def _mail_for(message: Message) -> EmailMultiAlternatives:
    text = with_link(message.body, message.secret)
    # Mail systems know hosts in ASCII alone; people read and write them in their own letters.
    address = for_envelope(message.email)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=text,
        # The envelope: reports of failure go there. Readers see the "From" of the headers.
        from_email=settings.RETURN_ADDRESS,
        to=[
            (formataddr((message.recipient_label, address)) if message.recipient_label else address)
        ],
        reply_to=[settings.ALLIANCE["MAIL"]],
        headers=_headers(message),
    )
    mail.attach_alternative(html_text(message, text), "text/html")
    if message.calendar:
        mail.attach("calendar.ics", message.calendar, "text/calendar")
    return mail


def html_text(message: Message, text: str) -> str:
    """The message as the mail template lays it out, in the direction of its language."""
    link = message.secret if message.secret.startswith(("http://", "https://")) else ""
    with override(message.language):
        context = {
            "subject": message.subject,
            "parts": _parts(message, text, link),
            "language": message.language,
            "dir": "rtl" if get_language_bidi() else "ltr",
            "alliance": {
                "name": settings.ALLIANCE["NAME"],
                "short_name": settings.ALLIANCE["SHORT_NAME"],
                "mail": settings.ALLIANCE["MAIL"],
            },
            "site_url": settings.SITE_URL,
            "link": link,
        }
        return render_to_string("ui/mail.html", context)


def _parts(message: Message, text: str, link: str) -> list[dict[str, Any]]:
    """The paragraphs of each language with its direction, and what its button says; it stands where
    the text has the link alone, else at the end.
    """
    languages = [each for each in (message.language, message.second_language) if each]
    found = []
    for language, paragraphs in parts_of_mail(text, languages):
        is_text = len(paragraphs) > 1
        if link and is_text and link not in paragraphs:
            paragraphs.append(link)
        with override(language):
            found.append(
                {
                    "language": language,
                    "dir": "rtl" if get_language_bidi() else "ltr",
                    "paragraphs": paragraphs,
                    "button": gettext("Open the page"),
                }
            )
    return found


def _headers(message: Message) -> dict[str, str]:
    domain = str(settings.ALLIANCE["MAIL"]).rpartition("@")[2] or "localhost"
    return {
        "From": settings.DEFAULT_FROM_EMAIL,
        # A report of failure carries it, and ``returned`` finds the message by it.
        "Message-ID": f"<{message.reference}@{domain}>",
        "Content-Language": ", ".join(filter(None, (message.language, message.second_language))),
        # So that notes of absence are not sent back to us (RFC 3834).
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
