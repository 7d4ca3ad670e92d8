"""Who may create, change, publish and move calls, with the reason where they may not."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from anso.calls.models import Call
from anso.calls.queries import (
    is_confirming_chair_of,
    is_officer_of,
    is_open,
    is_panel_chair_of,
)
from anso.calls.queries.steps import current_window, is_first_window, window_deadline
from anso.governance.enums import MandateRole
from anso.governance.queries import has_mandate
from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse


def may_create_call(actor: Actor, now: dt.datetime) -> Verdict:
    """Programme officers and the Executive Director set up calls; so does the set-up of the
    installation.
    """
    if _is_process(actor) or has_mandate(
        actor, MandateRole.PROGRAMME_OFFICER, MandateRole.EXECUTIVE_DIRECTOR, now=now
    ):
        return ALLOWED
    return refuse(
        "not_a_programme_officer", _("Only programme officers of the Secretariat create calls.")
    )


def may_manage_call(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Only programme officers of this very call run it."""
    if _is_process(actor) or is_officer_of(actor, call, now):
        return ALLOWED
    return refuse(
        "not_an_officer_of_the_call", _("Only the programme officers of this call may do this.")
    )


def may_edit_call(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Dates, outcome and rubric are edited by officers until publication freezes them."""
    return first_refusal(may_manage_call(actor, call, now), _is_draft(call))


def may_change_questions(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Questions are edited by officers until the call closes; after publication every change
    becomes a new version of the form.
    """
    return first_refusal(may_manage_call(actor, call, now), _takes_questions(call, now))


def may_publish_call(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers publish a draft whose deadline lies ahead. What its terms and forms still lack is
    told by the readiness list.
    """
    late = (
        refuse(
            "deadline_passed", _("The deadline of this call has passed. Change its dates first.")
        )
        if call.closes_at <= now
        else ALLOWED
    )
    return first_refusal(may_manage_call(actor, call, now), _is_draft(call), late)


def may_extend_call(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers move the deadline of a published call later, for everyone, also within two days
    after it has passed. That of a later window they move as long as nobody was invited to it.
    """
    window = current_window(call, now)
    passed = window_deadline(call, window).closes_at + dt.timedelta(days=2) <= now
    if not is_first_window(window) and not window.applications.exists():
        passed = False
    late = (
        refuse(
            "closed_too_long",
            _("The call closed more than two days ago. Its deadline cannot be moved any more."),
        )
        if passed
        else ALLOWED
    )
    return first_refusal(may_manage_call(actor, call, now), _is_published(call), late)


def may_record_outage(actor: Actor, now: dt.datetime) -> Verdict:
    """Programme officers record when the service could not be reached."""
    if _is_process(actor) or has_mandate(
        actor, MandateRole.PROGRAMME_OFFICER, MandateRole.EXECUTIVE_DIRECTOR, now=now
    ):
        return ALLOWED
    return refuse(
        "not_a_programme_officer", _("Only programme officers of the Secretariat record outages.")
    )


def may_cancel_call(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers cancel a draft, or a published call, with a reason."""
    over = ALLOWED
    if call.state not in ("draft", "published"):
        over = refuse("call_over", _("This call is already over."))
    return first_refusal(may_manage_call(actor, call, now), over)


def may_complete_call(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers complete a published call after it has closed."""
    still = (
        refuse("call_open", _("This call still takes applications."))
        if call.closes_at > now
        else ALLOWED
    )
    return first_refusal(may_manage_call(actor, call, now), _is_published(call), still)


def may_change_officers(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of a call and the Executive Director say who else works on it."""
    if has_mandate(actor, MandateRole.EXECUTIVE_DIRECTOR, now=now):
        return ALLOWED
    return may_manage_call(actor, call, now)


def may_start_application(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Anybody signed in starts an application while the call is open, but nobody who works on
    it.
    """
    presides = is_panel_chair_of(actor, call, now) or is_confirming_chair_of(actor, call, now)
    if presides or is_officer_of(actor, call, now):
        return refuse("works_on_call", _("You work on this call, so you cannot apply to it."))
    if is_open(call, now):
        return ALLOWED
    if call.state == "cancelled":
        return refuse("call_cancelled", _("This call was cancelled."))
    if call.state == "published" and now < call.opens_at:
        return refuse(
            "call_not_open_yet", _("This call has not opened yet."), opens_at=call.opens_at
        )
    return refuse("call_closed", _("This call has closed."), closes_at=call.closes_at)


def _is_draft(call: Call) -> Verdict:
    if call.state == "draft":
        return ALLOWED
    return refuse(
        "call_published",
        _("The terms of this call were frozen when it was published and cannot be changed."),
    )


def _is_published(call: Call) -> Verdict:
    return (
        ALLOWED
        if call.state == "published"
        else refuse("call_not_published", _("This call is not published."))
    )


def _takes_questions(call: Call, now: dt.datetime) -> Verdict:
    if call.state == "draft" or (call.state == "published" and now < call.closes_at):
        return ALLOWED
    return refuse(
        "call_closed", _("This call has closed. What was asked cannot be changed any more.")
    )


def _is_process(actor: Actor) -> bool:
    return isinstance(actor, SystemProcess)
