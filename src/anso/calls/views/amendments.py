"""Officers prepare an amendment of a published call, look at what it changes and whom it touches,
and announce it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.models import Call
from anso.calls.queries.amendments import (
    APPLICANTS,
    REVIEWERS,
    WRITERS,
    audiences_of,
    changes_between,
    is_amending,
    notes_on,
    reasons_against,
    standing_terms,
)
from anso.calls.queries.readiness import faults_of_amendment
from anso.calls.rules import may_amend_call, may_manage_call
from anso.calls.wording.amendments import amendment_rows, change_rows
from anso.calls.wording.rows import shelves_of
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.kernel.terms import to_plain
from anso.programmes.outcomes import read_terms
from anso.ui.question_fields import sentence

DESK = ("GET", "HEAD", "POST")
TOLD: dict[str, Promise] = {
    APPLICANTS: gettext_lazy("those who have begun or submitted, by mail"),
    REVIEWERS: gettext_lazy("reviewers who were invited or have agreed, by mail"),
    WRITERS: gettext_lazy("writers of letters that are still wanted, by mail"),
}


@login_required
@require_http_methods(DESK)
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin, look at, announce or discard an amendment; those announced before stand below."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_manage_call(request.user, call, now).require()
    fault_text = ""
    if request.method == "POST":
        try:
            if request.POST.get("act") == "announce" and "looked" not in request.POST:
                return sure_of_amendment(request, call, now)
            messages.success(request, carry_out(request, call, now))
            return redirect("calls:amend", reference=reference)
        except BadInput as fault:
            fault_text = sentence(fault.message)
            call = queries.get_desk_call_for(request.user, reference, now)
    context = {
        "call": call,
        "heading": _("Amend"),
        "verdict": may_amend_call(request.user, call, now),
        "is_amending": is_amending(call),
        "because": request.POST.get("because", ""),
        "announced": amendment_rows(call),
        "error_list": [{"key": "because", "message": fault_text}] if fault_text else [],
        "errors_heading": _("This could not be announced"),
    }
    if is_amending(call):
        context |= what_changes(call, now)
    status = 422 if fault_text else 200
    return render(request, "calls/desk_amend.html", context, status=status)


def carry_out(request: HttpRequest, call: Call, now: dt.datetime) -> str:
    """Do what the button asks for; returns what to tell."""
    act = request.POST.get("act")
    if act == "begin":
        actions.begin_amendment(call=call, actor=request.user, now=now)
        return _("Change now what is to change, on the pages of the design, and come back here.")
    if act == "discard":
        actions.discard_amendment(call=call, actor=request.user, now=now)
        return _("The amendment was thrown away. The call stays as it was.")
    actions.announce_amendment(
        call=call,
        because=request.POST.get("because", ""),
        expected_sha256=request.POST.get("sha256", ""),
        actor=request.user,
        now=now,
    )
    return _("Announced. It is in force, stands on the page of the call, and is told.")


def what_changes(call: Call, now: dt.datetime) -> dict[str, Any]:
    """The differences of the working copy, what stands against them, and whom they touch."""
    before = actions.amended_body(call, to_plain(standing_terms(call)), is_before=True)
    after = actions.amended_body(call, call.design)
    changes = changes_between(before, after)
    faults = [each.message for each in faults_of_amendment(call) if each.is_blocking]
    against = [sentence(each) for each in (*faults, *reasons_against(call, changes, now))]
    touched = audiences_of(call, changes)
    return {
        "rows": change_rows(changes, shelves_of(call, read_terms(call.design))),
        "sha256": content_hash(after),
        "against": against,
        "notes": [sentence(each) for each in notes_on(call, changes, now)],
        "told": [words for audience, words in TOLD.items() if audience in touched],
    }


def sure_of_amendment(request: HttpRequest, call: Call, now: dt.datetime) -> HttpResponse:
    """Whom an amendment is told to and in which words, before it is announced."""
    because, sha256 = (request.POST.get(name, "") for name in ("because", "sha256"))
    mails = actions.preview_amendment(
        call=call, because=because, expected_sha256=sha256, actor=request.user, now=now
    )
    context = {
        "call": call,
        "heading": _("Announce the amendment?"),
        "consequence": _("It is in force at once and stands on the page of the call."),
        "because": because,
        "mails": mails,
        "hidden": [("looked", "1"), ("because", because), ("sha256", sha256)],
        "act": "announce",
        "button": _("Announce the amendment"),
        "back_url": reverse("calls:amend", args=[call.reference]),
    }
    return render(request, "calls/desk_sure.html", context)
