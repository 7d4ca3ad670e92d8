"""Officers create a call from a programme's kind, and say who works on it."""

from __future__ import annotations

from collections.abc import Mapping
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
from anso.calls.forms.editions import parent_options, read_parent
from anso.calls.forms.outcome import read_count
from anso.calls.models import Call
from anso.calls.queries.editions import editions_to_begin_from
from anso.calls.rules import may_create_call
from anso.calls.views.editions import call_of_refusal, refusal_words
from anso.calls.wording import call_link, desk_name
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
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
    options = parent_options(request.user, None, now)
    entries = create_field_specs(programmes, options, now.year + 1)
    entries[1:1] = beginning_field_specs()
    status, standing = 200, None
    if request.method == "POST":
        typed = read_values(entries, request.POST)
        entries = [entry | {"value": typed[entry["key"]]} for entry in entries]
        try:
            return redirect(call_link("desk", create_from(request, programmes, typed, now)))
        except BadInput as fault:
            status, standing = 422, call_of_refusal(request.user, fault, now)
            place_fault(entries, fault.message.facts, sentence(fault.message))
        except Refused as refusal:
            # by the call above: whether they may create calls at all was asked before
            status = 422
            place_fault(entries, {"parent": ""}, refusal_words(refusal))
    else:
        entries = [
            entry | {"value": request.GET.get(entry["key"], entry.get("value"))}
            for entry in entries
        ]
    context = {
        "heading": _("Create a call"),
        "crumbs": [(_("Desk"), frame_link("desk")), (_("Create a call"), "")],
        "fields": fields_for(entries),
        "error_list": error_list(entries),
        "kinds": [(programme, find_kind(programme.kind)) for programme in programmes],
        "button": _("Create the draft"),
        "standing": standing,
    }
    return render(request, "calls/desk_form.html", context, status=status)


def place_fault(entries: list[dict[str, Any]], facts: Mapping[str, Any], words: str) -> None:
    """Tell a refusal beside the field that it is about: the year where it names none."""
    at = next((key for key in ("like", "parent", "round", "closes_on") if key in facts), "year")
    for entry in entries:
        if entry["key"] == at:
            entry["error"] = words


def create_field_specs(
    programmes: list[Programme], parents: list[tuple[str, str]], year: int
) -> list[dict[str, Any]]:
    """Programme, year of intake and round, of what the call is a part, and days where they differ
    from those of the kind.
    """
    names = tuple((programme.code, in_reader_language(programme.name)) for programme in programmes)
    days = (("opens_on", _("Opens on")), ("closes_on", _("Closes on, to the end of the day")))
    hint = _("Leave empty to take the day of that as which the call begins.")
    lines = (
        ("year", _("Year of intake"), "", str(year)),
        (
            "round",
            _("Letter of a further round"),
            _(
                "Only when the year has a call of this programme already. It stands in the title,"
                " the address and the numbers of what comes in."
            ),
            "",
        ),
    )
    return [
        {
            "key": "programme",
            "type": "choice",
            "label": _("Programme"),
            "required": True,
            "options": names,
        },
        *(
            {"key": key, "type": "text", "label": label, "hint": help_text, "value": value}
            | {"required": key == "year"}
            for key, label, help_text, value in lines
        ),
        {
            "key": "parent",
            "type": "select",
            "none": _("nothing"),
            "label": _("Part of"),
            "hint": _("Calls that you work on, and proposals that were selected there."),
            "options": tuple(parents),
        },
        *({"key": key, "type": "date", "label": label, "hint": hint} for key, label in days),
    ]


def beginning_field_specs() -> list[dict[str, Any]]:
    """As what the call begins, and whether with the people of that edition."""
    editions = tuple((each.reference, desk_name(each)) for each in editions_to_begin_from())
    return [
        {
            "key": "like",
            "type": "select",
            "none": _("what the kind of programme declares"),
            "label": _("Begins as"),
            "hint": _(
                "An earlier edition as it stood, with its amendments: terms, forms, rubric, letters"
                " and bodies. Its days move by the difference of the years. What else is taken"
                " over, and what is not, stands on the page “Edition”."
            ),
            "options": editions,
        },
        {
            "key": "people",
            "type": "select",
            "none": _("no"),
            "label": _("With the people of that edition"),
            "hint": _(
                "Officers who serve in the Secretariat today, and whoever answers for hosts."
            ),
            "options": (("yes", _("yes")),),
        },
    ]


def read_like(typed: str) -> Call | None:
    """The edition that was chosen; refuses one that is not offered."""
    if not typed:
        return None
    found = editions_to_begin_from().filter(reference=typed).first()
    if found is None:
        raise BadInput(gettext_noop("Choose one of the answers in the list."), like=typed)
    return found


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
    above = read_parent(request.user, typed["parent"], None, now)
    edition = actions.Edition(
        year,
        opens_on,
        closes_on,
        round=typed["round"].strip(),
        parent=above.call if above else None,
        proposal=above.proposal if above else "",
        like=read_like(typed["like"]),
        with_people=typed["people"] == "yes",
    )
    call = actions.create_call(programme=programme, edition=edition, actor=request.user, now=now)
    messages.success(request, _("The draft was created. Only those who work on it see it."))
    return call
