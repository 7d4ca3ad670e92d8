"""Officers choose how a call speaks of what comes in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.forms.nouns import noun_specs, read_nouns
from anso.calls.queries.amendments import get_working_terms
from anso.calls.views.attempts import Attempt, draft_context, drawn_fields, try_to_save
from anso.calls.views.design import DESK, design_context
from anso.calls.wording.rows import lists_beside
from anso.ui.drafts import PostedDraft, parts_of


@login_required
@require_http_methods(DESK)
def nouns(request: HttpRequest, reference: str) -> HttpResponse:
    """The call's own words in every language, each beside the usual one; all blank for those."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    tried = Attempt()
    if request.method == "POST":

        def save(posted: PostedDraft) -> None:
            actions.change_nouns(
                call=call,
                changes=read_nouns(posted.changes),
                base_revision=posted.base,
                actor=request.user,
                now=now,
            )

        parts = parts_of(noun_specs(get_working_terms(call)))
        tried = try_to_save(request, call, parts, save, place=lambda facts: facts.get("field", ""))
        if tried.is_saved:
            messages.success(request, _("Saved."))
            return redirect("calls:nouns", reference=reference)
        call = queries.get_desk_call_for(request.user, reference, now)
    specs = noun_specs(get_working_terms(call))
    drawn = draft_context(call, parts_of(specs), tried)
    context = design_context(call, _("What it is called"), request, now) | drawn
    context |= {
        "beside": lists_beside(call, "calls:nouns"),
        "told": [(spec["label"], spec["value"]) for spec in specs if spec["value"]],
        "fields": drawn_fields(specs, drawn["typed"], tried),
    }
    return render(request, "calls/desk_nouns.html", context, status=tried.status)
