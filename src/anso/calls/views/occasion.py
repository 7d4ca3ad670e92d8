"""Officers say when and where what a draft call gives takes place."""

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
from anso.calls.forms.occasion import occasion_specs, read_occasion_changes
from anso.calls.models import Call
from anso.calls.queries.amendments import get_working_terms
from anso.calls.queries.editions import facts_of_proposal
from anso.calls.views.attempts import Attempt, draft_context, drawn_fields, try_to_save
from anso.calls.views.design import DESK, design_context
from anso.calls.wording.occasion import occasion_rows
from anso.kernel.questions import Meaning
from anso.kernel.terms.occasion import occasion_meant, whole
from anso.programmes.wording import CallWords
from anso.ui.drafts import PostedDraft, parts_of


@login_required
@require_http_methods(DESK)
def occasion(request: HttpRequest, reference: str) -> HttpResponse:
    """Host, place, days, language and contact, each beside what the proposal says."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    tried = Attempt()
    if request.method == "POST":

        def save(posted: PostedDraft) -> None:
            actions.change_occasion(
                call=call,
                changes=read_occasion_changes(posted.changes),
                base_revision=posted.base,
                actor=request.user,
                now=now,
            )

        tried = try_to_save(request, call, parts_of(specs_of(call)), save, place=place_of)
        if tried.is_saved:
            messages.success(request, _("Saved."))
            return redirect("calls:occasion", reference=reference)
        call = queries.get_desk_call_for(request.user, reference, now)
    specs = specs_of(call)
    shown = draft_context(call, parts_of(specs), tried)
    context = design_context(call, _("When and where"), request, now) | shown
    terms = get_working_terms(call)
    places = whole(facts_of_proposal(call).get(Meaning.PLACES))
    context |= {
        "fields": drawn_fields(specs, shown["typed"], tried),
        "told": occasion_rows(terms.occasion),
        "places": CallWords(terms).count(places) if places else "",
    }
    return render(request, "calls/desk_occasion.html", context, status=tried.status)


def specs_of(call: Call) -> list[dict[str, Any]]:
    """The fields with what stands in the working copy, and beside it what the proposal says."""
    proposed = occasion_meant(facts_of_proposal(call))
    return occasion_specs(get_working_terms(call).occasion, proposed, call.proposal)


def place_of(facts: Mapping[str, Any]) -> str:
    """The field that a refusal is about; a day where it names none."""
    return str(facts.get("field", "starts_on"))
