"""Officers look at what a draft lacks, publish it, move its deadline, record outages, cancel and
complete it.
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
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.models import Call, Outage
from anso.calls.queries.steps import current_window, window_deadline
from anso.calls.rules import (
    may_cancel_call,
    may_complete_call,
    may_extend_call,
    may_manage_call,
    may_publish_call,
)
from anso.calls.wording import call_link
from anso.kernel.canonical import content_hash
from anso.kernel.drafts import Disputed
from anso.kernel.errors import BadInput
from anso.kernel.faults import DesignPart
from anso.kernel.typed_times import read_instant
from anso.kernel.wording import gettext_noop
from anso.programmes.wording import CallWords
from anso.ui.drafts import read_base
from anso.ui.question_fields import sentence

DESK = ("GET", "HEAD", "POST")
# Where each part of the design is mended. Rules come with the kind: no page changes them.
PAGES = {
    DesignPart.TEXT: "calls:edit",
    DesignPart.DATES: "calls:edit",
    DesignPart.STAGES: "calls:timeline",
    DesignPart.OUTCOME: "calls:outcome",
    DesignPart.RUBRIC: "calls:rubric",
    DesignPart.RULES: "",
    DesignPart.QUESTIONS: "calls:questions",
    DesignPart.PEOPLE: "calls:people",
    DesignPart.EDITION: "calls:edition",
}


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
            (sentence(fault.message), fault.is_blocking, url_of_part(call, fault.part))
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


def url_of_part(call: Call, part: DesignPart) -> str:
    """The page on which a part of the design is mended; blank where there is none."""
    return reverse(PAGES[part], args=[call.reference]) if PAGES[part] else ""


@login_required
@require_http_methods(DESK)
def extension(request: HttpRequest, reference: str) -> HttpResponse:
    """Move the deadline for everyone, on the proposal that recorded outages make or on one's own;
    record outages.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_manage_call(request.user, call, now).require()
    fault_text, status = "", 422
    if request.method == "POST":
        try:
            messages.success(request, save_extension(request, call, now))
            return redirect("calls:extension", reference=reference)
        except Disputed:
            call = queries.get_desk_call_for(request.user, reference, now)
            fault_text, status = deadline_moved_words(call, now), 409
        except BadInput as fault:
            fault_text = sentence(fault.message)
    window = current_window(call, now)
    deadline = window_deadline(call, window)
    context = {
        "call": call,
        "window": window,
        "closes_at": deadline.closes_at,
        "heading": _("Deadline and outages"),
        "now": now,
        "announced": deadline.announced,
        "verdict": may_extend_call(request.user, call, now),
        "proposal": queries.propose_extension(call, now),
        "extensions": list(queries.extensions_of(call).select_related("granted_by")),
        "outages": list(Outage.objects.order_by("-starts_at")[:20]),
        "typed": request.POST,
        "error_list": [{"key": "", "message": fault_text}] if fault_text else [],
        "errors_heading": _("This could not be saved"),
    }
    return render(
        request, "calls/desk_extension.html", context, status=status if fault_text else 200
    )


def deadline_moved_words(call: Call, now: dt.datetime) -> str:
    """What to tell somebody who moves a deadline that was moved since they opened the page."""
    announced = window_deadline(call, current_window(call, now)).announced
    when = date_format(announced, "j F Y, H:i")
    return _(
        "Somebody moved the deadline after you opened this page: it is now %(when)s (%(zone)s)."
        " Nothing was changed now; what you typed stands below, if the deadline is to move further."
    ) % {"when": when, "zone": call.zone}


def save_extension(request: HttpRequest, call: Call, now: dt.datetime) -> str:
    """Carry out the one thing that a button of the page asks for; returns what to tell."""
    typed = {name: str(value) for name, value in request.POST.items()}
    if typed.get("act") == "outage":
        starts_at, ends_at = (
            read_instant(typed.get(f"{end}_on", ""), typed.get(f"{end}_time", ""), "UTC")
            for end in ("starts", "ends")
        )
        actions.record_outage(
            starts_at=starts_at,
            ends_at=ends_at,
            remark=typed.get("remark", ""),
            actor=request.user,
            now=now,
        )
        return _("The outage was recorded.")
    if typed.get("act") == "accept":
        proposal = queries.propose_extension(call, now)
        if proposal is None:
            raise BadInput(gettext_noop("There is nothing to make up for any more."))
        because = _(
            "The service could not be reached for a while: %(hours)s hours are added for everyone."
        ) % {"hours": proposal.hours}
        actions.extend_call(
            call=call,
            closes_at=proposal.closes_at,
            because=because,
            base_revision=read_base(request.POST, call.revision),
            actor=request.user,
            now=now,
        )
    else:
        closes_at = read_instant(
            typed.get("closes_on", ""), typed.get("closes_time", ""), call.zone, is_deadline=True
        )
        actions.extend_call(
            call=call,
            closes_at=closes_at,
            because=typed.get("because", ""),
            base_revision=read_base(request.POST, call.revision),
            actor=request.user,
            now=now,
        )
    return _("The deadline was moved for everyone.")


@login_required
@require_http_methods(DESK)
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Cancel a call with a reason, or mark a closed one as completed."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_manage_call(request.user, call, now).require()
    if request.method == "POST":
        try:
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
