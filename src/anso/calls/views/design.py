"""Officers edit the words, dates, outcome and rubric of a draft call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.forms.dates import (
    date_field_specs,
    read_dates,
    read_stages,
    read_text,
    text_field_specs,
)
from anso.calls.forms.outcome import (
    RESERVED_GROUPS,
    own_field_specs,
    own_questions,
    read_outcome_rules,
    read_rubric,
    reserve_rows,
)
from anso.calls.models import Call
from anso.calls.rules import may_edit_call
from anso.kernel.errors import BadInput, ProductError
from anso.kernel.terms import Stage, Terms
from anso.kernel.wording import Text
from anso.programmes.methods import METHODS
from anso.programmes.wording import CallWords
from anso.ui.fields import error_list, fields_for, read_values
from anso.ui.question_fields import sentence

DESK = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(DESK)
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Title, summary, window and zone. The instant is shown in the call's zone and in the
    reader's.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    words, dates = text_field_specs(call), date_field_specs(call)
    faults: list[dict[str, str]] = []
    if request.method == "POST":
        typed = read_values([*words, *dates], request.POST)
        faults = save_edit(call, typed, request, now)
        if not faults:
            messages.success(request, _("Saved."))
            return redirect("calls:edit", reference=reference)
        words, dates = (
            [entry | {"value": typed[entry["key"]]} for entry in part] for part in (words, dates)
        )
    context = design_context(call, _("Words and dates"), request, now) | {
        "words": fields_for(words),
        "dates": fields_for(dates),
        "announced": queries.get_deadline(call).announced,
        "timeline": queries.timeline_of(call, now),
        "error_list": faults,
        "errors_heading": _("This could not be saved"),
    }
    return render(request, "calls/desk_edit.html", context, status=422 if faults else 200)


def save_edit(
    call: Call, typed: dict[str, Any], request: HttpRequest, now: dt.datetime
) -> list[dict[str, str]]:
    """Save words and dates; what could not be saved comes back as a list of errors with their
    fields.
    """
    faults = []
    title, summary = read_text(call, typed)
    try:
        actions.change_call_text(
            call=call, title=title, summary=summary, actor=request.user, now=now
        )
    except BadInput as fault:
        faults.append({"key": "title_en", "message": sentence(fault.message)})
    try:
        actions.change_call_dates(call=call, dates=read_dates(typed), actor=request.user, now=now)
    except BadInput as fault:
        faults.append(
            {
                "key": "zone" if "zone" in fault.message.facts else "closes_on",
                "message": sentence(fault.message),
            }
        )
    return faults


@login_required
@require_http_methods(DESK)
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """The days of the stages after the window: letters, screening, review, panel, release,
    offers.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    terms = queries.get_terms(call)
    faults: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            actions.change_stages(
                call=call, stages=read_stages(terms, request.POST), actor=request.user, now=now
            )
        except ProductError as fault:
            faults = [{"key": "", "message": sentence(fault.message)}]
        else:
            messages.success(request, _("Saved."))
            return redirect("calls:timeline", reference=reference)
    context = design_context(call, _("Timeline"), request, now) | {
        "rows": timeline_rows(terms, request.POST),
        "error_list": faults,
        "errors_heading": _("This could not be saved"),
    }
    return render(request, "calls/desk_timeline.html", context, status=422 if faults else 200)


def timeline_rows(terms: Terms, posted: Mapping[str, str]) -> list[tuple[Stage, str, str, bool]]:
    """Every stage with its days as typed, else as they are, and whether it is the window."""
    window = terms.window
    rows = []
    for stage in terms.stages:
        starts, ends = (
            posted.get(f"{end}-{stage.key}", str(day)) for end, day in stage_days(stage)
        )
        rows.append((stage, starts, ends, stage == window))
    return rows


def stage_days(stage: Stage) -> tuple[tuple[str, dt.date], tuple[str, dt.date]]:
    """The first and the last day of a stage, by the names of their inputs."""
    return ("starts", stage.starts_on), ("ends", stage.ends_on)


