"""Officers choose what a draft call says of conflicts of interest."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.forms.conflicts import conflict_specs, read_conflict_changes
from anso.calls.queries.amendments import get_working_terms
from anso.calls.views.attempts import Attempt, draft_context, try_to_save
from anso.calls.views.design import DESK, design_context
from anso.calls.wording.conflicts import conflicts_in_words
from anso.directory.queries import country_codes
from anso.ui.drafts import PostedDraft, parts_of
from anso.ui.fields import fields_for


@login_required
@require_http_methods(DESK)
def conflicts(request: HttpRequest, reference: str) -> HttpResponse:
    """Which ties keep somebody from judging a file, which an officer looks at first, and whether
    reviewers are asked about names before they are given files.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    known = country_codes()
    tried = Attempt()
    if request.method == "POST":
        terms = get_working_terms(call).conflicts

        def save(posted: PostedDraft) -> None:
            actions.change_conflicts(
                call=call,
                changes=read_conflict_changes(terms, posted.changes, known),
                base_revision=posted.base,
                actor=request.user,
                now=now,
            )

        tried = try_to_save(request, call, parts_of(conflict_specs(terms, {}, known)), save)
        if tried.is_saved:
            messages.success(request, _("Saved."))
            return redirect("calls:conflicts", reference=reference)
        call = queries.get_desk_call_for(request.user, reference, now)
    terms = get_working_terms(call).conflicts
    drawn = draft_context(call, parts_of(conflict_specs(terms, {}, known)), tried)
    specs = conflict_specs(terms, drawn["typed"], known)
    context = design_context(call, _("Conflicts of interest"), request, now) | drawn
    context |= {
        "fields": fields_for(specs[:-1]),
        "nations": fields_for(specs[-1:]),
        "has_nations": bool(specs[-1]["value"]),
        "told": conflicts_in_words(terms),
    }
    return render(request, "calls/desk_conflicts.html", context, status=tried.status)
