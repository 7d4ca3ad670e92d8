"""Invitations to start in a call, in words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from anso.applications.models import Invited
from anso.applications.queries.invited import InvitedRow
from anso.calls.queries import title_of
from anso.kernel.periods import Deadline
from anso.ui.instants import end_in_words


def invited_told(invited: Invited) -> dict[str, Any]:
    """What mails to whoever is invited may say."""
    call = invited.call
    until = Deadline.at_end_of(invited.until_on, call.zone)
    return {
        "name": invited.full_name or invited.email,
        "call": title_of(call),
        "address": invited.email,
        "until": end_in_words(min(until.closes_at, call.closes_at), call.zone),
        "url": reverse("applications:start", args=[call.slug]),
    }


def answer_in_words(row: InvitedRow) -> tuple[str, str]:
    """What somebody did with an invitation, with its tone."""
    if row.application is None:
        return gettext("has not begun"), ""
    if row.application.submitted_at is None:
        return gettext("has begun"), "act"
    return gettext("has submitted"), "good"
