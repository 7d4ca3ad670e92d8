"""The desk: calls that somebody works on, and how one call stands."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.audit.queries import entries_about, names_of_actors, names_of_keys
from anso.audit.wording import actors_in_words, keys_in, why_words
from anso.calls.queries import (
    calls_on_desk_of,
    count_places,
    get_deadline,
    get_desk_call_for,
    get_frozen_terms,
    get_terms,
    is_open,
    timeline_of,
)
from anso.calls.rules import may_create_call, may_manage_call
from anso.calls.wording import state_in_words
from anso.decisions.queries import calls_released
from anso.governance.queries import is_auditor
from anso.kernel.finding import MOST_FOUND, find_everywhere
from anso.kernel.verdict import refuse
from anso.programmes.wording import CallWords
from anso.site.queries.overview import count_call, counts_of_calls
from anso.site.wording import funnel_of, next_lines
from anso.ui.figures import in_figures
from anso.ui.menus import url_or_blank


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """All calls that this person works on, chairs or audits."""
    now = timezone.now()
    calls = list(calls_on_desk_of(request.user, now))
    can_create = bool(may_create_call(request.user, now))
    audits = is_auditor(request.user, now)
    if not (calls or can_create or audits or request.user.is_staff):
        refuse(
            "no_desk",
            _(
                "You work on no call. The desk belongs to programme officers, chairs of panels,"
                " juries and bodies that confer, and auditors."
            ),
        ).require()
    counts, released = counts_of_calls(calls), calls_released(calls)
    context = {
        "heading": _("Desk"),
        "now": now,
        "can_create": can_create,
        "is_auditor": audits,
        "rows": [
            (
                call,
                state_in_words(call, now, is_released=call.pk in released),
                get_deadline(call).announced,
                counts[call.pk],
                sum(counts[call.pk].values()),
            )
            for call in calls
        ],
        "primary": (
            {"label": _("Create a call"), "url": url_or_blank("calls:create")}
            if can_create
            else None
        ),
        "secondary": (
            [{"label": _("Outbox"), "url": url_or_blank("notifications:outbox")}]
            if can_create
            else []
        ),
    }
    return render(request, "site/desk.html", context)


@require_safe
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """What somebody finds by some words among everything that apps made searchable."""
    text, now = request.GET.get("q", "").strip()[:100], timezone.now()
    has_desk = request.user.is_staff or calls_on_desk_of(request.user, now).exists()
    context = {
        "heading": _("Find"),
        "text": text,
        "kinds": find_everywhere(request.user, text, now),
        "most": MOST_FOUND,
        "crumbs": [(_("Desk"), url_or_blank("site:desk")), (_("Find"), "")] if has_desk else [],
    }
    return render(request, "site/find.html", context)


@require_safe
@login_required
def call_overview(request: HttpRequest, reference: str) -> HttpResponse:
    """One call: the funnel, the reviews, what to do next, and what happened to it lately."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    counts, terms = count_call(call), get_terms(call)
    word, tone = state_in_words(call, now, is_released=call.pk in calls_released([call]))
    is_officer = bool(may_manage_call(request.user, call, now))
    entries = list(entries_about(call).order_by("-sequence")[:8])
    names = names_of_keys(keys_in(entries, with_changes=False))
    context = {
        "call": call,
        "now": now,
        "heading": _("Overview"),
        "state_word": word,
        "state_tone": tone,
        "announced": get_deadline(call).announced,
        "is_open": is_open(call, now),
        "counts": counts,
        "stages": funnel_of(counts),
        "reviews": (
            [(_("Reviews submitted"), counts.reviews_in, counts.reviews_due)]
            if counts.reviews_due
            else []
        ),
        "steps": next_lines(call, counts, now) if is_officer else [],
        "facts": [
            {"label": _("Started"), "value": in_figures(counts.started)},
            {"label": _("Submitted"), "value": in_figures(counts.submitted_ever)},
            {"label": CallWords(terms)["tree"], "value": in_figures(count_places(terms))},
            {
                "label": _("Reviews"),
                "value": f"{in_figures(counts.reviews_in)} / {in_figures(counts.reviews_due)}",
            },
        ],
        "timeline": timeline_of(call, now),
        "frozen": get_frozen_terms(call),
        "entries": [
            (entry, who, why_words(entry, names))
            for entry, who in actors_in_words(entries, names_of_actors(entries))
        ],
    }
    return render(request, "site/call_overview.html", context)
