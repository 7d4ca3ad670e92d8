"""Hosts answer about their candidates, or an officer takes an answer down for one; hosts are asked
and reminded.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.applications.models import Application
from anso.audit.actions import record_entry
from anso.calls.models import CallHost, Step
from anso.directory.models import Person
from anso.hosting import notices, rules
from anso.hosting.enums import HostSays
from anso.hosting.models import HEARD_LIMIT, WORDS_LIMIT, HostAnswer
from anso.hosting.queries import Candidate, waiting_for
from anso.hosting.wording import host_told
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.errors import BadInput
from anso.kernel.notices import Notice
from anso.kernel.reasons import fitting, required_reason
from anso.kernel.wording import gettext_noop
from anso.notifications.actions import notify

CONDITION = gettext_noop("Say on which condition: whoever is selected there reads it.")
REFUSAL = gettext_noop("Say why: whoever decides reads it.")
HEARD = gettext_noop("Say how you heard of it, such as a letter of the host and its day.")
ASKED_FOR = {HostSays.CONDITION: CONDITION, HostSays.REFUSES: REFUSAL}


@transaction.atomic
def answer_for_host(
    *, actor: Actor, candidate: Candidate, says: str, words: str, now: dt.datetime
) -> HostAnswer:
    """One of a host's own people says whether it admits a candidate; again, as long as the days of
    the step last. Refused without words for a condition or a refusal, and where somebody is
    admitted who may not be, such as whoever holds a place already.
    """
    application = _locked(candidate)
    rules.may_answer_for_host(actor, candidate.host, application, now).require()
    return _keep(candidate.host, application, says, words, "", actor=actor, now=now)


@transaction.atomic
def record_host_answer(
    *, actor: Actor, candidate: Candidate, says: str, words: str, heard: str, now: dt.datetime
) -> HostAnswer:
    """An officer takes down what a host said by other ways, and how they heard of it."""
    application = _locked(candidate)
    rules.may_record_for_host(actor, application, now).require()
    how = required_reason(heard, HEARD, HEARD_LIMIT)
    return _keep(candidate.host, application, says, words, how, actor=actor, now=now)


@transaction.atomic
def ask_hosts(
    *, host: CallHost, step: Step, is_last_call: bool, now: dt.datetime, actor: Actor = CLOCK
) -> None:
    """Tell the people of a host that candidates wait, once, and once more before the days end."""
    count = waiting_for(host, step).count()
    if not count:
        return
    notice = notices.REMINDER if is_last_call else notices.ASKED
    for person in host.people.all():
        _tell(notice, host, step, person, count, actor=actor, now=now)


def _tell(
    notice: Notice,
    host: CallHost,
    step: Step,
    person: Person,
    count: int,
    *,
    actor: Actor,
    now: dt.datetime,
) -> None:
    notify(
        notice,
        about=step.call,
        recipient=person.account,
        zone=step.call.zone,
        say=lambda: host_told(host, step, person, count),
        key=f"{host.pk}:{person.pk}:{step.ends_on}",
        actor=actor,
        now=now,
    )


def _locked(candidate: Candidate) -> Application:
    # Two of a host who answer at once: the later of them sees what the other said.
    found = Application.objects.select_for_update(of=("self",)).select_related("call")
    return found.get(pk=candidate.application.pk)


def _keep(
    host: CallHost,
    application: Application,
    says: str,
    words: str,
    heard: str,
    *,
    actor: Actor,
    now: dt.datetime,
) -> HostAnswer:
    if says not in HostSays.values:
        raise BadInput(gettext_noop("Choose one of the answers."))
    said = HostSays(says)
    told = ASKED_FOR.get(said, "")
    reason = required_reason(words, told, WORDS_LIMIT) if told else fitting(words, WORDS_LIMIT)
    # An officer may know that what somebody held has ended.
    if said is not HostSays.REFUSES and not heard:
        rules.may_be_admitted(application).require()
    before = HostAnswer.objects.filter(host=host, application=application).first()
    answer = before or HostAnswer(host=host, application=application)
    changes = {
        name: [getattr(answer, name), value]
        for name, value in (("says", says), ("words", reason), ("heard", heard))
        if getattr(answer, name) != value
    }
    if before is not None and not changes:
        return before
    answer.says, answer.words, answer.heard, answer.answered_at = says, reason, heard, now
    answer.save()
    verb = "record_host_answer" if heard else "answer_for_host"
    of_host = {"host": [None, host.key]} | changes
    record_entry(application, verb, actor=actor, now=now, because=heard, changes=of_host)
    return answer
