"""Reviews of decisions: asked for by whoever wrote the application, answered by an officer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anso.accounts.middleware import SignedInRequest
from anso.applications.wording import application_link
from anso.calls.queries import get_desk_call_for, get_terms
from anso.calls.rules import may_manage_call
from anso.calls.wording import appeals_in_words, call_link, desk_crumbs
from anso.decisions import actions, rules
from anso.decisions.enums import Ground
from anso.decisions.models import Appeal, Decision
from anso.decisions.queries import get_decision_shown_to, placements_behind
from anso.decisions.queries.appeals import (
    appeal_days_of,
    appeals_of,
    get_appeal_file_for,
    get_desk_appeal_for,
    is_corrected_since,
    latest_appeal_of,
)
from anso.decisions.wording import decision_link, words_for_decision
from anso.decisions.wording.appeals import appeal_in_words, appeal_state
from anso.files.actions import store_file
from anso.files.models import StoredFile
from anso.files.queries import file_response_for
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.programmes.wording import CallWords
from anso.ui.question_fields import in_reader_language, sentence

ACCEPTED = ("application/pdf", "image/jpeg", "image/png")
LARGEST_MB = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_review(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask for a review of one's own decision, read what was asked, or take it back."""
    now, fault_text = timezone.now(), ""
    decision = get_decision_shown_to(request.user, reference)
    if request.method == "POST":
        try:
            messages.success(request, _carry_out(request, decision, now))
            return redirect(application_link("result", decision.application))
        except BadInput as fault:
            fault_text = sentence(fault.message)
    appeal = latest_appeal_of(decision)
    state, tone = appeal_state(appeal.state) if appeal else ("", "")
    application = decision.application
    back_url = application_link("result", application)
    context = {
        "heading": _("Review of the decision"),
        "subheading": application.number,
        "crumbs": [
            (
                CallWords(get_terms(application.call)).entry.yours,
                reverse("applications:detail", args=[application.reference]),
            ),
            (_("Outcome"), back_url),
            (_("Review of the decision"), ""),
        ],
        "call": application.call,
        "appeal": appeal,
        "state": state,
        "tone": tone,
        "may": rules.may_appeal(request.user, decision, now),
        "words": appeal_in_words(decision, appeal_days_of(decision)),
        "grounds": Ground.choices,
        "typed": request.POST,
        "max_mb": LARGEST_MB,
        "back_url": back_url,
        "error_list": [{"key": "text", "message": fault_text}] if fault_text else [],
        "errors_heading": _("Your request was not sent"),
    }
    status = 422 if fault_text else 200
    return render(request, "decisions/ask_review.html", context, status=status)


def _carry_out(request: SignedInRequest, decision: Decision, now: dt.datetime) -> str:
    if request.POST.get("act") == "withdraw":
        appeal = latest_appeal_of(decision)
        if appeal is None:
            raise BadInput(gettext_noop("There is no request to take back."))
        actions.withdraw_appeal(appeal=appeal, actor=request.user, now=now)
        return _("You took your request back. The decision stands.")
    rules.may_appeal(request.user, decision, now).require()
    actions.file_appeal(
        decision=decision,
        ground=request.POST.get("ground", ""),
        text=request.POST.get("text", ""),
        stored=_stored(request, now),
        actor=request.user,
        now=now,
    )
    return _("Your request arrived. We answer it in writing.")


def _stored(request: SignedInRequest, now: dt.datetime) -> StoredFile | None:
    for sent in request.FILES.getlist("file")[:1]:
        return store_file(
            content=sent,
            name=sent.name or "",
            actor=request.user,
            now=now,
            accepted=ACCEPTED,
            max_bytes=LARGEST_MB << 20,
        )
    return None


@login_required
@require_safe
def appeals(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every request in a call, those that wait on top."""
    call = get_desk_call_for(request.user, reference, timezone.now())
    heading = _("Requests for a review")
    context = {
        "heading": heading,
        "subheading": in_reader_language(call.title),
        "crumbs": desk_crumbs(call, heading),
        "call": call,
        "words": appeals_in_words(get_terms(call)),
        "rows": [(each, *appeal_state(each.state)) for each in appeals_of(call)],
    }
    return render(request, "decisions/desk_appeals.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: SignedInRequest, reference: str) -> HttpResponse:
    """One request: what was asked and decided; an officer answers it, and corrects what was
    wrong.
    """
    now, fault_text = timezone.now(), ""
    shown = get_desk_appeal_for(request.user, reference, now)
    if request.method == "POST":
        try:
            return _answer(request, shown, now)
        except BadInput as fault:
            fault_text = sentence(fault.message)
    context = _desk_context(request, shown, now) | {
        "typed": request.POST,
        "error_list": [{"key": "answer", "message": fault_text}] if fault_text else [],
        "errors_heading": _("The answer was not sent"),
    }
    status = 422 if fault_text else 200
    return render(request, "decisions/desk_appeal.html", context, status=status)


def _answer(request: SignedInRequest, shown: Appeal, now: dt.datetime) -> HttpResponse:
    found = request.POST.get("found", "")
    rules.may_answer_appeal(request.user, shown, now).require()
    if found not in ("upheld", "rejected"):
        raise BadInput(gettext_noop("Choose what you find."))
    is_upheld = found == "upheld"
    actions.answer_appeal(
        appeal=shown,
        is_upheld=is_upheld,
        answer=request.POST.get("answer", ""),
        actor=request.user,
        now=now,
    )
    messages.success(
        request, _("The answer leaves by mail and stands on the page of whoever asked.")
    )
    correct_url = decision_link("correct", shown.decision) if is_upheld else ""
    return redirect(correct_url or reverse("decisions:appeal", args=[shown.reference]))


def _desk_context(request: SignedInRequest, shown: Appeal, now: dt.datetime) -> dict[str, Any]:
    decision, call = shown.decision, shown.decision.application.call
    state, tone = appeal_state(shown.state)
    is_officer = may_manage_call(request.user, call, now).allowed
    is_to_correct = shown.state == "upheld" and not is_corrected_since(shown)
    return {
        "heading": _("Request for a review: %(number)s") % {"number": decision.application.number},
        "subheading": decision.application.subject_name,
        "crumbs": [
            (in_reader_language(call.title), call_link("desk", call)),
            (_("Requests for a review"), reverse("decisions:appeals", args=[call.reference])),
            (decision.application.number, ""),
        ],
        "call": call,
        "words": CallWords(get_terms(call)),
        "appeal": shown,
        "state": state,
        "tone": tone,
        "may": rules.may_answer_appeal(request.user, shown, now),
        "why": words_for_decision(
            decision,
            placements_behind([decision]).get(decision.application_id),
            get_terms(call),
        ),
        "application_url": reverse(
            "applications:desk_detail", args=[decision.application.reference]
        ),
        "correct_url": decision_link("correct", decision) if is_officer and is_to_correct else "",
    }


@login_required
@require_safe
def appeal_file(request: SignedInRequest, reference: str) -> FileResponse:
    """The file of a request, for its author and for the desk of the call."""
    return file_response_for(get_appeal_file_for(request.user, reference, timezone.now()))
