"""How a call stands, in numbers: the funnel from started to accepted, the reviews, and what is to
be done next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from anso.applications.models import Application
from anso.awards.models import Offer
from anso.calls.models import Call
from anso.calls.queries import is_open
from anso.calls.queries.steps import current_window, is_window_open
from anso.decisions.enums import Result
from anso.decisions.models import Decision
from anso.decisions.queries import get_ranking_step, runs_of
from anso.review.models import Assignment
from anso.site.enums import NextAction

SUBMITTED = ("submitted", "eligible", "ineligible", "invited", "decided")
LED_ON = (Result.INVITED, Result.ADVANCED)


@dataclass(frozen=True)
class CallCounts:
    """Counts of one call: applications by state, decisions by result, offers by state, assignments
    of reviewers by state in the step that is decided next.

    ``submitted_ever`` counts those that reached us at least once, also if they were withdrawn
    later; ``led_on`` those that went on from a step and are neither judged nor decided since.
    """

    applications: dict[str, int]
    submitted_ever: int
    decisions: dict[str, int]
    offers: dict[str, int]
    assignments: dict[str, int]
    led_on: int = 0

    @property
    def started(self) -> int:
        """All that were ever begun."""
        return sum(self.applications.values())

    @property
    def eligible(self) -> int:
        """Found eligible, whatever became of them since."""
        other = (Result.INELIGIBLE, *LED_ON)
        decided = sum(count for result, count in self.decisions.items() if result not in other)
        judged = self.applications.get("eligible", 0) + self.led_on
        return judged + min(decided, self.applications.get("decided", 0))

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


def count_call(call: Call) -> CallCounts:
    """Count everything about a call, one grouped query for each kind of row."""
    by_state = _grouped(Application.objects.filter(call=call), "state")
    withdrawn_late = Application.objects.filter(
        call=call, state="withdrawn", submitted_at__isnull=False
    ).count()
    step = get_ranking_step(call)
    reviews = Assignment.objects.filter(reviewer__call=call, step=step)
    decisions = Decision.objects.filter(application__call=call, state="released")
    led_on = decisions.filter(result__in=LED_ON).exclude(
        application__state__in=["eligible", "decided"]
    )
    return CallCounts(
        applications=by_state,
        submitted_ever=sum(by_state.get(state, 0) for state in SUBMITTED) + withdrawn_late,
        decisions=_grouped(decisions, "result"),
        offers=_grouped(Offer.objects.filter(application__call=call), "state"),
        assignments=_grouped(reviews, "state"),
        led_on=led_on.values("application").distinct().count(),
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


def next_actions(call: Call, counts: CallCounts, now: dt.datetime) -> Iterator[NextAction]:
    """What waits, in the order of a call's life; nothing when nothing waits for a person."""
    if call.state == "draft":
        yield NextAction.PUBLISH
    if call.state != "published" or is_open(call, now) or now < call.opens_at:
        return
    if counts.applications.get("submitted") and not is_window_open(
        call, current_window(call, now), now
    ):
        yield NextAction.SCREEN
    if counts.applications.get("eligible") and not counts.reviews_due:
        yield NextAction.ASSIGN
    if counts.reviews_due > counts.reviews_in:
        yield NextAction.CHASE
    yield from _decisions_waiting(call, counts)


def _decisions_waiting(call: Call, counts: CallCounts) -> Iterator[NextAction]:
    run = runs_of(call, get_ranking_step(call)).exclude(state="superseded").first()
    if counts.reviews_in and counts.reviews_in == counts.reviews_due and run is None:
        yield NextAction.COMPUTE
    if run is not None and run.state == "confirmed":
        yield NextAction.RELEASE
    if run is not None and run.state == "released" and not counts.offers:
        yield NextAction.OFFER
