"""The officer's desk for interviews: times opened and closed, people asked, moved, written to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.calls.models import Call, Step
from anso.calls.queries import get_desk_call_for
from anso.calls.wording import desk_crumbs
from anso.interviews import actions, rules
from anso.interviews.forms import read_opening, read_until
from anso.interviews.models import Interview, InterviewTime
from anso.interviews.notices import OF_HEARD
from anso.interviews.queries import (
    applications_to_invite,
    conflicted_listeners,
    free_times,
    get_time_of,
    interview_steps,
    interviews_of,
    listeners_to_name,
    times_of,
)
from anso.interviews.wording import FILTERS
from anso.kernel.errors import BadInput
from anso.kernel.periods import day_of, find_zone
from anso.kernel.typed_times import read_instant
from anso.notifications.wording import write_url
from anso.review.models import Reviewer
from anso.ui.question_fields import in_reader_language
from anso.ui.refusals import words_of_refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_interviews(request: SignedInRequest, reference: str) -> HttpResponse:
    """The interviews of one step: who was asked, which times there are, who has none."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_see_interviews(request.user, call, now).require()
    step, error = _step_of(request, call, now), ""
    if request.method == "POST":
        try:
            messages.success(request, _ACTS[_act_of(request)](request, step, now))
            return redirect(_page_of(step))
        except BadInput as refusal:
            error = words_of_refusal(refusal)
    context = _frame(call, _("Interviews")) | _listed(request, step, now) | {"error": error}
    return render(request, "interviews/desk_interviews.html", context, status=422 if error else 200)


def _act_of(request: SignedInRequest) -> str:
    act = request.POST.get("act", "")
    if act not in _ACTS:
        raise Http404("no such act")
    return act


def _step_of(request: SignedInRequest, call: Call, now: dt.datetime) -> Step:
    """The step that the address names, or the first that is not over, or the last."""
    steps, wanted = interview_steps(call), request.GET.get("step", "")
    today = day_of(now, call.zone)
    named = next((each for each in steps if each.key == wanted), None)
    return named or next((each for each in steps if each.ends_on >= today), steps[-1])


def _page_of(step: Step) -> str:
    page = reverse("interviews:call_interviews", args=[step.call.reference])
    return f"{page}?step={step.key}"


def _frame(call: Call, heading: str, *above: tuple[str, str]) -> dict[str, Any]:
    return {"heading": heading, "call": call, "crumbs": desk_crumbs(call, heading, *above)}


def _listed(request: SignedInRequest, step: Step, now: dt.datetime) -> dict[str, Any]:
    asked, times = list(interviews_of(step)), list(times_of(step))
    only = request.GET.get("only", "")
    kept_from = conflicted_listeners(times, now)
    chosen = {"waiting": [x for x in asked if not x.time], "chosen": [x for x in asked if x.time]}
    wanted = {"step": step.key, "only": only}
    return {
        "step": step,
        "steps": [(each, each == step) for each in interview_steps(step.call)],
        "may": rules.may_arrange_interviews(request.user, step, now),
        "asked": chosen.get(only, asked),
        "chips": [
            {
                "label": label,
                "url": f"?step={step.key}&only={key}",
                "count": len(chosen.get(key, asked)),
                "is_current": key == only,
            }
            for key, label in {"": _("All"), **FILTERS}.items()
        ],
        "rows": [(each, _listeners_shown(each, kept_from), each.starts_at > now) for each in times],
        "to_ask": applications_to_invite(step),
        "listeners": listeners_to_name(step.call),
        "named": request.POST.getlist("listener"),
        "free": free_times(step, now).count(),
        "typed": request.POST,
        "write_url": write_url(OF_HEARD, step.call, wanted),
        "now": now,
    }


def _listeners_shown(
    time: InterviewTime, kept_from: set[tuple[int, int | None]]
) -> list[tuple[Reviewer, bool]]:
    """Each listener, and whether a conflict keeps them from this interview."""
    return [(each, (time.pk, each.person.account_id) in kept_from) for each in time.listeners.all()]


def _named_listeners(request: SignedInRequest, call: Call) -> list[Reviewer]:
    return list(listeners_to_name(call).filter(reference__in=request.POST.getlist("listener")))


