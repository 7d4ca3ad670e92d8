"""Officers edit the lists in what a call promises: rules, letters, benefits, levels, hosts, places.
Three pages for every list: the list, one row, a new row.
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
from anso.calls.forms.rows import read_row, row_faults, row_parts, row_specs, typed_in_words
from anso.calls.models import Call
from anso.calls.queries.amendments import get_working_terms, is_amending
from anso.calls.queries.rows import find_list, offered_by, working_forms
from anso.calls.rules import may_change_list
from anso.calls.views.attempts import Attempt, draft_context, try_to_save
from anso.calls.views.design import DESK, design_context
from anso.calls.wording.choices import Shelf, of_row
from anso.calls.wording.rows import (
    WITH_KINDS,
    find_plan,
    kinds_of_rows,
    list_name,
    lists_beside,
    of_new_row,
    row_line,
)
from anso.calls.wording.stages import stages_to_add, what_an_amendment_may
from anso.kernel.errors import ProductError, Stale
from anso.kernel.questions import ColumnKind as TableKind
from anso.kernel.questions.tables import COLUMNS, OPTIONS
from anso.kernel.terms.tables import LETTERS, RULES, STAGES
from anso.ui.drafts import PostedDraft, inputs_of, read_base, read_parts, shown_parts
from anso.ui.fields import fields_for
from anso.ui.question_fields import sentence


@login_required
@require_http_methods(DESK)
def row_list(request: HttpRequest, reference: str, table: str) -> HttpResponse:
    """All rows of a list with what is told of each, buttons to move and remove them, and the way to
    a new one.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    shelf, status = find_shelf(call, table), 200
    followed = offered_by(call, shelf.within.question)
    if followed:  # its options are exactly the rows of that list
        return redirect("calls:rows", reference=reference, table=followed)
    if shelf.table.is_single:
        return redirect("calls:row", reference=reference, table=table, key=table)
    if request.method == "POST":
        try:
            change_list(request, call, table, now)
            messages.success(request, _("Saved."))
        except Stale as stale:
            messages.warning(request, sentence(stale.message))
            call, status = queries.get_desk_call_for(request.user, reference, now), 409
        except ProductError as fault:
            messages.error(request, sentence(fault.message))
        if status == 200:
            return redirect("calls:rows", reference=reference, table=table)
    return draw_list(request, call, table, status=status)


