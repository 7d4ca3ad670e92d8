"""The page on which a reviewer writes: the dossier beside the form, saved by script or without."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anso.accounts.middleware import SignedInRequest
from anso.calls.queries import get_terms
from anso.calls.queries.steps import rubric_of
from anso.calls.wording import judging_words
from anso.kernel.drafts import Merge
from anso.kernel.errors import BadInput, Stale
from anso.kernel.reasons import uncut
from anso.kernel.terms import Rubric
from anso.kernel.verdict import Refused
from anso.review import actions, rules
from anso.review.actions.reviewing import CHANGED_ELSEWHERE
from anso.review.forms import review_fields, review_keys
from anso.review.models import Assignment
from anso.review.queries import get_assignment_for
from anso.review.queries.reading import assignment_closes_at
from anso.review.queries.rebuttals import is_review_answered
from anso.review.views.member import asked_context, dossier_context
from anso.ui.drafts import draft_base, merge_reply, parts_of, read_draft, two_texts_of
from anso.ui.fields import error_list, fields_for, read_json, read_values, shown_values
from anso.ui.question_fields import sentence

LONGEST_ENTRY = 20_000


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: SignedInRequest, reference: str) -> HttpResponse:
    """One assignment: before accepting only what it is about; afterwards the dossier and the form.

    Whatever was typed comes back when it cannot be submitted, also when the reviews closed
    meanwhile.
    """
    now = timezone.now()
    found = get_assignment_for(request.user, reference)
    if not rules.may_read_dossier(request.user, found, now):
        return render(
            request,
            "review/asked.html",
            asked_context(request, found, now),
            status=403 if request.method == "POST" else 200,
        )
    if request.method == "POST":
        return _take_review(request, found, now)
    return _review_page(request, found, now)


def _take_review(request: SignedInRequest, found: Assignment, now: dt.datetime) -> HttpResponse:
    """Keep what was changed on the page, then submit; or show what is missing, or was not seen."""
    asked = review_fields(_rubric_of(found), {}, {})
    posted = read_draft(read_values(asked, request.POST), request.POST, found.draft_revision)
    try:
        saved = actions.save_review_draft(
            actor=request.user,
            assignment=found,
            changes=posted.changes,
            base_revision=posted.base,
            now=now,
        )
        if saved.disputed or saved.unseen or posted.unseen:
            return _review_page(request, found, now, merge=saved, status=409)
        actions.submit_review(
            actor=request.user,
            assignment=found,
            entries=found.draft,
            base_revision=saved.revision,
            now=now,
        )
    except BadInput as refusal:
        told = refusal.message.facts["problems"]
        problems = {key: sentence(problem) for key, problem in told.items()}
        return _review_page(request, found, now, problems=problems, status=422)
    except Stale:  # another tab saved between the two steps above
        messages.warning(request, _(CHANGED_ELSEWHERE))
        return redirect("review:assignment", reference=found.reference)
    except Refused as refusal:
        typed = dict(found.draft) | posted.changes
        return _review_page(
            request, found, now, problems={"": str(refusal)}, typed=typed, status=403
        )
    messages.success(
        request, _("Your review is in. You can revise it until your time for it is over.")
    )
    return redirect("review:assignments")


def _rubric_of(found: Assignment) -> Rubric:
    """By what this review judges."""
    return rubric_of(get_terms(found.application.call), found.step)


def _review_page(
    request: SignedInRequest, found: Assignment, now: dt.datetime, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The dossier beside the review as it is kept; both texts where two tabs wrote one entry."""
    typed, problems = more.get("typed") or found.draft, more.get("problems") or {}
    readers = str(judging_words(found.application.call).reviews)
    asked = review_fields(
        _rubric_of(found), typed, problems, readers, is_answered=is_review_answered(found.step)
    )
    merge: Merge | None = more.get("merge")
    disputed = {key: both.yours for key, both in merge.disputed.items()} if merge else {}
    is_unseen = merge is not None and (merge.unseen or not merge.disputed)
    context = dossier_context(found) | {
        "fields": fields_for(asked),
        "error_list": error_list(asked),
        "verdict": rules.may_submit_review(request.user, found, now),
        "typed": [field for field in asked if field["value"]],
        "closes_at": assignment_closes_at(found),
        "draft": draft_base(found.draft_revision, shown_values(asked)),
        "two_texts": two_texts_of(parts_of(asked), disputed, disputed),
        "changed_elsewhere": is_unseen and _(CHANGED_ELSEWHERE),
    }
    return render(request, "review/assignment.html", context, status=status)


@login_required
@require_POST
def draft(request: SignedInRequest, reference: str) -> HttpResponse:
    """Autosave of a review that is being written."""
    now = timezone.now()
    found = get_assignment_for(request.user, reference)
    content = read_json(request)
    fields = content.get("fields")
    if not isinstance(fields, dict):
        return JsonResponse({"reason": _("This could not be read.")}, status=400)
    allowed = review_keys(_rubric_of(found))
    base = content.get("base")
    try:
        changes = {
            key: uncut(str(value), LONGEST_ENTRY) for key, value in fields.items() if key in allowed
        }
        saved = actions.save_review_draft(
            actor=request.user,
            assignment=found,
            changes=changes,
            base_revision=base if isinstance(base, int) else found.draft_revision,
            now=now,
        )
    except BadInput as refusal:
        return JsonResponse({"reason": sentence(refusal.message)}, status=400)
    except Refused as refusal:
        return JsonResponse({"reason": str(refusal)}, status=403)
    reply = {
        "saved_at": now.isoformat(),
        "receipt": f"{found.reference[:4]}-{saved.revision}",
    } | merge_reply(saved)
    return JsonResponse(reply, status=409 if saved.disputed else 200)
