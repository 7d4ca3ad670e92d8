"""The messages of calls to those who work on them."""

from __future__ import annotations

from anso.kernel.notices import Notice

PART_GIVEN = Notice(
    code="calls.part_given",
    audience="whoever works on a call",
    template="calls/mail/part_given.txt",
    fields=("name", "call", "part", "url", "contact"),
)
PART_ENDED = Notice(
    code="calls.part_ended",
    audience="whoever worked on a call",
    template="calls/mail/part_ended.txt",
    fields=("name", "call", "part", "contact"),
)
