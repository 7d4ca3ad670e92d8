"""What can be done with messages: written into the outbox, held, released, cancelled, tried again,
and delivered once.
"""

from __future__ import annotations

from anso.notifications.actions.delivery import deliver_message, note_bounce
from anso.notifications.actions.mailings import (
    change_letter_text,
    change_one_letter,
    open_mailing,
    release_letters,
    stop_letters,
    try_letter,
)
from anso.notifications.actions.notifying import (
    Say,
    notify,
    renew_letter,
    renew_letters,
    say_nothing,
)
from anso.notifications.actions.outbox import (
    NoticeOptions,
    Recipient,
    cancel_message,
    change_reminders,
    enqueue_notice,
    hold_message,
    release_message,
    retry_message,
)
from anso.notifications.actions.returned import take_returned_mail
from anso.notifications.actions.writing import prepare_letters, write_remaining_letters

__all__ = [
    "NoticeOptions",
    "Recipient",
    "Say",
    "cancel_message",
    "change_letter_text",
    "change_one_letter",
    "change_reminders",
    "deliver_message",
    "enqueue_notice",
    "hold_message",
    "note_bounce",
    "notify",
    "open_mailing",
    "prepare_letters",
    "release_letters",
    "release_message",
    "renew_letter",
    "renew_letters",
    "retry_message",
    "say_nothing",
    "stop_letters",
    "take_returned_mail",
    "try_letter",
    "write_remaining_letters",
]