def draw_list(
    request: HttpRequest,
    call: Call,
    table: str,
    *,
    status: int,
    lost: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """The list as it stands; ``lost`` is what somebody typed for a row that is gone."""
    shelf = find_shelf(call, table)
    context = list_context(request, call, shelf, timezone.now()) | {
        "lines": [row_line(of_row(shelf, row)) for row in shelf.rows()],
        "is_letters": shelf.table.key == LETTERS.key,
        "lost": lost,
        **ways_of(call, shelf),
    }
    return render(request, "calls/desk_rows.html", context, status=status)


def ways_of(call: Call, shelf: Shelf) -> dict[str, Any]:
    """How rows of a list come, go and move. Stages and sections go by a page that says what goes
    with them, and the place of a stage follows from its first day.
    """
    is_stages, is_told = shelf.table.key == STAGES.key, is_amending(call)
    is_section = bool(shelf.within.purpose and not shelf.within.question)
    window = shelf.terms.window
    return {
        "kinds": (stages_to_add(shelf.terms) if is_stages else kinds_of_rows(shelf)),
        "can_add": is_stages or not shelf.table.is_fixed,
        "has_order": not shelf.table.is_fixed,
        "is_removed_by_page": is_stages or is_section,
        "window": window.key if is_stages and window else "",
        "why_not": what_an_amendment_may(is_amending=is_told) if is_stages else "",
        "add_url": (
            reverse("calls:add_stage", args=[call.reference])
            if is_stages
            else reverse("calls:add_row", args=[call.reference, shelf.table.key])
        ),
    }


def find_shelf(call: Call, table: str) -> Shelf:
    """The list and what its cells are chosen from; 404 where the call has no such list."""
    found = find_list(call, table)
    if found is None:
        raise Http404("no such list")
    return Shelf(get_working_terms(call), working_forms(call), found, found.table)


def list_context(
    request: HttpRequest, call: Call, shelf: Shelf, now: dt.datetime
) -> dict[str, Any]:
    """What the pages of a list share."""
    within = shelf.within
    context = design_context(call, list_name(shelf), request, now)
    if within.purpose:
        context["verdict"] = may_change_list(request.user, call, now, purpose=within.purpose)
    question = within.purpose and within.question
    return context | {
        "table": shelf.table,
        "question_page": (
            reverse("calls:question", args=[call.reference, within.purpose, question])
            if question
            else ""
        ),
        "one": _(shelf.table.one),
        "hint": _(shelf.table.hint) if shelf.table.hint else "",
        "beside": lists_beside(call, shelf.table.key),
    }


def change_list(request: HttpRequest, call: Call, table: str, now: dt.datetime) -> None:
    """Carry out the one change of the list that a button asks for."""
    act, key = request.POST.get("act", ""), request.POST.get("key", "")
    doing: dict[str, Any] = {"call": call, "table": table, "actor": request.user, "now": now}
    base = read_base(request.POST, call.revision)
    if act == "remove":
        actions.remove_row(**doing, key=key, base_revision=base)
    elif act in ("up", "down"):
        steps = -1 if act == "up" else 1
        actions.move_row(**doing, key=key, steps=steps, base_revision=base)
    else:
        raise Http404("no such act")


@login_required
@require_http_methods(DESK)
def row(request: HttpRequest, reference: str, table: str, key: str) -> HttpResponse:
    """One row: every cell that its list has, each text in every language."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    shelf = find_shelf(call, table)
    tried, errors = Attempt(), dict[str, str]()
    found = shelf.table.row(shelf.within.content, key)
    if request.method == "POST":
        if found is None:
            return say_it_is_gone(request, call, shelf)
        tried, errors = save_row(request, call, of_row(shelf, found), now)
        if tried.is_saved:
            messages.success(request, _("Saved."))
            return redirect("calls:row", reference=reference, table=table, key=key)
        call = queries.get_desk_call_for(request.user, reference, now)
        shelf = find_shelf(call, table)
        found = shelf.table.row(shelf.within.content, key)
    if found is None:
        raise Http404("no such row")
    shelf = of_row(shelf, found)
    drawn = draft_context(call, row_parts(shelf), tried)
    context = list_context(request, call, shelf, now) | drawn
    context |= {
        "line": row_line(shelf),
        "fields": drawn_fields(shelf, drawn["typed"], errors),
        "told": typed_in_words(shelf, shown_parts(row_parts(shelf))),
        "options_page": options_of_column(call, shelf, key),
    }
    is_rule = shelf.table.key == RULES.key  # a sentence is no heading
    context["heading"] = f"{_(shelf.table.one)} {key}" if is_rule else context["line"].name
    return render(request, "calls/desk_row.html", context, status=tried.status)


def options_of_column(call: Call, shelf: Shelf, key: str) -> str:
    """Where the answers that may be chosen in a column of a table are changed; blank elsewhere."""
    name, _sign, place = shelf.table.key.partition("-")
    if name != COLUMNS.key or shelf.row.get("kind") != TableKind.CHOICE:
        return ""
    return reverse("calls:rows", args=[call.reference, f"{OPTIONS.key}-{place}-{key}"])


def say_it_is_gone(request: HttpRequest, call: Call, shelf: Shelf) -> HttpResponse:
    """Somebody took the row away: what was typed for it is shown once more beside the list."""
    messages.warning(request, _("Somebody took this away meanwhile."))
    typed = read_parts(row_parts(shelf), request.POST)
    lost = typed_in_words(shelf, typed)
    return draw_list(request, call, shelf.table.key, status=409, lost=lost)


def drawn_fields(shelf: Shelf, typed: dict[str, Any], errors: dict[str, str]) -> list[Any]:
    """The cells with what was typed in them, or what stands."""
    inputs = inputs_of(typed)
    specs = row_specs(shelf, errors)
    return fields_for([spec | {"value": inputs[spec["key"]]} for spec in specs])


def save_row(
    request: HttpRequest, call: Call, shelf: Shelf, now: dt.datetime
) -> tuple[Attempt, dict[str, str]]:
    """Save what was typed over on the page of a row; nothing of it while something cannot be
    read.
    """
    errors: dict[str, str] = {}

    def save(posted: PostedDraft) -> None:
        changes, wrong = read_row(shelf, posted.changes)
        errors.update(wrong)
        if not wrong:
            actions.change_row(
                call=call,
                table=shelf.table.key,
                key=shelf.table.key_of(shelf.row),
                changes=changes,
                base_revision=posted.base,
                actor=request.user,
                now=now,
            )

    tried = try_to_save(request, call, row_parts(shelf), save)
    return tried.with_faults(row_faults(shelf, errors)), errors


@login_required
@require_http_methods(DESK)
def add(request: HttpRequest, reference: str, table: str) -> HttpResponse:
    """A new row. Where rows have kinds, the address says of which it is to be; a letter comes with
    all its words, which are changed afterwards.
    """
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    shelf, kind = find_shelf(call, table), request.GET.get("as", "")
    may_change_list(request.user, call, now, purpose=shelf.within.purpose).require()
    kinds = dict(kinds_of_rows(shelf))
    if shelf.table.is_fixed or (shelf.table.key in WITH_KINDS and kind not in kinds):
        return redirect("calls:rows", reference=reference, table=table)
    shelf = of_new_row(shelf, kind)
    tried, errors = Attempt(), dict[str, str]()
    if request.method == "POST":
        tried, errors = add_to_list(request, call, shelf, kind)
        if tried.is_saved:
            messages.success(request, _("Added."))
            return redirect("calls:rows", reference=reference, table=table)
    shown = shown_parts(row_parts(shelf)) | (tried.posted.values if tried.posted else {})
    context = list_context(request, call, shelf, now) | {
        "heading": _("Add: %(what)s") % {"what": kinds.get(kind) or _(shelf.table.one)},
        "fields": drawn_fields(shelf, shown, errors),
        "error_list": list(tried.faults),
        "errors_heading": _("This could not be saved"),
    }
    return render(request, "calls/desk_add_row.html", context, status=tried.status)


def add_to_list(
    request: HttpRequest, call: Call, shelf: Shelf, kind: str
) -> tuple[Attempt, dict[str, str]]:
    """Add the row that was typed, or the letter that was chosen."""
    errors: dict[str, str] = {}
    doing: dict[str, Any] = {"call": call, "actor": request.user, "now": timezone.now()}

    def save(posted: PostedDraft) -> None:
        plan = find_plan(kind) if shelf.table.key == LETTERS.key else None
        if plan is not None:
            actions.add_letter(**doing, plan=plan)
            return
        parts, wrong = read_row(shelf, posted.values)
        errors.update(wrong)
        if not wrong:
            actions.add_row(**doing, table=shelf.table.key, parts=parts, fixed=shelf.row)

    tried = try_to_save(request, call, row_parts(shelf), save)
    return tried.with_faults(row_faults(shelf, errors)), errors
