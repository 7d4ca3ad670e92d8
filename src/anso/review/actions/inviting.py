"""Inviting people to review in a call, and their answers."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.audit.actions import record_entry, transition, transition_many
from anso.calls.models import Call
from anso.calls.rules import may_have_part
from anso.directory.models import Person
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.reasons import REMARK_AT_MOST, fitting
from anso.kernel.wording import gettext_noop
from anso.review import notices, rules
from anso.review.actions.mail import notify_reviewer
from anso.review.models import Reviewer


@transaction.atomic
def invite_reviewer(
    *, actor: Actor, call: Call, person: Person, capacity: int, now: dt.datetime
) -> Reviewer:
    """Ask a person to review in a call, and write to them. Asking twice returns the first
    invitation; one taken back is made again.

    Refused for people without an account, since a review needs a name behind it.
    """
    rules.may_invite_reviewers(actor, call, now).require()
    may_have_part(person, "reviewer", call, now).require()
    if person.account is None:
        raise BadInput(
            gettext_noop("%(name)s has no account yet. Ask them to make one first."),
            name=person.full_name,
        )
    if not 1 <= capacity <= 500:
        raise BadInput(gettext_noop("A reviewer takes between 1 and 500."))
    reviewer, is_new = Reviewer.objects.get_or_create(
        call=call, person=person, defaults={"capacity": capacity, "invited_at": now}
    )
    if reviewer.state == "released":
        transition(reviewer, "invite_again", actor=actor, now=now, capacity=capacity)
        notify_reviewer(notices.INVITATION, reviewer, actor=actor, now=now, key=now.isoformat())
    if not is_new:
        return reviewer
    record_entry(
        reviewer, "invite_reviewer", actor=actor, now=now, changes={"capacity": [None, capacity]}
    )
    notify_reviewer(notices.INVITATION, reviewer, actor=actor, now=now, key="")
    return reviewer


@transaction.atomic
def accept_invitation(
    *, actor: Actor, reviewer: Reviewer, capacity: int, now: dt.datetime
) -> Reviewer:
    """Say yes, for at most ``capacity`` applications."""
    rules.may_accept_invitation(actor, reviewer, now).require()
    if not 1 <= capacity <= 500:
        raise BadInput(gettext_noop("Say how many you can take: between 1 and 500."))
    return transition(reviewer, "accept_invitation", actor=actor, now=now, capacity=capacity)


@transaction.atomic
def decline_invitation(
    *, actor: Actor, reviewer: Reviewer, reason: str, now: dt.datetime
) -> Reviewer:
    """Say no; assignments not yet submitted are declined with it."""
    rules.may_answer_invitation(actor, reviewer, now).require()
    remark = fitting(reason, REMARK_AT_MOST)
    open_ones = list(reviewer.assignments.filter(state__in=["assigned", "accepted"]).order_by("id"))
    transition_many(open_ones, "decline_assignment", actor=actor, now=now, remark=remark)
    return transition(reviewer, "decline_invitation", actor=actor, now=now, decline_reason=remark)


@transaction.atomic
def release_reviewer(*, actor: Actor, reviewer: Reviewer, now: dt.datetime) -> Reviewer:
    """Take the invitation back and say so; assignments not yet submitted are cancelled, submitted
    reviews stay.
    """
    rules.may_invite_reviewers(actor, reviewer.call, now).require()
    is_told = reviewer.state != "declined"
    open_ones = list(reviewer.assignments.filter(state__in=["assigned", "accepted"]).order_by("id"))
    transition_many(open_ones, "cancel_assignment", actor=actor, now=now)
    transition(reviewer, "release_reviewer", actor=actor, now=now)
    if is_told:
        notify_reviewer(notices.RELEASED, reviewer, actor=actor, now=now, key=now.isoformat())
    return reviewer
