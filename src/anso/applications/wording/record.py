"""What the record calls the fields of applications, letters and what belongs to them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anso.applications.enums import Flag
from anso.applications.wording.screening import STATE_WORDS
from anso.audit.wording import Field

FIELDS: dict[str, Field] = {
    "applications.application:state": Field(_("state"), codes=STATE_WORDS),
    "applications.letter:state": Field(
        _("state"),
        codes={
            "asked": _("asked"),
            "opened": _("opened"),
            "asking": _("asks something first"),
            "completed": _("given"),
            "declined": _("declined"),
            "replaced": _("taken back"),
        },
    ),
    "invite_application:because": Field(keys="steps"),
    "advance_application:because": Field(keys="steps"),
    "step_id": Field(_("step"), keys="rows of steps"),
    "form_version_id": Field(_("form"), keys="rows of forms"),
    "form_version": Field(_("version of the form")),
    "proposal": Field(_("proposal under which it is opened")),
    "sections": Field(_("parts of the form"), keys="sections"),
    "applicant": Field(_("who hands it in, by their reference")),
    "submission": Field(_("what was submitted")),
    "submitted_revision": Field(_("revision that was submitted")),
    "screened_at": Field(_("screened at")),
    "screening_reason": Field(_("reason of the screening")),
    "decided_at": Field(_("decided at")),
    "opened_at": Field(_("opened at")),
    "replaced_at": Field(_("taken back at")),
    "declined_at": Field(_("declined at")),
    "last_sent_at": Field(_("last mailed at")),
    "send_count": Field(_("mails sent")),
    "reminder_count": Field(_("reminders sent")),
    "position": Field(_("place among the letters of its kind")),
    "applications.letter:kind": Field(_("letter"), keys="letters"),
    "document": Field(_("document, by its fingerprint")),
    "slot": Field(_("question"), keys="questions"),
    "call": Field(_("call")),
    "note": Field(_("note, by its reference")),
    "flags": Field(_("flags"), codes=dict(Flag.choices)),
    "owner": Field(_("who looks after it")),
    "question": Field(_("question, by its reference")),
    "extended_until": Field(_("more time until")),
    "until_on": Field(_("invited until")),
    "namesakes": Field(_("those of one name, by their numbers")),
    "is_one_person": Field(_("one person")),
    "earlier": Field(_("begun from")),
    "rule": Field(_("rule"), keys="rules"),
    "is_met": Field(_("met")),
    "pdf": Field(_("receipt, by its fingerprint")),
    "taken_down_by": Field(_("written down by")),
    "taken_down_because": Field(_("why it was written down")),
    # Officers name their views themselves.
    "keep_export_view:*": Field(),
    "remove_export_view:*": Field(),
    "take_down_answer:answer": Field(
        _("answer"),
        codes={
            "declined": _("declined"),
            "given": _("given"),
            "yes": _("yes"),
            "no": _("no"),
        },
    ),
}
WAYS = {
    "applications.application": "call",
    "applications.letter": "application__call",
    "applications.collaborator": "application__call",
    "applications.submission": "application__call",
    "applications.participant": "application__call",
    "applications.invited": "call",
}
