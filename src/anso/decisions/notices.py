"""The messages about decisions. Those selected hear of it with their offer."""

from __future__ import annotations

from anso.kernel.notices import Notice

# The number and the call are for officers who word letters of their own.
_SAID = ("name", "subject", "told", "reason", "number", "call")


def _told(result: str, *more: str) -> Notice:
    """The message of one result to whoever wrote the application; ``more`` are facts of its own."""
    return Notice(
        code=f"decisions.{result}",
        audience="applicant",
        template=f"decisions/mail/{result}.txt",
        fields=(*_SAID, "feedback", *more, "url", "contact"),
        must_say=("told", "url"),
    )


WAITING = _told("waiting", "appeal")
UNPLACED = _told("unplaced", "appeal")
INELIGIBLE = _told("ineligible", "appeal")
INVITED = _told("invited")
ADVANCED = _told("advanced")
REJECTED = _told("rejected", "appeal")
PROPOSED = Notice(
    code="decisions.proposed",
    audience="panel chair",
    template="decisions/mail/proposed.txt",
    fields=("name", "call", "body", "given", "entries", "few", "url", "contact"),
)
RETURNED = Notice(
    code="decisions.returned",
    audience="whoever proposed the selection",
    template="decisions/mail/returned.txt",
    fields=("name", "call", "chair", "number", "because", "url", "contact"),
)
CORRECTED = Notice(
    code="decisions.corrected",
    audience="applicant",
    template="decisions/mail/corrected.txt",
    fields=("name", "number", "call", "result", "because", "appeal", "url", "contact"),
)
APPEAL_FILED = Notice(
    code="decisions.appeal_filed",
    audience="whoever asked for a review",
    template="decisions/mail/appeal_filed.txt",
    fields=("name", "number", "call", "ground", "text", "url", "contact"),
)
APPEAL_ANSWERED = Notice(
    code="decisions.appeal_answered",
    audience="whoever asked for a review",
    template="decisions/mail/appeal_answered.txt",
    fields=("name", "number", "call", "told", "answer", "url", "contact"),
)
