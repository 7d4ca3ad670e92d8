"""An officer puts in a letter that came by mail, or takes back that a writer declined."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.applications.actions.letters_put_in import put_letter_in, take_back_decline
from anso.applications.models import Letter
from anso.applications.queries.letters import slot_of_mailed_letter
from anso.applications.rules import may_put_letter_in, may_take_back_decline
from anso.applications.views.desk_application import heading_of
from anso.applications.views.taken_down import letter_on_desk
from anso.files.actions import store_file
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.kernel.wording import gettext_noop
from anso.ui.question_fields import sentence


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def put_in(request: HttpRequest, reference: str) -> HttpResponse:
    """The letter as a file with how it came; for one that was declined, opening it again."""
    now = timezone.now()
    letter, application = letter_on_desk(request, reference, now)
    faults: list[str] = []
    if request.method == "POST":
        try:
            messages.success(request, do_one(request, letter, now))
            return redirect("applications:desk_detail", reference=application.reference)
        except BadInput as fault:
            faults = [sentence(fault.message)]
        except Refused as refused:
            faults = [str(reason) for reason in refused.verdict.reasons]
    is_declined = letter.state == "declined"
    may = may_take_back_decline if is_declined else may_put_letter_in
    context = heading_of(application) | {
        "letter": letter,
        "verdict": may(request.user, letter, now),
        "is_declined": is_declined,
        "typed": request.POST,
        "error_list": [{"key": "because", "message": each} for each in faults],
        "errors_heading": _("This could not be done"),
    }
    status = 422 if faults else 200
    return render(request, "applications/desk/letter_put_in.html", context, status=status)


def do_one(request: HttpRequest, letter: Letter, now: dt.datetime) -> str:
    """Do what the button asks for; returns what to tell."""
    facts: dict[str, Any] = {
        "letter": letter,
        "because": request.POST.get("because", ""),
        "actor": request.user,
        "now": now,
    }
    if request.POST.get("act") == "again":
        take_back_decline(**facts)
        return _("The letter is asked for again; the writer and whoever asked are told.")
    may_put_letter_in(request.user, letter, now).require()
    sent, slot = request.FILES.get("file"), slot_of_mailed_letter(letter)
    if sent is None:
        raise BadInput(gettext_noop("Choose the file."))
    stored = store_file(
        content=sent,
        name=sent.name or "",
        actor=request.user,
        now=now,
        accepted=slot.accepts,
        max_bytes=slot.max_bytes,
    )
    put_letter_in(stored=stored, **facts)
    return _("The letter is in; the writer and whoever asked are told.")
