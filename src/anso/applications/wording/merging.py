"""Two records of one person made one, in words: for the mail to them and the page of the desk."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.directory.models import Merge
from anso.ui.instants import instant_here_and_there

# What rows are called on the page that asks before they move.
ROWS_IN_WORDS: dict[str, Promise] = {
    "directory.affiliation.person": _("institutions"),
    "directory.expertise.person": _("subjects that they can judge"),
    "directory.interest.person": _("interests that they declared"),
    "directory.interest.other_person": _("interests that others declared"),
    "governance.mandate.person": _("mandates"),
    "calls.callhost_people.person": _("hosts that they answer for"),
    "applications.application.applicant": _("applications"),
    "applications.participant.person": _("parts in applications"),
    "review.reviewer.person": _("calls in which they review"),
}


def merge_told(merge: Merge) -> dict[str, Any]:
    """What the mail about a merge may say."""
    kept, gone = merge.kept, merge.gone
    return {
        "name": kept.full_name,
        "kept": kept.account.email if kept.account else kept.full_name,
        "gone": gone.account.email if gone.account else gone.full_name,
        "until": instant_here_and_there(merge.undo_until, "UTC"),
    }
