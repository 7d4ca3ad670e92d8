"""The mails of reviewing: to whom they go and to what they belong."""

from __future__ import annotations

import datetime as dt
from typing import Any

from anso.kernel.actors import Actor
from anso.kernel.notices import Notice
from anso.kernel.zones import zone_of_country
from anso.notifications.actions import notify
from anso.review.models import Assignment, Reviewer
from anso.review.notices import CANCELLED, INVITATION, NAMES
from anso.review.wording import invitation_url, reviewer_told
from anso.review.wording.ties import names_url


def notify_reviewer(
    notice: Notice, reviewer: Reviewer, *, actor: Actor, now: dt.datetime, key: str, **facts: Any
) -> bool:
    """Put one mail to a reviewer into the outbox; whether it is a new one. ``key`` tells mails of
    one kind to one reviewer apart.

    Facts of the caller: ``due_at``, ``number``, ``count``. Nobody is written to who has no account.
    """
    pages = {INVITATION.code: invitation_url, NAMES.code: names_url}
    page = {"url": pages[notice.code](reviewer)} if notice.code in pages else {}
    return notify(
        notice,
        about=reviewer,
        recipient=reviewer.person.account,
        zone=zone_of_country(reviewer.person.nationality_id or ""),
        say=lambda: reviewer_told(reviewer, now, **facts) | page,
        key=f"{reviewer.reference}:{key}",
        context=reviewer.call,
        actor=actor,
        now=now,
    )


def tell_taken_back(assignment: Assignment, actor: Actor, now: dt.datetime) -> None:
    """A reviewer has one file less, whatever the reason."""
    notify_reviewer(
        CANCELLED,
        assignment.reviewer,
        actor=actor,
        now=now,
        key=f"{assignment.reference}:{now.isoformat()}",
        number=assignment.application.number,
    )
