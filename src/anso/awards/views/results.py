"""The results of a call for everybody, as a page and as files: nothing before they are released."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.awards.queries import Results, get_results
from anso.awards.wording import (
    HEADINGS,
    count_tables,
    decided_in_words,
    holder_rows,
    results_plain,
    results_table,
    total_rows,
)
from anso.awards.wording.wall import address_of_wall
from anso.calls.models import Call
from anso.calls.queries import get_call_for, get_cancellation_reason, get_terms
from anso.calls.wording import published_in_words
from anso.decisions.queries import announced_on
from anso.kernel.terms import EntryKind
from anso.programmes.wording import CallWords
from anso.ui.exports import csv_lines
from anso.ui.instants import day_in_words
from anso.ui.question_fields import in_reader_language


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Who decided and when, what came of it in figures, and whom the call names; until the release
    only what will stand here.
    """
    now = timezone.now()
    call = get_call_for(request.user, slug, now)
    title, found, terms = in_reader_language(call.title), get_results(call, now), get_terms(call)
    context: dict[str, Any] = {
        "heading": _("Results"),
        "subheading": title,
        "description": _("What came of this call, as far as it is published."),
        "crumbs": [
            (_("Calls"), reverse("calls:list")),
            (title, reverse("calls:call", args=[slug])),
            (_("Results"), ""),
        ],
        "call": call,
        "words": CallWords(terms),
        "published": published_in_words(terms),
        "cancelled_because": (get_cancellation_reason(call) if call.state == "cancelled" else ""),
        "is_proposal": terms.entry is EntryKind.PROPOSAL,
        "has_hosts": bool(terms.hosts),
        "announced_on": day_in_words(announced) if (announced := announced_on(call, now)) else "",
        "results": found,
        "wall_url": address_of_wall(call),
    }
    if found is not None:
        context |= {
            "decided": decided_in_words(found, call),
            "totals": total_rows(found),
            "tables": count_tables(found, terms),
            "holders": holder_rows(found, terms),
        }
    return render(request, "awards/results.html", context)


@require_safe
def results_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a table for spreadsheets and programs."""
    call, found = _released(request, slug)
    table = results_table(found, get_terms(call))
    rows = ([*row, *[""] * (len(HEADINGS) - len(row))] for row in table)
    content = "".join(csv_lines(HEADINGS, rows))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{call.slug}-results.csv"'
    return response


@require_safe
def results_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as JSON, with codes and without words of the interface."""
    call, found = _released(request, slug)
    plain = results_plain(found, call)
    return JsonResponse(plain, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _released(request: HttpRequest, slug: str) -> tuple[Call, Results]:
    now = timezone.now()
    call = get_call_for(request.user, slug, now)
    found = get_results(call, now)
    if found is None:
        raise Http404("no results yet")
    return call, found
