"""How a call stands, in numbers: the funnel from started to accepted, the reviews, and what is to
be done next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anso.applications.models import Application
from anso.awards.models import Offer
from anso.calls.models import Call
from anso.calls.queries import is_open
from anso.decisions.enums import Result
from anso.decisions.models import Decision, SelectionRun
from anso.review.models import Assignment

SUBMITTED = ("submitted", "eligible", "ineligible", "decided")


@dataclass(frozen=True)
class CallCounts:
    """Counts of one call: applications by state, decisions by result, offers by state, assignments
    of reviewers by state.

    ``submitted_ever`` counts those that reached us at least once, also if they were withdrawn
    later.
    """

    applications: dict[str, int]
    submitted_ever: int
    decisions: dict[str, int]
    offers: dict[str, int]
    assignments: dict[str, int]

    @property
    def started(self) -> int:
        """All that were ever begun."""
        return sum(self.applications.values())

    @property
    def eligible(self) -> int:
        """Found eligible, whatever became of them since."""
        decided = sum(
            count for result, count in self.decisions.items() if result != Result.INELIGIBLE
        )
        return self.applications.get("eligible", 0) + min(
            decided, self.applications.get("decided", 0)
        )

    @property
    def reviews_due(self) -> int:
        """Reviews that were assigned and neither declined nor cancelled."""
        return sum(
            self.assignments.get(state, 0) for state in ("assigned", "accepted", "submitted")
        )

    @property
    def reviews_in(self) -> int:
        """Reviews that were submitted."""
        return self.assignments.get("submitted", 0)

    def stages(self) -> list[tuple[str, int]]:
        """The funnel, widest first."""
        return [
            (_("Started"), self.started),
            (_("Submitted"), self.submitted_ever),
            (_("Found eligible"), self.eligible),
            (_("Decided"), self.applications.get("decided", 0)),
            (_("Offered"), sum(self.offers.values())),
            (_("Offer accepted"), self.offers.get("accepted", 0)),
        ]


def count_call(call: Call) -> CallCounts:
    """Count everything about a call, one grouped query for each kind of row."""
    by_state = _grouped(Application.objects.filter(call=call), "state")
    withdrawn_late = Application.objects.filter(
        call=call, state="withdrawn", submitted_at__isnull=False
    ).count()
    return CallCounts(
        applications=by_state,
        submitted_ever=sum(by_state.get(state, 0) for state in SUBMITTED) + withdrawn_late,
        decisions=_grouped(
            Decision.objects.filter(application__call=call, state="released"), "result"
        ),
        offers=_grouped(Offer.objects.filter(application__call=call), "state"),
        assignments=_grouped(Assignment.objects.filter(reviewer__call=call), "state"),
    )


def _grouped(found: QuerySet[Any], field: str) -> dict[str, int]:
    """Rows counted by a field; counting rows, not keys, is answered from the index alone."""
    return dict(found.order_by().values_list(field).annotate(n=Count("*")))


def counts_of_calls(calls: list[Call]) -> dict[int, dict[str, int]]:
    """Applications by state for many calls at once: call id to counts."""
    counts: dict[int, dict[str, int]] = {call.pk: {} for call in calls}
    for call_id, state, count in (
        Application.objects.filter(call__in=calls)
        .order_by()
        .values_list("call_id", "state")
        .annotate(n=Count("*"))
    ):
        counts[call_id][state] = count
    return counts


@dataclass(frozen=True)
class NextAction:
    """What the officer should do next about a call, and where."""

    text: str
    url: str


def next_actions(call: Call, counts: CallCounts, now: dt.datetime) -> list[NextAction]:
    """The steps that wait, in the order of a call's life; empty when nothing waits for a person."""
    return [NextAction(text, address(name, call)) for text, name in _waiting(call, counts, now)]


def _waiting(call: Call, counts: CallCounts, now: dt.datetime) -> Iterator[tuple[str, str]]:
    if call.state == "draft":
        yield _("See what is missing, then publish the call"), "calls:publish"
    if call.state != "published" or is_open(call, now) or now < call.opens_at:
        return
    unscreened = counts.applications.get("submitted", 0)
    if unscreened:
        text = ngettext(
            "Check the eligibility of %(n)d application",
            "Check the eligibility of %(n)d applications",
            unscreened,
        )
        yield text % {"n": unscreened}, "applications:screening"
    if counts.applications.get("eligible") and not counts.reviews_due:
        yield _("Invite reviewers and assign the applications"), "review:reviewers"
    if counts.reviews_due > counts.reviews_in:
        text = _("Chase reviews: %(there)d of %(due)d are there") % {
            "there": counts.reviews_in,
            "due": counts.reviews_due,
        }
        yield text, "review:call_assignments"
    yield from _waiting_for_decision(call, counts)


def _waiting_for_decision(call: Call, counts: CallCounts) -> Iterator[tuple[str, str]]:
    run = (
        SelectionRun.objects.filter(call=call)
        .exclude(state="superseded")
        .order_by("-number")
        .first()
    )
    if counts.reviews_in and counts.reviews_in == counts.reviews_due and run is None:
        yield _("Compute the ranking and the selection"), "decisions:ranking"
    if run is not None and run.state == "confirmed":
        yield _("Release the decisions, all together"), "decisions:decisions"
    if run is not None and run.state == "released" and not counts.offers:
        yield _("Make the offers"), "awards:offers"


def address(name: str, call: Call) -> str:
    """Where a page of this call is."""
    return reverse(name, args=[call.reference])
