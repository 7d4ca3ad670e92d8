"""The filtered list of applications as a file: which columns, kept under a name or chosen for once,
as CSV and as a spreadsheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anso.applications import actions, queries
from anso.applications.models import ExportView
from anso.applications.queries import desk
from anso.applications.queries.exports import export_views_of
from anso.applications.views.desk_table import desk_context, filter_for
from anso.applications.wording.export_columns import (
    ExportGroup,
    export_groups,
    export_table,
    usual_columns,
)
from anso.applications.wording.export_sheets import export_sheets
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for
from anso.calls.rules import may_manage_call
from anso.kernel.errors import BadInput
from anso.ui.exports import Sheet, export_response
from anso.ui.fields import fields_for
from anso.ui.question_fields import sentence

COLUMNS = "columns"


@login_required
@require_safe
def export(request: HttpRequest, reference: str, kind: str) -> HttpResponseBase:
    """The filtered list as a file, with the columns that the address names, or the usual ones."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    groups = export_groups(call, request.user, now)
    columns = request.GET.getlist(COLUMNS) or usual_columns(groups)
    found = queries.applications_of_call(call, request.user, now)
    ids: Iterable[int] = desk.export_ids(found, filter_for(request, call))
    sheets: list[Sheet] = []
    if kind == "xlsx":  # one reading of the list for its rows and for those of its tables
        ids = list(ids)
        sheets = export_sheets(call, request.user, columns, ids, now)
    headings, rows = export_table(groups, columns, ids)
    return export_response(kind, f"{call.slug}-applications", headings, rows, sheets)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_columns(request: HttpRequest, reference: str) -> HttpResponse:
    """Which columns the file of the filtered list has. POST leads to the file, or keeps them."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    groups = export_groups(call, request.user, now)
    posted = _ticked(request, len(groups))
    columns, error = posted or request.GET.getlist(COLUMNS) or usual_columns(groups), ""
    if request.method == "POST":
        try:
            return _chosen(request, call, posted, now)
        except BadInput as fault:
            columns, error = posted, sentence(fault.message)
    context = desk_context(call, _("Export")) | {
        "groups": _tick_boxes(groups, columns),
        "views": _kept_views(request, call),
        "may_keep": bool(may_manage_call(request.user, call, now)),
        "name_field": fields_for([_name_spec(request.POST.get("name", ""), error)])[0],
        "error": error,
        "filter_text": _filter_of(request).urlencode(),
    }
    return render(request, "applications/desk/export.html", context, status=422 if error else 200)


def _chosen(request: HttpRequest, call: Call, columns: list[str], now: dt.datetime) -> HttpResponse:
    if request.POST.get("do") == "keep":
        actions.keep_export_view(
            call=call,
            name=request.POST.get("name", ""),
            columns=columns,
            actor=request.user,
            now=now,
        )
        messages.success(request, _("The view is kept for everybody who works on this call."))
        return redirect(_address("applications:export_columns", [call.reference], request, columns))
    if not columns:
        raise BadInput(_("Choose at least one column."))
    kind = "xlsx" if request.POST.get("do") == "xlsx" else "csv"
    return redirect(_address("applications:export", [call.reference, kind], request, columns))


@login_required
@require_POST
def remove_view(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a kept view away."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    view = get_object_or_404(ExportView, call=call, pk=pk)
    actions.remove_export_view(view=view, actor=request.user, now=now)
    messages.success(request, _("The view was removed."))
    return redirect("applications:export_columns", reference=call.reference)


def _filter_of(request: HttpRequest) -> QueryDict:
    """What of the address narrows the list."""
    kept = request.GET.copy()
    for name in (COLUMNS, "page"):
        kept.pop(name, None)
    return kept


def _address(name: str, args: list[str], request: HttpRequest, columns: list[str]) -> str:
    asked = _filter_of(request)
    asked.setlist(COLUMNS, columns)
    return f"{reverse(name, args=args)}?{asked.urlencode()}"


def _ticked(request: HttpRequest, groups: int) -> list[str]:
    return [key for place in range(groups) for key in request.POST.getlist(f"{COLUMNS}-{place}")]


def _tick_boxes(groups: list[ExportGroup], columns: list[str]) -> list[str]:
    specs = [
        {
            "key": f"{COLUMNS}-{place}",
            "type": "multichoice",
            "label": group.heading,
            "required": True,  # some column is; that each group needs none is said by no word
            "options": list(group.headings.items()),
            "value": [key for key in group.headings if key in columns],
        }
        for place, group in enumerate(groups)
    ]
    return [*fields_for(specs)]


def _name_spec(value: str, error: str) -> dict[str, Any]:
    return {
        "key": "name",
        "type": "text",
        "label": _("Name of the view"),
        "hint": _("Whoever asks for it, for example. A view with this name is written over."),
        "value": value,
        "error": error,
    }


def _kept_views(request: HttpRequest, call: Call) -> list[dict[str, Any]]:
    return [
        {
            "view": view,
            "count": len(view.columns),
            "url": _address("applications:export_columns", [call.reference], request, view.columns),
            **{
                kind: _address("applications:export", [call.reference, kind], request, view.columns)
                for kind in ("csv", "xlsx")
            },
        }
        for view in export_views_of(call)
    ]
