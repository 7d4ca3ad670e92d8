"""What is asked of whoever is heard, who chooses a time; and what a listener hears on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anso.accounts.middleware import SignedInRequest
from anso.interviews import actions, rules
from anso.interviews.models import Interview
from anso.interviews.queries import (
    get_own_interview_for,
    get_time_of,
    list_of_listener,
    times_to_choose,
)
from anso.kernel.errors import BadInput
from anso.kernel.periods import day_of
from anso.kernel.verdict import Refused
from anso.ui.instants import day_in_words
from anso.ui.question_fields import in_reader_language
from anso.ui.refusals import words_of_refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: SignedInRequest, reference: str) -> HttpResponse:
    """An applicant chooses when to be heard, and changes it."""
    now = timezone.now()
    found = get_own_interview_for(request.user, reference)
    if request.method != "POST":
        return _page(request, found, now)
    try:
        time = get_time_of(found.step, request.POST.get("time", ""))
        actions.choose_time(actor=request.user, interview=found, time=time, now=now)
    except BadInput as refusal:
        return _page(request, found, now, words_of_refusal(refusal), 422)
    except Refused as refusal:
        return _page(request, found, now, words_of_refusal(refusal), 403)
    messages.success(request, _("This time is yours. A mail with a calendar file is on its way."))
    return redirect("interviews:interview", reference=reference)


def _page(
    request: SignedInRequest, found: Interview, now: dt.datetime, error: str = "", status: int = 200
) -> HttpResponse:
    application, call = found.application, found.application.call
    verdict = rules.may_choose_time(request.user, found, now)
    context = {
        "heading": _("Your interview"),
        "subheading": f"{application.number} · {in_reader_language(call.title)}",
        "crumbs": [
            (application.number, reverse("applications:detail", args=[application.reference])),
            (_("Interview"), ""),
        ],
        "interview": found,
        "call": call,
        "verdict": verdict,
        "error": error if verdict else "",
        "days": _by_day(times_to_choose(found.step, now), call.zone) if verdict else [],
        "calendar_url": reverse("applications:calendar", args=[application.reference]),
    }
    return render(request, "interviews/interview.html", context, status=status)


def _by_day(times: Iterable[Any], zone: str) -> list[tuple[str, list[Any]]]:
    """Times, or what has one, by the day that it is in the call's zone."""
    days = groupby(times, lambda each: day_of(getattr(each, "time", each).starts_at, zone))
    return [(day_in_words(day), list(found)) for day, found in days]


@login_required
@require_safe
def listening(request: SignedInRequest) -> HttpResponse:
    """Whom a listener hears, day by day, with the way to the file of each that they may read."""
    now = timezone.now()
    heard = list_of_listener(request.user, now)
    calls = groupby(
        sorted(heard, key=lambda each: each.time.step.call_id), lambda each: each.time.step
    )
    context = {
        "heading": _("Interviews you hear"),
        "steps": [(step, _by_day(found, step.call.zone)) for step, found in calls],
        "now": now,
    }
    return render(request, "interviews/listening.html", context)
