"""One applicant's case on the desk: more time for this one, a withdrawal taken back, a file put in,
a complete draft handed in.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.applications import queries
from anso.applications.actions.acting_for import hand_in_for, put_file_in
from anso.applications.actions.helping import extend_for_one, undo_withdrawal
from anso.applications.models import Application
from anso.applications.queries.acting_for import OpenSlot, slots_read_by
from anso.applications.queries.windows import EDITABLE, deadline_of
from anso.applications.rules import may_hand_in_for, may_help_applicant, may_put_file_in
from anso.applications.views.desk_application import heading_of
from anso.calls.rules import may_manage_call
from anso.files.actions import store_file
from anso.kernel.errors import BadInput
from anso.kernel.typed_times import read_instant
from anso.kernel.verdict import Refused
from anso.kernel.wording import gettext_noop
from anso.ui.question_fields import in_reader_language, sentence

FIELDS = {"file": "file", "hand_in": "because-hand_in"}


@login_required
@require_http_methods(("GET", "HEAD", "POST"))
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """What an officer may do for this one, each with a reason that the applicant reads."""
    now = timezone.now()
    application = queries.get_application_for(request.user, reference, now)
    if application.applicant.account_id == request.user.pk:
        raise Http404
    may_manage_call(request.user, application.call, now).require()
    faults: list[str] = []
    if request.method == "POST":
        try:
            messages.success(request, help_one(request, application, now))
            return redirect("applications:desk_detail", reference=reference)
        except BadInput as fault:
            faults = [sentence(fault.message)]
        except Refused as refused:
            faults = [str(reason) for reason in refused.verdict.reasons]
            application = queries.get_application_for(request.user, reference, now)
    field = FIELDS.get(request.POST.get("act", ""), "because")
    context = heading_of(application) | case_context(request, application, now)
    context["error_list"] = [{"key": field, "message": each} for each in faults]
    status = 422 if faults else 200
    return render(request, "applications/desk/case.html", context, status=status)


def case_context(
    request: HttpRequest, application: Application, now: dt.datetime
) -> dict[str, Any]:
    """What the page shows: what may be done for this one, and why the rest may not."""
    slots = slots_read_by(request.user, application, now)
    may_file = may_put_file_in(request.user, application, now)
    may_hand_in = may_hand_in_for(request.user, application, now)
    verdict = may_help_applicant(request.user, application, now)
    return {
        "application": application,
        "verdict": verdict,
        "may_extend": application.state in EDITABLE,
        "is_withdrawn": application.state == "withdrawn",
        "may_put_file_in": may_file,
        "may_hand_in": may_hand_in,
        "is_draft": application.state in ("draft", "invited"),
        "targets": file_targets(slots),
        "announced": deadline_of(application).announced,
        "typed": request.POST,
        "typed_act": request.POST.get("act", ""),
        "errors_heading": _("This could not be done"),
    }


def file_targets(slots: dict[str, OpenSlot]) -> list[dict[str, str]]:
    """Where a file may go: in the place of one that stands there, or beside those."""
    targets: list[dict[str, str]] = []
    for key, slot in slots.items():
        label = in_reader_language(slot.question.label)
        targets += [
            {"value": f"{key}:{each.reference}", "label": label, "file": each.file.name}
            for each in slot.standing
        ]
        if len(slot.standing) < slot.asked.max_count:
            targets.append({"value": f"{key}:", "label": label, "file": ""})
    return targets


def help_one(request: HttpRequest, application: Application, now: dt.datetime) -> str:
    """Do what the button asks for; returns what to tell."""
    facts: dict[str, Any] = {"application": application, "actor": request.user, "now": now}
    facts["because"] = request.POST.get("because", "")
    act = request.POST.get("act")
    if act == "restore":
        undo_withdrawal(**facts)
        return _("The withdrawal was taken back, and whoever withdrew is told.")
    if act == "hand_in":
        hand_in_for(asked=request.POST.get("asked", ""), **facts)
        return _("It is submitted. Whoever wrote it has the receipt, and reads who did it and why.")
    if act == "file":
        put_posted_file_in(request, facts)
        return _("The file is in, and whoever it belongs to is told.")
    day, time = request.POST.get("until_on", ""), request.POST.get("until_time", "")
    until = read_instant(day, time, application.call.zone, is_deadline=True)
    extend_for_one(until=until, **facts)
    return _("This person has more time, and is told.")


def put_posted_file_in(request: HttpRequest, facts: dict[str, Any]) -> None:
    """Put the posted file where the form says."""
    application, now = facts["application"], facts["now"]
    may_put_file_in(request.user, application, now).require()
    key, _colon, reference = request.POST.get("target", "").partition(":")
    slot = slots_read_by(request.user, application, now).get(key)
    sent = request.FILES.get("file")
    if slot is None:
        raise BadInput(gettext_noop("Choose where the file goes."))
    if sent is None:
        raise BadInput(gettext_noop("Choose the file."))
    replaces = next((each for each in slot.standing if each.reference == reference), None)
    if reference and replaces is None:
        raise BadInput(gettext_noop("This file does not stand there any more; look again."))
    stored = store_file(
        content=sent,
        name=sent.name or "",
        actor=request.user,
        now=now,
        accepted=slot.asked.accepts,
        max_bytes=slot.asked.max_bytes,
    )
    put_file_in(slot=key, stored=stored, replaces=replaces, **facts)
