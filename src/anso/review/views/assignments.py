"""The officer's desk for all reviews of a call: how far each application is, and reminders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.applications.models import Application
from anso.applications.queries.desk import CountedPaginator, found_by
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, get_terms, has_titles
from anso.calls.queries.steps import rubric_of
from anso.kernel.errors import BadInput
from anso.review import actions, rules
from anso.review.queries import (
    ReviewProgress,
    applications_to_review,
    get_review_progress,
    get_review_step,
    given_to,
    reviewers_of_call,
)
from anso.review.queries.reading import late_in
from anso.review.queries.rebuttals import get_rebuttal_step
from anso.review.views.desk import desk_context
from anso.ui.ordering import in_reader_order
from anso.ui.question_fields import sentence

PAGE_SIZE = 100
SHOWN = ("number", "subject_name", "title", "category", "applicant__full_name")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_assignments(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every eligible application with its reviews; remind late reviewers."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    if request.method == "POST":
        _remind_late(request, call, now)
        return redirect("review:call_assignments", reference=call.reference)
    needed = rubric_of(get_terms(call), get_review_step(call, now)).reviews_each
    only, text = request.GET.get("only", ""), request.GET.get("text", "")[:100].strip()
    by = request.GET.get("reviewer", "")
    progress = get_review_progress(call, now)
    listed = applications_to_review(call, now, are_late=only == "late")
    found = given_to(_narrowed(listed, only, text, needed=needed), by)
    chips = _chips(progress, only)
    is_narrower = text or by
    count = (
        found.count()
        if is_narrower
        else next(chip["count"] for chip in chips if chip["is_current"])
    )
    rows = listed.select_related(None).select_related("applicant").only(*SHOWN).order_by()
    may = rules.may_assign_reviewers(request.user, call, now)
    primary = {
        "label": _("Propose assignments"),
        "url": reverse("review:propose", args=[call.reference]),
    }
    context = desk_context(call, _("Assignments"), now, progress) | {
        "page": (
            CountedPaginator(found, count, rows=rows, per_page=PAGE_SIZE).get_page(
                request.GET.get("page") or 1
            )
        ),
        "needed": needed,
        "answers_url": (
            reverse("review:answers", args=[call.reference]) if get_rebuttal_step(call, now) else ""
        ),
        "chips": chips,
        "text": text,
        "is_narrower": is_narrower,
        "selects": [_reviewer_select(call, by, now)],
        "kept": [("only", only)] if only else [],
        "has_titles": has_titles(call),
        "levels": {level.key: level.label for level in get_terms(call).levels},
        "may": may,
        "primary": primary if may else None,
        "secondary": [
            {"label": _("Reviewers"), "url": reverse("review:reviewers", args=[call.reference])}
        ],
    }
    return render(request, "review/desk_assignments.html", context)


def _remind_late(request: SignedInRequest, call: Call, now: dt.datetime) -> None:
    """Remind everybody whose review is late, and say how many reminders were written."""
    try:
        late = late_in(call, now)
        count = actions.remind_reviewers(actor=request.user, call=call, assignments=late, now=now)
    except BadInput as refusal:
        messages.error(request, sentence(refusal.message))
        return
    words = ngettext("%d reminder waits in the outbox.", "%d reminders wait in the outbox.", count)
    messages.success(request, words % count)


def _narrowed(
    found: QuerySet[Application], only: str, text: str, *, needed: int
) -> QuerySet[Application]:
    filters = {
        "short": Q(review_in_force__lt=needed),
        "waiting": Q(review_submitted__lt=needed),
        "enough": Q(review_submitted__gte=needed),
    }
    if only in filters:
        found = found.filter(filters[only])
    return found_by(found, text)


def _reviewer_select(call: Call, by: str, now: dt.datetime) -> dict[str, Any]:
    """The choice of one reviewer, whose files alone are listed."""
    loads = in_reader_order(
        (load for load in reviewers_of_call(call, now) if load.in_force),
        lambda load: load.reviewer.person.full_name,
    )
    names = [(each.reviewer.reference, each.reviewer.person.full_name) for each in loads]
    return {
        "name": "reviewer",
        "label": _("Reviewer"),
        "options": [("", _("all")), *names],
        "value": by,
    }


def _chips(progress: ReviewProgress, only: str) -> list[dict[str, Any]]:
    choices = (
        ("", _("All"), progress.applications),
        ("short", _("Too few reviewers"), progress.short),
        ("waiting", _("Reviews missing"), progress.waiting),
        ("late", _("Late"), progress.late_applications),
        ("enough", _("Enough reviews"), progress.enough),
    )
    current = only if only in {key for key, _label, _count in choices} else ""
    return [
        {
            "label": label,
            "url": f"?only={key}" if key else "?",
            "count": count,
            "is_current": key == current,
        }
        for key, label, count in choices
    ]
