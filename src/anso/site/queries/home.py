"""What happened lately, for the public home. Reads only, from the apps below."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from anso.calls.models import Call, CallTerms, Extension
from anso.decisions.models import SelectionRun
from anso.decisions.queries import final_runs
from anso.site.enums import Happened


@dataclass(frozen=True)
class News:
    """One thing that happened lately to a call, with the reason or the fingerprint of the
    terms where there is one.
    """

    at: dt.datetime
    call: Call
    happened: Happened
    because: str = ""
    sha256: str = ""


def lately_happened(now: dt.datetime, count: int = 5) -> list[News]:
    """The latest steps that were decided, moved deadlines, publications and cancellations, newest
    first. What a call ends with stands among its results.
    """
    released = (
        SelectionRun.objects.filter(state="released", released_at__lte=now)
        .exclude(pk__in=final_runs().values("pk"))
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
        *(_news(Happened.RELEASED, run.released_at, run.call) for run in released),
        *(
            _news(Happened.MOVED, each.granted_at, each.call, because=each.because)
            for each in moved
        ),
        *(
            _news(Happened.PUBLISHED, terms.frozen_at, terms.call, sha256=terms.sha256)
            for terms in published
        ),
        *(_news(Happened.CANCELLED, call.cancelled_at, call) for call in cancelled),
    ]
    return sorted(found, key=lambda news: news.at, reverse=True)[:count]


def _news(happened: Happened, at: dt.datetime | None, call: Call, **more: str) -> News:
    # The database pairs each of these states with its instant; the types do not know it.
    return News(at or call.created_at, call, happened, **more)
