"""The desk for runs: compute, look, propose, confirm or return; the same pages for officers, the
chair and auditors.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anso.accounts.middleware import SignedInRequest
from anso.applications.queries.readers import audiences_of
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, get_terms
from anso.calls.queries.steps import rubric_of
from anso.calls.wording import confirming_words, desk_crumbs, judging_words
from anso.decisions import actions, rules
from anso.decisions.forms import read_bar
from anso.decisions.models import SelectionRun
from anso.decisions.queries import (
    count_reviews_since,
    find_ranking_step,
    get_desk_run_for,
    latest_return_of,
    placements_of,
    reviewer_severities,
    runs_of,
)
from anso.decisions.views import read_step, run_url, step_context, step_query
from anso.decisions.views.ranking import (
    columns_of,
    filter_bar,
    interval_of,
    ranking_facts,
    ranking_rows,
    read_filters,
)
from anso.decisions.wording import (
    adjusted_words,
    check_rows,
    place_rows,
    reason_for_move,
    reserve_rows,
    short_words,
    signed,
    step_links,
    subheading_of,
    withheld_words,
    words_for_placement,
)
from anso.decisions.wording.export_columns import ranking_export_url
from anso.kernel.errors import ProductError
from anso.programmes.wording import CallWords
from anso.review.wording import answers_in_words
from anso.selection.errors import SelectionError
from anso.ui.kept import keep_typed, take_typed
from anso.ui.question_fields import sentence

LOG = logging.getLogger(__name__)
PAGE_SIZE = 100
TOLD_AT_ONE_S_TURN = rules.CHANGED_SINCE | {"own_proposal", "unchanged", "incompatible", "unworded"}


@login_required
@require_GET
def ranking(request: SignedInRequest, reference: str, number: int | None = None) -> HttpResponse:
    """One run: figures, every application by rank with its result, the places, and what was
    checked.
    """
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, number, now, read_step(request))
    context = desk_context(call, _("Ranking"), run) | {
        "may": _permissions(request, call, run, now),
        **step_context(call, read_step(request)),
    }
    if run is None:
        return render(request, "decisions/desk_ranking.html", context)
    terms, runs = get_terms(call), list(runs_of(call, run.step))
    words = CallWords(terms)
    filters = read_filters(request.GET)
    page = Paginator(placements_of(run, **filters), PAGE_SIZE).get_page(request.GET.get("page"))
    other = next((each for each in runs if str(each.number) == request.GET.get("with")), None)
    context |= {
        "problem": _problem(request, run, now),
        "stuck": "" if rules.can_go_on(run, now) else str(rules.can_go_on(run, now)),
        "runs": runs,
        "other": other,
        "comparable": next((each for each in runs if each.number < run.number), None),
        "subheading": subheading_of(run, words),
        "page": page,
        "rows": ranking_rows(run, terms, list(page.object_list), filters, other),
        **filter_bar(run, terms, filters, context["of"]),
        "facts": ranking_facts(run, words, terms),
        "place_rows": place_rows(run, terms),
        "checks": check_rows(run),
        "reserves": reserve_rows(run, terms),
        "withheld": withheld_words(run, terms),
        "short": short_words(run),
        "typed": take_typed(request),
        "adjusted": adjusted_words(run),
        "steps": step_links(run),
        **columns_of(run, terms),
        "newer_reviews": count_reviews_since(run),
        "returned": latest_return_of(run) if run.state in ("computed", "returned") else None,
    }
    return render(request, "decisions/desk_ranking.html", context)


@login_required
@require_POST
def act(request: SignedInRequest, reference: str) -> HttpResponse:
    """Compute a run, send it to the chair, confirm or return it."""
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, None, now, read_step(request))
    verb = request.POST.get("act", "")
    try:
        if verb == "compute":
            bar = read_bar(request.POST)
            actions.compute_selection(actor=request.user, call=call, bar=bar, now=now)
            messages.success(request, _("Computed. Look at it before it is proposed."))
        elif run is None or str(run.number) != request.POST.get("run", ""):
            messages.warning(request, _("There is a newer run; look at it first."))
        else:
            _act_on_run(request, verb, run, now)
    except ProductError as refusal:
        keep_typed(request)
        messages.error(request, sentence(refusal.message))
    except SelectionError:
        # What the methods say is English, for whoever maintains them; rules and the checks of
        # terms and reviews leave nothing of it for an officer to mend.
        LOG.exception("The selection of call %s could not be computed", call.reference)
        messages.error(
            request,
            _(
                "The methods cannot work with these reviews and terms. Whoever runs the service"
                " finds the reason in the log."
            ),
        )
    step = run.step.key if run is not None and verb != "compute" else ""
    page = reverse("decisions:ranking", args=[call.reference])
    return redirect(f"{page}?of={step}" if step else page)


def _act_on_run(request: SignedInRequest, verb: str, run: SelectionRun, now: dt.datetime) -> None:
    if verb == "propose":
        because = request.POST.get("few_because", "")
        actions.propose_selection(actor=request.user, run=run, now=now, because=because)
        chair = confirming_words(run.call).Chair
        messages.success(request, _("%(chair)s was asked to confirm.") % {"chair": chair})
    elif verb == "confirm":
        actions.confirm_selection(actor=request.user, run=run, now=now)
        messages.success(
            request, _("Confirmed. The decisions are prepared; an officer releases them.")
        )
    elif verb == "return":
        actions.return_selection(
            actor=request.user, run=run, reason=request.POST.get("reason", ""), now=now
        )
        messages.success(request, _("Returned to the officers with your reason."))
    else:
        raise Http404("no such act")


@login_required
@require_GET
def record(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """The record of a run as a file: anyone who has it can compute the run again."""
    call = get_desk_call_for(request.user, reference, timezone.now())
    of_step = find_ranking_step(call, request.GET.get("of", ""))
    run = SelectionRun.objects.filter(call=call, step=of_step, number=number).first()
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
def why(request: SignedInRequest, reference: str, number: int, application: str) -> HttpResponse:
    """Why this one, or why not: the reason in sentences, the scores it rests on, and its neighbours
    in the ranking.
    """
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, number, now, read_step(request))
    if run is None:
        raise Http404("no such run")
    place = placements_of(run).filter(application__number=application).first()
    if place is None:
        raise Http404("not in this run")
    terms = get_terms(call)
    near = placements_of(run).filter(
        application__category=place.application.category,
        rank__gte=place.rank - 3,
        rank__lte=place.rank + 3,
    )
    submitted = place.application.assignments.filter(state="submitted", step=run.step)
    submitted = submitted.select_related("reviewer")
    assignments = submitted.prefetch_related("review__scores").order_by("id")
    severities = reviewer_severities(run)
    context = desk_context(
        call, _("Why %(number)s stands where it stands") % {"number": application}, None
    ) | {
        "run": run,
        "of": step_query(call, run),
        "place": place,
        "reason": words_for_placement(place, terms, moved_because=reason_for_move(place)),
        "may_adjust": rules.may_adjust_application(request.user, place.application, now),
        "callout_tone": "good" if place.result == "selected" else "",
        "near": near,
        "assignments": assignments,
        "rebuttals": answers_in_words(
            place.application, audiences_of(request.user, call, now), now
        ),
        "criteria": rubric_of(terms, run.step).criteria,
        "severities": (
            [signed(severities.get(each.reviewer.reference)) for each in assignments]
            if severities
            else []
        ),
        "interval": interval_of(place),
    }
    ranking_url = run_url(run)
    context["crumbs"] = desk_crumbs(
        call, application, (_("Ranking, run %(number)s") % {"number": run.number}, ranking_url)
    )
    return render(request, "decisions/desk_why.html", context)


def desk_context(call: Call, heading: str, run: SelectionRun | None) -> dict[str, Any]:
    """What all pages about a selection share: the call, the run, and where the reader is."""
    named = {"heading": heading, "number": run.number if run else ""}
    return {
        "heading": _("%(heading)s, run %(number)s") % named if run else heading,
        "call": call,
        "words": CallWords(get_terms(call)),
        "judging": judging_words(call),
        "confirming": confirming_words(call),
        "run": run,
        "of": step_query(call, run),
        "crumbs": desk_crumbs(call, heading),
        "export_url": ranking_export_url(call),
    }


def _permissions(
    request: SignedInRequest, call: Call, run: SelectionRun | None, now: dt.datetime
) -> dict[str, Any]:
    turns = {
        "propose": ("computed", rules.may_propose_selection),
        "confirm": ("proposed", rules.may_confirm_selection),
        "return": ("proposed", rules.may_return_selection),
        "release": ("confirmed", rules.may_release_decisions),
    }
    return {"compute": rules.may_compute_selection(request.user, call, now)} | {
        act: run is not None and run.state == state and rule(request.user, run, now)
        for act, (state, rule) in turns.items()
    }


def _problem(request: SignedInRequest, run: SelectionRun, now: dt.datetime) -> str:
    """Why this run cannot go on although it is this reader's turn; blank when it can, or when it is
    somebody else's turn.
    """
    turns = {
        "computed": rules.may_propose_selection,
        "proposed": rules.may_confirm_selection,
        "confirmed": rules.may_release_decisions,
    }
    verdict = turns[run.state](request.user, run, now) if run.state in turns else None
    is_told = verdict is not None and any(
        reason.code in TOLD_AT_ONE_S_TURN for reason in verdict.reasons
    )
    return str(verdict) if is_told else ""
