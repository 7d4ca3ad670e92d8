"""Calls as everyone reads them: the list, one call with everything it promises, its frozen terms as
a file.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.calls import queries
from anso.calls.models import Call
from anso.calls.queries.batches import batches_beside, open_batch_of
from anso.calls.queries.presentation import rubrics_shown
from anso.calls.wording import (
    appeals_in_words,
    call_link,
    call_rows,
    chair_of,
    outcome_columns,
    places_by_host,
    promised_letters,
    published_in_words,
    result_lines_of,
    scores_in_words,
)
from anso.calls.wording.amendments import amendment_rows
from anso.calls.wording.batches import intake_in_words
from anso.calls.wording.calendar import calendar_events
from anso.calls.wording.conflicts import conflicts_in_words
from anso.calls.wording.occasion import occasion_rows
from anso.calls.wording.queues import queue_in_words
from anso.kernel.canonical import canonical_json
from anso.kernel.icalendar import calendar_file
from anso.kernel.matters import Matter, matters_of
from anso.kernel.terms import Terms
from anso.programmes.methods import find_selection_method
from anso.programmes.wording import CallWords, entry_words
from anso.ui.question_fields import in_reader_language, say_once, who_sees_sentence


@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """Calls that are open, will open, or have closed."""
    now = timezone.now()
    groups: dict[str, list[tuple[Call, Any, Any]]] = {"open": [], "coming": [], "over": []}
    visible = list(queries.calls_visible_to(None, now))
    results = result_lines_of(visible, now)
    for call in visible:
        closes = queries.get_deadline(call).announced
        groups[group_of(call, now)].append((call, closes, results.get(call.pk)))
    groups["over"].reverse()
    context = {
        "heading": _("Calls"),
        "description": _("Open calls of the alliance, with their rules and deadlines."),
        "now": now,
        "groups": [
            (_("Open"), "open", groups["open"]),
            (_("Opening later"), "coming", groups["coming"]),
            (_("Closed"), "over", groups["over"]),
        ],
    }
    return render(request, "calls/list.html", context)


def group_of(call: Call, now: Any) -> str:
    """Under which heading of the list a call stands."""
    if queries.is_open(call, now):
        return "open"
    return "coming" if call.state == "published" and now < call.opens_at else "over"


@require_safe
def call_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One call: rules in words, places, dates, what is asked and who sees it, what one receives and
    who pays.
    """
    now = timezone.now()
    call = queries.get_call_for(request.user, slug, now)
    terms = queries.get_terms(call)
    is_open = queries.is_open(call, now)
    own = own_matters(request, call, now)
    entries = [each for each in own if each.is_entry]
    context = {
        "call": call,
        "now": now,
        "words": entry_words(terms.entry, terms.nouns),
        "call_words": CallWords(terms),
        "terms": terms,
        "parts": call_rows(queries.parts_of(call, None, now), None, now),
        "letters": promised_letters(call),
        "frozen": queries.get_frozen_terms(call),
        "is_open": is_open,
        "announced": queries.get_deadline(call).announced,
        "cancelled_because": (
            queries.get_cancellation_reason(call) if call.state == "cancelled" else ""
        ),
        "extensions": list(queries.extensions_of(call)),
        "amendments": amendment_rows(call),
        "rule_sets": [rules for rules in queries.get_rule_sets(call) if rules.rules or rules.intro],
        **what_is_given(terms),
        "benefits": queries.benefits_by_level(terms),
        "timeline": queries.timeline_of(call, now),
        "rubrics": rubrics_shown(terms),
        "sections": sections_of(queries.get_form(call)[1], chair_of(call)),
        "has_check": bool(terms.check_keys),
        "start_url": call_link("start", call) if is_open else "",
        **how_it_is_decided(call, terms, now),
        **batches_of_page(call, now),
        "queue": queue_in_words(call) if is_open else [],
        "matters": own,
        "entries": entries,
        "takes_more": len(entries) < terms.entries_each,
        "desk_url": desk_url(request, call, now),
        "description": in_reader_language(call.summary),
    }
    return render(request, "calls/call.html", context)


