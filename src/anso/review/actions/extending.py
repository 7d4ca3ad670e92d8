"""More time for one review alone, also when the days of its step are over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.queries.steps import step_closes_at
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.kernel.reasons import REMARK_AT_MOST, required_reason
from anso.kernel.wording import Text, gettext_noop
from anso.review import notices, rules
from anso.review.actions.mail import notify_reviewer
from anso.review.models import Assignment
from anso.review.queries.own_days import step_waiting_for

READ_BY_REVIEWER = gettext_noop("Say why: the reviewer reads it, and it stands in the record.")


@transaction.atomic
def extend_assignment(
    *, actor: Actor, assignment: Assignment, due_on: dt.date, because: str, now: dt.datetime
) -> Assignment:
    """Let one review that is not in be given until the end of ``due_on`` in the call's zone, and
    tell its reviewer with the reason. Nobody else's days move.

    Refused for a day that is no later or past, for one on which what waits for the reviews is over,
    and once a selection stands on them or applicants have read them. The reviewer is reminded anew.
    """
    # Locked before the rule is asked: a review handed in meanwhile is not extended.
    locked = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("application__call", "step__call", "reviewer__person__account")
        .get(pk=assignment.pk)
    )
    rules.may_extend_assignment(actor, locked, now).require()
    reason = required_reason(because, READ_BY_REVIEWER, REMARK_AT_MOST)
    before, due_at = locked.due_at, Deadline.at_end_of(due_on, locked.step.call.zone).closes_at
    _require_day(locked, due_at, now)
    locked.due_at, locked.reminder_count = due_at, 0
    locked.save(update_fields=["due_at", "reminder_count"])
    changes = {"due_at": [before, due_at]}
    record_entry(locked, "extend_assignment", actor=actor, now=now, changes=changes, because=reason)
    notify_reviewer(
        notices.EXTENDED,
        locked.reviewer,
        actor=actor,
        now=now,
        key=f"{locked.reference}:{due_at.isoformat()}",
        number=locked.application.number,
        due_at=due_at,
        reason=reason,
    )
    return locked


def _require_day(assignment: Assignment, due_at: dt.datetime, now: dt.datetime) -> None:
    if due_at <= now or due_at <= assignment.due_at:
        raise BadInput(gettext_noop("Choose a day ahead that is later than the one before."))
    waiting = step_waiting_for(assignment.step, now)
    if waiting is not None and due_at >= step_closes_at(waiting):
        raise BadInput(
            gettext_noop("“%(step)s” needs this review: choose a day before its last, %(day)s."),
            step=Text(waiting.label),
            day=waiting.ends_on,
        )
