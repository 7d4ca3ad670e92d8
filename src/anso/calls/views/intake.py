"""Officers choose until when a draft call takes what comes in."""

from __future__ import annotations

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
from anso.calls.forms.intake import LIMITS, intake_specs, read_intake_changes
from anso.calls.queries.amendments import get_working_terms
from anso.calls.views.attempts import Attempt, draft_context, drawn_fields, try_to_save
from anso.calls.views.design import DESK, design_context
from anso.ui.drafts import PostedDraft, parts_of


@login_required
@require_http_methods(DESK)
def intake(request: HttpRequest, reference: str) -> HttpResponse:
    """Whether the call closes once, or takes batch after batch, until when, and how many."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    tried = Attempt()
    if request.method == "POST":

        def save(posted: PostedDraft) -> None:
            actions.change_intake(
                call=call,
                changes=read_intake_changes(posted.changes),
                base_revision=posted.base,
                actor=request.user,
                now=now,
            )

        parts = parts_of(intake_specs(get_working_terms(call).intake))
        tried = try_to_save(request, call, parts, save, place=place_of)
        if tried.is_saved:
            messages.success(request, _("Saved."))
            return redirect("calls:intake", reference=reference)
        call = queries.get_desk_call_for(request.user, reference, now)
    specs = intake_specs(get_working_terms(call).intake)
    drawn = draft_context(call, parts_of(specs), tried)
    context = design_context(call, _("Batches and limits"), request, now) | drawn
    context |= {
        "fields": drawn_fields(specs, drawn["typed"], tried),
        "told": [
            (spec["label"], spec["value"]) for spec in specs if spec["value"] not in ("", "0")
        ],
    }
    return render(request, "calls/desk_intake.html", context, status=tried.status)


def place_of(facts: Mapping[str, Any]) -> str:
    """The field that a refusal is about, by the label that it names; else the first."""
    labels = {str(label): key for key, (label, _hint) in LIMITS.items()}
    return labels.get(str(facts.get("label", "")), "cut_offs")
