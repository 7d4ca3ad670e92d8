"""The messages about offers."""

from __future__ import annotations

from anso.kernel.notices import Notice

OFFER = Notice(
    code="awards.offer",
    audience="applicant",
    template="awards/mail/offer.txt",
    fields=(
        "name",
        "offer_subject",
        "offer_told",
        "unless_answered",
        "respond_by",
        "reason",
        "url",
        "contact",
    ),
)
ACCEPTED = Notice(
    code="awards.accepted",
    audience="applicant",
    template="awards/mail/accepted.txt",
    fields=("name", "accepted_subject", "accepted_told", "url", "contact"),
)
REMINDER = Notice(
    code="awards.reminder",
    audience="applicant",
    template="awards/mail/reminder.txt",
    fields=("name", "reminder_told", "respond_by", "url", "contact"),
    is_reminder=True,
)
