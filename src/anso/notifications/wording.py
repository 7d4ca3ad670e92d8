"""What happens to messages, in words: for the record, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "hold_message": _("held a message back"),
    "release_message": _("released a message"),
    "cancel_message": _("cancelled a message"),
    "send_message": _("sent a message"),
    "fail_message": _("could not send a message"),
    "retry_message": _("sent a message again"),
    "bounce_message": _("got a message back"),
    "note_answer": _("noted an answer of the mail system"),
}
KINDS: dict[str, Promise] = {
    "notifications.message": _("message"),
}
