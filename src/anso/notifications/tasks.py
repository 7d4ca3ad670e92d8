"""Background work of the outbox: deliver one message when asked, and each minute whatever is
due.
"""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.kernel.actors import WORKER
from anso.notifications.actions import deliver_message, write_remaining_letters
from anso.notifications.models import Mailing
from anso.notifications.queries import messages_due

DRAIN_AT_ONCE = 500


@app.task(name="notifications.deliver_message", queue="mail", pass_context=False)
def deliver_one_message(message_id: int) -> None:
    """Deliver one message if it is still due."""
    deliver_message(message_id=message_id, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(
    name="notifications.drain_outbox",
    queue="mail",
    queueing_lock="notifications.drain",
    pass_context=False,
)
def drain_outbox(timestamp: int) -> None:
    """Deliver what is due and was not picked up: put off after a failure, or left by a worker that
    died.
    """
    for message_id in list(
        messages_due(timezone.now()).values_list("id", flat=True)[:DRAIN_AT_ONCE]
    ):
        deliver_message(message_id=message_id, now=timezone.now())


@app.task(name="notifications.write_letters", retry=5, pass_context=False)
def write_letters(mailing_id: int) -> None:
    """Write what is left of the letters to a large set, some at a time."""
    mailing = Mailing.objects.get(pk=mailing_id)
    while write_remaining_letters(mailing=mailing, actor=WORKER, now=timezone.now()):
        pass
