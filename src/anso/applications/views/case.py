"""One applicant's case on the desk: more time for this one, or a withdrawal taken back."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.applications import queries
from anso.applications.actions.helping import extend_for_one, undo_withdrawal
from anso.applications.models import Application
from anso.applications.queries.windows import EDITABLE, deadline_of
from anso.applications.rules import may_help_applicant
from anso.applications.views.desk_application import heading_of
from anso.calls.rules import may_manage_call
from anso.kernel.errors import BadInput
from anso.kernel.typed_times import read_instant
from anso.ui.question_fields import sentence


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """What an officer may do for this one, each with a reason that the applicant reads."""
    now = timezone.now()
    application = queries.get_application_for(request.user, reference, now)
    if application.applicant.account_id == request.user.pk:
        raise Http404
    may_manage_call(request.user, application.call, now).require()
    fault_text = ""
    if request.method == "POST":
        try:
            messages.success(request, help_one(request, application, now))
            return redirect("applications:desk_detail", reference=reference)
        except BadInput as fault:
            fault_text = sentence(fault.message)
    context = heading_of(application) | {
        "application": application,
        "verdict": may_help_applicant(request.user, application, now),
        "may_extend": application.state in EDITABLE,
        "is_withdrawn": application.state == "withdrawn",
        "announced": deadline_of(application).announced,
        "typed": request.POST,
        "error_list": [{"key": "because", "message": fault_text}] if fault_text else [],
        "errors_heading": _("This could not be done"),
    }
    status = 422 if fault_text else 200
    return render(request, "applications/desk/case.html", context, status=status)


def help_one(request: HttpRequest, application: Application, now: dt.datetime) -> str:
    """Do what the button asks for; returns what to tell."""
    because = request.POST.get("because", "")
    if request.POST.get("act") == "restore":
        undo_withdrawal(application=application, because=because, actor=request.user, now=now)
        return _("The withdrawal was taken back, and the applicant is told.")
    day, time = request.POST.get("until_on", ""), request.POST.get("until_time", "")
    until = read_instant(day, time, application.call.zone, is_deadline=True)
    extend_for_one(
        application=application, until=until, because=because, actor=request.user, now=now
    )
    return _("This applicant has more time, and is told.")
