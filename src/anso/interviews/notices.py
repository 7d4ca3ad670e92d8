"""The messages about interviews, to whoever is heard."""

from __future__ import annotations

from anso.kernel.notices import Notice

ASKED = Notice(
    code="interviews.asked",
    audience="applicant",
    template="interviews/mail/asked.txt",
    fields=("name", "number", "call", "step", "until", "url", "contact"),
)
CHOSEN = Notice(
    code="interviews.chosen",
    audience="applicant",
    template="interviews/mail/chosen.txt",
    fields=("name", "number", "call", "step", "when", "place", "until", "url", "contact"),
)
SETTLED = Notice(
    code="interviews.settled",
    audience="applicant",
    template="interviews/mail/settled.txt",
    fields=("name", "number", "call", "step", "when", "place", "reason", "url", "contact"),
)
LOST = Notice(
    code="interviews.lost",
    audience="applicant",
    template="interviews/mail/lost.txt",
    fields=("name", "number", "call", "step", "when", "reason", "until", "url", "contact"),
)
REMINDER = Notice(
    code="interviews.reminder",
    audience="applicant",
    template="interviews/mail/reminder.txt",
    fields=("name", "number", "call", "step", "until", "url", "contact"),
    is_reminder=True,
)
# Words of an officer to a set of those who are heard; the code names the set too.
OF_HEARD = "interviews.message"
MESSAGE = Notice(
    code=OF_HEARD,
    audience="those asked to an interview whom an officer chose",
    template="interviews/mail/message.txt",
    fields=("name", "number", "call", "step", "when", "place", "until", "url", "contact"),
    is_unworded=True,
)
