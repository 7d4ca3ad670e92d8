"""What the public home tells: figures, and what was lately decided. Reads only, from the apps
below.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal
from django.urls import reverse
from django.utils.translation import gettext as _

from anso.calls.models import Call, CallTerms, Extension
from anso.calls.queries import get_terms
from anso.decisions.models import SelectionRun
from anso.ui.instants import current_locale


@dataclass(frozen=True)
class News:
    """One thing that was lately decided: when (in the zone of its call), what, where it can be
    read, and a note.
    """

    at: dt.datetime
    zone: str
    title: Mapping[str, str]
    note: str
    url: str


def lately_decided(now: dt.datetime, count: int = 5) -> list[News]:
    """The latest releases of decisions, moved deadlines, publications and cancellations, newest
    first.
    """
    released = (
        SelectionRun.objects.filter(state="released", released_at__lte=now)
        .select_related("call")
        .order_by("-released_at")[:count]
    )
    moved = (
        Extension.objects.filter(granted_at__lte=now)
        .select_related("call")
        .order_by("-granted_at")[:count]
    )
    published = (
        CallTerms.objects.filter(frozen_at__lte=now, call__state="published")
        .select_related("call")
        .order_by("-frozen_at")[:count]
    )
    cancelled = Call.objects.filter(state="cancelled", published_at__isnull=False).order_by(
        "-cancelled_at"
    )[:count]
    found = [
        *(_news(run.released_at, run.call, _("Decisions released")) for run in released),
        *(
            _news(
                extension.granted_at,
                extension.call,
                _("Deadline moved: %(why)s") % {"why": extension.because},
            )
            for extension in moved
        ),
        *(
            _news(
                terms.frozen_at,
                terms.call,
                _("Published, terms %(hash)s") % {"hash": terms.sha256[:8]},
            )
            for terms in published
        ),
        *(_news(call.cancelled_at, call, _("Cancelled")) for call in cancelled),
    ]
    return sorted(found, key=lambda news: news.at, reverse=True)[:count]


def _news(at: dt.datetime | None, call: Call, note: str) -> News:
    when = at or call.created_at
    return News(when, call.zone, call.title, note, reverse("calls:call", args=[call.slug]))


def places_in(calls: list[Call]) -> int:
    """How many people these calls have places for."""
    return sum(node.capacity for call in calls for node in get_terms(call).outcome.leaves())


def figures_of(*, members: int, countries: int, calls: list[Call]) -> list[dict[str, Any]]:
    """The figures below the map."""
    return [
        {"label": _("Members"), "value": in_figures(members)},
        {"label": _("Countries"), "value": in_figures(countries)},
        {"label": _("Open calls"), "value": in_figures(len(calls))},
        {"label": _("Places in open calls"), "value": in_figures(places_in(calls))},
    ]


def in_figures(number: int) -> str:
    """A number with the separators of the reader's language."""
    return str(format_decimal(number, locale=current_locale()))
