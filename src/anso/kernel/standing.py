"""Where a member of the alliance stands on a day, computed from what was recorded about it.

Here: the kinds of record and the computation. Not here: who may record what, and sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class StandingEventKind(StrEnum):
    """What can be recorded about a membership. Nothing recorded is ever changed; what was recorded
    wrongly is revoked by another record.
    """

    ADMITTED = "admitted"
    RECATEGORISED = "recategorised"
    SUSPENDED = "suspended"
    WAIVED = "waived"
    RESTORED = "restored"
    LEFT = "left"
    EXPELLED = "expelled"
    REVOKED = "revoked"


ENDING = frozenset({StandingEventKind.LEFT, StandingEventKind.EXPELLED})
NAMING_CATEGORY = frozenset({StandingEventKind.ADMITTED, StandingEventKind.RECATEGORISED})
MAY_RUN_OUT = frozenset({StandingEventKind.SUSPENDED, StandingEventKind.WAIVED})


class Standing(StrEnum):
    """Where an organisation stands on a day."""

    GOOD = "good"
    SUSPENDED = "suspended"
    NONE = "none"


@dataclass(frozen=True)
class StandingEvent:
    """One thing recorded about a membership, in force from the day ``on``; ``until`` is the day on
    which a suspension or waiver runs out by itself. ``key`` orders what was recorded for one day.
    """

    kind: StandingEventKind
    on: date
    until: date | None = None
    category: str = ""
    key: int = 0


@dataclass(frozen=True)
class StandingOnDay:
    """Where an organisation stands, since when, in which category, and the event that decides it:
    None only for one that never was a member. A suspension that a waiver lifts is named too.
    """

    standing: Standing
    since: date | None = None
    category: str = ""
    decided_by: StandingEvent | None = None
    lifted: StandingEvent | None = None


def standing_on(day: date, events: Iterable[StandingEvent]) -> StandingOnDay:
    """Return where an organisation stands on a day, from all that was recorded about it.

    A suspension holds until it runs out or is lifted by a restoration. A waiver lifts, while it
    lasts, a suspension that was recorded before it, and none that comes later. Events after the
    day say nothing about it, nor do those that were recorded for a time without membership.
    """
    found, since_then = StandingOnDay(Standing.NONE), list[StandingEvent]()
    known = (event for event in events if event.on <= day)
    for event in sorted(known, key=lambda event: (event.on, event.key)):
        if event.kind is StandingEventKind.ADMITTED:
            found = StandingOnDay(Standing.GOOD, event.on, event.category, event)
            since_then = []
        elif found.standing is Standing.NONE:
            continue
        elif event.kind in ENDING:
            found = StandingOnDay(Standing.NONE, event.on, found.category, event)
            since_then = []
        elif event.kind is StandingEventKind.RECATEGORISED:
            found = replace(found, category=event.category)
        else:
            since_then.append(event)
    return _after(day, found, since_then)


def _after(day: date, found: StandingOnDay, since_then: list[StandingEvent]) -> StandingOnDay:
    """What suspensions, waivers and restorations since its admission make of a member."""
    suspension, waiver = None, None
    for event in since_then:
        if event.kind is StandingEventKind.SUSPENDED:
            suspension, waiver = event, None
        elif event.kind is StandingEventKind.WAIVED:
            waiver = event if suspension else None
        elif suspension:
            found = replace(found, since=event.on, decided_by=event)
            suspension = waiver = None
    return _suspended(day, found, suspension, waiver) if suspension else found


def _suspended(
    day: date, found: StandingOnDay, suspension: StandingEvent, waiver: StandingEvent | None
) -> StandingOnDay:
    if suspension.until is not None and suspension.until <= day:
        return replace(found, since=suspension.until, decided_by=suspension)
    since = suspension.on
    if waiver is not None and (waiver.until is None or day < waiver.until):
        return replace(found, since=waiver.on, decided_by=waiver, lifted=suspension)
    if waiver is not None and waiver.until is not None:
        since = waiver.until
    return replace(found, standing=Standing.SUSPENDED, since=since, decided_by=suspension)
