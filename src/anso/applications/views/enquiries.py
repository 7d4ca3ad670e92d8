"""Questions of an applicant about their own application, and the answers of its officers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anso.applications import queries
from anso.applications.actions.enquiries import answer_enquiry, ask_office, correct_answer
from anso.applications.queries.enquiries import (
    enquiries_of_call,
    get_enquiry_for,
    own_enquiries,
)
from anso.applications.rules import may_ask_office
from anso.applications.views import desk_application
from anso.applications.views.desk_table import desk_context
from anso.applications.views.enquiries_told import enquiry_row
from anso.applications.views.page_context import inner_crumbs, page_context
from anso.calls.queries import get_desk_call_for
from anso.calls.rules import may_manage_call
from anso.kernel.errors import BadInput
from anso.kernel.reasons import REASON_AT_MOST
from anso.ui.question_fields import sentence

PAGE_SIZE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """What the applicant asked the officers, what they answered, and a further question."""
    now = timezone.now()
    application = queries.get_own_application_for(request.user, reference)
    text, error = request.POST.get("question", ""), ""
    if request.method == "POST":
        try:
            ask_office(application=application, text=text, actor=request.user, now=now)
            messages.success(
                request,
                _("Your question is with the programme officers. Their answer comes by mail."),
            )
            return redirect("applications:enquiries", reference=reference)
        except BadInput as fault:
            error = sentence(fault.message)
    context = page_context(application, now) | {
        "heading": _("Your questions"),
        "crumbs": inner_crumbs(application, _("Your questions")),
        "asked": own_enquiries(application),
        "may_ask": may_ask_office(request.user, application, now),
        "text": text,
        "error": error,
        "error_list": [{"key": "question", "message": error}] if error else [],
        "at_most": REASON_AT_MOST,
    }
    status = 422 if error else 200
    return render(request, "applications/enquiries.html", context, status=status)


@login_required
@require_safe
def of_call(request: HttpRequest, reference: str) -> HttpResponse:
    """What applicants of a call asked: what waits first."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    may_manage_call(request.user, call, now).require()
    page = Paginator(enquiries_of_call(call), PAGE_SIZE).get_page(request.GET.get("page"))
    context = desk_context(call, _("Questions to the officers")) | {
        "page": page,
        "rows": [enquiry_row(request.user, each, now) for each in page.object_list],
        "is_list": True,
    }
    return render(request, "applications/desk/call_enquiries.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer one question, or correct the answer that was there ``before``; what was typed is kept
    where it cannot be sent.
    """
    now = timezone.now()
    enquiry = get_enquiry_for(request.user, reference, now)
    application, text = enquiry.application, request.POST.get("answer", "")
    before = request.POST.get("before")
    if application.applicant.account_id == request.user.pk:
        raise Http404
    try:
        if before is None:
            answer_enquiry(enquiry=enquiry, text=text, actor=request.user, now=now)
        else:
            seen = before.replace("\r\n", "\n")
            correct_answer(enquiry=enquiry, text=text, before=seen, actor=request.user, now=now)
    except BadInput as fault:
        fault_text = sentence(fault.message)
        messages.error(request, fault_text)
        return desk_application.show_application(
            request, application, now, typed_case={reference: text}, status=422
        )
    messages.success(request, _("Your answer is sent, and stands beside what it is about."))
    if "list" in request.POST:
        return redirect("applications:call_enquiries", reference=application.call.reference)
    page = reverse("applications:desk_detail", args=[application.reference])
    return redirect(f"{page}#enquiries")
