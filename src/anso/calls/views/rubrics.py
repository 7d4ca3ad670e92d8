"""Officers edit by what reviewers of a draft call judge: one rubric, or one for each review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.forms.rubrics import (
    criterion_inputs,
    place_of,
    read_rubric_changes,
    rubric_parts,
)
from anso.calls.queries.amendments import get_working_terms
from anso.calls.queries.presentation import rubrics_shown
from anso.calls.views.attempts import Attempt, draft_context, try_to_save
from anso.calls.views.design import DESK, design_context
from anso.kernel.terms import Rubric
from anso.ui.drafts import PostedDraft, inputs_of
from anso.ui.fields import fields_for


@login_required
@require_http_methods(DESK)
def rubric(request: HttpRequest, reference: str) -> HttpResponse:
    """What reviewers judge, with which weights, on which scale, and whether they learn names; the
    address says of which rubric, where a step has its own.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    key = request.GET.get("of", "")
    shown = rubrics_shown(get_working_terms(call))
    if key not in {each.key for each in shown}:
        raise Http404("no such rubric")
    tried = Attempt()
    if request.method == "POST":
        known = get_working_terms(call).rubric_for(key)

        def save(posted: PostedDraft) -> None:
            actions.change_rubric(
                call=call,
                changes=read_rubric_changes(known, posted.changes),
                base_revision=posted.base,
                key=key,
                actor=request.user,
                now=now,
            )

        tried = try_to_save(request, call, rubric_parts(known), save)
        if tried.is_saved:
            messages.success(request, _("Saved."))
            page = reverse("calls:rubric", args=[reference])
            return redirect(f"{page}?of={key}" if key else page)
        call = queries.get_desk_call_for(request.user, reference, now)
    known = get_working_terms(call).rubric_for(key)
    drawn = draft_context(call, rubric_parts(known), tried)
    inputs = inputs_of(drawn["typed"])
    context = design_context(call, _("Rubric"), request, now) | drawn
    context |= {"rubric": known, "inputs": inputs, "rows": rubric_rows(known, inputs)}
    context |= {"rubrics": shown if len(shown) > 1 else [], "key": key}
    return render(request, "calls/desk_rubric.html", context, status=tried.status)


def rubric_rows(known: Rubric, inputs: Mapping[str, str]) -> list[dict[str, Any]]:
    """The criteria with their fields and what stands in them, and the languages in which something
    is missing; an empty one for a new criterion.
    """
    languages = dict(settings.LANGUAGES)
    rows = []
    for criterion in (*known.criteria, None):
        fields = [
            {"key": name, "type": "text", "label": label, "value": inputs.get(name, value)}
            for name, label, value in criterion_inputs(known, criterion)
        ]
        missing = criterion.lacking(languages) if criterion else []
        rows.append(
            {
                "place": place_of(criterion),
                "name": criterion.label if criterion else None,
                "fields": fields_for(each for each in fields if not _is_anchor(each)),
                "anchors": fields_for(each for each in fields if _is_anchor(each)),
                "missing": [languages[code] for code in missing],
            }
        )
    return rows


def _is_anchor(field: Mapping[str, Any]) -> bool:
    return str(field["key"]).startswith("anchor")
