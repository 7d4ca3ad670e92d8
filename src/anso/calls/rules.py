"""Who may create, change, publish and move calls, with the reason where they may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from anso.calls.models import Call, Step
from anso.calls.queries import (
    forms_to_come,
    is_kept_from,
    is_officer_of,
    is_open,
    is_overseer_of,
    parts_in_call,
)
from anso.calls.queries.amendments import is_amending
from anso.calls.queries.bodies import bodies_of, part_said
from anso.calls.queries.moves import reasons_against_moving
from anso.calls.queries.parts import part_by_mandate
from anso.directory.models import Person
from anso.directory.queries import get_person_of
from anso.governance.enums import BodyKind, MandateRole
from anso.governance.models import Body
from anso.governance.queries import alliance_day, has_mandate, mandates_on
from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.call_parts import clashing_with
from anso.kernel.verdict import ALLOWED, Reason, Verdict, first_refusal, refuse
from anso.programmes.kinds import APPLICATION
from anso.ui.question_fields import in_a_row, in_reader_language, sentence


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
    """Only programme officers of this very call run it, and none who is a party to an application
    of it.
    """
    if _is_process(actor) or is_officer_of(actor, call, now):
        return ALLOWED
    if call.officers.filter(account_id=actor.pk).exists() and is_kept_from(actor, call):
        return refuse(
            "takes_part",
            _("You take part in this call yourself; a colleague must do this."),
        )
    return refuse(
        "not_an_officer_of_the_call", _("Only the programme officers of this call may do this.")
    )


def may_edit_call(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Dates, outcome and rubric are edited by officers until publication freezes them, and
    afterwards in an amendment.
    """
    open_to_edit = ALLOWED if is_amending(call) else _is_draft(call)
    return first_refusal(may_manage_call(actor, call, now), open_to_edit)


