"""What one person reviewed, in counts: never whose file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, Model, OuterRef, Q

from anso.applications.queries.people import DeskCalls
from anso.calls.queries import calls_on_desk_of
from anso.directory.models import Person
from anso.review.models import Reviewer


@dataclass(frozen=True)
class Reviewing:
    """Somebody reviews in a call: how many they were given and have submitted."""

    reviewer: Reviewer
    given: int
    submitted: int


def reviewing_of_person(account: Model, person: Person, now: dt.datetime) -> list[Reviewing]:
    """In which of these calls a person reviews, the newest first."""
    desk = calls_on_desk_of(account, now).order_by().values("pk")
    counted = Reviewer.objects.filter(call__in=desk, person=person).select_related("call")
    given = Q(assignments__state__in=("assigned", "accepted", "submitted"))
    counted = counted.annotate(
        given=Count("assignments", filter=given),
        submitted=Count("assignments", filter=Q(assignments__state="submitted")),
    )
    rows = counted.order_by("-invited_at", "id")
    return [Reviewing(each, each.given, each.submitted) for each in rows]


def people_who_review(calls: DeskCalls) -> Exists:
    """People who review in a call on a desk: a condition on rows of people."""
    return Exists(Reviewer.objects.filter(call__in=calls.read, person=OuterRef("pk")))
