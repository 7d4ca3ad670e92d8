"""The button by which whoever proposed something has the call opened that belongs to it."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anso.applications import queries
from anso.applications.actions.opening import open_call_of_proposal
from anso.applications.models import Application
from anso.applications.rules import may_open_call_of
from anso.calls.queries.editions import programmes_of_parts
from anso.kernel.actors import Actor
from anso.programmes.models import Programme


@login_required
@require_POST
def open_call(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the draft and give it to the office."""
    application = queries.get_own_application_for(request.user, reference)
    programme = get_object_or_404(
        programmes_of_parts(application.call), code=request.POST.get("programme", "")
    )
    open_call_of_proposal(
        application=application, programme=programme, actor=request.user, now=timezone.now()
    )
    messages.success(
        request,
        _("A draft was made of what you proposed. The office checks and publishes it."),
    )
    return redirect("applications:detail", reference=reference)


def programmes_to_open(
    account: Actor, application: Application, now: dt.datetime
) -> list[Programme]:
    """The programmes of which a call belongs to what was selected, where its own may be opened."""
    if application.state != "decided" or not may_open_call_of(account, application, now):
        return []
    return list(programmes_of_parts(application.call))