def may_amend_call(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers amend a published call; what stands against one change is told with the changes."""
    return first_refusal(may_manage_call(actor, call, now), _is_published(call))


def may_change_questions(
    actor: Actor, call: Call, now: dt.datetime, *, purpose: str = APPLICATION
) -> Verdict:
    """Questions are edited by officers until the call closes; after publication every change
    becomes a new version of the form. The form of a window that an amendment adds is a part of what
    is announced: it is prepared until then, whether or not the call has closed.
    """
    is_to_come = forms_to_come(call).filter(purpose=purpose).exists()
    takes = ALLOWED if is_to_come else _takes_questions(call, now)
    return first_refusal(may_manage_call(actor, call, now), takes)


def may_change_list(actor: Actor, call: Call, now: dt.datetime, *, purpose: str) -> Verdict:
    """Lists of the form for a ``purpose`` are changed as its questions are, others as the terms."""
    if purpose:
        return may_change_questions(actor, call, now, purpose=purpose)
    return may_edit_call(actor, call, now)


def may_name_body(actor: Actor, call: Call, function: str, now: dt.datetime) -> Verdict:
    """Whoever says who works on a call names the bodies of a draft. What was published names stays;
    a function that nobody had is given also later, since nobody could decide without.
    """
    may_change = may_change_officers(actor, call, now)
    if call.state == "published" and function not in bodies_of(call):
        return may_change
    return first_refusal(may_change, ALLOWED if is_amending(call) else _is_draft(call))


def may_open_part(
    actor: Actor, parent: Call, now: dt.datetime, *, is_of_proposal: bool = False
) -> Verdict:
    """Officers of the parent open calls under it: under the call itself until it closes, under a
    proposal that was selected also after that.
    """
    over = ALLOWED
    if parent.state == "cancelled":
        over = refuse("parent_cancelled", _("The call above it was cancelled."))
    elif not is_of_proposal and (parent.state == "completed" or parent.closes_at <= now):
        over = refuse(
            "parent_closed",
            _(
                "The call above it has closed, so that it takes no parts any more. Choose one of"
                " its selected proposals, or open a further round."
            ),
        )
    return first_refusal(may_manage_call(actor, parent, now), over)


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


def may_extend_step(actor: Actor, step: Step, now: dt.datetime) -> Verdict:
    """Officers move the end of a step of a published call later, for everyone, also after it is
    over, as long as nothing has been built on it.
    """
    against = [Reason(each.code, sentence(each)) for each in reasons_against_moving(step, now)]
    return first_refusal(
        may_manage_call(actor, step.call, now),
        _is_published(step.call),
        Verdict(tuple(against)),
    )


def may_open_batch(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """The clock, once the cut-off of the batch before has passed."""
    early = ALLOWED
    if now < call.closes_at:
        early = refuse("batch_open", _("The cut-off of this batch has not passed yet."))
    elif call.state == "draft":
        early = _is_published(call)
    return first_refusal(may_manage_call(actor, call, now), early)


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
        refuse("call_open", _("This call has not closed yet.")) if call.closes_at > now else ALLOWED
    )
    return first_refusal(may_manage_call(actor, call, now), _is_published(call), still)


def may_change_officers(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of a call, the Executive Director and the head of its division say who else works
    on it.
    """
    if is_overseer_of(actor, call, now):
        return ALLOWED
    return may_manage_call(actor, call, now)


def may_appoint(actor: Actor, call: Call, body: Body, now: dt.datetime) -> Verdict:
    """The same people say who serves in the panel or jury of the call; the standing bodies of the
    alliance are filled by those who elect them.
    """
    judges = ALLOWED
    if body.kind != BodyKind.PANEL or not call.bodies.filter(body=body).exists():
        judges = refuse("no_panel", _("This body does not judge in this call."))
    return first_refusal(may_change_officers(actor, call, now), judges)


def may_have_part(person: Person, part: str, call: Call, now: dt.datetime) -> Verdict:
    """Whether somebody may have a further part in a call beside those that they have already, under
    any of their addresses. This is the one gate for everybody who is named, invited or appointed.
    """
    held = parts_in_call(call, [person.pk], alliance_day(now), beside=part)
    return may_combine(call, part, held[person.pk], person.full_name)


def may_act_as(actor: Actor, part: str, call: Call, now: dt.datetime) -> Verdict:
    """The same for somebody who acts, and is told so themself; whoever has given no name yet has no
    part in anything.
    """
    person = get_person_of(actor) if actor.pk else None
    if person is None:
        return ALLOWED
    held = parts_in_call(call, [person.pk], alliance_day(now), beside=part)
    return may_combine(call, part, held[person.pk])


def may_combine(call: Call, part: str, held: Iterable[str], name: str = "") -> Verdict:
    """The same for parts that are known; without a name it is said to the person themself."""
    clashing = clashing_with(part, held)
    if not clashing:
        return ALLOWED
    words = {"name": name, "held": _named(call, clashing), "wanted": _named(call, [part])}
    text = _("%(name)s is already in this call: %(held)s. Nobody is that and %(wanted)s at once.")
    if not name:
        text = _("You are already in this call: %(held)s. Nobody is that and %(wanted)s at once.")
    return refuse("incompatible", text % words, parts=clashing)


def _named(call: Call, parts: Iterable[str]) -> str:
    return in_a_row(in_reader_language(part_said(call, part)) for part in parts)


def may_serve_in_call(call: Call, function: str, body: Body | None, now: dt.datetime) -> Verdict:
    """Whether everybody who serves in a body today may have the part that a function in a call
    gives them there.
    """
    day = alliance_day(now)
    served = mandates_on(day).filter(body=body, person__isnull=False) if body else ()
    parts = {each.person: part_by_mandate(function, each.role) for each in served}
    held = parts_in_call(call, [person.pk for person in parts if person], day)
    verdicts = [
        may_combine(call, part, held[person.pk], person.full_name)
        for person, part in parts.items()
        if person is not None and part
    ]
    return first_refusal(*verdicts)


def may_start_application(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Anybody signed in starts an application while the call is open, but nobody who works on
    it or judges in it.
    """
    if is_open(call, now):
        return may_act_as(actor, "party", call, now)
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
