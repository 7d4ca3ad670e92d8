"""The messages about decisions. Those selected hear of it with their offer."""

from __future__ import annotations

from anso.kernel.notices import Notice

_FIELDS = ("name", "subject", "told", "reason", "feedback", "url", "contact")
WAITING = Notice(
    code="decisions.waiting",
    audience="applicant",
    template="decisions/mail/waiting.txt",
    fields=_FIELDS,
)
UNPLACED = Notice(
    code="decisions.unplaced",
    audience="applicant",
    template="decisions/mail/unplaced.txt",
    fields=_FIELDS,
)
INELIGIBLE = Notice(
    code="decisions.ineligible",
    audience="applicant",
    template="decisions/mail/ineligible.txt",
    fields=_FIELDS,
)
INVITED = Notice(
    code="decisions.invited",
    audience="applicant",
    template="decisions/mail/invited.txt",
    fields=_FIELDS,
)
ADVANCED = Notice(
    code="decisions.advanced",
    audience="applicant",
    template="decisions/mail/advanced.txt",
    fields=_FIELDS,
)
REJECTED = Notice(
    code="decisions.rejected",
    audience="applicant",
    template="decisions/mail/rejected.txt",
    fields=_FIELDS,
)
PROPOSED = Notice(
    code="decisions.proposed",
    audience="panel chair",
    template="decisions/mail/proposed.txt",
    fields=("name", "call", "body", "given", "entries", "url", "contact"),
)
