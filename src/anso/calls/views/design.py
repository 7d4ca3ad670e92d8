"""Officers edit the words, dates and outcome of a draft call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
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
    edit_parts,
    read_dates,
    read_stages,
    read_text,
    stage_parts,
    text_field_specs,
)
from anso.calls.forms.outcome import (
    outcome_parts,
    own_field_specs,
    own_questions,
    read_outcome_changes,
    reserve_rows,
)
from anso.calls.models import Call
from anso.calls.queries.amendments import get_working_terms, is_amending
from anso.calls.rules import may_edit_call
from anso.calls.views.attempts import Attempt, draft_context, try_to_save
from anso.calls.wording import PUBLISHED, places_by_host
from anso.calls.wording.rows import lists_beside
from anso.kernel.terms import Stage, Terms
from anso.kernel.wording import Text
from anso.programmes.methods import METHODS
from anso.programmes.wording import CallWords
from anso.ui.drafts import PostedDraft, inputs_of
from anso.ui.fields import error_list, fields_for
from anso.ui.figures import in_figures

DESK = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(DESK)
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Title, summary, window and zone. The instant is shown in the call's zone and in the
    reader's.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    tried = Attempt()
    if request.method == "POST":
        tried = save_edit(request, call, now)
        if tried.is_saved:
            messages.success(request, _("Saved."))
            return redirect("calls:edit", reference=reference)
        call = queries.get_desk_call_for(request.user, reference, now)
    drawn = draft_context(call, edit_parts(call), tried)
    inputs = inputs_of(drawn["typed"])
    words, dates = (
        fields_for([spec | {"value": inputs[spec["key"]]} for spec in specs])
        for specs in (text_field_specs(call), date_field_specs(call))
    )
    context = design_context(call, _("Words and dates"), request, now) | drawn
    context |= {
        "words": words,
        "dates": dates,
        "announced": queries.get_deadline(call).announced,
        "timeline": queries.timeline_of(call, now),
        "beside": lists_beside(call, "calls:edit"),
    }
    return render(request, "calls/desk_edit.html", context, status=tried.status)


def save_edit(request: HttpRequest, call: Call, now: dt.datetime) -> Attempt:
    """Save words and dates, each for itself: what could not be saved comes back with its field."""

    def save_words(posted: PostedDraft) -> None:
        title, summary = read_text(posted.changes)
        actions.change_call_text(
            call=call,
            title=title,
            summary=summary,
            base_revision=posted.base,
            actor=request.user,
            now=now,
        )

    def save_dates(posted: PostedDraft) -> None:
        if "window" in posted.changes:
            actions.change_call_dates(
                call=call,
                dates=read_dates(posted.changes["window"]),
                base_revision=posted.base,
                actor=request.user,
                now=now,
            )

    parts = edit_parts(call)
    words = try_to_save(request, call, parts, save_words, place=lambda _facts: "title_en")
    dates = try_to_save(
        request,
        call,
        parts,
        save_dates,
        place=lambda facts: "zone" if "zone" in facts else "closes_on",
    )
    return Attempt(words.posted, words.faults + dates.faults, words.disputed | dates.disputed)


@login_required
@require_http_methods(DESK)
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """The days of the stages after the window: letters, screening, review, panel, release,
    offers.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    tried = Attempt()
    if request.method == "POST":
        terms = get_working_terms(call)

        def save(posted: PostedDraft) -> None:
            actions.change_stages(
                call=call,
                days=read_stages(terms, posted.changes),
                base_revision=posted.base,
                actor=request.user,
                now=now,
            )

        tried = try_to_save(request, call, stage_parts(terms), save)
        if tried.is_saved:
            messages.success(request, _("Saved."))
            return redirect("calls:timeline", reference=reference)
        call = queries.get_desk_call_for(request.user, reference, now)
    terms = get_working_terms(call)
    drawn = draft_context(call, stage_parts(terms), tried)
    context = design_context(call, _("Timeline"), request, now) | drawn
    context["beside"] = lists_beside(call, "calls:timeline")
    context["rows"] = timeline_rows(terms, inputs_of(drawn["typed"]))
    return render(request, "calls/desk_timeline.html", context, status=tried.status)


