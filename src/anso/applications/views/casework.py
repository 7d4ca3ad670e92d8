"""What officers keep beside an application for themselves: notes, flags, and whose file it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anso.applications import queries
from anso.applications.actions.casework import name_owner, remove_note, set_flags, write_note
from anso.applications.models import Application
from anso.applications.queries.casework import notes_visible_to, officers_of
from anso.applications.rules import may_keep_case
from anso.applications.views import desk_application
from anso.kernel.errors import BadInput
from anso.ui.question_fields import sentence


@login_required
@require_POST
def keep(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a note or take one's own away, set the flags, say whose file it is."""
    now = timezone.now()
    application = queries.get_application_for(request.user, reference, now)
    if application.applicant.account_id == request.user.pk:
        raise Http404
    may_keep_case(request.user, application, now).require()
    try:
        messages.success(request, keep_one(request, application, now))
    except BadInput as fault:
        fault_text = sentence(fault.message)
        messages.error(request, fault_text)
        typed = {"note": request.POST.get("note", ""), "error": fault_text}
        return desk_application.show_application(
            request, application, now, typed_case=typed, status=422
        )
    return redirect(reverse("applications:desk_detail", args=[reference]) + "#case")


def keep_one(request: HttpRequest, application: Application, now: dt.datetime) -> str:
    """Do what the button asks for; returns what to tell."""
    facts: dict[str, Any] = {"actor": request.user, "now": now}
    act, _colon, key = request.POST.get("act", "").partition(":")
    if act == "note":
        write_note(application=application, text=request.POST.get("note", ""), **facts)
        return _("The note is kept.")
    if act == "remove":
        note = notes_visible_to(request.user, application, now).filter(reference=key).first()
        if note is None:
            raise Http404
        remove_note(note=note, **facts)
        return _("Your note was taken away; that it was there stays.")
    if act != "case":
        raise Http404
    chosen, owner = request.POST.get("owner", ""), None
    if chosen:
        owner = next((o for o in officers_of(application.call) if o.reference == chosen), None)
        if owner is None:
            raise Http404
    name_owner(application=application, owner=owner, **facts)
    set_flags(application=application, flags=request.POST.getlist("flags"), **facts)
    return _("Kept.")
