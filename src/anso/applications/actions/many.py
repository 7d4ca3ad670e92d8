"""What is done with many applications at once, as work that is watched, stopped and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from anso.applications.actions.screening import screen_applications
from anso.applications.models import Application
from anso.applications.rules import may_screen_applications
from anso.applications.wording import screening_verb
from anso.bulk.queries import BulkWork, Part
from anso.calls.models import Call
from anso.kernel.errors import Refusal

SCREEN = "applications.screen"


def screen_part(part: Part) -> dict[Any, Refusal]:
    """Screen some; what has moved on meanwhile is left, with the reason."""
    found = Application.objects.filter(pk__in=part.items, call=part.context)
    outcome = screen_applications(
        applications=found.select_related("call", "applicant__account").order_by("number"),
        verb=part.said["verb"],
        because=part.said["because"],
        actor=part.actor,
        now=part.now,
    )
    return {each.pk: refusal for each, refusal in outcome.refused}


def numbers_and_pages(items: Sequence[int]) -> list[tuple[str, str]]:
    """The number and the desk's page of applications, by their keys."""
    rows = Application.objects.filter(pk__in=items).only("number", "reference").in_bulk()
    return [
        (rows[key].number, reverse("applications:desk_detail", args=[rows[key].reference]))
        for key in items
    ]


def screening_page(call: Call) -> str:
    """Where many are screened."""
    return reverse("applications:screening", args=[call.reference])


def take_back(said: dict[str, Any]) -> dict[str, Any] | None:
    """What takes a screening back: of what was taken back already, nothing."""
    if said["verb"] == "reopen_screening":
        return None
    return {"verb": "reopen_screening", "because": ""}


BULK_WORKS = {
    SCREEN: BulkWork(
        may=may_screen_applications,
        run=screen_part,
        title=lambda said: screening_verb(said["verb"]),
        shown=numbers_and_pages,
        back=screening_page,
        undo=take_back,
    )
}