@login_required
@require_http_methods(DESK)
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """What is given: the tree with its sums, the outcome's own columns and reserves, the days for
    an answer, the method of selection.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    terms = queries.get_terms(call)
    faults: list[dict[str, str]] = []
    typed = None
    if request.method == "POST":
        try:
            typed = read_outcome_rules(terms, request.POST)
            faults = error_list(own_field_specs(terms, typed))
            if typed.rules:
                actions.change_outcome(call=call, rules=typed.rules, actor=request.user, now=now)
        except ProductError as fault:
            faults = [{"key": "", "message": sentence(fault.message)}]
        if not faults:
            messages.success(request, _("Saved."))
            return redirect("calls:outcome", reference=reference)
    context = design_context(call, _("What is given"), request, now) | {
        **outcome_rows(terms, request.POST),
        "fields": fields_for(own_field_specs(terms, typed)),
        "own": own_facts(terms),
        "call_words": CallWords(terms),
        "error_list": faults,
        "errors_heading": _("This could not be saved"),
    }
    return render(request, "calls/desk_outcome.html", context, status=422 if faults else 200)


def outcome_rows(terms: Terms, posted: Mapping[str, str]) -> dict[str, Any]:
    """The page's tables and choices, with what was typed where it could not be saved."""
    part, counted, nodes = terms.outcome, terms.outcome.counted(), terms.outcome.tree()
    told = {name: [getattr(node, name) for node in nodes] for name in ("level", "host", "fund")}
    told["groups"] = [node.only or node.favour for node in nodes]
    return {
        "rows": [
            (
                row,
                posted.get(f"places-{row.node.key}", str(row.node.capacity)),
                row.node.key in counted,
            )
            for row in queries.place_rows(terms)
        ],
        "columns": [name for name, values in told.items() if any(values)],
        "total": queries.count_places(terms),
        "host_places": queries.places_by_host(terms),
        "offer_days": posted.get("offer_days", terms.offer_days),
        "reserves": reserve_rows(part, posted) if part.keeps_for_groups else [],
        "reserved_groups": RESERVED_GROUPS,
        "nodes": nodes,
        "terms": terms,
        "methods": list(METHODS.values()),
        "chosen": posted.get("selection_method", terms.selection_method),
    }


def own_facts(terms: Terms) -> list[tuple[Text, Any]]:
    """The outcome's own columns, to be read by whoever may not change them."""
    answers = terms.outcome.answers()
    return [(each.label, answers[each.key]) for each in own_questions(terms.outcome)]


@login_required
@require_http_methods(DESK)
def rubric(request: HttpRequest, reference: str) -> HttpResponse:
    """What reviewers judge, with which weights, on which scale, and whether they learn names."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    known = queries.get_terms(call).rubric
    faults: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            actions.change_rubric(
                call=call, rubric=read_rubric(known, request.POST), actor=request.user, now=now
            )
        except ProductError as fault:
            faults = [{"key": "", "message": sentence(fault.message)}]
        else:
            messages.success(request, _("Saved."))
            return redirect("calls:rubric", reference=reference)
    context = design_context(call, _("Rubric"), request, now) | {
        "rubric": known,
        "rows": rubric_rows(known, request.POST),
        "error_list": faults,
        "errors_heading": _("This could not be saved"),
    }
    return render(request, "calls/desk_rubric.html", context, status=422 if faults else 200)


def rubric_rows(known: Any, posted: Any) -> list[dict[str, Any]]:
    """The criteria as rows of inputs, with what was typed where it could not be saved; one empty
    row for a new one.
    """
    rows = []
    for place, criterion in [
        *((str(place), criterion) for place, criterion in enumerate(known.criteria)),
        ("new", None),
    ]:
        values = {"label": "", "weight": "", "hint": ""}
        if criterion is not None:
            values = {
                "label": str(criterion.label),
                "weight": f"{criterion.weight * 100:f}".rstrip("0").rstrip("."),
                "hint": str(criterion.hint),
            }
        rows.append(
            {"place": place, "is_new": criterion is None}
            | {name: posted.get(f"{name}-{place}", value) for name, value in values.items()}
        )
    return rows


def design_context(
    call: Call, heading: str, request: HttpRequest, now: dt.datetime
) -> dict[str, Any]:
    """What all pages of the design share: the call, and whether it may be edited, with the reason
    where not.
    """
    return {
        "call": call,
        "heading": heading,
        "now": now,
        "verdict": may_edit_call(request.user, call, now),
    }
