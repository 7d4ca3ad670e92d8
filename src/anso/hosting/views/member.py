"""A host's own people: whom they have to answer about, what they read, what they say."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anso.accounts.middleware import SignedInRequest
from anso.applications.models import Submission
from anso.applications.queries.visibility import submitted_documents_of
from anso.calls.queries.steps import step_closes_at
from anso.files.queries import file_response_for
from anso.hosting import actions, rules
from anso.hosting.enums import HostSays
from anso.hosting.queries import (
    Candidate,
    document_read_by_hosts,
    get_candidate_for,
    get_host_step,
    has_begun,
    lists_of_hosts,
    read_by_hosts,
)
from anso.hosting.wording import answer_shown, host_name, sections_read
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.ui.question_fields import in_reader_language
from anso.ui.refusals import words_of_refusal


@login_required
@require_safe
def candidates(request: SignedInRequest) -> HttpResponse:
    """Everybody who named a host for which this person answers."""
    now = timezone.now()
    lists = [
        {
            "host": host,
            "name": host_name(host),
            "step": step,
            "has_begun": has_begun(step, now),
            "closes_at": step_closes_at(step),
            "rows": [(each, *answer_shown(each.answer)) for each in found],
        }
        for host, step, found in lists_of_hosts(request.user, now)
    ]
    context = {"heading": _("Candidates of your host"), "lists": lists}
    return render(request, "hosting/candidates.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def candidate(request: SignedInRequest, host: str, reference: str) -> HttpResponse:
    """What one candidate submitted for hosts' eyes, and the host's answer."""
    now = timezone.now()
    found = get_candidate_for(request.user, host, reference, now)
    if request.method != "POST":
        return _page(request, found, now)
    try:
        actions.answer_for_host(
            actor=request.user,
            candidate=found,
            says=request.POST.get("says", ""),
            words=request.POST.get("words", ""),
            now=now,
        )
    except BadInput as refusal:
        return _page(request, found, now, words_of_refusal(refusal), 422)
    except Refused as refusal:
        return _page(request, found, now, words_of_refusal(refusal), 403)
    messages.success(request, _("Your answer is kept. You can correct it until the days are over."))
    return redirect("hosting:candidates")


def _page(
    request: SignedInRequest, found: Candidate, now: dt.datetime, error: str = "", status: int = 200
) -> HttpResponse:
    application, submission = found.application, _submission_of(found)
    read = read_by_hosts(submission)
    step = get_host_step(application.call)
    answer = found.answer
    context = {
        "heading": f"{application.number} · {application.subject_name}",
        "subheading": f"{host_name(found.host)} · {in_reader_language(application.call.title)}",
        "crumbs": [
            (_("Candidates of your host"), reverse("hosting:candidates")),
            (application.number, ""),
        ],
        "candidate": found,
        "call": application.call,
        "sections": sections_read(read),
        "documents": submitted_documents_of(submission, read),
        "verdict": rules.may_answer_for_host(request.user, found.host, application, now),
        "closes_at": step_closes_at(step) if step else None,
        "answer": answer_shown(answer),
        "choices": HostSays.choices,
        "typed": request.POST
        or ({"says": answer.says, "words": answer.words} if answer is not None else {}),
        "error": error,
    }
    return render(request, "hosting/candidate.html", context, status=status)


def _submission_of(found: Candidate) -> Submission:
    submission = found.application.submission
    if submission is None:
        raise Http404("nothing was submitted")
    return submission


@login_required
@require_safe
def document(
    request: SignedInRequest, host: str, reference: str, file_reference: str
) -> FileResponse:
    """A document that was submitted for hosts' eyes."""
    found = get_candidate_for(request.user, host, reference, timezone.now())
    return file_response_for(document_read_by_hosts(_submission_of(found), file_reference).file)
