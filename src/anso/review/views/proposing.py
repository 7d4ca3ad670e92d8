"""Proposing who reviews what: asked for, waited for, dropped, looked at and carried out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anso.accounts.middleware import SignedInRequest
from anso.calls.queries import get_desk_call_for, has_titles
from anso.kernel.actors import name_of_account
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.review import rules
from anso.review.actions.proposing import ask_for_proposal, carry_out_proposal, drop_proposal
from anso.review.queries.proposals import willing_reviewers
from anso.review.queries.proposed import (
    get_basis,
    get_proposal,
    is_stuck,
    latest_proposal,
    read_proposed,
)
from anso.review.views.desk import default_due_on, desk_context, read_due
from anso.ui.question_fields import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest, reference: str) -> HttpResponse:
    """A dry run of assigning everything that is missing, worked out when an officer asks for it;
    the officer looks and has it done.
    """
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_assign_reviewers(request.user, call, now).require()
    if request.method == "POST":
        try:
            ask_for_proposal(
                call=call, after=request.POST.get("after", ""), actor=request.user, now=now
            )
        except BadInput as refusal:
            messages.error(request, sentence(refusal.message))
        return redirect("review:propose", reference=call.reference)
    latest, basis, loads = latest_proposal(call), get_basis(call, now), willing_reviewers(call, now)
    context: dict[str, Any] = {"latest": latest, "basis": basis, "loads": loads}
    if latest:
        context |= {"asked_by": name_of_account(latest.asked_by), "is_stuck": is_stuck(latest, now)}
    if latest and latest.state == "ready":
        context |= {
            "proposed": read_proposed(latest, basis, loads, now),
            "due_on": default_due_on(call, now),
            "has_titles": has_titles(call),
        }
    heading = _("Proposed assignments")
    return render(request, "review/desk_propose.html", desk_context(call, heading, now) | context)


@login_required
@require_POST
def drop(request: SignedInRequest, reference: str, proposal: str) -> HttpResponse:
    """End the wait for a proposal."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_assign_reviewers(request.user, call, now).require()
    found = get_proposal(call, proposal)
    try:
        drop_proposal(proposal=found, actor=request.user, now=now)
    except StaleTransition:
        messages.warning(request, _("It had ended already."))
    return redirect("review:propose", reference=call.reference)


@login_required
@require_POST
def assign(request: SignedInRequest, reference: str, proposal: str) -> HttpResponse:
    """Have what the page proposed assigned; what cannot be any more is left, with the reason."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_assign_reviewers(request.user, call, now).require()
    found = get_proposal(call, proposal, "ready", "assigned")
    try:
        due_at = read_due(request, call, now)
        work = carry_out_proposal(proposal=found, due_at=due_at, actor=request.user, now=now)
    except BadInput as refusal:
        messages.error(request, sentence(refusal.message))
        return redirect("review:propose", reference=call.reference)
    return redirect("bulk:action", reference=work.reference)
