"""An officer writes down what a writer of a letter said by telephone or mail."""

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
from anso.applications.actions.taken_down import take_down_answer
from anso.applications.models import Application, Letter
from anso.applications.queries.letters import is_asked_yes_or_no
from anso.applications.rules import may_take_down_answer
from anso.applications.views.desk_application import heading_of
from anso.calls.rules import may_manage_call
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.ui.question_fields import sentence


def letter_on_desk(
    request: HttpRequest, reference: str, now: dt.datetime
) -> tuple[Letter, Application]:
    """A letter with its application, for officers of the call; 404 for who may not see it, and for
    the applicant whatever they are besides.
    """
    found = Letter.objects.select_related("application__call__programme", "application__applicant")
    letter = found.filter(reference=reference).first()
    if letter is None:
        raise Http404
    application = queries.get_application_for(request.user, letter.application.reference, now)
    if application.applicant.account_id == request.user.pk:
        raise Http404
    may_manage_call(request.user, application.call, now).require()
    return letter, application


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def take_down(request: HttpRequest, reference: str) -> HttpResponse:
    """What the writer answered, how, and why it is written down here."""
    now = timezone.now()
    letter, application = letter_on_desk(request, reference, now)
    faults: list[str] = []
    if request.method == "POST":
        facts = {
            "answer": request.POST.get("answer", ""),
            "because": request.POST.get("because", ""),
        }
        try:
            take_down_answer(letter=letter, actor=request.user, now=now, **facts)
            messages.success(
                request, _("It is written down; the writer and whoever asked are told.")
            )
            return redirect("applications:desk_detail", reference=application.reference)
        except BadInput as fault:
            faults = [sentence(fault.message)]
        except Refused as refused:
            faults = [str(reason) for reason in refused.verdict.reasons]
    choices = [("yes", _("Yes")), ("no", _("No"))] if is_asked_yes_or_no(letter) else []
    context = heading_of(application) | {
        "letter": letter,
        "verdict": may_take_down_answer(request.user, letter, "declined", now),
        "choices": [*choices, ("declined", _("They decline to write"))],
        "is_words": not choices,
        "typed": request.POST,
        "error_list": [{"key": "because", "message": each} for each in faults],
        "errors_heading": _("This could not be done"),
    }
    status = 422 if faults else 200
    return render(request, "applications/desk/taken_down.html", context, status=status)
