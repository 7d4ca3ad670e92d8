"""What happens to messages, in words: for the record, in the reader's language."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.kernel.actors import Actor
from anso.kernel.finding import MOST_FOUND, Found, Searchable
from anso.kernel.registers import Register
from anso.notifications.queries import OutboxFilter, messages_matching, messages_visible_to

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
# By the code of a message: what its kind is called on the desk. Each app names its own.
MAIL_KINDS: Register[Promise] = Register("kinds of mail in words")


def mail_kind(code: str) -> str:
    """What a kind of mail is called; one that no app names any more, names itself."""
    return str(MAIL_KINDS.get(code, code))


def find_messages(account: Actor, text: str, now: dt.datetime) -> list[Found]:
    """The messages that somebody reads on the desk in whose reader, address or subject all words
    of a text occur.
    """
    seen = messages_visible_to(account, now)
    return [
        Found(
            each.subject,
            each.recipient_label or each.email,
            reverse("notifications:message", args=[each.reference]),
        )
        for each in messages_matching(seen, OutboxFilter(text=text))[:MOST_FOUND]
    ]


SEARCHABLES = {"messages": Searchable(_("Messages"), find_messages)}
