"""``manage.py take_returned_mail``: a mail system hands over, on standard input, one mail that came
back.
"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from anso.kernel.actors import WORKER
from anso.notifications.actions import take_returned_mail


class Command(BaseCommand):
    """Says what it noted. Ends well in any case: a mail system that is refused here would send the
    report back once more.
    """

    help = (
        "Reads one report of a mail that could not be delivered, and notes on the message that it"
        " came back."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        noted = take_returned_mail(mail=sys.stdin.buffer.read(), actor=WORKER, now=timezone.now())
        self.stdout.write(
            f"Noted that message {noted.reference} came back." if noted else "Nothing to note."
        )
