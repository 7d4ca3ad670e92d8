"""The mails of reviewing, each with the facts that its notice declares."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from anso.audit.queries import type_label
from anso.kernel.actors import Actor
from anso.kernel.notices import Notice
from anso.kernel.wording import Text
from anso.notifications.actions import enqueue_notice
from anso.notifications.models import Message
from anso.review import notices
from anso.review.models import Reviewer
from anso.review.queries import get_reviews_close_at
from anso.ui.instants import end_in_words


def notify_reviewer(
    notice: Notice, reviewer: Reviewer, *, actor: Actor, now: dt.datetime, key: str, **facts: Any
) -> bool:
    """Put one mail to a reviewer into the outbox; whether it is a new one. ``key`` tells mails of
    one kind to one reviewer apart.

    Facts of the caller: ``due_at``, ``number``, ``count``. Nobody is written to who has no account.
    """
    account, call = reviewer.person.account, reviewer.call
    if account is None:
        return False
    with override(account.language):
        known = {
            "name": reviewer.person.full_name,
            "call": Text(call.title).in_language(account.language),
            "capacity": reviewer.capacity,
            "reviews_close": _closing(reviewer, now),
            "due": end_in_words(facts["due_at"], call.zone) if "due_at" in facts else "",
            "number": facts.get("number", ""),
            "count": facts.get("count") or reviewer.assignments.filter(state="assigned").count(),
            "url": settings.SITE_URL + _page_for(notice, reviewer),
            "officer_mail": settings.ALLIANCE["MAIL"],
        }
    before = _count_written(notice, reviewer)
    enqueue_notice(
        notice,
        about=reviewer,
        recipient=account,
        fields={name: known[name] for name in notice.fields},
        dedupe_key=f"{notice.code}:{reviewer.reference}:{key}",
        actor=actor,
        now=now,
        context=call,
    )
    return _count_written(notice, reviewer) > before


def _count_written(notice: Notice, reviewer: Reviewer) -> int:
    return Message.objects.filter(
        code=notice.code, about_type=type_label(reviewer), about_id=reviewer.pk
    ).count()


def _page_for(notice: Notice, reviewer: Reviewer) -> str:
    if notice is notices.INVITATION:
        return reverse("review:invitation", args=[reviewer.reference])
    return reverse("review:assignments")


def _closing(reviewer: Reviewer, now: dt.datetime) -> str:
    closes_at = get_reviews_close_at(reviewer.call, now)
    return end_in_words(closes_at, reviewer.call.zone) if closes_at else ""
