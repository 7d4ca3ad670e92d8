"""Applicants are asked to an interview, and reminded to choose a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from anso.applications.models import Application
from anso.audit.actions import record_entries
from anso.calls.models import Step
from anso.calls.queries.steps import step_closes_at
from anso.interviews import notices, rules
from anso.interviews.actions.choosing import take_turns
from anso.interviews.actions.telling import tell_applicant
from anso.interviews.models import Interview
from anso.interviews.queries import applications_to_invite, free_times, interviews_of
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop


@transaction.atomic
def ask_to_interview(
    *,
    actor: Actor,
    step: Step,
    applications: Sequence[Application],
    choose_until: dt.datetime,
    now: dt.datetime,
) -> list[Interview]:
    """Ask these applicants to choose a time until a moment. Whoever was asked before, or is not
    judged in the step, is left out. Refused where not everybody would find a free time.
    """
    rules.may_arrange_interviews(actor, step, now).require()
    take_turns(step)
    if not now < choose_until <= step_closes_at(step):
        text = gettext_noop("The moment until which they choose must be to come, in the step.")
        raise BadInput(text)
    asked = list(applications_to_invite(step).filter(pk__in=[each.pk for each in applications]))
    if not asked:
        raise BadInput(gettext_noop("Tick at least one who was not asked yet."))
    waiting = interviews_of(step).filter(time=None, application__state="eligible").count()
    free = free_times(step, now).count()
    if len(asked) + waiting > free:
        text = gettext_noop(
            "Open more times first: %(free)s are free, and %(needed)s people would choose."
        )
        raise BadInput(text, free=free, needed=len(asked) + waiting)
    made = Interview.objects.bulk_create(
        Interview(application=each, step=step, choose_until=choose_until, invited_at=now)
        for each in asked
    )
    begun = {"step": [None, step.key]}
    record_entries(made, "ask_to_interview", actor=actor, now=now, changes=begun)
    for each in made:
        tell_applicant(notices.ASKED, each, actor=actor, now=now)
    return made


@transaction.atomic
def remind_to_choose(*, interview: Interview, now: dt.datetime, actor: Actor = CLOCK) -> None:
    """Remind somebody that they have not chosen yet, once for each moment until which they can."""
    key = f"{interview.choose_until:%Y%m%d%H%M}"
    tell_applicant(notices.REMINDER, interview, actor=actor, now=now, key=key)