def timeline_rows(terms: Terms, inputs: Mapping[str, str]) -> list[tuple[Stage, str, str, bool]]:
    """Every stage with its days as they stand in their inputs, and whether it is the window."""
    window = terms.window
    return [
        (
            stage,
            inputs.get(f"starts-{stage.key}", ""),
            inputs.get(f"ends-{stage.key}", ""),
            stage == window,
        )
        for stage in terms.stages
    ]


@login_required
@require_http_methods(DESK)
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """What is given: the tree with its sums, the outcome's own columns and reserves, the days for
    an answer, the method of selection, and what is published.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    tried, errors = Attempt(), {}
    if request.method == "POST":
        terms = get_working_terms(call)

        def save(posted: PostedDraft) -> None:
            typed = read_outcome_changes(terms, posted.changes)
            errors.update(typed.errors)
            if typed.changes is not None:
                actions.change_outcome(
                    call=call,
                    changes=typed.changes,
                    base_revision=posted.base,
                    actor=request.user,
                    now=now,
                )

        tried = try_to_save(request, call, outcome_parts(terms), save)
        tried = tried.with_faults(error_list(own_field_specs(terms, {}, errors)))
        if tried.is_saved:
            messages.success(request, _("Saved."))
            return redirect("calls:outcome", reference=reference)
        call = queries.get_desk_call_for(request.user, reference, now)
    terms = get_working_terms(call)
    drawn = draft_context(call, outcome_parts(terms), tried)
    context = design_context(call, _("What is given"), request, now) | drawn
    context |= {
        **outcome_rows(terms, inputs_of(drawn["typed"])),
        "fields": fields_for(own_field_specs(terms, own_typed(terms, drawn["typed"]), errors)),
        "own": own_facts(terms),
        "beside": lists_beside(call, "calls:outcome"),
        "call_words": CallWords(terms),
    }
    return render(request, "calls/desk_outcome.html", context, status=tried.status)


def own_typed(terms: Terms, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the fields of the outcome's own questions."""
    return {each.key: typed[each.key] for each in own_questions(terms.outcome)}


def outcome_rows(terms: Terms, inputs: Mapping[str, str]) -> dict[str, Any]:
    """The page's tables and choices, with what stands in their inputs."""
    part, counted, nodes = terms.outcome, terms.outcome.counted(), terms.outcome.tree()
    told = {name: [getattr(node, name) for node in nodes] for name in ("level", "host", "fund")}
    told["groups"] = [node.only or node.favour for node in nodes]
    return {
        "rows": [
            (row, inputs.get(f"places-{row.node.key}", ""), row.node.key in counted)
            for row in queries.place_rows(terms)
        ],
        "columns": [name for name, values in told.items() if any(values)],
        "total": queries.count_places(terms),
        "host_places": places_by_host(terms),
        "offer_days": inputs["offer_days"],
        "appeals_days": inputs["appeals_days"],
        "waiting_share": inputs["waiting_share"],
        "reserves": reserve_rows(terms, inputs) if part.keeps_for_groups and terms.groups else [],
        "reserved_groups": [group.key for group in terms.groups],
        "nodes": nodes,
        "terms": terms,
        "methods": list(METHODS.values()),
        "chosen": inputs["selection_method"],
        "published": [(str(each), label) for each, label in PUBLISHED.items()],
        "publishes": inputs["publishes"],
        "minimum_score": inputs["minimum_score"],
        "adjustment_most": inputs["adjustment_most"],
    }


def own_facts(terms: Terms) -> list[tuple[Text, Any]]:
    """The outcome's own columns, to be read by whoever may not change them."""
    answers = terms.outcome.answers()
    return [(each.label, _as_read(answers[each.key])) for each in own_questions(terms.outcome)]


def _as_read(value: Any) -> Any:
    return in_figures(value) if isinstance(value, int | Decimal) else value


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
        "is_amending": is_amending(call),
    }
