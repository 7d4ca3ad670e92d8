"""What happens to applications, in words: for the record, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "start_application": _("started an application"),
    "adopt_form_version": _("moved a draft to the new questions"),
    "submit_application": _("submitted an application"),
    "resubmit_application": _("submitted an application again"),
    "attach_receipt": _("attached the receipt"),
    "withdraw_application": _("withdrew an application"),
    "confirm_eligible": _("confirmed eligibility"),
    "reject_ineligible": _("found an application not eligible"),
    "reopen_screening": _("reopened the screening"),
    "decide_application": _("decided on an application"),
    "ask_letter": _("asked for a letter"),
    "issue_own_letter_link": _("opened a letter from the own list"),
    "open_letter": _("opened a request for a letter"),
    "give_letter": _("gave a letter"),
    "complete_letter": _("sent a letter"),
    "decline_letter": _("declined to write a letter"),
    "remind_letter": _("reminded of a letter"),
    "resend_letter": _("sent a request for a letter again"),
    "replace_letter": _("replaced a request for a letter"),
    "cancel_letter": _("cancelled a letter"),
}
KINDS: dict[str, Promise] = {
    "applications.application": _("application"),
    "applications.letter": _("letter"),
    "applications.submission": _("submission"),
}
