"""Officers appoint who serves in the panel or jury of their call: chairs, members, stand-ins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.actions import Appointment
from anso.calls.enums import JUDGING, BodyFunction
from anso.calls.models import Call
from anso.calls.rules import may_change_officers, may_name_body
from anso.calls.wording import desk_crumbs
from anso.governance.models import Body
from anso.governance.queries import PRESIDING, alliance_day, mandates_of
from anso.kernel.errors import BadInput
from anso.kernel.typed_times import read_day
from anso.kernel.verdict import Refused
from anso.programmes.catalogue import find_kind
from anso.ui.refusals import words_of_refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def serving(request: HttpRequest, reference: str) -> HttpResponse:
    """Who serves in the bodies that judge in a call, and the forms to appoint, end and stand in."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_change_officers(request.user, call, now).require()
    error = ""
    if request.method == "POST":
        try:
            change_serving(request, call, now)
            return redirect("calls:serving", reference=reference)
        except (BadInput, Refused) as refusal:
            error = words_of_refusal(refusal)
    context = {
        "call": call,
        "heading": _("Who judges in this call"),
        "crumbs": desk_crumbs(call, _("Who judges in this call")),
        "rows": [body_row(body, now) for body in queries.panels_of(call)],
        "wanted": judging_bodies_wanted(request, call, now),
        "names": [
            (code, name, request.POST.get(f"name_{code}", "") if error else "")
            for code, name in settings.LANGUAGES
        ],
        "error": error,
        "typed": request.POST if error else {},
    }
    return render(request, "calls/desk_serving.html", context, status=422 if error else 200)


def judging_bodies_wanted(request: HttpRequest, call: Call, now: dt.datetime) -> list[BodyFunction]:
    """What judges in a call of this kind and is not named yet, where the reader may name it."""
    named = queries.bodies_of(call)
    return [
        function
        for function in map(BodyFunction, find_kind(call.programme.kind).bodies)
        if function in JUDGING
        and function not in named
        and may_name_body(request.user, call, function, now)
    ]


def set_up(request: HttpRequest, call: Call, now: dt.datetime) -> None:
    """Make the panel or jury that the page asks for."""
    function = request.POST.get("function", "")
    if function not in judging_bodies_wanted(request, call, now):
        raise Http404("no such body is wanted in this call")
    name = {code: request.POST.get(f"name_{code}", "") for code, _name in settings.LANGUAGES}
    actions.set_up_panel(
        call=call, function=BodyFunction(function), name=name, actor=request.user, now=now
    )
    messages.success(request, _("It is set up. Appoint its chair and its members."))


def body_row(body: Body, now: dt.datetime) -> dict[str, Any]:
    """One body: who serves today and who will, whether somebody presides, where else it serves."""
    held, today = mandates_of(body, now), alliance_day(now)
    return {
        "body": body,
        "mandates": [
            {
                "mandate": each,
                "is_chair": each.role in PRESIDING,
                "is_later": each.starts_on > today,
            }
            for each in held
        ],
        "has_chair": any(each.role in PRESIDING and each.starts_on <= today for each in held),
        "calls": [call for call, _function in queries.calls_served_by(body)],
    }


def change_serving(request: HttpRequest, call: Call, now: dt.datetime) -> None:
    """Carry out the one change that a button of the page asks for."""
    posted, act = request.POST, request.POST.get("act", "")
    if act == "set_up":
        return set_up(request, call, now)
    bodies = {body.code: body for body in queries.panels_of(call)}
    body = bodies.get(posted.get("body", ""))
    if body is None:
        raise Http404("no such body judges in this call")
    facts: dict[str, Any] = {"call": call, "actor": request.user, "now": now}
    if act == "end":
        pk = posted.get("mandate", "")
        held = [each for each in mandates_of(body, now) if str(each.pk) == pk]
        if not held:
            raise Http404("no such mandate")
        actions.end_in_body(mandate=held[0], because=posted.get("because", ""), **facts)
        messages.success(request, _("Ended, and they are told."))
        return None
    typed = posted.get("ends_on", "").strip()
    appointed = Appointment(
        email=posted.get("email", "").strip(),
        full_name=posted.get("full_name", ""),
        role="chair" if act == "stand_in" else posted.get("role", ""),
        ends_on=read_day(typed) if typed else None,
    )
    if act == "stand_in":
        actions.stand_in_for_chair(body=body, appointed=appointed, **facts)
    elif act == "appoint":
        actions.appoint_to_body(body=body, appointed=appointed, **facts)
    else:
        raise Http404("no such act")
    messages.success(request, _("Appointed, and they are told."))
    return None
