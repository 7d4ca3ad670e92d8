"""The messages about reviews. A reviewer gets one mail for many applications; an applicant is told
when there is something to answer.
"""

from __future__ import annotations

from anso.kernel.notices import Notice

INVITATION = Notice(
    code="review.invitation",
    audience="reviewer",
    template="review/mail/invitation.txt",
    fields=("name", "call", "stage", "at_most", "reviews_close", "url", "contact"),
)
# To who was asked by mail and may have no account: the link is theirs.
ASKED = Notice(
    code="review.asked",
    audience="invited to review",
    template="review/mail/asked.txt",
    fields=(
        "name",
        "call",
        "stage",
        "at_most",
        "reviews_close",
        "answer_by",
        "until",
        "contact",
    ),
)
ASKED_REMINDER = Notice(
    code="review.asked_reminder",
    audience="invited to review",
    template="review/mail/asked_reminder.txt",
    fields=("name", "call", "stage", "at_most", "day", "until", "contact"),
    is_reminder=True,
)
ASKED_NO_MORE = Notice(
    code="review.asked_no_more",
    audience="invited to review",
    template="review/mail/asked_no_more.txt",
    fields=("name", "call", "contact"),
)
ASKED_BY_MISTAKE = Notice(
    code="review.asked_by_mistake",
    audience="a mistyped address",
    template="review/mail/asked_by_mistake.txt",
    fields=("call", "contact"),
)
ASSIGNMENT = Notice(
    code="review.assignment",
    audience="reviewer",
    template="review/mail/assignment.txt",
    fields=("name", "call", "stage", "entries", "due", "url", "contact"),
)
REMINDER = Notice(
    code="review.reminder",
    audience="reviewer",
    template="review/mail/reminder.txt",
    fields=("name", "call", "stage", "count", "due", "url", "contact"),
    is_reminder=True,
)
CANCELLED = Notice(
    code="review.cancelled",
    audience="reviewer",
    template="review/mail/cancelled.txt",
    fields=("name", "call", "number", "contact"),
)
RELEASED = Notice(
    code="review.released",
    audience="reviewer",
    template="review/mail/released.txt",
    fields=("name", "call", "contact"),
)
WORDS_RELEASED = Notice(
    code="review.words_released",
    audience="applicant",
    template="review/mail/words_released.txt",
    fields=("name", "number", "call", "words", "opens", "closes", "url", "contact"),
)
ANSWER_REMINDER = Notice(
    code="review.answer_reminder",
    audience="applicant",
    template="review/mail/answer_reminder.txt",
    fields=("name", "number", "call", "closes", "url", "contact"),
    is_reminder=True,
)
NAMES = Notice(
    code="review.names",
    audience="reviewer",
    template="review/mail/names.txt",
    fields=("name", "call", "reviews_close", "url", "contact"),
)
MOVED = Notice(
    code="review.moved",
    audience="reviewer",
    template="review/mail/moved.txt",
    fields=("name", "call", "due", "count", "reason", "url", "contact"),
)
EXTENDED = Notice(
    code="review.extended",
    audience="reviewer",
    template="review/mail/extended.txt",
    fields=("name", "call", "number", "due", "reason", "url", "contact"),
)
AMENDED = Notice(
    code="review.amended",
    audience="reviewer",
    template="review/mail/amended.txt",
    fields=("name", "call", "reason", "changes", "url", "contact"),
)
# Words of an officer to a set of reviewers; the code names the set too.
OF_REVIEWERS = "review.message"
MESSAGE = Notice(
    code=OF_REVIEWERS,
    audience="reviewers whom an officer chose",
    template="review/mail/message.txt",
    fields=("name", "call", "waiting", "reviews_close", "url", "contact"),
    is_unworded=True,
)
