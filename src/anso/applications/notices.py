"""The messages about applications and letters."""

from __future__ import annotations

from anso.applications.queries.letters import REQUEST_CODE
from anso.kernel.notices import Notice

RECEIPT = Notice(
    code="applications.receipt",
    audience="applicant",
    template="applications/mail/receipt.txt",
    fields=(
        "name",
        "number",
        "your_entry",
        "call",
        "submitted",
        "closes",
        "sha256",
        "version",
        "still_required",
        "url",
        "contact",
    ),
)
WITHDRAWN = Notice(
    code="applications.withdrawn",
    audience="applicant",
    template="applications/mail/withdrawn.txt",
    fields=("name", "number", "your_entry", "call", "contact"),
)
LETTER_REQUEST = Notice(
    code=REQUEST_CODE,
    audience="writer of a letter",
    template="applications/mail/letter_request.txt",
    fields=(
        "name",
        "heading",
        "request",
        "need",
        "unanswered",
        "beside",
        "readers",
        "due",
        "minutes",
        "contact",
    ),
)
LETTER_REMINDER = Notice(
    code="applications.letter_reminder",
    audience="writer of a letter",
    template="applications/mail/letter_reminder.txt",
    fields=("name", "applicant", "call", "due", "need", "minutes", "beside", "contact"),
    is_reminder=True,
)
LETTER_CANCELLED = Notice(
    code="applications.letter_cancelled",
    audience="writer of a letter",
    template="applications/mail/letter_cancelled.txt",
    fields=("name", "applicant", "call", "contact"),
)
LETTER_MOVED = Notice(
    code="applications.letter_moved",
    audience="writer of a letter",
    template="applications/mail/letter_moved.txt",
    fields=("name", "applicant", "call", "contact"),
)
LETTER_THANKS = Notice(
    code="applications.letter_thanks",
    audience="writer of a letter",
    template="applications/mail/letter_thanks.txt",
    fields=("name", "applicant", "call", "due", "contact"),
)
LETTER_ARRIVED = Notice(
    code="applications.letter_arrived",
    audience="applicant",
    template="applications/mail/letter_arrived.txt",
    fields=("name", "writer", "call", "number", "Your_entry", "your_entry", "url"),
)
LETTER_DECLINED = Notice(
    code="applications.letter_declined",
    audience="applicant",
    template="applications/mail/letter_declined.txt",
    fields=("name", "writer", "call", "number", "your_entry", "otherwise", "need", "url"),
)
LETTER_REFUSED = Notice(
    code="applications.letter_refused",
    audience="applicant",
    template="applications/mail/letter_refused.txt",
    fields=("name", "writer", "call", "number", "your_entry", "otherwise", "need", "url"),
)
WRITER_ASKS = Notice(
    code="applications.writer_asks",
    audience="applicant",
    template="applications/mail/writer_asks.txt",
    fields=("name", "writer", "call", "number", "your_entry", "question", "due", "need", "url"),
)
WRITER_ASKS_REMINDER = Notice(
    code="applications.writer_asks_reminder",
    audience="applicant",
    template="applications/mail/writer_asks_reminder.txt",
    fields=("name", "writer", "call", "number", "your_entry", "question", "due", "need", "url"),
    is_reminder=True,
)
WRITER_ANSWERED = Notice(
    code="applications.writer_answered",
    audience="writer of a letter",
    template="applications/mail/writer_answered.txt",
    fields=("name", "applicant", "call", "question", "answer", "due", "need", "contact"),
)
ENQUIRY = Notice(
    code="applications.enquiry",
    audience="programme officer",
    template="applications/mail/enquiry.txt",
    fields=("name", "applicant", "call", "number", "question", "url"),
)
ENQUIRY_ANSWERED = Notice(
    code="applications.enquiry_answered",
    audience="applicant",
    template="applications/mail/enquiry_answered.txt",
    fields=("name", "number", "call", "question", "answer", "url"),
)
ENQUIRY_CORRECTED = Notice(
    code="applications.enquiry_corrected",
    audience="applicant",
    template="applications/mail/enquiry_corrected.txt",
    fields=("name", "number", "call", "question", "answer", "before", "url"),
)
DRAFT_REMINDER = Notice(
    code="applications.draft_reminder",
    audience="applicant",
    template="applications/mail/draft_reminder.txt",
    fields=(
        "name",
        "number",
        "Your_entry",
        "your_entry",
        "call",
        "closes",
        "after_close",
        "url",
        "contact",
    ),
    is_reminder=True,
)
CARRIED_ON = Notice(
    code="applications.carried_on",
    audience="applicant",
    template="applications/mail/carried_on.txt",
    fields=(
        "name",
        "number",
        "your_entry",
        "before",
        "call",
        "closes",
        "after_close",
        "url",
        "contact",
    ),
)
INVITED_TO_START = Notice(
    code="applications.invited_to_start",
    audience="whoever is invited to a call",
    template="applications/mail/invited_to_start.txt",
    fields=("name", "call", "address", "until", "url", "contact"),
)
INVITED_NO_MORE = Notice(
    code="applications.invited_no_more",
    audience="whoever was invited to a call",
    template="applications/mail/invited_no_more.txt",
    fields=("name", "call", "contact"),
)
INVITED_REMINDER = Notice(
    code="applications.invited_reminder",
    audience="applicant",
    template="applications/mail/invited_reminder.txt",
    fields=("name", "number", "your_entry", "call", "step", "closes", "url", "contact"),
    is_reminder=True,
)
CALL_CANCELLED = Notice(
    code="applications.call_cancelled",
    audience="applicant",
    template="applications/mail/call_cancelled.txt",
    fields=("name", "number", "Your_entry", "call", "reason", "url", "contact"),
)
DEADLINE_MOVED = Notice(
    code="applications.deadline_moved",
    audience="applicant",
    template="applications/mail/deadline_moved.txt",
    fields=("name", "number", "your_entry", "call", "closes", "reason", "moved", "url", "contact"),
)
DAYS_MOVED = Notice(
    code="applications.days_moved",
    audience="applicant",
    template="applications/mail/days_moved.txt",
    fields=("name", "number", "your_entry", "call", "reason", "moved", "url", "contact"),
)
LETTER_EXTENDED = Notice(
    code="applications.letter_extended",
    audience="writer of a letter",
    template="applications/mail/letter_extended.txt",
    fields=("name", "applicant", "call", "due", "contact"),
)
CALL_AMENDED = Notice(
    code="applications.call_amended",
    audience="applicant",
    template="applications/mail/call_amended.txt",
    fields=("name", "number", "your_entry", "call", "reason", "changes", "url", "contact"),
)
EXTENDED_FOR_ONE = Notice(
    code="applications.extended_for_one",
    audience="applicant",
    template="applications/mail/extended_for_one.txt",
    fields=("name", "number", "your_entry", "call", "closes", "reason", "url", "contact"),
)
PEOPLE_MERGED = Notice(
    code="applications.people_merged",
    audience="owner of the accounts",
    template="applications/mail/people_merged.txt",
    fields=("name", "kept", "gone", "until", "reason", "contact"),
)
MERGE_UNDONE = Notice(
    code="applications.merge_undone",
    audience="owner of the accounts",
    template="applications/mail/merge_undone.txt",
    fields=("name", "kept", "gone", "reason", "contact"),
)
RESTORED = Notice(
    code="applications.restored",
    audience="applicant",
    template="applications/mail/restored.txt",
    fields=("name", "number", "Your_entry", "your_entry", "call", "reason", "url", "contact"),
)
LETTER_TAKEN_DOWN = Notice(
    code="applications.letter_taken_down",
    audience="writer of a letter",
    template="applications/mail/letter_taken_down.txt",
    fields=(
        "name",
        "applicant",
        "call",
        "answer",
        "officer",
        "reason",
        "may_answer",
        "due",
        "contact",
    ),
)
LETTER_PUT_IN = Notice(
    code="applications.letter_put_in",
    audience="writer of a letter",
    template="applications/mail/letter_put_in.txt",
    fields=("name", "applicant", "call", "officer", "reason", "due", "contact"),
)
LETTER_OPEN_AGAIN = Notice(
    code="applications.letter_open_again",
    audience="writer of a letter",
    template="applications/mail/letter_open_again.txt",
    fields=("name", "applicant", "call", "officer", "reason", "due", "contact"),
)
DECLINE_TAKEN_BACK = Notice(
    code="applications.decline_taken_back",
    audience="applicant",
    template="applications/mail/decline_taken_back.txt",
    fields=("name", "writer", "number", "your_entry", "call", "due", "url"),
)
HANDED_IN = Notice(
    code="applications.handed_in",
    audience="applicant",
    template="applications/mail/handed_in.txt",
    fields=(
        "name",
        "number",
        "your_entry",
        "call",
        "closes",
        "officer",
        "reason",
        "asked",
        "url",
        "contact",
    ),
)
FILE_PUT_IN = Notice(
    code="applications.file_put_in",
    audience="applicant",
    template="applications/mail/file_put_in.txt",
    fields=(
        "name",
        "number",
        "Your_entry",
        "your_entry",
        "call",
        "question",
        "file",
        "replaced",
        "officer",
        "reason",
        "version",
        "url",
        "contact",
    ),
)
LETTER_AMENDED = Notice(
    code="applications.letter_amended",
    audience="writer of a letter",
    template="applications/mail/letter_amended.txt",
    fields=("name", "applicant", "call", "heading", "request", "due", "contact"),
)
# Words of an officer to a set of people; the code names the set too.
OF_APPLICANTS, OF_WRITERS = "applications.message", "applications.writer_message"
MESSAGE = Notice(
    code=OF_APPLICANTS,
    audience="applicants whom an officer chose",
    template="applications/mail/message.txt",
    fields=("name", "number", "call", "closes", "lacking", "url", "contact"),
    is_unworded=True,
)
WRITER_MESSAGE = Notice(
    code=OF_WRITERS,
    audience="writers of letters whom an officer chose",
    template="applications/mail/writer_message.txt",
    fields=("name", "applicant", "call", "due", "page", "contact"),
    is_unworded=True,
)
ABOUT_PARTS = ("name", "lead", "number", "call", "sections", "closes", "address", "url", "contact")
COLLABORATOR_ASKED = Notice(
    code="applications.collaborator_asked",
    audience="whoever is asked to fill in parts",
    template="applications/mail/collaborator_asked.txt",
    fields=ABOUT_PARTS,
)
COLLABORATOR_ANSWERED = Notice(
    code="applications.collaborator_answered",
    audience="applicant",
    template="applications/mail/collaborator_answered.txt",
    fields=("name", "other", "answer", "number", "your_entry", "call", "url", "contact"),
)
COLLABORATION_ENDED = Notice(
    code="applications.collaboration_ended",
    audience="whoever filled in parts",
    template="applications/mail/collaboration_ended.txt",
    fields=("name", "lead", "number", "call", "contact"),
)
COLLABORATORS_HANDED_IN = Notice(
    code="applications.collaborators_handed_in",
    audience="whoever filled in parts",
    template="applications/mail/collaborators_handed_in.txt",
    fields=("name", "lead", "number", "call", "submitted", "closes", "url", "contact"),
)
LEAD_OFFERED = Notice(
    code="applications.lead_offered",
    audience="whoever filled in parts",
    template="applications/mail/lead_offered.txt",
    fields=("name", "lead", "number", "call", "url", "contact"),
)
LEAD_HANDED_OVER = Notice(
    code="applications.lead_handed_over",
    audience="whoever handed an application over",
    template="applications/mail/lead_handed_over.txt",
    fields=("name", "other", "number", "call", "url", "contact"),
)
