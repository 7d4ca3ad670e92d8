"""What reviewing says and where it leads: its verbs in words, its pages on a call’s desk."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.calls.wording import DeskPage, page_of

VERBS: dict[str, Promise] = {
    "invite_reviewer": _("invited a reviewer"),
    "invite_again": _("invited a reviewer again"),
    "accept_invitation": _("accepted an invitation"),
    "decline_invitation": _("declined an invitation"),
    "release_reviewer": _("released a reviewer"),
    "assign_reviewer": _("assigned a reviewer"),
    "assign_again": _("assigned a reviewer again"),
    "accept_assignment": _("accepted a review"),
    "decline_assignment": _("declined a review"),
    "declare_conflict": _("declared a conflict of interest"),
    "cancel_assignment": _("cancelled a review"),
    "remind_reviewer": _("reminded a reviewer"),
    "make_dossier": _("made the dossier for review"),
    "submit_review": _("submitted a review"),
    "revise_review": _("opened a review again"),
}
KINDS: dict[str, Promise] = {
    "review.reviewer": _("reviewer"),
    "review.assignment": _("assignment"),
    "review.dossier": _("dossier"),
    "review.review": _("review"),
}
DESK_PAGES = {
    "review:reviewers": DeskPage(_("Reviewers"), page_of("review:reviewers"), True),
    "review:call_assignments": DeskPage(_("Assignments"), page_of("review:call_assignments"), True),
}
