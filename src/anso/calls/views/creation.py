"""Officers create a call from a programme's kind, and say who works on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions
from anso.calls.forms.dates import read_day
from anso.calls.forms.outcome import read_count
from anso.calls.models import Call
from anso.calls.rules import may_create_call
from anso.calls.wording import call_link
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.programmes.catalogue import find_kind
from anso.programmes.models import Programme
from anso.ui.fields import error_list, fields_for, read_values
from anso.ui.menus import frame_link
from anso.ui.question_fields import in_reader_language, sentence

DESK = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(DESK)
def create(request: HttpRequest) -> HttpResponse:
    """Choose a programme and a year; everything else follows from the programme's kind and can be
    edited before publication.
    """
    now = timezone.now()
    may_create_call(request.user, now).require()
    programmes = list(Programme.objects.filter(is_active=True).order_by("id"))
    entries = create_field_specs(programmes, now.year + 1)
    status = 200
    if request.method == "POST":
        typed = read_values(entries, request.POST)
        try:
            return redirect(call_link("desk", create_from(request, programmes, typed, now)))
        except BadInput as fault:
            entries = [entry | {"value": typed[entry["key"]]} for entry in entries]
            entries[1]["error"] = sentence(fault.message)
            status = 422
    context = {
        "heading": _("Create a call"),
        "crumbs": [(_("Desk"), frame_link("desk")), (_("Create a call"), "")],
        "fields": fields_for(entries),
        "error_list": error_list(entries),
        "kinds": [(programme, find_kind(programme.kind)) for programme in programmes],
        "button": _("Create the draft"),
    }
    return render(request, "calls/desk_form.html", context, status=status)


def create_field_specs(programmes: list[Programme], year: int) -> list[dict[str, Any]]:
    """Programme, year of intake, and days where they differ from those of the kind."""
    names = tuple((programme.code, in_reader_language(programme.name)) for programme in programmes)
    days = (("opens_on", _("Opens on")), ("closes_on", _("Closes on, to the end of the day")))
    hint = _("Leave empty to take the day that the kind of programme declares.")
    return [
        {
            "key": "programme",
            "type": "choice",
            "label": _("Programme"),
            "required": True,
            "options": names,
        },
        {
            "key": "year",
            "type": "text",
            "label": _("Year of intake"),
            "required": True,
            "value": str(year),
        },
        {
            "key": "round",
            "type": "text",
            "label": _("Letter of a further round"),
            "hint": _("Only when the year has a call already."),
        },
        *({"key": key, "type": "date", "label": label, "hint": hint} for key, label in days),
    ]


def create_from(
    request: HttpRequest, programmes: list[Programme], typed: dict[str, str], now: Any
) -> Call:
    """Create the call that the form describes; refuses an unknown programme, year or day."""
    programme = next((known for known in programmes if known.code == typed["programme"]), None)
    if programme is None:
        raise BadInput(gettext_noop("Choose a programme."))
    year = read_count(typed["year"], _("Year of intake"))
    if not now.year - 1 <= year <= now.year + 10:
        raise BadInput(gettext_noop("Give a year of intake near this one."))
    opens_on, closes_on = (
        read_day(typed[key]) if typed[key] else None for key in ("opens_on", "closes_on")
    )
    edition = actions.Edition(year, opens_on, closes_on, round=typed["round"].strip())
    call = actions.create_call(programme=programme, edition=edition, actor=request.user, now=now)
    messages.success(request, _("The draft was created. Only those who work on it see it."))
    return call
