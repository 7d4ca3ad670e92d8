"""Mail that came back: reading what a mail system reports about a message that it could not deliver
after all (RFC 3464).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage
from email.message import Message as MailPart

from django.db import transaction

from anso.kernel.actors import Actor
from anso.notifications.actions.delivery import note_bounce
from anso.notifications.models import Message

REFERENCE = re.compile(r"<([A-Z0-9]{1,40})@")


@transaction.atomic
def take_returned_mail(*, mail: bytes, actor: Actor, now: dt.datetime) -> Message | None:
    """Note on one of our messages that it came back; None when the mail is no report of a final
    failure, or not about a sent message.
    """
    report = message_from_bytes(mail, policy=policy.default)
    words, reference = _failure_in_words(report), _reference_of(report)
    if not words or not reference:
        return None
    found = (
        Message.objects.select_for_update(of=("self",))
        .filter(reference=reference, state="sent")
        .first()
    )
    return note_bounce(message=found, words=words, actor=actor, now=now) if found else None


def _failure_in_words(report: EmailMessage) -> str:
    """What the mail system says of a reader that it gave up on; nothing where it only tells of a
    delay or a success.
    """
    for part in report.walk():
        for group in _groups(part):
            if str(group.get("Action", "")).strip().lower() == "failed":
                said = group.get("Diagnostic-Code") or group.get("Status") or "failed"
                return " ".join(str(said).split())
    return ""


def _groups(part: MailPart) -> Iterator[MailPart]:
    groups = part.get_payload() if part.get_content_type() == "message/delivery-status" else []
    return (group for group in groups if isinstance(group, MailPart))


def _reference_of(report: EmailMessage) -> str:
    """The reference of our message, from the copy of its headers that a report carries."""
    for part in report.walk():
        headers: MailPart | None = None
        if part.get_content_type() == "text/rfc822-headers":
            headers = message_from_string(str(part.get_payload()))
        elif part is not report and part.get("Message-ID"):
            headers = part
        found = (
            REFERENCE.search(str(headers.get("Message-ID", ""))) if headers is not None else None
        )
        if found:
            return found[1]
    return ""
