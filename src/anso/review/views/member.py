"""A reviewer's pages: invitation, list, answers, the dossier and its files. The form is in
``writing``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anso.accounts.middleware import SignedInRequest
from anso.applications.models import Document
from anso.calls.queries import get_terms
from anso.files.queries import anonymised_response_for, file_response_for
from anso.kernel.errors import BadInput
from anso.kernel.questions import Meaning
from anso.kernel.wording import Text
from anso.review import actions, rules
from anso.review.forms import interest_choices
from anso.review.models import Assignment, Dossier
from anso.review.queries import (
    assignments_visible_to,
    assignments_without_conflict,
    dossier_of,
    get_assignment_for,
    get_invitation_for,
    get_reviews_close_at,
)
from anso.review.queries.names import lists_of
from anso.review.wording.asked import review_now
from anso.review.wording.dossiers import told_part, told_sections
from anso.ui.question_fields import in_reader_language, sentence

OPEN = ("assigned", "accepted")
ABOUT = frozenset({Meaning.TITLE, Meaning.CATEGORY, Meaning.EXPERTISE, Meaning.KEYWORDS})


@login_required
@require_GET
def assignments(request: SignedInRequest) -> HttpResponse:
    """Everything this reviewer was asked to judge."""
    now = timezone.now()
    found = list(assignments_visible_to(request.user))
    titled = assignments_without_conflict(found, now)
    rows = [(each, dossier_of(each).body["title"] if each.pk in titled else "") for each in found]
    context = {
        "heading": _("Your reviews"),
        "assignments": found,
        "waiting": [row for row in rows if row[0].state in OPEN],
        "finished": [row for row in rows if row[0].state not in OPEN],
        "lists": lists_of(request.user),
        "now": now,
    }
    return render(request, "review/assignments.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say yes or no to reviewing in a call."""
    now = timezone.now()
    reviewer = get_invitation_for(request.user, reference)
    error = ""
    if request.method == "POST":
        try:
            if request.POST.get("answer") == "yes":
                capacity = (
                    int(request.POST.get("capacity") or 0)
                    if request.POST.get("capacity", "").isdecimal()
                    else 0
                )
                actions.accept_invitation(
                    actor=request.user, reviewer=reviewer, capacity=capacity, now=now
                )
                messages.success(
                    request, _("Thank you. We will write when there is something to review.")
                )
            elif request.POST.get("answer") != "no":
                raise Http404
            else:
                actions.decline_invitation(
                    actor=request.user,
                    reviewer=reviewer,
                    reason=request.POST.get("reason", ""),
                    now=now,
                )
                messages.success(request, _("Thank you for telling us."))
            if reviewer.state == "accepted" and reviewer.call.listed_names.exists():
                return redirect("review:names", reference=reviewer.reference)
            return redirect("review:assignments")
        except BadInput as refusal:
            error = sentence(refusal.message)
    context = {
        "heading": _("Will you review?"),
        "reviewer": reviewer,
        "call": reviewer.call,
        "call_title": Text(reviewer.call.title),
        "closes_at": get_reviews_close_at(reviewer.call, now),
        "stage": review_now(reviewer.call, now),
        "error": error,
        "typed": request.POST,
    }
    return render(request, "review/invitation.html", context, status=422 if error else 200)


@login_required
@require_POST
def answer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Accept or decline an assignment, or declare a conflict."""
    now = timezone.now()
    found = get_assignment_for(request.user, reference)
    choice = request.POST.get("answer", "")
    try:
        if choice == "accept":
            actions.accept_assignment(actor=request.user, assignment=found, now=now)
            return redirect("review:assignment", reference=found.reference)
        if choice == "conflict":
            kind, remark = request.POST.get("kind", ""), request.POST.get("remark", "")
            actions.declare_conflict(
                actor=request.user, assignment=found, kind=kind, remark=remark, now=now
            )
        elif choice != "decline":
            raise Http404
        else:
            actions.decline_assignment(
                actor=request.user, assignment=found, reason=request.POST.get("reason", ""), now=now
            )
    except BadInput as refusal:
        context = asked_context(request, found, now) | {
            "error": sentence(refusal.message),
            "typed": request.POST,
        }
        return render(request, "review/asked.html", context, status=422)
    messages.success(request, _("Thank you for telling us. We will ask somebody else."))
    return redirect("review:assignments")


@login_required
@require_GET
def document(request: SignedInRequest, reference: str, file_reference: str) -> HttpResponseBase:
    """A file of the dossier; in a blind call under a neutral name and without its hidden
    properties.
    """
    found = get_assignment_for(request.user, reference)
    rules.may_read_dossier(request.user, found, timezone.now()).require()
    dossier = dossier_of(found)
    named = [each for part in _parts(dossier) if part["type"] == "file" for each in part["value"]]
    if file_reference not in named:
        raise Http404("no such file in this dossier")
    held = Document.objects.filter(
        application=found.application, reference=file_reference
    ).select_related("file")
    stored = get_object_or_404(held).file
    if dossier.body["is_blind"]:
        return anonymised_response_for(
            stored, f"{found.application.number}-{named.index(file_reference) + 1}"
        )
    return file_response_for(stored)


def _parts(dossier: Dossier) -> list[dict[str, Any]]:
    return [part for section in dossier.body["sections"] for part in section["answers"]]


def asked_context(request: SignedInRequest, found: Assignment, now: dt.datetime) -> dict[str, Any]:
    """What a reviewer learns before accepting: title, subject, date. Nothing at all where a
    conflict is known.
    """
    call = found.application.call
    verdict = rules.may_accept_assignment(request.user, found, now)
    return {
        "heading": _("Can you judge %(number)s?") % {"number": found.application.number},
        "crumbs": [
            (_("Your reviews"), reverse("review:assignments")),
            (found.application.number, ""),
        ],
        "assignment": found,
        "call_title": Text(call.title),
        "verdict": verdict,
        "about": (
            [
                told_part(part)
                for part in _parts(dossier_of(found))
                if not ABOUT.isdisjoint(part["means"])
            ]
            if verdict
            else []
        ),
        "conflicts": interest_choices(),
        "joint_years": get_terms(call).conflicts.joint_work_years,
    }


def dossier_context(found: Assignment) -> dict[str, Any]:
    """What a reviewer reads: the frozen dossier and its files."""
    dossier = dossier_of(found)
    named = [each for part in _parts(dossier) if part["type"] == "file" for each in part["value"]]
    documents = Document.objects.filter(
        application=found.application, reference__in=named
    ).select_related("file")
    return {
        "heading": _("Review %(number)s") % {"number": found.application.number},
        "subheading": " · ".join(
            map(in_reader_language, (found.application.call.title, found.step.label))
        ),
        "crumbs": [
            (_("Your reviews"), reverse("review:assignments")),
            (found.application.number, ""),
        ],
        "assignment": found,
        "dossier": dossier,
        "sections": told_sections(dossier),
        "documents": {each.reference: each for each in documents},
        "is_revision": found.state == "submitted",
    }
