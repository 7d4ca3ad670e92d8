"""Checking, submitting and withdrawing one's own application, and the receipts of submissions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anso.applications import actions, queries, wording
from anso.applications.forms import answer_rows, file_line
from anso.applications.models import Application
from anso.applications.queries.letters import LetterStatus, new_letters_due_at
from anso.applications.queries.required_letters import Lack
from anso.applications.rules import (
    may_change_application,
    may_withdraw_application,
)
from anso.applications.views.page_context import current_application, inner_crumbs, page_context
from anso.applications.wording import letter_state, need_of_status
from anso.applications.wording.casework import by_officer_in_words
from anso.calls.queries import get_terms
from anso.calls.queries.steps import steps_of_block
from anso.calls.wording import published_in_words
from anso.files.queries import file_response_for
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.programmes.wording import CallWords
from anso.ui.fields import fields_for, with_colon
from anso.ui.question_fields import in_reader_language, sentence

SHOWN_BESIDE = frozenset({"missing", "letter_missing"})


@login_required
@require_safe
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """All answers on one page, what is missing with links to it, and the button to submit."""
    return render_check(request, current_application(request, reference, timezone.now()))


def render_check(
    request: HttpRequest, application: Application, *, refused: Refused | None = None
) -> HttpResponse:
    """Draw the page of answers, with the reasons of a refused submission if there are any."""
    now = timezone.now()
    progress = queries.get_progress(application)
    sections = [
        {
            "title": in_reader_language(section.title),
            "url": wording.section_url(application, section.key),
            "rows": answer_rows(progress.form, section, progress.answers),
            "files": [
                file_line(each, is_fixed=True)
                for question in section.questions
                for each in progress.documents.get(question.key, [])
            ],
        }
        for section in progress.form.sections
    ]
    missing = [
        {
            "label": with_colon(in_reader_language(problem.label)),
            "words": sentence(problem.message),
            "url": wording.find_problem_url(application, problem, progress.writers),
        }
        for problem in progress.problems
    ]
    missing += [letter_missing(application, lack) for lack in progress.before_submission]
    reasons = (
        [str(reason) for reason in refused.verdict.reasons if reason.code not in SHOWN_BESIDE]
        if refused
        else []
    )
    ends = new_letters_due_at(application) if progress.letters else {}
    context = page_context(application, now) | {
        "heading": _("Check your answers"),
        "crumbs": inner_crumbs(application, _("Check your answers")),
        "sections": sections,
        "missing": missing,
        "has_problem": refused is not None,
        "reasons": reasons,
        "letters": [letter_line(application, each, ends) for each in progress.letters],
        "verdict": may_change_application(request.user, application, now),
        "is_changed": queries.has_unsubmitted_changes(application),
        "is_submitted": application.state == "submitted",
        "published": published_in_words(get_terms(application.call)),
    }
    return render(request, "applications/check.html", context, status=422 if refused else 200)


def letter_missing(application: Application, lack: Lack) -> dict[str, str]:
    """A letter that must be there before the submission, as one of the things that are missing."""
    return {
        "label": with_colon(wording.lack_in_words(lack, get_terms(application.call))),
        "words": wording.need_of_lack(lack, application),
        "url": reverse("applications:letters", args=[application.reference]),
    }


def letter_line(
    application: Application, status: LetterStatus, ends: Mapping[str, dt.datetime]
) -> dict[str, Any]:
    """One writer on the page of answers: who, how far, and what depends on it in short."""
    need = need_of_status(status, application.call, ends)
    name = status.name or in_reader_language(status.slot.question.label)
    return {"name": name, "need": need, **letter_state(status.code)}


@login_required
@require_POST
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Submit what is there. Whether it is in time is decided by the instant at which this request
    arrived.
    """
    arrived_at = getattr(request, "arrived_at", None) or timezone.now()
    application = current_application(request, reference, arrived_at)
    batch = application.call_id
    try:
        actions.submit_application(
            application=application, actor=request.user, arrived_at=arrived_at, now=timezone.now()
        )
    except Refused as refused:
        return render_check(request, application, refused=refused)
    if application.call_id != batch:
        text = _("The cut-off had passed when it reached us: it belongs to “%(call)s”.")
        title = in_reader_language(application.call.title)
        messages.info(request, text % {"call": title})
    return redirect("applications:receipt", reference=reference)


@login_required
@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """The proof of submission: number, instant, fingerprint, PDF."""
    now = timezone.now()
    application = queries.get_own_application_for(request.user, reference)
    submission = application.submission
    if submission is None:
        raise Http404
    entry = CallWords(get_terms(application.call)).entry
    context = page_context(application, now) | {
        "heading": _("We have received %(your_entry)s") % {"your_entry": entry.your},
        "yours": entry.yours,
        "crumbs": inner_crumbs(application, _("Receipt")),
        "submission": submission,
        "is_in_steps": len(steps_of_block(application.call, "applications")) > 1,
        "by_officer": by_officer_in_words(submission),
        "versions": list(application.submissions.select_related("step").order_by("-version")),
    }
    return render(request, "applications/receipt.html", context)


@login_required
@require_safe
def receipt_pdf(request: HttpRequest, reference: str, version: int) -> FileResponse:
    """The PDF of one submission, once it has been made."""
    application = queries.get_own_application_for(request.user, reference)
    submission = application.submissions.select_related("pdf").filter(version=version).first()
    if submission is None or submission.pdf is None:
        raise Http404
    return file_response_for(submission.pdf)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then withdraw."""
    now = timezone.now()
    application = queries.get_own_application_for(request.user, reference)
    because, error = request.POST.get("because", ""), ""
    if request.method == "POST":
        try:
            actions.withdraw_application(
                application=application, actor=request.user, now=now, because=because
            )
            messages.success(request, _("It is withdrawn."))
            return redirect("applications:detail", reference=reference)
        except BadInput as fault:  # nothing that was typed is lost
            error = sentence(fault.message)
    may_withdraw_application(request.user, application, now).require()
    return render(
        request,
        "applications/withdraw.html",
        page_context(application, now) | withdrawal_question(application, because, error),
        status=422 if error else 200,
    )


def withdrawal_question(application: Application, because: str, error: str) -> dict[str, Any]:
    """What the page asks before an application is withdrawn."""
    back_url = reverse("applications:detail", args=[application.reference])
    reason = {
        "key": "because",
        "type": "longtext",
        "label": _("Why do you withdraw?"),
        "hint": _("It helps us, and only we read it."),
        "lines": 4,
        "value": because,
        "error": error,
    }
    return {
        "heading": _("Withdraw %(number)s?") % {"number": application.number},
        "consequences": [
            _("It is not judged any further."),
            _("Whoever was asked for a letter and has not answered is told that none is needed."),
            _("You cannot take this back. While the call is open you can start anew."),
        ],
        "fields": fields_for([reason]),
        "button": _("Withdraw"),
        "back_label": _("Keep it"),
        "back_url": back_url,
        "action_url": "",
        "is_final": True,
        "crumbs": inner_crumbs(application, _("Withdraw")),
    }
