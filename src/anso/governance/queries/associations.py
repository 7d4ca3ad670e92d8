"""Associations that were recognised, and where each of them stands on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from anso.governance.enums import AssociationState
from anso.governance.models import Association, AssociationEvent, AssociationGroup


@dataclass(frozen=True)
class Standing:
    """One association on a day: its state, what decides it, and the working groups it has then."""

    association: Association
    state: str
    event: AssociationEvent | None
    groups: tuple[str, ...]


def state_on(last: AssociationEvent | None) -> str:
    """The state after what was recorded last; blank where nothing was: nobody knows."""
    return last.state if last else ""


def associations_on(day: dt.date) -> list[Standing]:
    """All of them in the order in which they were recognised, those that were closed last."""
    events = AssociationEvent.objects.filter(on__lte=day).order_by("on", "pk")
    groups = AssociationGroup.objects.filter(starts_on__lte=day).order_by("name")
    found = Association.objects.order_by("recognised", "pk").prefetch_related(
        Prefetch("events", queryset=events, to_attr="until_then"),
        Prefetch("groups", queryset=groups, to_attr="begun"),
    )
    rows = [_standing(each, day) for each in found]
    return sorted(rows, key=lambda each: each.state == AssociationState.CLOSED)


def _standing(association: Association, day: dt.date) -> Standing:
    events: list[AssociationEvent] = association.until_then  # type: ignore[attr-defined]
    begun: list[AssociationGroup] = association.begun  # type: ignore[attr-defined]
    last = events[-1] if events else None
    running = (each.name for each in begun if each.ends_on is None or each.ends_on > day)
    return Standing(association, state_on(last), last, tuple(running))
