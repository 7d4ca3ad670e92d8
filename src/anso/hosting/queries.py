"""Candidates of hosts: whom a host's own people see, who waits for an answer, and whom a selection
gives no place where.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.models import Application, Document, Submission
from anso.applications.queries import submitted_facts_of
from anso.applications.queries.readers import answers_read_by
from anso.applications.queries.visibility import submitted_documents_of
from anso.applications.queries.windows import JUDGED
from anso.calls.models import Call, CallHost, Step
from anso.calls.queries import calls_managed_by, hosts_of
from anso.calls.queries.steps import step_closes_at, steps_of_block, window_opens_at
from anso.hosting.models import HostAnswer
from anso.kernel.questions import Audience, Meaning, ReadAnswers

BLOCK = "hosts"
EVERYBODY = Q()
BY_HOSTS = frozenset({Audience.HOSTS})


@dataclass(frozen=True)
class Candidate:
    """An application that named a host: as which of how many, and what the host said so far."""

    host: CallHost
    application: Application
    place: int
    named: int
    answer: HostAnswer | None


def get_host_step(call: Call) -> Step | None:
    """The step in which hosts answer; None where a call has none."""
    found = steps_of_block(call, BLOCK)
    return found[-1] if found else None


def has_begun(step: Step, now: dt.datetime) -> bool:
    """Whether hosts may read and answer by now."""
    return window_opens_at(step.call, step) <= now


def names_host(key: str) -> Q:
    """Applications that were submitted with that host among those they prefer, or as the one."""
    listed = {str(Meaning.PREFERENCE): [key]}
    alone = {str(Meaning.PREFERENCE): key}
    return Q(submission__body__facts__contains=listed) | Q(submission__body__facts__contains=alone)


def applications_naming(host: CallHost, step: Step) -> QuerySet[Application]:
    """The judged applications that named a host, by number; those that do not stand before the step
    are not meant yet.
    """
    found = Application.objects.filter(
        names_host(host.key), call_id=host.call_id, state__in=JUDGED, step__order__lt=step.order
    )
    return found.select_related("applicant__account", "call").order_by("number")


def waiting_for(host: CallHost, step: Step) -> QuerySet[Application]:
    """Those about whom a host has not said anything, as long as nothing is decided."""
    answered = HostAnswer.objects.filter(host=host, application=OuterRef("pk"))
    return applications_naming(host, step).filter(~Exists(answered), state="eligible")


def candidates_of(host: CallHost, step: Step, only: Q = EVERYBODY) -> list[Candidate]:
    """Everybody who named a host, or ``only`` some of them, by number."""
    found = list(applications_naming(host, step).filter(only))
    facts = submitted_facts_of(found)
    answers = {each.application_id: each for each in HostAnswer.objects.filter(host=host)}
    candidates = []
    for each in found:
        wished = facts[each.pk].get(Meaning.PREFERENCE, "")
        named = wished if isinstance(wished, list) else [wished]
        place = named.index(host.key) + 1
        candidates.append(Candidate(host, each, place, len(named), answers.get(each.pk)))
    return candidates


def hosts_answered_by(account: Account) -> QuerySet[CallHost]:
    """The hosts for which this person answers, of published calls in which hosts do."""
    found = CallHost.objects.filter(
        people__account_id=account.pk, call__state="published", call__steps__block=BLOCK
    )
    return found.select_related("call", "organisation").distinct().order_by("call_id", "id")


def lists_of_hosts(
    account: Account, now: dt.datetime
) -> list[tuple[CallHost, Step, list[Candidate]]]:
    """What this person answers for: each host with its step, and its candidates once that began."""
    return [
        (host, step, _candidates_for(account, host, step, now))
        for host, step in _hosts_and_steps(hosts_answered_by(account))
    ]


def _hosts_and_steps(hosts: Iterable[CallHost]) -> list[tuple[CallHost, Step]]:
    # Only hosts of calls that have one.
    return [(each, cast("Step", get_host_step(each.call))) for each in hosts]


def _candidates_for(
    account: Account, host: CallHost, step: Step, now: dt.datetime, only: Q = EVERYBODY
) -> list[Candidate]:
    """Nobody answers about themself."""
    if not has_begun(step, now):
        return []
    return candidates_of(host, step, only & ~Q(applicant__account_id=account.pk))


def get_candidate_for(account: Account, key: str, reference: str, now: dt.datetime) -> Candidate:
    """One of the candidates of a host for which this person answers; Http404 for all others."""
    for host, step in _hosts_and_steps(hosts_answered_by(account).filter(key=key)):
        for each in _candidates_for(account, host, step, now, Q(reference=reference)):
            return each
    raise Http404("no candidate of yours")


def get_candidate_of(call: Call, key: str, number: str) -> Candidate:
    """One candidate of a host of a call, for its officers; Http404 where there is none."""
    step, host = get_host_step(call), hosts_of(call).filter(key=key).first()
    if host is not None and step is not None:
        for each in candidates_of(host, step, Q(number=number)):
            return each
    raise Http404("no such candidate in this call")


def read_by_hosts(submission: Submission) -> ReadAnswers:
    """What hosts read of a submission: what is asked for their eyes."""
    return answers_read_by(submission, BY_HOSTS)


def document_read_by_hosts(submission: Submission, reference: str) -> Document:
    """A document that was submitted to a question for hosts' eyes; Http404 for others."""
    read = read_by_hosts(submission)
    found = submitted_documents_of(submission, read).filter(reference=reference).first()
    if found is None:
        raise Http404("no document for hosts")
    return found


