"""The messages to the people of a host."""

from __future__ import annotations

from anso.kernel.notices import Notice

ASKED = Notice(
    code="hosting.asked",
    audience="somebody who answers for a host",
    template="hosting/mail/asked.txt",
    fields=("name", "host", "call", "count", "until", "url", "contact"),
)
REMINDER = Notice(
    code="hosting.reminder",
    audience="somebody who answers for a host",
    template="hosting/mail/reminder.txt",
    fields=("name", "host", "call", "count", "until", "url", "contact"),
    is_reminder=True,
)
