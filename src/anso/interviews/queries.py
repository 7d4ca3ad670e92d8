"""Interviews as people see them: an applicant their own, a listener those of their times, an
officer all of a call; and who has not chosen yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.applications.queries.windows import JUDGED, standing_for
from anso.calls.models import Call, Step
from anso.calls.queries import calls_managed_by, get_terms
from anso.calls.queries.steps import rubric_of, steps_of
from anso.governance.queries import alliance_day
from anso.interviews.models import Interview, InterviewTime
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.review.models import Assignment, Reviewer
from anso.review.queries import conflicts_between, get_conflict_facts
from anso.review.queries.reading import IN_FORCE

JOINED = ("application__call", "application__applicant__account", "step__call", "time")
HELD = ("interview__application__applicant", "interview__application__call")
IS_HEARD = Q(application__state__in=JUDGED)


def interview_steps(call: Call) -> list[Step]:
    """The steps in which people may be heard: conversations, and reviews that show names."""
    terms = get_terms(call)
    return [
        step
        for step in steps_of(call)
        if step.block == "interviews"
        or (step.block == "review" and not rubric_of(terms, step).is_blind)
    ]


def applications_to_invite(step: Step) -> QuerySet[Application]:
    """The eligible applications of a step that nobody asked to an interview in it yet."""
    is_review = step.block == "review"
    standing = standing_for(step) if is_review else Q(step__order__lt=step.order)
    found = Application.objects.filter(standing, call=step.call, state="eligible")
    found = found.exclude(interviews__step=step).select_related("applicant__account", "call")
    return found.order_by("number")


def times_of(step: Step) -> QuerySet[InterviewTime]:
    """All times of a step that are not closed, the earliest first, each with who has it."""
    found = InterviewTime.objects.filter(step=step, closed_at=None)
    found = found.select_related("step__call", *HELD)
    return found.prefetch_related("listeners__person__account").order_by("starts_at", "id")


def free_times(step: Step, now: dt.datetime) -> QuerySet[InterviewTime]:
    """The times that can still be chosen; that of somebody who is no longer judged is free."""
    is_free = Q(interview=None) | ~Q(interview__application__state__in=JUDGED)
    return times_of(step).filter(is_free, starts_at__gt=now)


def get_time_of(step: Step, reference: str) -> InterviewTime:
    """One time of a step; refused where there is none, such as where nothing was chosen."""
    found = InterviewTime.objects.filter(step=step, reference=reference).first()
    if found is None:
        raise BadInput(gettext_noop("Choose one of the times."))
    return found


def times_to_choose(step: Step, now: dt.datetime) -> list[InterviewTime]:
    """The same as an applicant sees them: of several at the same time one."""
    first: dict[tuple[dt.datetime, dt.datetime], InterviewTime] = {}
    for each in free_times(step, now):
        first.setdefault((each.starts_at, each.ends_at), each)
    return list(first.values())


def interviews_of(step: Step) -> QuerySet[Interview]:
    """Everybody who was asked to an interview in a step and is still judged, by number."""
    found = Interview.objects.filter(IS_HEARD, step=step).select_related(*JOINED)
    return found.order_by("application__number")


def own_interviews_of(account: Account) -> QuerySet[Interview]:
    """The interviews of this applicant."""
    found = Interview.objects.filter(application__applicant__account_id=account.pk)
    return found.exclude(application__state="withdrawn").select_related(*JOINED).order_by("id")


def get_own_interview_for(account: Account, reference: str) -> Interview:
    """One of one's own; Http404 for everybody else's."""
    found = own_interviews_of(account).filter(reference=reference).first()
    if found is None:
        raise Http404("no interview of yours")
    return found


def interviews_to_choose(now: dt.datetime) -> QuerySet[Interview]:
    """Those for which a time can be chosen now and none was."""
    waiting = Interview.objects.filter(
        time=None,
        choose_until__gt=now,
        application__state="eligible",
        application__call__state="published",
    )
    return waiting.select_related(*JOINED).order_by("id")


def interviews_to_remind_of(now: dt.datetime, before: dt.timedelta) -> QuerySet[Interview]:
    """Those for which it can be chosen only so long, and about which nobody heard for a day."""
    asked = dt.timedelta(days=1)
    return interviews_to_choose(now).filter(
        choose_until__lte=now + before, invited_at__lte=now - asked
    )


def interviews_without_time(account: Account, now: dt.datetime) -> list[tuple[Step, int]]:
    """In which steps of this officer's calls how many did not choose in time."""
    managed = calls_managed_by(account, now).filter(state="published")
    found = Interview.objects.filter(
        time=None,
        choose_until__lte=now,
        application__state="eligible",
        application__call__in=managed.values("pk"),
    )
    steps: dict[Step, int] = {}
    for each in found.select_related("step__call").order_by("step__starts_on", "id"):
        steps[each.step] = steps.get(each.step, 0) + 1
    return list(steps.items())


