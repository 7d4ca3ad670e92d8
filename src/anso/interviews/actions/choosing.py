"""A time is chosen by an applicant, or settled by an officer. None is ever taken twice: whoever
takes, changes or closes a time of a step takes turns, and the database holds it.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.models import Step
from anso.interviews import notices, rules
from anso.interviews.actions.telling import tell_applicant
from anso.interviews.models import Interview, InterviewTime
from anso.interviews.queries import free_times
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.reasons import READ_BY_APPLICANT, required_reason
from anso.kernel.wording import gettext_noop

TAKEN = gettext_noop("This time was taken by somebody else, or closed. Choose another one.")


@transaction.atomic
def choose_time(
    *, actor: Actor, interview: Interview, time: InterviewTime, now: dt.datetime
) -> Interview:
    """The applicant takes a free time, in the place of the one they had. Refused after the moment
    that their invitation names, and when somebody else was quicker.
    """
    _wait_for_turn(interview)
    rules.may_choose_time(actor, interview, now).require()
    if interview.time is not None and interview.time.starts_at == time.starts_at:
        return interview
    _take(interview, time, "choose_time", actor=actor, now=now)
    tell_applicant(notices.CHOSEN, interview, actor=actor, now=now)
    return interview


@transaction.atomic
def settle_time(
    *, actor: Actor, interview: Interview, time: InterviewTime, now: dt.datetime, because: str
) -> Interview:
    """An officer puts somebody into a free time, also one who had another, and tells why."""
    _wait_for_turn(interview)
    rules.may_arrange_interview(actor, interview, now).require()
    reason = required_reason(because, READ_BY_APPLICANT)
    _take(interview, time, "settle_time", actor=actor, now=now, because=reason)
    tell_applicant(notices.SETTLED, interview, actor=actor, now=now, reason=reason)
    return interview


def take_turns(step: Step) -> None:
    """Wait for whoever takes, changes or closes a time of this step now."""
    Step.objects.select_for_update().get(pk=step.pk)


def let_go(interview: Interview, *, actor: Actor, now: dt.datetime, because: str = "") -> None:
    """An interview has no time any more."""
    before = interview.time
    interview.time, interview.chosen_at = None, None
    interview.revision += 1
    interview.save(update_fields=["time", "chosen_at", "revision"])
    changes = {"time": [before and before.starts_at, None]}
    record_entry(interview, "lose_time", actor=actor, now=now, because=because, changes=changes)


def _wait_for_turn(interview: Interview) -> None:
    take_turns(interview.step)
    interview.refresh_from_db(fields=["time", "chosen_at", "choose_until", "revision"])
    interview.application.refresh_from_db(fields=["state"])


def _take(
    interview: Interview,
    time: InterviewTime,
    verb: str,
    *,
    actor: Actor,
    now: dt.datetime,
    because: str = "",
) -> None:
    """The time that was asked for, or another one at the same hour."""
    free = free_times(interview.step, now).filter(starts_at=time.starts_at, ends_at=time.ends_at)
    found = free.filter(pk=time.pk).first() or free.first()
    if found is None:
        raise BadInput(TAKEN)
    for gone in Interview.objects.filter(time=found):
        let_go(gone, actor=actor, now=now)  # of somebody who is no longer judged
    before = interview.time
    interview.time, interview.chosen_at = found, now
    interview.revision += 1
    interview.save(update_fields=["time", "chosen_at", "revision"])
    changes = {"time": [before and before.starts_at, found.starts_at]}
    record_entry(interview, verb, actor=actor, now=now, because=because, changes=changes)
