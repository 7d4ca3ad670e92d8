"""Who may read the outbox, and what may still be done with a message."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from anso.kernel.actors import Actor
from anso.kernel.notices import LINK
from anso.kernel.verdict import ALLOWED, Verdict, refuse
from anso.notifications.models import Mailing, Message
from anso.notifications.queries import (
    MESSAGE_READERS,
    is_being_sent,
    mailings_visible_to,
    messages_visible_to,
    reads_any_messages,
)


def may_read_outbox(actor: Actor, now: dt.datetime) -> Verdict:
    """Whoever looks after something that messages belong to: a call, a body, the house. Each finds
    only those in it.
    """
    if reads_any_messages(actor, now):
        return ALLOWED
    return refuse(
        "no_messages",
        _("The outbox is open to people who look after a call, a body or the house today."),
    )


def may_read_message(actor: Actor, message: Message, now: dt.datetime) -> Verdict:
    """Whoever looks after what the message belongs to reads it, and holds, releases and cancels it.
    Processes of the system may too.
    """
    if messages_visible_to(actor, now).filter(pk=message.pk).exists():
        return ALLOWED
    return refuse(
        "not_your_message", _("This message belongs to something that another person looks after.")
    )


def may_stop_message(actor: Actor, message: Message, now: dt.datetime) -> Verdict:
    """A message may be held or cancelled until a worker hands it over."""
    verdict = may_read_message(actor, message, now)
    if verdict and is_being_sent(message, now):
        return refuse(
            "being_sent", _("This message is being sent at this moment. Look again in a minute.")
        )
    return verdict


def may_retry_message(actor: Actor, message: Message, now: dt.datetime) -> Verdict:
    """A message may be tried again, unless it carried a link that was removed when it left: then a
    new link has to be made.
    """
    verdict = may_read_message(actor, message, now)
    if verdict and LINK in message.body and not message.secret:
        return refuse(
            "link_gone",
            _(
                "This message carried a personal link, which is not kept after sending. Send a new"
                " one from where it began."
            ),
        )
    return verdict


def may_send_mailing(actor: Actor, mailing: Mailing, now: dt.datetime) -> Verdict:
    """Whoever looks after what the letters belong to reads, words, tries, releases and stops
    them.
    """
    if mailings_visible_to(actor, now).filter(pk=mailing.pk).exists():
        return ALLOWED
    return refuse(
        "not_your_mailing", _("These letters belong to something that another person looks after.")
    )


def may_write_to(actor: Actor, context_type: str, context_id: int, now: dt.datetime) -> Verdict:
    """Whoever looks after a call, a body or the house writes to people of it."""
    readers = MESSAGE_READERS.get(context_type)
    if readers and readers.objects(actor, now).filter(pk=context_id).exists():
        return ALLOWED
    return refuse(
        "not_your_people", _("Only those who work on this call write to the people in it.")
    )
