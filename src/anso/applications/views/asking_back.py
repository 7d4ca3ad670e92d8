"""Whoever is asked for yes or no asks the applicant first, and reads what these show them."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from anso.applications.actions.asking_back import ask_back
from anso.applications.queries.answers import name_told_to_writers
from anso.applications.queries.enquiries import exchange_of, get_document_of_writer
from anso.applications.queries.letter_links import open_letter_link
from anso.applications.rules import may_ask_back
from anso.applications.views.letter_reading import exchange_rows
from anso.applications.views.letter_writers import closed_page
from anso.applications.wording import letter_context
from anso.files.queries import file_response_for
from anso.kernel.errors import BadInput
from anso.kernel.reasons import REASON_AT_MOST
from anso.kernel.verdict import Refused
from anso.ui.question_fields import sentence


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_first(request: HttpRequest, token: str) -> HttpResponse:
    """A question to the applicant, sent instead of an answer."""
    now = timezone.now()
    found = open_letter_link(token, now)
    if found.letter is None or found.closed_because:
        return closed_page(request, found.closed_because or "unknown", found.letter)
    opened, text, error = found.letter, request.POST.get("question", ""), ""
    name, status = name_told_to_writers(opened.application), 200
    if request.method == "POST":
        try:
            ask_back(letter=opened, text=text, now=now)
            told = _("Your question is on its way to %(name)s. We write to you when they answer.")
            messages.success(request, told % {"name": name})
            return redirect("applications:letter", token=token)
        except BadInput as fault:
            error, status = sentence(fault.message), 422
        except Refused:
            status = 403  # the page says why
    context = letter_context(opened, token, now) | {
        "heading": _("Ask %(name)s something first") % {"name": name},
        "applicant": name,
        "may_ask": may_ask_back(opened, now),
        "exchange": exchange_rows(opened, exchange_of(opened)),
        "text": text,
        "error": error,
        "error_list": [{"key": "question", "message": error}] if error else [],
        "at_most": REASON_AT_MOST,
        "back_url": reverse("applications:letter", args=[token]),
    }
    return render(request, "applications/ask_first.html", context, status=status)


@never_cache
@require_safe
def letter_document(request: HttpRequest, token: str, reference: str) -> FileResponse:
    """A document that the applicant shows this writer, as long as the letter can be written."""
    found = open_letter_link(token, timezone.now())
    if found.letter is None or found.closed_because or found.letter.state == "declined":
        raise Http404
    return file_response_for(get_document_of_writer(found.letter, reference).file)