def _open(request: SignedInRequest, step: Step, now: dt.datetime) -> str:
    opening = read_opening(request.POST, _named_listeners(request, step.call))
    made = actions.open_times(actor=request.user, step=step, opening=opening, now=now)
    words = ngettext("%(n)d time was opened.", "%(n)d times were opened.", len(made))
    return words % {"n": len(made)}


def _ask(request: SignedInRequest, step: Step, now: dt.datetime) -> str:
    ticked = request.POST.getlist("application")
    made = actions.ask_to_interview(
        actor=request.user,
        step=step,
        applications=list(applications_to_invite(step).filter(number__in=ticked)),
        choose_until=read_until(request.POST, step.call.zone),
        now=now,
    )
    words = ngettext("%(n)d person was asked.", "%(n)d people were asked.", len(made))
    return words % {"n": len(made)}


def _close(request: SignedInRequest, step: Step, now: dt.datetime) -> str:
    closed = actions.close_times(
        actor=request.user,
        step=step,
        references=request.POST.getlist("time"),
        because=request.POST.get("because", ""),
        now=now,
    )
    words = ngettext("%(n)d time was closed.", "%(n)d times were closed.", len(closed))
    return words % {"n": len(closed)}


_ACTS = {"open": _open, "ask": _ask, "close": _close}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interview_time(request: SignedInRequest, reference: str, time: str) -> HttpResponse:
    """One time: move it, say another place, name who listens."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    found = InterviewTime.objects.filter(step__call=call, reference=time)
    one = found.select_related("step__call").first()
    if one is None:
        raise Http404("no such time in this call")
    error = ""
    if request.method == "POST":
        try:
            _change(request, one, now)
            messages.success(request, _("The time was changed."))
            return redirect(_page_of(one.step))
        except BadInput as refusal:
            error = words_of_refusal(refusal)
            one.refresh_from_db()
    local = one.starts_at.astimezone(find_zone(call.zone))
    above = (_("Interviews"), _page_of(one.step))
    context = _frame(call, _("A time for interviews"), above) | {
        "time": one,
        "subheading": in_reader_language(one.step.label),
        "verdict": rules.may_change_time(request.user, one, now),
        "typed": {
            "day": f"{local:%Y-%m-%d}",
            "begins": f"{local:%H:%M}",
            "place": one.place,
            **request.POST.dict(),
        },
        "listeners": listeners_to_name(call),
        "named": [each.reference for each in one.listeners.all()],
        "held": Interview.objects.filter(time=one).select_related("application__applicant").first(),
        "error": error,
    }
    return render(request, "interviews/desk_time.html", context, status=422 if error else 200)


def _change(request: SignedInRequest, time: InterviewTime, now: dt.datetime) -> None:
    typed = request.POST
    zone = time.step.call.zone
    actions.change_time(
        actor=request.user,
        time=time,
        starts_at=read_instant(typed.get("day", ""), typed.get("begins", ""), zone),
        place=typed.get("place", ""),
        listeners=_named_listeners(request, time.step.call),
        because=typed.get("because", ""),
        now=now,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle_interview(request: SignedInRequest, reference: str, interview: str) -> HttpResponse:
    """One interview: put whoever is heard into a free time, with a reason."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    found = Interview.objects.filter(application__call=call, reference=interview)
    joined = ("application__applicant__account", "application__call", "step__call", "time__step")
    one = found.select_related(*joined).first()
    if one is None:
        raise Http404("no such interview in this call")
    error = ""
    if request.method == "POST":
        try:
            time = get_time_of(one.step, request.POST.get("time", ""))
            because = request.POST.get("because", "")
            actions.settle_time(
                actor=request.user, interview=one, time=time, because=because, now=now
            )
            messages.success(request, _("The time is settled, and a mail tells of it."))
            return redirect(_page_of(one.step))
        except BadInput as refusal:
            error = words_of_refusal(refusal)
    above = (_("Interviews"), _page_of(one.step))
    context = _frame(call, _("Interview of %(number)s") % {"number": one.application.number}, above)
    context |= {
        "interview": one,
        "subheading": in_reader_language(one.step.label),
        "verdict": rules.may_arrange_interview(request.user, one, now),
        "times": free_times(one.step, now),
        "typed": request.POST,
        "error": error,
    }
    return render(request, "interviews/desk_interview.html", context, status=422 if error else 200)
