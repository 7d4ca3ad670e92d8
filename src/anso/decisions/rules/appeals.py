"""Who may ask for a review of a decision, take that back, and answer it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from anso.calls.queries import get_terms
from anso.calls.rules import may_manage_call
from anso.decisions.models import Appeal, Decision
from anso.decisions.queries.appeals import (
    AppealDays,
    appeal_days_of,
    is_corrected_since,
    latest_appeal_of,
)
from anso.kernel.actors import Actor
from anso.kernel.registers import Register
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.ui.instants import end_in_words

# What apps above know that stands against a review: an offer that was accepted since.
AGAINST_APPEALS: Register[Callable[[Decision], Verdict]] = Register("what ends reviews")


def may_appeal(actor: Actor, decision: Decision, now: dt.datetime) -> Verdict:
    """Whoever wrote the application asks for a review of a released decision that gives nothing,
    once, until the day that its letter names; corrected since, once more. Not where something was
    accepted since.
    """
    account_id = decision.application.applicant.account_id
    if account_id is None or account_id != actor.pk:
        return refuse("not_yours", _("Whoever handed it in asks for a review."))
    days = appeal_days_of(decision)
    return first_refusal(
        _is_reviewed(decision, days),
        _is_asked_once(decision),
        _is_in_time(decision, days, now),
        *(each(decision) for each in AGAINST_APPEALS.values()),
    )


def _is_reviewed(decision: Decision, days: AppealDays | None) -> Verdict:
    application = decision.application
    if decision.state != "released" or application.state == "withdrawn":
        return refuse("no_decision", _("There is no decision that could be reviewed."))
    if not get_terms(application.call).appeals_days:
        return refuse("final", _("Decisions of this call are not reviewed on request."))
    if days is None:
        return refuse("given", _("Nothing was refused here. If something is wrong, write to us."))
    return ALLOWED


def _is_asked_once(decision: Decision) -> Verdict:
    latest = latest_appeal_of(decision)
    if latest is None or latest.state == "withdrawn":
        return ALLOWED
    if latest.state == "filed":
        return refuse("filed", _("You have asked for a review. It waits for our answer."))
    if is_corrected_since(latest):
        return ALLOWED
    return refuse("answered", _("This decision was reviewed. It is reviewed once."))


def _is_in_time(decision: Decision, days: AppealDays | None, now: dt.datetime) -> Verdict:
    if days is None or days.ends_at is None or now < days.ends_at:
        return ALLOWED
    day = end_in_words(days.ends_at, decision.application.call.zone)
    return refuse("late", _("A review could be asked for until %(day)s.") % {"day": day})


def may_withdraw_appeal(actor: Actor, appeal: Appeal, now: dt.datetime) -> Verdict:
    """Its author, until it is answered."""
    if appeal.decision.application.applicant.account_id != actor.pk:
        return refuse("not_yours", _("Whoever asked for the review takes it back."))
    return _waits(appeal)


def may_answer_appeal(actor: Actor, appeal: Appeal, now: dt.datetime) -> Verdict:
    """Officers of the call, while it waits. Whoever takes part in the call does not work on it."""
    managing = may_manage_call(actor, appeal.decision.application.call, now)
    return first_refusal(managing, _waits(appeal))


def _waits(appeal: Appeal) -> Verdict:
    if appeal.state == "filed":
        return ALLOWED
    return refuse("settled", _("This request was answered or taken back already."))
