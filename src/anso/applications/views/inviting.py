"""The officer's page of whom a call by invitation is open to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from anso.applications.actions.inviting import (
    invite_again,
    invite_to_start,
    take_invitation_back,
)
from anso.applications.queries.invited import get_invited, rows_of
from anso.applications.rules import may_invite_to_start
from anso.applications.views.desk_table import desk_context
from anso.applications.wording.invited import answer_in_words
from anso.calls.models import Call
from anso.calls.queries import get_deadline, get_desk_call_for
from anso.kernel.errors import BadInput
from anso.kernel.people_lists import read_people
from anso.kernel.typed_times import read_day
from anso.ui.fields import error_list, fields_for
from anso.ui.question_fields import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def inviting(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a list of names and addresses, and see what each did; send again, take back."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    may_invite_to_start(request.user, call, now).require()
    error = ""
    if request.method == "POST":
        try:
            messages.success(request, do_one(request, call, now))
            return redirect("applications:inviting", reference=reference)
        except BadInput as wrong:
            error = sentence(wrong.message)
            line = wrong.message.facts.get("line")
            if line:
                error = _("Line %(number)s: %(fault)s") % {"number": line, "fault": error}
    specs = list_specs(call, request.POST, error)
    context = desk_context(call, _("Who is invited")) | {
        "fields": fields_for(specs),
        "error_list": error_list(specs),
        "rows": [(each, *answer_in_words(each)) for each in rows_of(call)],
    }
    return render(request, "applications/desk/inviting.html", context, status=422 if error else 200)


def do_one(request: HttpRequest, call: Call, now: dt.datetime) -> str:
    """Do what the button asks for; returns what to tell."""
    act, _colon, key = request.POST.get("act", "").partition(":")
    told: dict[str, Any] = {"actor": request.user, "now": now}
    if act == "back":
        take_invitation_back(invited=get_invited(call, key), **told)
        return _("The invitation was taken back, and the mail that says so was written.")
    until_on = read_day(request.POST.get("until_on", ""))
    if act == "again":
        invite_again(invited=get_invited(call, key), until_on=until_on, **told)
        return _("The mail was written once more.")
    language = request.POST.get("language", "")
    invited = invite_to_start(
        call=call,
        lines=read_people(request.POST.get("list", "")).lines,
        until_on=until_on,
        language=language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        **told,
    )
    count = len(invited)
    return ngettext("%(count)s person was invited.", "%(count)s people were invited.", count) % {
        "count": count
    }


def list_specs(call: Call, posted: Any, error: str) -> list[dict[str, Any]]:
    """The fields of the page with what was typed."""
    return [
        {
            "key": "list",
            "type": "longtext",
            "lines": 6,
            "label": _("Names and addresses, a person a line"),
            "hint": _("Such as: Amina Yusuf, amina@example.org, University of Nairobi"),
            "value": posted.get("list", ""),
            "error": error,
        },
        {
            "key": "until_on",
            "type": "date",
            "label": _("They may start until the end of"),
            "required": True,
            "value": posted.get("until_on", "") or get_deadline(call).last_day.isoformat(),
        },
        {
            "key": "language",
            "type": "choice",
            "label": _("Language of the mail for those without an account"),
            "required": True,
            "options": [(code, name) for code, name in settings.LANGUAGES],
            "value": posted.get("language", settings.LANGUAGE_CODE),
        },
    ]
