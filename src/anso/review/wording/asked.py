"""Who was asked by mail to review, in words: the mail, why somebody on a list is left out, where an
invitation stands, to-dos.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from anso.calls.models import Call, Step
from anso.calls.queries.steps import step_closes_at
from anso.calls.wording import entries_of
from anso.kernel.periods import day_of
from anso.kernel.todo import TodoItem
from anso.review.models import Invitation
from anso.review.queries import get_review_step
from anso.review.queries.invitations import link_lives_until, next_reminder_on
from anso.ui.instants import day_in_words, end_in_words
from anso.ui.question_fields import in_reader_language

ANSWERS: Mapping[str, tuple[Promise, str]] = {
    "asked": (_("asked"), "act"),
    "accepted": (_("accepted"), "good"),
    "declined": (_("declined"), ""),
    "cancelled": (_("taken back"), ""),
}


def asked_told(invitation: Invitation, now: dt.datetime) -> dict[str, Any]:
    """What mails to somebody who is asked may say."""
    call = invitation.call
    step = get_review_step(call, now)
    return {
        "name": invitation.full_name,
        "call": in_reader_language(call.title),
        "at_most": entries_of(call, invitation.capacity),
        **asked_of(step),
        "answer_by": day_in_words(invitation.answer_by),
        "until": end_in_words(link_lives_until(invitation, now), call.zone),
        "day": _day_told(invitation, now),
    }


def asked_of(step: Step | None) -> dict[str, str]:
    """In which review, and until when it can be given."""
    if step is None:
        return {"stage": "", "reviews_close": ""}
    ends_at = end_in_words(step_closes_at(step), step.call.zone)
    return {"stage": in_reader_language(step.label), "reviews_close": ends_at}


def review_now(call: Call, now: dt.datetime) -> str:
    """What the review is called in which reviewers judge now."""
    step = get_review_step(call, now)
    return in_reader_language(step.label) if step else ""


def _day_told(invitation: Invitation, now: dt.datetime) -> str:
    """What a reminder says of the day, before and after it."""
    day = {"day": day_in_words(invitation.answer_by)}
    if day_of(now, invitation.call.zone) > invitation.answer_by:
        return gettext("We had hoped for your answer by %(day)s; it still counts.") % day
    return gettext("Please answer by %(day)s.") % day


def asked_row(invitation: Invitation, now: dt.datetime) -> dict[str, Any]:
    """One line of the desk's list: where the invitation stands and what was last written."""
    word, tone = ANSWERS[invitation.state]
    is_late = invitation.state == "asked" and day_of(now, invitation.call.zone) > (
        invitation.answer_by
    )
    return {
        "invitation": invitation,
        "word": _("no answer") if is_late else word,
        "tone": "attn" if is_late else tone,
        "next_on": next_reminder_on(invitation),
        "url": reverse("review:asked_one", args=[invitation.call.reference, invitation.reference]),
    }


def asked_item(invitation: Invitation, now: dt.datetime) -> TodoItem:
    """What somebody with an account has to do who was asked by mail."""
    call = in_reader_language(invitation.call.title)
    return TodoItem(
        due_at=None,
        text=gettext("Say whether you will review"),
        reason=gettext("You were invited as a reviewer of %(call)s.") % {"call": call},
        url=reverse("review:own_asked", args=[invitation.reference]),
        tone="act",
    )


def unanswered_item(call: Call, number: int) -> TodoItem:
    """What an officer has to do when people do not answer."""
    text = ngettext(
        "%(n)d person has not answered whether they review: ask again or ask somebody else",
        "%(n)d people have not answered whether they review: ask again or ask others",
        number,
    )
    return TodoItem(
        due_at=None,
        text=text % {"n": number},
        reason=in_reader_language(call.title),
        url=reverse("review:reviewers", args=[call.reference]) + "#asked",
        tone="attn",
    )
