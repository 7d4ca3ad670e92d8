"""Officers compose a call: a stage is added on a page of its own; a stage or a section of a form is
taken away after a page that says what goes with it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.calls import actions, queries
from anso.calls.forms.stages import new_stage_specs, read_new_stage
from anso.calls.models import Call
from anso.calls.queries.amendments import is_amending, reasons_against_removal
from anso.calls.queries.stages import Departure, departure_of_section, departure_of_stage
from anso.calls.rules import may_change_list, may_edit_call
from anso.calls.views.attempts import Attempt, drawn_fields, try_to_save
from anso.calls.views.design import DESK, timeline_rows
from anso.calls.views.rows import draw_list, find_shelf, list_context
from anso.calls.wording.choices import Shelf
from anso.calls.wording.stages import departure_in_words, stages_to_add
from anso.kernel.errors import ProductError, Stale
from anso.kernel.rows import Row, cell
from anso.kernel.terms.stages import STAGE_KINDS
from anso.kernel.terms.tables import STAGES
from anso.ui.drafts import PostedDraft, parts_of, read_base
from anso.ui.fields import shown_values
from anso.ui.question_fields import in_reader_language, sentence


@login_required
@require_http_methods(DESK)
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """A new stage of the kind that the address names, beside the days of those that there are."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_edit_call(request.user, call, now).require()
    shelf, code = find_shelf(call, STAGES.key), request.GET.get("as", "interview")
    if code not in dict(stages_to_add(shelf.terms)):
        return redirect("calls:rows", reference=reference, table=STAGES.key)
    specs, tried = new_stage_specs(code, shelf), Attempt()
    shown = shown_values(specs)
    if request.method == "POST":
        key, tried = add_it(request, call, code, specs)
        if key:
            messages.success(request, _("Added."))
            return redirect(page_after(call, key))
        shown |= tried.posted.values if tried.posted else {}
    context = list_context(request, call, shelf, now) | {
        "heading": _("Add: %(what)s") % {"what": _(STAGE_KINDS[code].label)},
        "hint": _(STAGE_KINDS[code].hint),
        "fields": drawn_fields(specs, shown, tried),
        "error_list": list(tried.faults),
        "errors_heading": _("This could not be saved"),
        "days": timeline_rows(shelf.terms, {}),
    }
    return render(request, "calls/desk_add_row.html", context, status=tried.status)


def add_it(
    request: HttpRequest, call: Call, code: str, specs: list[dict[str, Any]]
) -> tuple[str, Attempt]:
    """Add the stage that was typed; its key, or blank where something stands in the way."""
    made: list[str] = []

    def save(posted: PostedDraft) -> None:
        new = read_new_stage(code, posted.values)
        now = timezone.now()
        made.append(actions.add_stage(call=call, new=new, actor=request.user, now=now))

    def place(facts: Any) -> str:
        return str(facts.get("field", "starts_on"))

    tried = try_to_save(request, call, parts_of(specs), save, place=place)
    return "".join(made), tried


def page_after(call: Call, key: str) -> str:
    """Where what a new stage still needs is written: its criteria, its questions."""
    fresh = Call.objects.get(pk=call.pk)
    shelf = find_shelf(fresh, STAGES.key)
    row = shelf.table.row(shelf.within.content, key) or {}
    if row.get("rubric") == key:
        return reverse("calls:rubric", args=[call.reference]) + f"?of={key}"
    if row.get("form"):
        return reverse("calls:questions_of", args=[call.reference, row["form"]])
    return reverse("calls:rows", args=[call.reference, STAGES.key])


@login_required
@require_http_methods(DESK)
def removal(request: HttpRequest, reference: str, table: str, key: str) -> HttpResponse:
    """What goes with a stage or a section and what still reads it, and the button that takes it
    away.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    shelf = find_shelf(call, table)
    if not is_removed_by_page(shelf):
        raise Http404("rows of this list have no such page")
    may_change_list(request.user, call, now, purpose=shelf.within.purpose).require()
    if request.method == "POST":
        return take_away(request, call, shelf, key, now)
    row = shelf.table.row(shelf.within.content, key)
    if row is None:
        raise Http404("no such row")
    name = in_reader_language(cell(row, shelf.table.name) or {}) or key
    context = list_context(request, call, shelf, now) | {
        "heading": _("Remove “%(what)s”?") % {"what": name},
        "consequences": departure_in_words(departure_of(call, shelf, row)),
        "refused": refused_in_words(call, shelf, key, now),
        "back_url": reverse("calls:rows", args=[reference, table]),
    }
    return render(request, "calls/desk_removal.html", context)


def is_removed_by_page(shelf: Shelf) -> bool:
    """Whether more than a row goes: a stage with its form, a section with its questions."""
    is_section = shelf.within.purpose and not shelf.within.question
    return bool(is_section) or shelf.table.key == STAGES.key


def refused_in_words(call: Call, shelf: Shelf, key: str, now: dt.datetime) -> list[str]:
    """Why a stage of a published call is not taken away; empty where it is."""
    if shelf.within.purpose or not is_amending(call):
        return []
    stage = next(each for each in shelf.terms.stages if each.key == key)
    return [sentence(each) for each in reasons_against_removal(call, stage, now)]


def departure_of(call: Call, shelf: Shelf, row: Row) -> Departure:
    """What goes with a row."""
    if shelf.within.purpose:
        return departure_of_section(call, shelf.terms, shelf.within.purpose, row["key"])
    stage = next(each for each in shelf.terms.stages if each.key == row["key"])
    return departure_of_stage(call, shelf.terms, stage)


def take_away(
    request: HttpRequest, call: Call, shelf: Shelf, key: str, now: dt.datetime
) -> HttpResponse:
    """Remove the row; where another officer was faster the list is shown as it stands."""
    doing: dict[str, Any] = {
        "call": call,
        "key": key,
        "base_revision": read_base(request.POST, call.revision),
        "actor": request.user,
        "now": now,
    }
    table = shelf.table.key
    try:
        if shelf.within.purpose:
            actions.remove_row(**doing, table=table)
        else:
            actions.remove_stage(**doing)
        messages.success(request, _("Removed."))
    except Stale as stale:
        messages.warning(request, sentence(stale.message))
        fresh = queries.get_desk_call_for(request.user, call.reference, now)
        return draw_list(request, fresh, table, status=409)
    except ProductError as fault:
        messages.error(request, sentence(fault.message))
    return redirect("calls:rows", reference=call.reference, table=table)
