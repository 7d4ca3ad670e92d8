"""The messages about offers."""

from __future__ import annotations

from anso.kernel.notices import Notice

OFFER = Notice(
    code="awards.offer",
    audience="whoever is offered it",
    template="awards/mail/offer.txt",
    fields=(
        "name",
        "offer_subject",
        "offer_told",
        "confidential",
        "unless_answered",
        "respond_by",
        "reason",
        "page",
        "contact",
    ),
    must_say=("offer_told", "respond_by", "page"),
)
ACCEPTED = Notice(
    code="awards.accepted",
    audience="whoever accepted",
    template="awards/mail/accepted.txt",
    fields=("name", "accepted_subject", "accepted_told", "confidential", "page", "contact"),
)
REMINDER = Notice(
    code="awards.reminder",
    audience="whoever is offered it",
    template="awards/mail/reminder.txt",
    fields=("name", "reminder_told", "respond_by", "page", "contact"),
    is_reminder=True,
)
CHOSEN = Notice(
    code="awards.chosen",
    audience="whoever wrote for somebody else",
    template="awards/mail/chosen.txt",
    fields=(
        "name",
        "chosen_subject",
        "chosen_told",
        "confidential",
        "answer",
        "reason",
        "feedback",
        "url",
        "contact",
    ),
    must_say=("chosen_told", "url"),
)
ANSWERED = Notice(
    code="awards.answered",
    audience="whoever wrote for somebody else",
    template="awards/mail/answered.txt",
    fields=("name", "number", "answer", "in_short", "passes_on", "url", "contact"),
)
EXTENDED = Notice(
    code="awards.extended",
    audience="whoever is offered it",
    template="awards/mail/extended.txt",
    fields=("name", "call", "unless_answered", "respond_by", "page", "contact"),
)
LAPSED = Notice(
    code="awards.lapsed",
    audience="whoever was offered it",
    template="awards/mail/lapsed.txt",
    fields=("name", "call", "number", "place", "respond_by", "passes_on", "page", "contact"),
)
DECLINED_FOR = Notice(
    code="awards.declined_for",
    audience="whoever was offered it",
    template="awards/mail/declined_for.txt",
    fields=("name", "call", "page", "contact"),
)
LETTER_CHANGED = Notice(
    code="awards.letter_changed",
    audience="whoever had a letter of confirmation",
    template="awards/mail/letter_changed.txt",
    fields=("name", "call", "letter", "changes", "page", "contact"),
)
REVOKED = Notice(
    code="awards.revoked",
    audience="whoever was offered it",
    template="awards/mail/revoked.txt",
    fields=("name", "call", "because", "page", "contact"),
)
