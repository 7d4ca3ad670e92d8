"""Who may do what around reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from anso.accounts.models import Account
from anso.applications.queries.windows import JUDGED
from anso.calls.models import Call, Step
from anso.calls.queries import parts_in_call
from anso.calls.queries.steps import step_closes_at
from anso.calls.rules import may_act_as, may_combine, may_manage_call
from anso.governance.queries import alliance_day
from anso.kernel.actors import Actor
from anso.kernel.periods import Deadline
from anso.kernel.registers import Register
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.review.models import Assignment, Invitation, Rebuttal, Reviewer
from anso.review.queries import conflicts_between, get_conflict_facts, get_review_step
from anso.review.queries.invitations import Invitee, is_own_invitation, link_lives_until
from anso.review.queries.names import names_open_at
from anso.review.queries.own_days import reviews_awaited_until
from anso.review.queries.reading import OPEN, assignment_closes_at
from anso.review.queries.rebuttals import (
    get_rebuttal_step,
    get_review_answered,
    has_released_words_of,
    opens_at,
)

# Why somebody is left out of an invitation who has been asked before.
STANDINGS = {
    "asked": _("is invited already and has not answered yet"),
    "invited": _("is invited already and has not answered yet"),
    "accepted": _("reviews in this call already"),
    "declined": _("was asked in this call and declined"),
}
# What an app above has made of reviews: why one of them cannot be taken out any more.
STANDS_ON_REVIEWS: Register[Callable[[Assignment], Verdict]] = Register("what stands on reviews")


def may_invite_reviewers(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call, while it runs."""
    return first_refusal(may_manage_call(actor, call, now), _call_runs(call))


def may_ask_by_mail(call: Call, invitee: Invitee) -> Verdict:
    """Whether somebody of a list is invited: nobody is asked twice, nobody against their No, and
    nobody who is something in the call that does not go with judging.
    """
    if invitee.standing:
        return refuse(invitee.standing, STANDINGS[invitee.standing])
    return may_combine(call, "reviewer", invitee.parts, invitee.line.name)


def may_answer_by_mail(invitation: Invitation, now: dt.datetime) -> Verdict:
    """Whoever holds a link that lives, until they have accepted; a No may still become a Yes."""
    if invitation.state == "cancelled":
        return refuse(
            "released", _("The invitation was taken back; you do not need to do anything.")
        )
    if invitation.state == "accepted":
        return refuse("accepted", _("You have accepted this invitation."))
    if now >= link_lives_until(invitation, now):
        return refuse(
            "over",
            _("The days to answer are over. Write to us if you would still like to review."),
        )
    return _call_runs(invitation.call)


def may_accept_by_mail(actor: Account, invitation: Invitation, now: dt.datetime) -> Verdict:
    """The same for who accepts: signed in by the address that was written to, so that a link passed
    on makes nobody a reviewer whom no officer asked.
    """
    if not is_own_invitation(actor, invitation):
        text = _(
            "We asked %(asked)s, and you are signed in as %(own)s. Sign in with the address that we"
            " wrote to, or add it to your account first."
        )
        names = {"asked": invitation.email, "own": actor.email}
        return refuse("other_address", text % names)
    return first_refusal(
        may_answer_by_mail(invitation, now), may_act_as(actor, "reviewer", invitation.call, now)
    )


def may_change_invitation(actor: Actor, invitation: Invitation, now: dt.datetime) -> Verdict:
    """Officers of the call, as long as the invitation is not answered."""
    waits = ALLOWED
    if invitation.state != "asked":
        waits = refuse("answered", _("This invitation was answered or taken back."))
    return first_refusal(may_invite_reviewers(actor, invitation.call, now), waits)


