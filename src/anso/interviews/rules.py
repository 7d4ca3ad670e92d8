"""Who may arrange interviews and choose a time, with the reason where they may not."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from anso.calls.models import Call, Step
from anso.calls.queries.steps import step_closes_at
from anso.calls.rules import may_manage_call
from anso.interviews.models import Interview, InterviewTime
from anso.interviews.queries import interview_steps
from anso.kernel.actors import Actor
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.ui.instants import day_in_words, end_in_words, instant_here_and_there


def may_see_interviews(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Whoever reads the desk, of a call in which people are heard."""
    if interview_steps(call):
        return ALLOWED
    return refuse("none", _("In this call nobody is interviewed."))


def may_arrange_interviews(actor: Actor, step: Step, now: dt.datetime) -> Verdict:
    """Officers of a call that runs, until the days of the step are over."""
    verdict = ALLOWED
    if now >= step_closes_at(step):
        day = {"day": day_in_words(step.ends_on)}
        verdict = refuse("over", _("The days of this step ended on %(day)s.") % day)
    return first_refusal(may_manage_call(actor, step.call, now), _call_runs(step.call), verdict)


def may_arrange_interview(actor: Actor, interview: Interview, now: dt.datetime) -> Verdict:
    """The same, as long as the application is judged."""
    return first_refusal(may_arrange_interviews(actor, interview.step, now), _is_judged(interview))


def may_change_time(actor: Actor, time: InterviewTime, now: dt.datetime) -> Verdict:
    """Officers, of a time that has not begun and was not closed."""
    verdict = ALLOWED
    if time.closed_at is not None:
        verdict = refuse("closed", _("This time was closed."))
    elif time.starts_at <= now:
        begun = {"at": instant_here_and_there(time.starts_at, time.step.call.zone)}
        verdict = refuse("begun", _("This time began %(at)s.") % begun)
    return first_refusal(may_arrange_interviews(actor, time.step, now), verdict)


def may_choose_time(actor: Actor, interview: Interview, now: dt.datetime) -> Verdict:
    """The applicant, until the moment that the invitation names and before the interview begins, as
    long as the application is judged.
    """
    application, chosen = interview.application, interview.time
    if actor.pk is None or application.applicant.account_id != actor.pk:
        return refuse("not_yours", _("Only whoever was asked to this interview may do this."))
    zone = application.call.zone
    if chosen is not None and chosen.starts_at <= now:
        begun = {"at": instant_here_and_there(chosen.starts_at, zone)}
        return refuse("begun", _("Your interview began %(at)s.") % begun)
    if now >= interview.choose_until:
        until = {"until": end_in_words(interview.choose_until, zone)}
        text = _(
            "A time could be chosen and changed until %(until)s. Write to the programme officer."
        )
        return refuse("late", text % until)
    return first_refusal(_is_judged(interview), _call_runs(application.call))


def _is_judged(interview: Interview) -> Verdict:
    if interview.application.state == "eligible":
        return ALLOWED
    return refuse("not_judged", _("It is no longer judged."))


def _call_runs(call: Call) -> Verdict:
    if call.state == "published":
        return ALLOWED
    return refuse("not_running", _("This call is not running."))
