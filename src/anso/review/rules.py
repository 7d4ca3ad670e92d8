"""Who may do what around reviews."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from anso.applications.queries.windows import JUDGED
from anso.calls.models import Call, Step
from anso.calls.queries.steps import step_closes_at
from anso.calls.rules import may_manage_call
from anso.governance.queries import alliance_day
from anso.kernel.actors import Actor
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.review.models import Assignment, Reviewer
from anso.review.queries import conflicts_between, get_conflict_facts, get_review_step


def may_invite_reviewers(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call, while it runs."""
    return first_refusal(may_manage_call(actor, call, now), _call_runs(call))


def may_assign_reviewers(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call, until the reviews close."""
    return first_refusal(
        may_manage_call(actor, call, now), _call_runs(call), _reviews_are_open(call, now)
    )


def may_answer_invitation(actor: Actor, reviewer: Reviewer, now: dt.datetime) -> Verdict:
    """The invited person, unless the invitation was taken back or the reviews have closed."""
    if not _is_own(actor, reviewer):
        return refuse("not_yours", _("This invitation is for somebody else."))
    if reviewer.state == "released":
        return refuse(
            "released", _("The invitation was taken back; you do not need to do anything.")
        )
    return first_refusal(_call_runs(reviewer.call), _reviews_are_open(reviewer.call, now))


def may_answer_assignment(actor: Actor, assignment: Assignment, now: dt.datetime) -> Verdict:
    """The assigned reviewer, until the review is in or the reviews close."""
    if not _is_own(actor, assignment.reviewer):
        return refuse("not_yours", _("This assignment is for somebody else."))
    if assignment.state == "submitted":
        return refuse(
            "already_submitted",
            _("Your review is in. Write to the programme officer if you want to take it back."),
        )
    if assignment.state == "cancelled":
        return refuse(
            "cancelled", _("The assignment was taken back; you do not need to do anything.")
        )
    return first_refusal(_is_judged(assignment), _is_step_open(assignment.step, now))


def may_read_dossier(actor: Actor, assignment: Assignment, now: dt.datetime) -> Verdict:
    """The reviewer who accepted, and so declared that there is no conflict, as long as none is
    known.
    """
    if not _is_own(actor, assignment.reviewer):
        return refuse("not_yours", _("This dossier is not for you."))
    if assignment.state not in {"accepted", "submitted"}:
        return refuse(
            "not_accepted",
            _(
                "Accept the assignment first: that is where you say that you have no conflict of"
                " interest."
            ),
        )
    return first_refusal(_is_judged(assignment), _has_no_conflict(assignment, now))


def may_accept_assignment(actor: Actor, assignment: Assignment, now: dt.datetime) -> Verdict:
    """Whoever may answer, unless a conflict is known that the reviewer has not declared."""
    return first_refusal(
        may_answer_assignment(actor, assignment, now), _has_no_conflict(assignment, now)
    )


def may_submit_review(actor: Actor, assignment: Assignment, now: dt.datetime) -> Verdict:
    """The reviewer who accepted, also to revise, until the reviews close."""
    return first_refusal(
        may_read_dossier(actor, assignment, now),
        _is_step_open(assignment.step, now),
    )


def _is_own(actor: Actor, reviewer: Reviewer) -> bool:
    return actor.pk is not None and reviewer.person.account_id == actor.pk


def _call_runs(call: Call) -> Verdict:
    if call.state == "published":
        return ALLOWED
    return refuse("not_running", _("This call is not running."))


def _reviews_are_open(call: Call, now: dt.datetime) -> Verdict:
    step = get_review_step(call, now)
    return _is_step_open(step, now) if step else ALLOWED


def _is_step_open(step: Step, now: dt.datetime) -> Verdict:
    if now < step_closes_at(step):
        return ALLOWED
    return refuse(
        "reviews_closed",
        _("The reviews closed on %(day)s. Write to the programme officer.")
        % {"day": date_format(step.ends_on, "j F Y")},
    )


def _is_judged(assignment: Assignment) -> Verdict:
    application, step = assignment.application, assignment.step
    if application.state in JUDGED and application.step.order <= step.order:
        return ALLOWED
    return refuse(
        "not_judged",
        _("This application is no longer in the selection; you do not need to do anything."),
    )


def _has_no_conflict(assignment: Assignment, now: dt.datetime) -> Verdict:
    """No known conflict today, whatever was known on the day of assigning."""
    person, application = assignment.reviewer.person, assignment.application
    conflicts = conflicts_between(
        person, application, get_conflict_facts([person], [application], alliance_day(now))
    )
    if not conflicts:
        return ALLOWED
    return refuse(
        "conflict",
        _("You cannot judge this application: our record shows a conflict of interest."),
        conflicts=conflicts,
    )
