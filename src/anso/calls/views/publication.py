"""Officers look at what a draft lacks, publish it, cancel and complete it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.models import Call
from anso.calls.rules import (
    may_cancel_call,
    may_complete_call,
    may_manage_call,
    may_publish_call,
)
from anso.calls.wording import call_link
from anso.calls.wording.readiness import url_of_fault
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.programmes.wording import CallWords
from anso.ui.question_fields import sentence

DESK = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(DESK)
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """The dry run, the hash that publication will freeze, and the button that does it."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_manage_call(request.user, call, now).require()
    if request.method == "POST":
        try:
            actions.publish_call(
                call=call,
                expected_sha256=request.POST.get("sha256", ""),
                actor=request.user,
                now=now,
            )
        except BadInput as fault:
            messages.error(request, sentence(fault.message))
            return redirect("calls:publish", reference=reference)
        messages.success(request, _("Published. Everyone can read the call now."))
        return redirect(call_link("desk", call))
    faults = queries.find_faults(call, now) if call.state == "draft" else []
    terms = queries.get_terms(call)
    context = {
        "call": call,
        "heading": _("Publish"),
        "faults": [
            (sentence(fault.message), fault.is_blocking, url_of_fault(call, fault))
            for fault in faults
        ],
        "is_blocked": any(fault.is_blocking for fault in faults),
        "verdict": may_publish_call(request.user, call, now),
        "sha256": content_hash(actions.compose_terms(call)) if call.state == "draft" else "",
        "frozen": queries.get_frozen_terms(call),
        "announced": queries.get_deadline(call).announced,
        "given": CallWords(terms).count(terms.outcome.capacity()),
        "now": now,
    }
    return render(request, "calls/desk_publish.html", context)


@login_required
@require_http_methods(DESK)
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Cancel a call with a reason, or mark a closed one as completed."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_manage_call(request.user, call, now).require()
    if request.method == "POST":
        try:
            if request.POST.get("act") == "cancel" and "looked" not in request.POST:
                return sure_of_cancellation(request, call)
            if request.POST.get("act") == "complete":
                actions.complete_call(call=call, actor=request.user, now=now)
            else:
                actions.cancel_call(
                    call=call, because=request.POST.get("because", ""), actor=request.user, now=now
                )
        except BadInput as fault:
            messages.error(request, sentence(fault.message))
            return redirect("calls:end", reference=reference)
        return redirect(call_link("desk", call))
    context: dict[str, Any] = {
        "call": call,
        "heading": _("End this call"),
        "may_cancel": may_cancel_call(request.user, call, now),
        "may_complete": may_complete_call(request.user, call, now),
    }
    return render(request, "calls/desk_end.html", context)


def sure_of_cancellation(request: HttpRequest, call: Call) -> HttpResponse:
    """Whom a cancelled call is told to and in which words, before it is cancelled."""
    because = request.POST.get("because", "")
    mails = actions.preview_cancellation(
        call=call, because=because, actor=request.user, now=timezone.now()
    )
    context = {
        "call": call,
        "heading": _("Cancel the call?"),
        "consequence": _("The call will not be carried out. This cannot be undone."),
        "because": because,
        "mails": mails,
        "hidden": [("looked", "1"), ("because", because)],
        "act": "cancel",
        "button": _("Cancel the call"),
        "is_final": True,
        "back_url": reverse("calls:end", args=[call.reference]),
    }
    return render(request, "calls/desk_sure.html", context)