def what_is_given(terms: Terms) -> dict[str, Any]:
    """How much of it there is, for whom, when and where."""
    tree = terms.outcome.tree()
    return {
        "place_rows": queries.place_rows(terms),
        "has_favours": any(node.favour for node in tree),
        "has_groups": any(node.only or node.favour for node in tree),
        "host_places": places_by_host(terms),
        "outcome_columns": outcome_columns(terms),
        "occasion": occasion_rows(terms.occasion),
    }


def how_it_is_decided(call: Call, terms: Terms, now: dt.datetime) -> dict[str, Any]:
    """By which method and scores, and what everybody reads of it afterwards."""
    results = result_lines_of([call], now).get(call.pk)
    may_be_drawn = results is None or results.is_drawn
    return {
        "method": find_selection_method(terms.selection_method),
        "draw_url": call_link("draws", call) if may_be_drawn else "",
        "scores": scores_in_words(terms),
        "results": results,
        "published": published_in_words(terms),
        "appeals": appeals_in_words(terms),
        "conflicts": conflicts_in_words(terms.conflicts),
        "wall_url": call_link("wall", call),
    }


def batches_of_page(call: Call, now: dt.datetime) -> dict[str, Any]:
    """How a rolling call goes on, with its other batches and the one that is open."""
    lines = intake_in_words(call, now)
    if not lines:
        return {}
    is_open = queries.is_open(call, now)
    return {
        "intake": lines,
        "open_batch": None if is_open else open_batch_of(call, now),
        "batches": call_rows(batches_beside(call, None, now), None, now),
        "current_url": settings.SITE_URL + reverse("calls:current", args=[call.slug]),
    }


@require_safe
def current_batch(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the batch of a rolling call that is open; to the call itself where none is."""
    now = timezone.now()
    call = queries.get_call_for(request.user, slug, now)
    return redirect("calls:call", slug=(open_batch_of(call, now) or call).slug)


def sections_of(form: Any, chair: str) -> list[tuple[Any, str, list[tuple[Any, str]]]]:
    """The sections of a form with who sees the answers, and every question of which it differs with
    a sentence of its own.
    """
    found = []
    for section in form.sections:
        asked = [
            {"question": each, "who_sees": who_sees_sentence(each, chair)}
            for each in section.questions
        ]
        common = say_once(asked)
        found.append((section, common, [(each["question"], each["who_sees"]) for each in asked]))
    return found


def own_matters(request: HttpRequest, call: Call, now: Any) -> list[Matter]:
    """What the reader has in this call: an application, a letter, reviews, an offer."""
    if not request.user.is_authenticated:
        return []
    return [each for each in matters_of(request.user, now) if each.call_id == call.pk]


def desk_url(request: HttpRequest, call: Call, now: Any) -> str:
    """Where those who work on the call find its inside; blank for everybody else."""
    if (
        not request.user.is_authenticated
        or not queries.calls_on_desk_of(request.user, now).filter(pk=call.pk).exists()
    ):
        return ""
    return call_link("desk", call)


@require_safe
def call_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """The frozen terms exactly as they were hashed: the SHA-256 of this file is the one shown on
    the page. An earlier version is asked for by its number.
    """
    call = queries.get_call_for(request.user, slug, timezone.now())
    version = request.GET.get("version", "")
    known = {str(each.version): each for each in call.terms.all()}
    frozen = known.get(version) if version else queries.get_frozen_terms(call)
    if frozen is None:
        raise Http404
    response = HttpResponse(
        canonical_json(frozen.body), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}-terms-{frozen.version}.json"'
    response["ETag"] = f'"{frozen.sha256}"'
    return response


@require_safe
def call_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of a call as a file for the reader's own calendar; taken again, it moves what was
    moved.
    """
    now = timezone.now()
    call = queries.get_call_for(request.user, slug, now)
    content = calendar_file(in_reader_language(call.title), calendar_events(call), now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response