def listening_of(account: Account) -> QuerySet[InterviewTime]:
    """The times at which this person listens, and somebody comes."""
    found = InterviewTime.objects.filter(
        listeners__person__account_id=account.pk,
        listeners__state="accepted",
        closed_at=None,
        interview__application__state__in=JUDGED,
        step__call__state="published",
    )
    found = found.select_related("step__call", *HELD)
    return found.prefetch_related("listeners__person__account").order_by("starts_at", "id")


@dataclass(frozen=True)
class Heard:
    """One time of a listener's list. Without an ``interview`` it is kept from them: our record
    shows a conflict of interest. ``assignment`` is the file of it that they were given.
    """

    time: InterviewTime
    interview: Interview | None
    assignment: Assignment | None


def list_of_listener(account: Account, now: dt.datetime) -> list[Heard]:
    """What this person hears and when, the files of which they may read."""
    times = list(listening_of(account))
    kept_from = conflicted_listeners(times, now)
    found = Assignment.objects.filter(reviewer__person__account_id=account.pk)
    given: dict[tuple[int, int], Assignment] = {}
    for each in found.filter(state__in=IN_FORCE).order_by("step__order"):
        given[each.application_id, each.step_id] = given[each.application_id, 0] = each
    return [
        Heard(each, None, None)
        if (each.pk, account.pk) in kept_from
        else Heard(each, each.interview, _file_of(each, given))
        for each in times
    ]


def _file_of(time: InterviewTime, given: Mapping[tuple[int, int], Assignment]) -> Assignment | None:
    """The file given for this step, or else the one of a later or earlier step."""
    application = time.interview.application_id
    return given.get((application, time.step_id)) or given.get((application, 0))


def conflicted_listeners(
    times: Sequence[InterviewTime], now: dt.datetime
) -> set[tuple[int, int | None]]:
    """Which listeners, by time and account, must not hear who comes then: our record shows a
    conflict of interest, or they declared one.
    """
    taken = [each for each in times if hasattr(each, "interview")]
    people = {listener.person for each in taken for listener in each.listeners.all()}
    applications = [each.interview.application for each in taken]
    facts = get_conflict_facts(people, applications, alliance_day(now))
    conflicted = Assignment.objects.filter(application__in=applications, state="conflicted")
    declared = set(conflicted.values_list("application_id", "reviewer_id"))
    return {
        (time.pk, listener.person.account_id)
        for time in taken
        for listener in time.listeners.all()
        if (time.interview.application_id, listener.pk) in declared
        or conflicts_between(listener.person, time.interview.application, facts)
    }


def listeners_to_name(call: Call) -> QuerySet[Reviewer]:
    """Who may be named to listen: whoever agreed to review in the call."""
    found = Reviewer.objects.filter(call=call, state="accepted")
    return found.select_related("person").order_by("person__full_name", "id")
