"""Officers move the end of a step later, look first at what it does, and record outages."""

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
from anso.calls.models import Call, Outage, Step
from anso.calls.queries.moves import MovePlan, plan_move
from anso.calls.queries.steps import current_window, is_first_window, steps_of, window_deadline
from anso.calls.queries.telling import MailPreview
from anso.calls.rules import may_extend_step, may_manage_call
from anso.calls.wording import moved_in_words
from anso.kernel.drafts import Disputed
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.kernel.typed_times import read_day, read_instant
from anso.kernel.wording import gettext_noop
from anso.ui.drafts import read_base
from anso.ui.instants import end_in_words
from anso.ui.question_fields import in_reader_language, sentence

DESK = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(DESK)
def extension(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose a step and its new last day; see what follows and what breaks; move it. Recorded
    outages make a proposal of their own.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_manage_call(request.user, call, now).require()
    plan, mails, fault_text, status = None, [], "", 422
    if request.method == "POST":
        try:
            if request.POST.get("act") == "accept" and "looked" not in request.POST:
                return sure_of_proposal(request, call, now)
            plan = look_at_plan(request, call, now)
            if plan is not None and not plan.broken:
                mails = mails_of(request, typed_move(request, call, now), call, now)
            if plan is None:
                messages.success(request, carry_out(request, call, now))
                return redirect("calls:extension", reference=reference)
            status = 200
        except Disputed:
            call = queries.get_desk_call_for(request.user, reference, now)
            fault_text, status = moved_meanwhile_words(chosen_step(request, call, now)), 409
        except BadInput as fault:
            fault_text = sentence(fault.message)
    context = page_context(request, call, now) | {
        "plan": plan,
        "mails": mails,
        "plan_faults": [sentence(each) for each in plan.broken] if plan else [],
        "plan_notes": [sentence(each) for each in plan.notes] if plan else [],
        "error_list": [{"key": "", "message": fault_text}] if fault_text else [],
        "errors_heading": _("This could not be saved"),
    }
    is_wrong = bool(fault_text) or plan is not None
    return render(request, "calls/desk_extension.html", context, status=status if is_wrong else 200)


def page_context(request: HttpRequest, call: Call, now: dt.datetime) -> dict[str, Any]:
    """Everything the page shows beside a plan: steps, the chosen one, how days moved, outages."""
    step = chosen_step(request, call, now)
    deadline = window_deadline(call, step)
    moved = list(queries.extensions_of(call).select_related("granted_by"))
    return {
        "call": call,
        "step": step,
        "steps": [
            (each, window_deadline(call, each).announced, each.pk == step.pk)
            for each in steps_of(call)
        ],
        "has_time": is_first_window(step),
        "closes_at": deadline.closes_at,
        "announced": deadline.announced,
        "heading": _("Days"),
        "now": now,
        "verdict": may_extend_step(request.user, step, now),
        "proposal": queries.propose_extension(call, now),
        "window": current_window(call, now),
        "extensions": [
            (each, moved_in_words(each, [key for key in each.moves if key != each.step.key]))
            for each in moved
        ],
        "outages": list(Outage.objects.order_by("-starts_at")[:20]),
        "typed": request.POST,
    }


def chosen_step(request: HttpRequest, call: Call, now: dt.datetime) -> Step:
    """The step that was chosen, or the window that opened last."""
    key = request.POST.get("step") or request.GET.get("step", "")
    found = (step for step in steps_of(call) if step.key == key)
    return next(found, None) or current_window(call, now)


def read_end(request: HttpRequest, step: Step) -> dt.datetime:
    """The new end that was typed: to the minute for the first window, else the end of the day."""
    day = request.POST.get("closes_on", "")
    if is_first_window(step):
        time = request.POST.get("closes_time", "")
        return read_instant(day, time, step.call.zone, is_deadline=True)
    return Deadline.at_end_of(read_day(day), step.call.zone).closes_at


def read_along(request: HttpRequest) -> set[str] | None:
    """The steps ticked to follow; None on the first look, which proposes those that must."""
    return set(request.POST.getlist("along")) if "looked" in request.POST else None


def look_at_plan(request: HttpRequest, call: Call, now: dt.datetime) -> MovePlan | None:
    """What a move would do, when the button asks to see it or it was never looked at; None when
    there is something to carry out. What cannot be moved is refused before.
    """
    act = request.POST.get("act", "")
    if act in ("outage", "accept") or (act == "extend" and "looked" in request.POST):
        return None
    step = chosen_step(request, call, now)
    may_extend_step(request.user, step, now).require()
    ends_at = read_end(request, step)
    if ends_at <= max(now, window_deadline(call, step).closes_at):
        text = gettext_noop(
            "An extension must end later than the present deadline, and in the future."
        )
        raise BadInput(text)
    last_day = Deadline(ends_at, call.zone).last_day
    along = read_along(request)
    # The first look proposes to move everything that follows: what was promised keeps its distance.
    offered = {each.key for each in steps_of(call)} if along is None else along
    return plan_move(step, last_day, offered, now)


def typed_move(request: HttpRequest, call: Call, now: dt.datetime) -> actions.Move:
    """The move as it was typed; on the first look everything follows."""
    step, along = chosen_step(request, call, now), read_along(request)
    offered = {each.key for each in steps_of(call)} if along is None else along
    return actions.Move(step, read_end(request, step), request.POST.get("because", ""), offered)


def mails_of(
    request: HttpRequest, move: actions.Move, call: Call, now: dt.datetime
) -> list[MailPreview]:
    """The mails that a move would write."""
    base = read_base(request.POST, call.revision)
    return actions.preview_move(move=move, base_revision=base, actor=request.user, now=now)


def sure_of_proposal(request: HttpRequest, call: Call, now: dt.datetime) -> HttpResponse:
    """What the move that outages propose does, and whom it is told to, before it is made."""
    move = proposed_move(call, now)
    closes_at = Deadline(move.closes_at, call.zone)
    context = {
        "call": call,
        "heading": _("Extend for everyone?"),
        "consequence": _("%(step)s: new deadline %(when)s")
        % {
            "step": in_reader_language(move.step.label),
            "when": end_in_words(closes_at.closes_at, call.zone),
        },
        "because": move.because,
        "mails": mails_of(request, move, call, now),
        "hidden": [("looked", "1"), ("revision", request.POST.get("revision", ""))],
        "act": "accept",
        "button": _("Extend for everyone"),
        "back_url": reverse("calls:extension", args=[call.reference]),
    }
    return render(request, "calls/desk_sure.html", context)


def moved_meanwhile_words(step: Step) -> str:
    """What to tell somebody who moves a step that was moved since they opened the page."""
    announced = window_deadline(step.call, step).announced
    when = date_format(announced, "j F Y, H:i")
    return _(
        "Somebody moved the deadline after you opened this page: it is now %(when)s (%(zone)s)."
        " Nothing was changed now; what you typed stands below, if the deadline is to move further."
    ) % {"when": when, "zone": step.call.zone}


def carry_out(request: HttpRequest, call: Call, now: dt.datetime) -> str:
    """Do the one thing that a button of the page asks for; returns what to tell."""
    act = request.POST.get("act")
    if act == "outage":
        return save_outage(request, now)
    move = proposed_move(call, now) if act == "accept" else typed_move(request, call, now)
    base = read_base(request.POST, call.revision)
    actions.extend_step(move=move, base_revision=base, actor=request.user, now=now)
    return _("Moved for everyone. Those whom it touches are written to.")


def proposed_move(call: Call, now: dt.datetime) -> actions.Move:
    """The move that recorded outages propose; whatever would come too early follows."""
    proposal = queries.propose_extension(call, now)
    if proposal is None:
        raise BadInput(gettext_noop("There is nothing to make up for any more."))
    because = _(
        "The service could not be reached for a while. Hours added for everyone: %(hours)s."
    ) % {"hours": proposal.hours}
    return actions.Move(current_window(call, now), proposal.closes_at, because)


def save_outage(request: HttpRequest, now: dt.datetime) -> str:
    """Write down an outage; returns what to tell."""
    typed = {name: str(value) for name, value in request.POST.items()}
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
