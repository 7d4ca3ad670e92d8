"""When a call closes, how that moved, and what recorded outages suggest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from anso.calls.models import Call, Extension, Outage
from anso.calls.queries.steps import current_window, window_deadline, window_opens_at
from anso.kernel.periods import Deadline, InstantPeriod, time_covered
from anso.kernel.terms import LetterRule


def get_deadline(call: Call) -> Deadline:
    """The instant at which the call closes, extensions included, and the zone in which it is
    announced.
    """
    return Deadline(call.closes_at, call.zone)


def letters_due_at(call: Call, rule: LetterRule) -> dt.datetime:
    """Until when letters of a kind count: so many days after the deadline, extensions included."""
    return get_deadline(call).days_later(rule.days_after_close).closes_at


def letters_extended_to(call: Call) -> dt.datetime | None:
    """Until when the letters of a call were given more time by themselves; None where they were
    not.
    """
    own = call.extensions.filter(step__block="letters").order_by("-closes_at")
    return own.values_list("closes_at", flat=True).first()


def letters_end_at(call: Call, rule: LetterRule) -> dt.datetime:
    """Until when a letter of a kind counts that is not asked for yet, as pages promise it."""
    due_at = letters_due_at(call, rule)
    return max(due_at, letters_extended_to(call) or due_at)


def is_open(call: Call, now: dt.datetime) -> bool:
    """Whether the call takes applications at this moment: published, opened, and the deadline not
    reached.
    """
    return call.state == "published" and call.opens_at <= now < call.closes_at


def extensions_of(call: Call) -> QuerySet[Extension]:
    """How the deadline was moved, latest first."""
    return call.extensions.select_related("step").order_by("-granted_at", "-id")


@dataclass(frozen=True)
class ExtensionProposal:
    """By how long the call should stay open because of outages, rounded up to full hours, and the
    outages that count.
    """

    closes_at: dt.datetime
    hours: int
    outages: tuple[Outage, ...]


def propose_extension(call: Call, now: dt.datetime) -> ExtensionProposal | None:
    """The extension that recorded outages suggest for the window that opened last: the lost time of
    the last three days before its deadline, once again, in full hours. Time that two outages share
    was lost once.

    Outages already answered by an extension do not count again. None when nothing was lost.
    """
    window = current_window(call, now)
    closes_at = window_deadline(call, window).closes_at
    last = extensions_of(call).filter(step=window).first()
    since = last.granted_at if last else window_opens_at(call, window)
    since = max(closes_at - dt.timedelta(days=3), since)
    outages = tuple(
        Outage.objects.filter(ends_at__gt=since, starts_at__lt=min(closes_at, now)).order_by(
            "starts_at"
        )
    )
    lost = time_covered(
        InstantPeriod(max(each.starts_at, since), min(each.ends_at, closes_at)) for each in outages
    )
    if not lost:
        return None
    hours = -(-int(lost.total_seconds()) // 3600)
    return ExtensionProposal(closes_at + dt.timedelta(hours=hours), hours, outages)
