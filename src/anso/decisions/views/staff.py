"""The desk for selections: compute, look, propose, confirm, release; the same pages for officers, the chair and auditors."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, get_terms
from anso.decisions import actions, rules
from anso.decisions.enums import Outcome
from anso.decisions.models import Decision, SelectionRun
from anso.decisions.queries import get_desk_run_for, placements_of, runs_of
from anso.kernel.errors import ProductError
from anso.kernel.terms import Terms
from anso.selection.errors import SelectionError

PAGE_SIZE = 100
TONES = {Outcome.SEAT: "good", Outcome.WAITING: "act", Outcome.UNPLACED: "", Outcome.INELIGIBLE: "stop"}


@login_required
@require_GET
def ranking(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """One run: figures, seats, every application by rank with its outcome and reason."""
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, number, now)
    terms = get_terms(call)
    context = _desk(call, _("Ranking"), run) | {"may": _permissions(request, call, run, now), "runs": list(runs_of(call))}
    if run is None:
        return render(request, "decisions/desk_ranking.html", context)
    filters = {name: request.GET.get(name, "") for name in ("level", "outcome", "text")}
    page = Paginator(placements_of(run, **filters), PAGE_SIZE).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "filters": filters,
        "chips": _chips(run, terms, filters),
        "facts": _facts(run),
        "seat_rows": _seat_rows(run, terms),
        "labels": {node.key: node.label for node in terms.seats},
        "tones": TONES,
        "outcomes": dict(Outcome.choices),
    }
    return render(request, "decisions/desk_ranking.html", context)


@login_required
@require_POST
def act(request: HttpRequest, reference: str) -> HttpResponse:
    """Compute a run, send it to the chair, confirm or return it."""
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, None, now)
    verb = request.POST.get("act", "")
    try:
        if verb == "compute":
            actions.compute_selection(actor=request.user, call=call, now=now)
            messages.success(request, _("Computed. Look at it before you send it to the chair."))
        elif run is None or str(run.number) != request.POST.get("run", ""):
            messages.warning(request, _("There is a newer run; look at it first."))
        else:
            _act_on_run(request, verb, run, now)
    except (ProductError, SelectionError) as refusal:
        messages.error(request, str(refusal))
    return redirect("decisions:ranking", reference=call.reference)


def _act_on_run(request: HttpRequest, verb: str, run: SelectionRun, now: dt.datetime) -> None:
    if verb == "propose":
        actions.propose_selection(actor=request.user, run=run, now=now)
        messages.success(request, _("The chair was asked to confirm."))
    elif verb == "confirm":
        actions.confirm_selection(actor=request.user, run=run, now=now)
        messages.success(request, _("Confirmed. The decisions are prepared; an officer releases them."))
    elif verb == "return":
        actions.return_selection(actor=request.user, run=run, reason=request.POST.get("reason", ""), now=now)
        messages.success(request, _("Returned to the officers with your reason."))
    else:
        raise Http404("no such act")


@login_required
@require_GET
def record(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The record of a run as a file: anyone who has it can compute the run again."""
    call = get_desk_call_for(request.user, reference, timezone.now())
    run = SelectionRun.objects.filter(call=call, number=number).first()
    if run is None:
        raise Http404("no such run")
    step = request.GET.get("step", "")
    content = run.record.get(step) if step else run.record
    if content is None:
        raise Http404("no such step")
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"{call.number_prefix}-run-{run.number}{f'-{step}' if step else ''}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_GET
def why(request: HttpRequest, reference: str, number: int, application: str) -> HttpResponse:
    """Why this one, or why not: the reason in sentences, the scores it rests on, and its neighbours in the ranking."""
    call, run = get_desk_run_for(request.user, reference, number, timezone.now())
    if run is None:
        raise Http404("no such run")
    place = placements_of(run).filter(application__number=application).first()
    if place is None:
        raise Http404("not in this run")
    near = placements_of(run).filter(application__level=place.application.level, rank__gte=place.rank - 3, rank__lte=place.rank + 3)
    assignments = place.application.assignments.filter(state="submitted").prefetch_related("review__scores").order_by("id")
    terms = get_terms(call)
    context = _desk(call, _("Why %(number)s stands where it stands") % {"number": application}, run) | {
        "place": place,
        "near": near,
        "assignments": assignments,
        "criteria": terms.rubric.criteria,
        "labels": {node.key: node.label for node in terms.seats},
        "tones": TONES,
        "outcomes": dict(Outcome.choices),
    }
    return render(request, "decisions/desk_why.html", context)


