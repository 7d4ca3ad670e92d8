"""Who may answer for a host, and what keeps a host from admitting somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _

from anso.applications.models import Application
from anso.calls.models import Call, CallHost, Step
from anso.calls.queries.steps import step_closes_at
from anso.calls.rules import may_manage_call
from anso.hosting.queries import get_host_step, has_begun
from anso.kernel.actors import Actor
from anso.kernel.registers import Register
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.ui.instants import day_in_words, end_in_words

# What apps above know that keeps a host from admitting somebody, such as that they hold one.
AGAINST_ADMITTING: Register[Callable[[Application], Verdict]] = Register("against admitting")


def may_see_answers_of_hosts(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Whoever reads the desk, of a call in which hosts answer."""
    if get_host_step(call) is not None:
        return ALLOWED
    return refuse("none", _("In this call no host is asked whom it admits."))


def may_answer_for_host(
    actor: Actor, host: CallHost, application: Application, now: dt.datetime
) -> Verdict:
    """The host's own people, within the days of the step, as long as nothing is decided."""
    step = get_host_step(application.call)
    if step is None or not host.people.filter(account_id=actor.pk).exists() or actor.pk is None:
        return refuse("not_yours", _("Only whoever answers for this host may do this."))
    verdict = _is_open(application, step, now)
    if verdict and now >= step_closes_at(step):
        until = {"until": end_in_words(step_closes_at(step), step.call.zone)}
        text = _("Hosts could answer until %(until)s. Write to the programme officer.")
        return refuse("over", text % until)
    return verdict


def may_record_for_host(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Officers of the call, from the first day of the step, also when it is over, as long as
    nothing is decided.
    """
    call = application.call
    step = get_host_step(call)
    return first_refusal(
        may_manage_call(actor, call, now),
        may_see_answers_of_hosts(actor, call, now),
        _is_open(application, step, now) if step else ALLOWED,
    )


def may_be_admitted(application: Application) -> Verdict:
    """Nothing that apps above know keeps a host from admitting somebody."""
    return first_refusal(*(each(application) for each in AGAINST_ADMITTING.values()))


def _is_open(application: Application, step: Step, now: dt.datetime) -> Verdict:
    if not has_begun(step, now):
        day = {"day": day_in_words(step.starts_on)}
        return refuse("early", _("Hosts can answer from %(day)s.") % day)
    if application.state != "eligible":
        return refuse("not_judged", _("It is no longer judged."))
    if application.call.state != "published":
        return refuse("not_running", _("This call is not running."))
    return ALLOWED