def waiting_by_host(call: Call) -> list[tuple[CallHost, int]]:
    """How many wait for each host of a call that has people of its own, where any do."""
    step = get_host_step(call)
    if step is None:
        return []
    counted = (
        (host, waiting_for(host, step).count()) for host in hosts_of(call) if host.people.all()
    )
    return [(host, count) for host, count in counted if count]


def hosts_to_answer(account: Account, now: dt.datetime) -> list[tuple[CallHost, Step, int]]:
    """Where this person can answer now, and about how many nobody has."""
    return [
        (host, step, sum(each.answer is None for each in candidates))
        for host, step, candidates in lists_of_hosts(account, now)
        if now < step_closes_at(step)
        and any(each.answer is None and each.application.state == "eligible" for each in candidates)
    ]


def late_hosts(account: Account, now: dt.datetime) -> list[tuple[CallHost, int]]:
    """The hosts in this officer's calls that have not answered in time, and about how many."""
    managed = calls_managed_by(account, now).filter(state="published", steps__block=BLOCK)
    late = []
    for call in managed.distinct().order_by("id"):
        step = cast("Step", get_host_step(call))
        if step_closes_at(step) <= now:
            late += waiting_by_host(call)
    return late


def hosts_may_still_answer(call: Call, now: dt.datetime) -> int:
    """How many answers of hosts may still come, before the step is over."""
    step = get_host_step(call)
    if step is None or step_closes_at(step) <= now:
        return 0
    return sum(count for _host, count in waiting_by_host(call))


def calls_to_tell_hosts_of(now: dt.datetime) -> list[tuple[Call, Step]]:
    """The calls in which hosts may answer now."""
    found = Call.objects.filter(state="published", steps__block=BLOCK).distinct().order_by("id")
    asked = [(call, cast("Step", get_host_step(call))) for call in found]
    return [
        (call, step) for call, step in asked if has_begun(step, now) and now < step_closes_at(step)
    ]


def answers_of_hosts(
    applications: Iterable[Application],
) -> Mapping[int, Mapping[str, HostAnswer]]:
    """What hosts said about these applications, by application and by the key of the host."""
    found = HostAnswer.objects.filter(application__in=[each.pk for each in applications])
    answers: dict[int, dict[str, HostAnswer]] = defaultdict(dict)
    for each in found.select_related("host").order_by("id"):
        answers[each.application_id][each.host.key] = each
    return answers
