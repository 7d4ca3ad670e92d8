"""What happens to calls, in words: for the record, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "create_call": _("created a call"),
    "change_call": _("changed a call"),
    "change_call_text": _("changed the words of a call"),
    "change_call_dates": _("changed the dates of a call"),
    "change_stages": _("changed the timeline"),
    "change_outcome": _("changed what is given"),
    "change_rubric": _("changed the rubric"),
    "change_questions": _("changed the questions"),
    "publish_questions": _("published the questions"),
    "discard_questions": _("discarded changes to the questions"),
    "add_officer": _("gave somebody charge of a call"),
    "remove_officer": _("took charge of a call from somebody"),
    "set_panel": _("set the panel"),
    "publish_call": _("published a call"),
    "extend_call": _("extended a call"),
    "record_outage": _("recorded an outage"),
    "complete_call": _("completed a call"),
    "cancel_call": _("cancelled a call"),
}
KINDS: dict[str, Promise] = {
    "calls.call": _("call"),
    "calls.outage": _("outage"),
}
