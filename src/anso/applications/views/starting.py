"""An applicant's way in: one's own applications, and beginning another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anso.applications import actions, queries, wording
from anso.applications.forms import read_ordinal
from anso.applications.models import Application
from anso.applications.queries.reusing import applications_to_reuse
from anso.applications.rules import (
    may_start_application,
)
from anso.calls.models import Call
from anso.calls.queries import get_call_for, get_deadline, get_terms
from anso.calls.wording.batches import after_cut_off
from anso.calls.wording.queues import fullness_in_words
from anso.directory.queries import get_person_of
from anso.directory.wording import name_question
from anso.programmes.wording import CallWords
from anso.ui.fields import error_list, fields_for
from anso.ui.question_fields import in_reader_language

CHECK_ANSWERS = "eligibility_answers"


@login_required
@require_safe
def application_list(request: HttpRequest) -> HttpResponse:
    """One's own applications, with where each stands."""
    now = timezone.now()
    own = queries.list_own_applications(request.user)
    rows = [
        application_row(application, standing)
        for application, standing in wording.standings_of(own, now)
    ]
    return render(
        request,
        "applications/list.html",
        {"heading": _("Your applications"), "rows": rows, "now": now},
    )


def application_row(application: Application, standing: wording.Standing) -> dict[str, Any]:
    """One line of the list."""
    title = in_reader_language(application.call.title)
    url = reverse("applications:detail", args=[application.reference])
    return {
        "application": application,
        "title": title,
        "url": url,
        "word": standing.word,
        "tone": standing.tone,
        "words": standing.words or standing.heading,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an application; whoever has as many as the call takes of one person is led there."""
    now = timezone.now()
    call = get_call_for(request.user, slug, now)
    standing = list(queries.current_applications_of(request.user, call))
    place = queries.next_ordinal_of(standing, call)
    if place is None and request.method != "POST":
        return redirect("applications:detail", reference=standing[-1].reference)
    kept = request.session.get(CHECK_ANSWERS, {}).get(slug, {})
    asked = [] if get_person_of(request.user) else [name_question()]
    earlier = applications_to_reuse(request.user, call)
    if request.method == "POST":
        if not asked or request.POST.get("full_name", "").strip():
            return begin(request, call, kept, now)
        asked[0]["error"] = _("Write your name. One name is enough if you have one.")
    words = CallWords(get_terms(call)).entry
    context = {
        "heading": words.start_yours,
        "words": words,
        "call": call,
        "now": now,
        "verdict": may_start_application(request.user, call, now),
        "standing": standing,
        "ordinal": place,
        "carried": len(kept),
        "announced": get_deadline(call).announced,
        "after_close": after_cut_off(call, now),
        "full": fullness_in_words(call),
        "fields": fields_for([*asked, *([reuse_question(earlier, now)] if earlier else [])]),
        "error_list": error_list(asked),
    }
    status = 422 if context["error_list"] else 200
    return render(request, "applications/start.html", context, status=status)


def reuse_question(earlier: list[Application], now: dt.datetime) -> dict[str, Any]:
    """Whether to begin with an empty form, or with what an earlier application says."""
    told = [
        (each.reference, f"{each.number} · {in_reader_language(each.call.title)}", standing.word)
        for each, standing in wording.standings_of(earlier, now)
    ]
    return {
        "key": "reuse",
        "type": "choice",
        "label": _("What to begin with"),
        "hint": _(
            "Answers and documents to the same questions are taken over, for you to check. You"
            " confirm statements anew, and whoever writes a letter is asked anew."
        ),
        "required": True,
        "options": [("", _("An empty form"), ""), *told],
        "value": "",
    }


def begin(request: HttpRequest, call: Call, kept: dict[str, Any], now: dt.datetime) -> HttpResponse:
    """Start the application with the answers that were kept, and go to its task list."""
    if request.POST.get("reuse"):
        return begin_from_earlier(request, call, kept, now)
    application = actions.start_application(
        call=call,
        actor=request.user,
        now=now,
        answers=kept,
        full_name=request.POST.get("full_name", ""),
        ordinal=read_ordinal(request.POST),
    )
    messages.success(
        request,
        _("%(number)s was started. Everything you type is kept.") % {"number": application.number},
    )
    return redirect("applications:detail", reference=application.reference)


def begin_from_earlier(
    request: HttpRequest, call: Call, kept: dict[str, Any], now: dt.datetime
) -> HttpResponse:
    """Start it with what one of one's own earlier applications says."""
    earlier = queries.get_own_application_for(request.user, request.POST["reuse"])
    begun = actions.start_from_earlier(
        earlier=earlier,
        call=call,
        actor=request.user,
        now=now,
        answers=kept,
        ordinal=read_ordinal(request.POST),
    )
    told = _(
        "%(number)s was started. Taken over from %(earlier)s: answers %(answers)d, documents"
        " %(documents)d. Look at each of them."
    )
    facts = {"number": begun.application.number, "earlier": earlier.number}
    counts = {"answers": begun.answers, "documents": begun.documents}
    messages.success(request, told % (facts | counts))
    return redirect("applications:detail", reference=begun.application.reference)
