"""The register of members on the desk of a call: who was entered, and who waits for an officer to
say which organisation it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.awards import actions, rules
from anso.awards.models import Enrolment
from anso.awards.queries.enrolling import applied_by, enrolments_of, known_as
from anso.awards.wording.enrolling import named_with_place
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for
from anso.calls.wording import desk_crumbs
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.ui.question_fields import sentence

NEW = "new"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SignedInRequest, reference: str) -> HttpResponse:
    """Whom the acceptance entered, since when; of a name that the directory knows in another
    spelling, the question.
    """
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_enrol(request.user, call, now).require()
    error = ""
    if request.method == "POST":
        try:
            _answer(request, call, now)
            return redirect("awards:register", reference=reference)
        except BadInput as refusal:
            error = sentence(refusal.message)
    found = list(enrolments_of(call))
    context = {
        "heading": _("Register of members"),
        "call": call,
        "crumbs": desk_crumbs(call, _("Register of members")),
        "error": error,
        "asked": [_question(each) for each in found if _waits(each)],
        "entered": [
            (each.membership, reverse("governance:member", args=[_reference_of(each)]))
            for each in found
            if each.membership is not None
        ],
    }
    return render(request, "awards/register.html", context, status=422 if error else 200)


def _waits(enrolment: Enrolment) -> bool:
    return enrolment.membership is None and enrolment.offer.state == "accepted"


def _reference_of(enrolment: Enrolment) -> str:
    return enrolment.membership.organisation.reference if enrolment.membership else ""


def _question(enrolment: Enrolment) -> dict[str, Any]:
    applied = applied_by(enrolment.offer)
    return {
        "reference": enrolment.reference,
        "number": enrolment.offer.application.number,
        "name": applied.name,
        "choices": [
            *((each.reference, named_with_place(each)) for each in known_as(applied).alike),
            (NEW, _("None of these: a new organisation")),
        ],
    }


def _answer(request: SignedInRequest, call: Call, now: dt.datetime) -> None:
    """Enter what was chosen; refuses what was not offered."""
    asked = get_object_or_404(enrolments_of(call), reference=request.POST.get("enrolment", ""))
    chosen = request.POST.get("is", "")
    alike = {each.reference: each for each in known_as(applied_by(asked.offer)).alike}
    if chosen != NEW and chosen not in alike:
        raise BadInput(gettext_noop("Choose one of the answers in the list."))
    actions.answer_enrolment(
        enrolment=asked, organisation=alike.get(chosen), actor=request.user, now=now
    )
    messages.success(request, _("Entered among the members."))
