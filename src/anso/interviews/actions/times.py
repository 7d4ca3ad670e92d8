"""Officers open times for interviews, change and close them. Whoever had one that is gone is told
and chooses anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from anso.audit.actions import record_entries, record_entry
from anso.calls.models import Step
from anso.calls.queries.steps import step_closes_at, window_opens_at
from anso.interviews import notices, rules
from anso.interviews.actions.choosing import let_go, take_turns
from anso.interviews.actions.telling import tell_applicant
from anso.interviews.models import PLACE_LIMIT, Interview, InterviewTime
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.reasons import READ_BY_APPLICANT, fitting, required_reason
from anso.kernel.timetables import Timetable
from anso.kernel.wording import gettext_noop
from anso.review.models import Reviewer

MOST_AT_ONCE, MOST_TIMES = 20, 1000
TO_CHOOSE_ANEW = dt.timedelta(days=2)


@dataclass(frozen=True)
class Opening:
    """Times that an officer opens together: how many at the same time, where, who listens."""

    timetable: Timetable
    place: str
    at_once: int = 1
    listeners: Sequence[Reviewer] = ()


@transaction.atomic
def open_times(
    *, actor: Actor, step: Step, opening: Opening, now: dt.datetime
) -> list[InterviewTime]:
    """Open the times of a timetable, on the clock of the call's zone. Refused outside the days of
    the step, in the past, and without a place.
    """
    rules.may_arrange_interviews(actor, step, now).require()
    take_turns(step)
    place = _place(opening.place)
    times = opening.timetable.times_in(step.call.zone)
    for starts_at, ends_at in times:
        _require_within(step, starts_at, ends_at, now)
    if not 1 <= opening.at_once <= MOST_AT_ONCE or len(times) * opening.at_once > MOST_TIMES:
        text = gettext_noop("At most %(limit)s at the same time, and %(most)s in all.")
        raise BadInput(text, limit=MOST_AT_ONCE, most=MOST_TIMES)
    made = InterviewTime.objects.bulk_create(
        InterviewTime(step=step, starts_at=starts_at, ends_at=ends_at, place=place)
        for starts_at, ends_at in times
        for _number in range(opening.at_once)
    )
    listening = InterviewTime.listeners.through
    listening.objects.bulk_create(
        listening(interviewtime_id=time.pk, reviewer_id=each.pk)
        for time in made
        for each in opening.listeners
    )
    record_entries(made, "open_times", actor=actor, now=now, changes={"step": [None, step.key]})
    return made


@transaction.atomic
def change_time(
    *,
    actor: Actor,
    time: InterviewTime,
    starts_at: dt.datetime,
    place: str,
    listeners: Sequence[Reviewer],
    because: str,
    now: dt.datetime,
) -> InterviewTime:
    """Move a time, or change where it is and who listens; it lasts as long as before. Whoever had
    one that moved is told why and chooses anew; whoever had one whose place changed is told.
    """
    take_turns(time.step)
    time.refresh_from_db(fields=["starts_at", "ends_at", "place", "closed_at"])
    rules.may_change_time(actor, time, now).require()
    before, length = (time.starts_at, time.place), time.ends_at - time.starts_at
    _require_within(time.step, starts_at, starts_at + length, now)
    old = InterviewTime(step=time.step, starts_at=before[0], ends_at=time.ends_at, place=before[1])
    time.starts_at, time.ends_at, time.place = starts_at, starts_at + length, _place(place)
    has_moved, is_elsewhere = before[0] != starts_at, before[1] != time.place
    holders = list(_held([time])) if has_moved or is_elsewhere else []
    reason = required_reason(because, READ_BY_APPLICANT) if holders else fitting(because)
    time.save(update_fields=["starts_at", "ends_at", "place"])
    time.listeners.set(listeners)
    changes = {"time": [before[0], starts_at]} if has_moved else None
    record_entry(time, "change_time", actor=actor, now=now, because=reason, changes=changes)
    for each in holders:
        if has_moved:
            _lose(each, old, actor=actor, now=now, because=reason)
        else:
            each.time = time
            each.revision += 1
            each.save(update_fields=["revision"])
            tell_applicant(notices.SETTLED, each, actor=actor, now=now, reason=reason)
    return time


@transaction.atomic
def close_times(
    *, actor: Actor, step: Step, references: Iterable[str], because: str, now: dt.datetime
) -> list[InterviewTime]:
    """Close times of a step that are to come. Whoever had one is told why and chooses anew."""
    rules.may_arrange_interviews(actor, step, now).require()
    take_turns(step)
    found = InterviewTime.objects.filter(step=step, reference__in=list(references))
    closed = list(found.filter(closed_at=None, starts_at__gt=now).order_by("starts_at", "id"))
    if not closed:
        raise BadInput(gettext_noop("Tick at least one time that is still to come."))
    holders = list(_held(closed))
    reason = required_reason(because, READ_BY_APPLICANT) if holders else fitting(because)
    InterviewTime.objects.filter(pk__in=[each.pk for each in closed]).update(closed_at=now)
    record_entries(closed, "close_time", actor=actor, now=now, because=reason)
    for each in holders:
        _lose(each, each.time, actor=actor, now=now, because=reason)
    return closed


def _held(times: Sequence[InterviewTime]) -> Iterable[Interview]:
    found = Interview.objects.filter(time__in=times, application__state="eligible")
    joined = ("application__call", "application__applicant__account", "step__call", "time__step")
    return found.select_related(*joined).order_by("id")


def _lose(
    interview: Interview,
    lost: InterviewTime | None,
    *,
    actor: Actor,
    now: dt.datetime,
    because: str,
) -> None:
    """It has no time any more; there are two days at least to choose anew."""
    anew = min(now + TO_CHOOSE_ANEW, step_closes_at(interview.step))
    interview.choose_until = max(interview.choose_until, anew)
    interview.save(update_fields=["choose_until"])
    let_go(interview, actor=actor, now=now, because=because)
    tell_applicant(notices.LOST, interview, actor=actor, now=now, lost=lost, reason=because)


def _place(typed: str) -> str:
    place = fitting(typed, PLACE_LIMIT)
    if not place:
        raise BadInput(gettext_noop("Say where: a room, or the address of an online meeting."))
    return place


def _require_within(
    step: Step, starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime
) -> None:
    if starts_at <= now:
        raise BadInput(gettext_noop("A time for interviews must be to come."))
    if starts_at < window_opens_at(step.call, step) or ends_at > step_closes_at(step):
        text = gettext_noop("Interviews lie in the days of the step: %(first)s to %(last)s.")
        raise BadInput(text, first=step.starts_on, last=step.ends_on)
