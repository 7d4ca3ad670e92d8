"""Inviting people to review in a call, and their answers."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from anso.audit.actions import record_event, transition
from anso.calls.models import Call
from anso.directory.models import Person
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.wording import Text, gettext_noop
from anso.notifications.actions import enqueue_notice
from anso.review import notices, rules
from anso.review.models import Reviewer
from anso.review.queries import get_reviews_close_at


@transaction.atomic
def invite_reviewer(*, actor: Actor, call: Call, person: Person, capacity: int, now: dt.datetime) -> Reviewer:
    """Ask a person to review in a call, and write to them. Asking twice returns the first invitation.

    Refused for people without an account, since a review needs a name behind it.
    """
    rules.may_invite_reviewers(actor, call, now).require()
    if person.account is None:
        raise BadInput(gettext_noop("%(name)s has no account yet. Ask them to make one first."), name=person.full_name)
    if not 1 <= capacity <= 500:
        raise BadInput(gettext_noop("A reviewer takes between 1 and 500 applications."))
    reviewer, is_new = Reviewer.objects.get_or_create(call=call, person=person, defaults={"capacity": capacity, "invited_at": now})
    if not is_new:
        return reviewer
    record_event(reviewer, "invite_reviewer", actor=actor, now=now, changes={"capacity": [None, capacity]})
    closes_at = get_reviews_close_at(call)
    with override(person.account.language):
        last_day = date_format(closes_at - dt.timedelta(seconds=1), "j F Y") if closes_at else ""
    enqueue_notice(
        notices.INVITATION,
        about=reviewer,
        recipient=person.account,
        fields={
            "name": person.full_name,
            "call": Text(call.title).in_language(person.account.language),
            "capacity": capacity,
            "reviews_close": last_day,
            "url": settings.SITE_URL + reverse("review:invitation", args=[reviewer.reference]),
            "officer_mail": settings.ALLIANCE["MAIL"],
        },
        dedupe_key=f"review.invitation:{reviewer.reference}",
        actor=actor,
        now=now,
        call_id=call.pk,
    )
    return reviewer


@transaction.atomic
def accept_invitation(*, actor: Actor, reviewer: Reviewer, capacity: int, now: dt.datetime) -> Reviewer:
    """Say yes, for at most ``capacity`` applications."""
    rules.may_answer_invitation(actor, reviewer, now).require()
    if not 1 <= capacity <= 500:
        raise BadInput(gettext_noop("Say how many applications you can take: between 1 and 500."))
    return transition(reviewer, "accept_invitation", actor=actor, now=now, capacity=capacity)


@transaction.atomic
def decline_invitation(*, actor: Actor, reviewer: Reviewer, reason: str, now: dt.datetime) -> Reviewer:
    """Say no; assignments not yet submitted are declined with it."""
    rules.may_answer_invitation(actor, reviewer, now).require()
    for assignment in reviewer.assignments.filter(state__in=["assigned", "accepted"]).order_by("id"):
        transition(assignment, "decline_assignment", actor=actor, now=now, remark=reason[:300])
    return transition(reviewer, "decline_invitation", actor=actor, now=now, decline_reason=reason[:300])


@transaction.atomic
def release_reviewer(*, actor: Actor, reviewer: Reviewer, now: dt.datetime) -> Reviewer:
    """Take the invitation back; assignments not yet submitted are cancelled, submitted reviews stay."""
    rules.may_invite_reviewers(actor, reviewer.call, now).require()
    for assignment in reviewer.assignments.filter(state__in=["assigned", "accepted"]).order_by("id"):
        transition(assignment, "cancel_assignment", actor=actor, now=now)
    return transition(reviewer, "release_reviewer", actor=actor, now=now)