def may_assign_reviewers(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call, until the reviews close."""
    return first_refusal(
        may_manage_call(actor, call, now), _call_runs(call), _reviews_are_open(call, now)
    )


def may_remove_for_conflict(actor: Actor, assignment: Assignment, now: dt.datetime) -> Verdict:
    """Officers of the call as long as it runs, also after the reviews have closed, until something
    above stands on the review.
    """
    call = assignment.application.call
    return first_refusal(
        may_manage_call(actor, call, now),
        _call_runs(call),
        *(each(assignment) for each in STANDS_ON_REVIEWS.values()),
    )


def may_remind_reviewers(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call while it runs; of reviews that can still be given."""
    return first_refusal(may_manage_call(actor, call, now), _call_runs(call))


def may_take_back(actor: Actor, assignment: Assignment, now: dt.datetime) -> Verdict:
    """Officers of the call, as long as the review can be given."""
    return first_refusal(
        may_remind_reviewers(actor, assignment.application.call, now), _is_open(assignment, now)
    )


def may_extend_assignment(actor: Actor, assignment: Assignment, now: dt.datetime) -> Verdict:
    """Officers of the call for a review that is not in, also after the reviews have closed; until
    something above stands on the reviews of the step, or applicants have read them.
    """
    awaited = ALLOWED
    if assignment.state not in OPEN:
        awaited = refuse("not_open", _("This review is in, or it was given or taken back."))
    elif has_released_words_of(assignment.step):
        awaited = refuse(
            "words_released",
            _(
                "What the reviewers of this step wrote has already been read by those whom it is"
                " about."
            ),
        )
    return first_refusal(
        may_remind_reviewers(actor, assignment.application.call, now),
        awaited,
        _is_judged(assignment),
        *(each(assignment) for each in STANDS_ON_REVIEWS.values()),
    )


def may_ask_about_names(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call, from the closing of its window until the reviews close."""
    opens = names_open_at(call, now)
    verdict = ALLOWED
    if opens is None:
        verdict = refuse("no_review", _("This call has no step of reviews."))
    elif now < opens:
        text = _("More may come in until %(day)s; ask about the names after that.")
        verdict = refuse("window_open", text % {"day": date_format(opens, "j F Y")})
    return first_refusal(may_assign_reviewers(actor, call, now), verdict)


def may_answer_names(actor: Actor, reviewer: Reviewer, now: dt.datetime) -> Verdict:
    """Whoever has agreed to review, until the reviews close."""
    if not _is_own(actor, reviewer) or reviewer.state != "accepted":
        return refuse("not_yours", _("This list is for somebody else."))
    return first_refusal(_call_runs(reviewer.call), _reviews_are_open(reviewer.call, now))


def may_answer_invitation(actor: Actor, reviewer: Reviewer, now: dt.datetime) -> Verdict:
    """The invited person, unless the invitation was taken back or the reviews have closed."""
    if not _is_own(actor, reviewer):
        return refuse("not_yours", _("This invitation is for somebody else."))
    if reviewer.state == "released":
        return refuse(
            "released", _("The invitation was taken back; you do not need to do anything.")
        )
    return first_refusal(_call_runs(reviewer.call), _reviews_are_open(reviewer.call, now))


def may_accept_invitation(actor: Actor, reviewer: Reviewer, now: dt.datetime) -> Verdict:
    """Whoever may answer, unless they are something in the call by now that nobody who judges in
    it may be.
    """
    held = parts_in_call(reviewer.call, [reviewer.person_id], alliance_day(now), beside="reviewer")
    return first_refusal(
        may_answer_invitation(actor, reviewer, now),
        may_combine(reviewer.call, "reviewer", held[reviewer.person_id]),
    )


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
    return first_refusal(_is_judged(assignment), _is_open(assignment, now))


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
    """The reviewer who accepted, also to revise, until the reviews close; with more time of one's
    own until that is over.
    """
    return first_refusal(
        may_read_dossier(actor, assignment, now),
        _is_open(assignment, now),
    )


def may_release_words(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call, once the reviews have closed that applicants answer, and until the days
    for their answers are over.
    """
    step = get_rebuttal_step(call, now)
    review = get_review_answered(step) if step else None
    verdict = ALLOWED
    if step is None or review is None:
        verdict = refuse("none", _("In this call nobody answers the reviewers."))
    elif now < (until := reviews_awaited_until(review, now)):
        text = _("The reviews can still be revised until %(day)s; release them after that.")
        day = {"day": date_format(Deadline(until, call.zone).last_day, "j F Y")}
        verdict = refuse("reviews_open", text % day)
    elif now >= step_closes_at(step):
        text = _("The days for answers ended on %(day)s.")
        verdict = refuse("over", text % {"day": date_format(step.ends_on, "j F Y")})
    return first_refusal(may_manage_call(actor, call, now), _call_runs(call), verdict)


def may_answer_reviewers(actor: Actor, rebuttal: Rebuttal, now: dt.datetime) -> Verdict:
    """The applicant, within the days of the step, as long as the application is judged."""
    application, step = rebuttal.application, rebuttal.step
    if actor.pk is None or application.applicant.account_id != actor.pk:
        return refuse("not_yours", _("Only whoever wrote it may do this."))
    if application.state != "eligible":
        return refuse("not_judged", _("It is no longer judged."))
    if now < opens_at(step):
        day = {"day": date_format(step.starts_on, "j F Y")}
        return refuse("early", _("You can answer from %(day)s.") % day)
    if now >= step_closes_at(step):
        day = {"day": date_format(step.ends_on, "j F Y")}
        return refuse("over", _("The days for answers ended on %(day)s.") % day)
    return _call_runs(application.call)


def _is_own(actor: Actor, reviewer: Reviewer) -> bool:
    return actor.pk is not None and reviewer.person.account_id == actor.pk


def _call_runs(call: Call) -> Verdict:
    if call.state == "published":
        return ALLOWED
    return refuse("not_running", _("This call is not running."))


def _reviews_are_open(call: Call, now: dt.datetime) -> Verdict:
    step = get_review_step(call, now)
    return _is_step_open(step, now) if step else ALLOWED


def _is_open(assignment: Assignment, now: dt.datetime) -> Verdict:
    """Whether one review is still taken, by the days of its step or by its own day."""
    own, step = assignment.due_at, assignment.step
    if now < assignment_closes_at(assignment):
        return ALLOWED
    if own <= step_closes_at(step):
        return _is_step_open(step, now)
    return refuse(
        "own_day_over",
        _("Your time for this review ended on %(day)s. Write to the programme officer.")
        % {"day": date_format(Deadline(own, step.call.zone).last_day, "j F Y")},
    )


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
        _("%(number)s is no longer in the selection; you do not need to do anything.")
        % {"number": application.number},
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
        _("You cannot judge %(number)s: our record shows a conflict of interest.")
        % {"number": application.number},
        conflicts=conflicts,
    )
