"""Correcting a released decision on the desk: choose, read what it does to others, confirm."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.awards import actions
from anso.awards.queries import get_aftermath
from anso.awards.wording import consequences_of, options_of
from anso.awards.wording.correcting import SAME
from anso.decisions.models import Decision
from anso.decisions.queries.correcting import get_desk_decision_for
from anso.decisions.rules import may_correct_decision
from anso.ui.fields import error_list, fields_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask what is decided instead and why; then show what follows for others; then do it."""
    now = timezone.now()
    decision = get_desk_decision_for(request.user, reference, now)
    may_correct_decision(request.user, decision, now).require()
    errors = _faults(request, decision) if request.method == "POST" else {}
    if request.method != "POST" or errors or "back" in request.POST:
        context = _question(request, decision, errors)
        return render(request, "ui/dialog.html", context, status=422 if errors else 200)
    if "confirmed" not in request.POST:
        return render(request, "ui/dialog.html", _preview(request, decision))
    return _carry_out(request, decision, now)


def _carry_out(request: SignedInRequest, decision: Decision, now: dt.datetime) -> HttpResponse:
    result, place = _chosen(request, decision)
    actions.correct_outcome(
        actor=request.user,
        decision=decision,
        result=result,
        place=place,
        because=request.POST["because"],
        now=now,
    )
    messages.success(request, _("The decision was corrected, and whoever it concerns is told."))
    return redirect("decisions:decisions", reference=decision.application.call.reference)


def _faults(request: SignedInRequest, decision: Decision) -> dict[str, str]:
    found = {}
    if request.POST.get("instead") not in dict(options_of(decision)):
        found["instead"] = _("Choose what is decided instead.")
    if not request.POST.get("because", "").strip():
        found["because"] = _("Say why: whoever it concerns reads it, and it stands in the record.")
    return found


def _chosen(request: SignedInRequest, decision: Decision) -> tuple[str, str]:
    """The result and what is given, as the list names them together."""
    if request.POST["instead"] == SAME:
        return decision.result, decision.place
    result, _colon, place = request.POST["instead"].partition(":")
    return result, place


def _question(
    request: SignedInRequest, decision: Decision, errors: dict[str, str]
) -> dict[str, Any]:
    application = decision.application
    entries = [
        {
            "key": "instead",
            "type": "select",
            "label": _("What is decided instead"),
            "none": _("Choose"),
            "options": options_of(decision),
            "required": True,
            "value": request.POST.get("instead", ""),
            "error": errors.get("instead", ""),
        },
        {
            "key": "because",
            "type": "longtext",
            "lines": 4,
            "label": _("Why?"),
            "hint": _(
                "Whoever it concerns reads these words as the reason, and they stand in the record."
            ),
            "required": True,
            "value": request.POST.get("because", ""),
            "error": errors.get("because", ""),
        },
    ]
    about = {"number": application.number, "name": application.subject_name}
    return {
        "heading": _("Correct the decision on %(number)s, %(name)s?") % about,
        "consequence": _("Before anything happens you read what it does to others."),
        "fields": fields_for(entries),
        "error_list": error_list(entries),
        "button": _("Show what follows"),
        "back_url": reverse("decisions:decisions", args=[application.call.reference]),
        "action_url": "",
    }


def _preview(request: SignedInRequest, decision: Decision) -> dict[str, Any]:
    result, place = _chosen(request, decision)
    chosen = dict(options_of(decision))[request.POST["instead"]]
    because = request.POST["because"].strip()
    return {
        "heading": _("Correct the decision on %(number)s?")
        % {"number": decision.application.number},
        "consequence": chosen,
        "consequences": [
            *consequences_of(decision, result, place, get_aftermath(decision, place)),
            _("The reason that is told: %(because)s") % {"because": because},
        ],
        "hidden": [
            ("instead", request.POST["instead"]),
            ("because", because),
            ("confirmed", "yes"),
        ],
        "button": _("Correct the decision"),
        "back_url": "",
        "back_label": _("Change it"),
        "action_url": "",
        "is_final": True,
    }
