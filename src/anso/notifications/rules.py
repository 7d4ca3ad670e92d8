"""Who may read the outbox, and what may still be done with a message."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.notices import LINK
from anso.kernel.verdict import ALLOWED, Verdict, refuse
from anso.notifications.models import Message
from anso.notifications.queries import is_being_sent


def may_read_outbox(actor: Actor, now: dt.datetime) -> Verdict:
    """Whoever the installation's rule lets in (``settings.OUTBOX_READER``): the Secretariat.
    Processes of the system may too.
    """
    if isinstance(actor, SystemProcess):
        return ALLOWED
    return cast("Verdict", import_string(settings.OUTBOX_READER)(actor, now))


def may_stop_message(actor: Actor, message: Message, now: dt.datetime) -> Verdict:
    """A message may be held or cancelled until a worker hands it over."""
    verdict = may_read_outbox(actor, now)
    if verdict and is_being_sent(message, now):
        return refuse(
            "being_sent", _("This message is being sent at this moment. Look again in a minute.")
        )
    return verdict


def may_retry_message(actor: Actor, message: Message, now: dt.datetime) -> Verdict:
    """A message may be tried again, unless it carried a link that was removed when it left: then a
    new link has to be made.
    """
    verdict = may_read_outbox(actor, now)
    if verdict and LINK in message.body and not message.secret:
        return refuse(
            "link_gone",
            _(
                "This message carried a personal link, which is not kept after sending. Send a new"
                " one from where it began."
            ),
        )
    return verdict
