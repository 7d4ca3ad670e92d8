"""The messages about offers."""

from __future__ import annotations

from anso.kernel.notices import Notice

OFFER = Notice(
    code="awards.offer",
    audience="applicant",
    template="awards/mail/offer.txt",
    fields=("name", "call", "number", "place", "respond_by", "reason", "url", "officer_mail"),
)
ACCEPTED = Notice(
    code="awards.accepted",
    audience="applicant",
    template="awards/mail/accepted.txt",
    fields=("name", "call", "number", "place", "url", "officer_mail"),
)
REMINDER = Notice(
    code="awards.reminder",
    audience="applicant",
    template="awards/mail/reminder.txt",
    fields=("name", "call", "number", "place", "respond_by", "url", "officer_mail"),
    is_reminder=True,
)
