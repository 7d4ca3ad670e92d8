"""Words for the states of a message, with the tone in which a page shows them, and what an officer
may do in each.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", _("waiting")
    HELD = "held", _("held")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    BOUNCED = "bounced", _("came back")


TONES = {
    "waiting": "act",
    "held": "attn",
    "sent": "good",
    "failed": "stop",
    "bounced": "stop",
    "cancelled": "",
}


class OutboxAct(models.TextChoices):
    """What an officer can do with messages."""

    HOLD = "hold", _("Hold back")
    RELEASE = "release", _("Release")
    CANCEL = "cancel", _("Cancel")
    RETRY = "retry", _("Send again")


VERBS = {
    "hold": "hold_message",
    "release": "release_message",
    "cancel": "cancel_message",
    "retry": "retry_message",
}