@login_required
@require_GET
def decisions(request: HttpRequest, reference: str) -> HttpResponse:
    """The decisions that were prepared, and what each applicant will read."""
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, None, now)
    found = Decision.objects.filter(application__call=call).select_related("application__applicant", "run").order_by("outcome", "id")
    outcome = request.GET.get("outcome", "")
    counts = dict(found.order_by().values_list("outcome").annotate(Count("id")))
    page = Paginator(found.filter(outcome=outcome) if outcome else found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = _desk(call, _("Decisions"), run) | {
        "page": page,
        "chips": [
            {"label": label, "url": f"?outcome={value}", "count": counts[value], "is_current": value == outcome}
            for value, label in Outcome.choices
            if value in counts
        ],
        "may_release": run is not None and rules.may_release_decisions(request.user, run, now),
        "tones": TONES,
        "outcomes": dict(Outcome.choices),
    }
    return render(request, "decisions/desk_decisions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once more, then release everything together."""
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, None, now)
    if run is None:
        raise Http404("no run to release")
    rules.may_release_decisions(request.user, run, now).require()
    if request.method == "POST":
        actions.release_decisions(actor=request.user, run=run, now=now)
        messages.success(request, _("Released. Letters and offers are being written; they wait in the outbox until they leave."))
        return redirect("decisions:decisions", reference=call.reference)
    counts = dict(run.decisions.order_by().values_list("outcome").annotate(Count("id")))
    context = {
        "heading": _("Release all decisions?"),
        "consequences": [f"{label}: {counts[value]}" for value, label in Outcome.choices if value in counts],
        "consequence": _("Every applicant sees their decision from this moment on. This cannot be undone."),
        "button": _("Release all decisions"),
        "back_url": reverse("decisions:decisions", args=[call.reference]),
        "is_final": True,
    }
    return render(request, "ui/dialog.html", context)


def _desk(call: Call, heading: str, run: SelectionRun | None) -> dict[str, Any]:
    return {
        "heading": heading if run is None else f"{heading} · {_('run %(number)s') % {'number': run.number}}",
        "call": call,
        "run": run,
        "crumbs": [(_("Desk"), "/desk/"), (call.number_prefix, f"/desk/calls/{call.reference}/"), (heading, "")],
    }


def _permissions(request: HttpRequest, call: Call, run: SelectionRun | None, now: dt.datetime) -> dict[str, Any]:
    state = run.state if run else ""
    return {
        "compute": rules.may_compute_selection(request.user, call, now),
        "propose": state == "computed" and run is not None and rules.may_propose_selection(request.user, run, now),
        "confirm": state == "proposed" and run is not None and rules.may_confirm_selection(request.user, run, now),
        "release": run is not None and rules.may_release_decisions(request.user, run, now),
    }


def _facts(run: SelectionRun) -> list[dict[str, str]]:
    figures = run.figures
    return [
        {"label": _("Seats filled"), "value": f"{figures['filled']} / {figures['seats']}"},
        {"label": _("Applications"), "value": str(figures["applications"])},
        {"label": _("Reviews"), "value": str(figures["reviews"])},
        {"label": _("Countries"), "value": str(figures["countries"])},
        {"label": _("Women"), "value": f"{figures['women']} %" if figures["women"] else "–"},
        {"label": _("From LDCs"), "value": f"{figures['ldc']} %" if figures["ldc"] else "–"},
    ]


def _seat_rows(run: SelectionRun, terms: Terms) -> list[tuple[str, int, int]]:
    labels = {node.key: node.label.in_language(get_language() or "en") for node in terms.seats}
    return [(labels.get(key, key), filled, capacity) for key, (filled, capacity) in run.figures["leaves"].items()]


def _chips(run: SelectionRun, terms: Terms, filters: dict[str, str]) -> list[dict[str, Any]]:
    levels = [
        {
            "label": level.label.in_language(get_language() or "en"),
            "url": f"?level={level.key}",
            "is_current": filters["level"] == level.key,
        }
        for level in terms.levels
    ]
    counts = dict(placements_of(run).order_by().values_list("outcome").annotate(Count("id")))
    outcomes = [
        {"label": label, "url": f"?outcome={value}", "count": counts[value], "is_current": filters["outcome"] == value}
        for value, label in Outcome.choices
        if value in counts
    ]
    return [{"label": _("All"), "url": "?", "is_current": not any(filters.values())}, *levels, *outcomes]
