"""Who may do what around reviews."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from anso.calls.models import Call
from anso.calls.rules import may_manage_call
from anso.kernel.actors import Actor
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.review.models import Assignment, Reviewer
from anso.review.queries import get_reviews_close_at


def may_invite_reviewers(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call, while it runs."""
    return first_refusal(may_manage_call(actor, call, now), _call_runs(call))


def may_assign_reviewers(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call, until the reviews close."""
    return first_refusal(may_manage_call(actor, call, now), _call_runs(call), _reviews_are_open(call, now))


def may_answer_invitation(actor: Actor, reviewer: Reviewer, now: dt.datetime) -> Verdict:
    """The invited person, unless the invitation was taken back."""
    if not _is_own(actor, reviewer):
        return refuse("not_yours", _("This invitation is for somebody else."))
    if reviewer.state == "released":
        return refuse("released", _("The invitation was taken back; you do not need to do anything."))
    return ALLOWED


def may_answer_assignment(actor: Actor, assignment: Assignment, now: dt.datetime) -> Verdict:
    """The assigned reviewer, until the review is in or the reviews close."""
    if not _is_own(actor, assignment.reviewer):
        return refuse("not_yours", _("This assignment is for somebody else."))
    if assignment.state == "submitted":
        return refuse("already_submitted", _("Your review is in. Write to the programme officer if you want to take it back."))
    if assignment.state == "cancelled":
        return refuse("cancelled", _("The assignment was taken back; you do not need to do anything."))
    return _reviews_are_open(assignment.application.call, now)


def may_read_dossier(actor: Actor, assignment: Assignment, now: dt.datetime) -> Verdict:
    """The reviewer who accepted, and so declared that there is no conflict."""
    if not _is_own(actor, assignment.reviewer):
        return refuse("not_yours", _("This dossier is not for you."))
    if assignment.state not in {"accepted", "submitted"}:
        return refuse("not_accepted", _("Accept the assignment first: that is where you say that you have no conflict of interest."))
    return ALLOWED


def may_submit_review(actor: Actor, assignment: Assignment, now: dt.datetime) -> Verdict:
    """The reviewer who accepted, also to revise, until the reviews close."""
    return first_refusal(may_read_dossier(actor, assignment, now), _reviews_are_open(assignment.application.call, now))


def _is_own(actor: Actor, reviewer: Reviewer) -> bool:
    return actor.pk is not None and reviewer.person.account_id == actor.pk


def _call_runs(call: Call) -> Verdict:
    if call.state == "published":
        return ALLOWED
    return refuse("not_running", _("This call is not running."))


def _reviews_are_open(call: Call, now: dt.datetime) -> Verdict:
    closes_at = get_reviews_close_at(call)
    if closes_at is None or now < closes_at:
        return ALLOWED
    last_day = date_format(closes_at - dt.timedelta(seconds=1), "j F Y")
    return refuse("reviews_closed", _("The reviews closed on %(day)s. Write to the programme officer.") % {"day": last_day})
