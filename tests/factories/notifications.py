"""Makers of messages in the outbox."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from django.db.models import Model

from anso.kernel.actors import SETUP
from anso.kernel.notices import Notice
from anso.notifications.actions import open_mailing
from anso.notifications.models import Mailing, Message
from tests.factories.directory import make_account

_numbers = count(1)
NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)


def make_message(**fields: Any) -> Message:
    """A message that waits to leave, about a new account."""
    number = next(_numbers)
    account = make_account()
    defaults: dict[str, Any] = {
        "code": "test.plain",
        "email": f"reader{number}@example.org",
        "language": "en",
        "subject": f"Message {number}",
        "body": "Dear reader,\n\nThis is a message.\n",
        "about_type": "accounts.account",
        "about_id": account.pk,
        "context_type": "accounts.account",
        "context_id": account.pk,
        "dedupe_key": f"test:{number}",
        "created_at": NOW,
        "send_after": NOW,
    }
    return Message.objects.create(**(defaults | fields))


def make_mailing(context: Model, **fields: Any) -> Mailing:
    """A mailing of something, without letters."""
    key = f"test:{next(_numbers)}"
    return open_mailing(
        **({"code": "test.letters", "context": context, "key": key} | fields),
        actor=SETUP,
        now=NOW,
    )


__all__ = ["NOW", "SETUP", "Notice", "make_mailing", "make_message"]
