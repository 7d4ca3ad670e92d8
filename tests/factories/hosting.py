"""Makers of calls in which hosts answer about their candidates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.calls.actions import add_host_person
from anso.calls.actions.hosts import lay_out_hosts
from anso.calls.models import Call, CallHost, Step
from anso.calls.queries import hosts_of
from anso.hosting.queries import Candidate, candidates_of, get_host_step
from anso.kernel.actors import SETUP
from anso.programmes.catalogue import find_kind
from tests.factories.applications import fellowship_answers
from tests.factories.calls import make_call
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.review import SCREENED, make_eligible_application

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Hosting:
    """A call with two hosts, of which one has somebody; two candidates who are judged: the first
    named both hosts, the second the other one alone.
    """

    call: Call
    officer: Account
    step: Step
    here: CallHost
    elsewhere: CallHost
    person: Account
    both: Application
    other: Application

    @property
    def open_at(self) -> dt.datetime:
        """Noon of the second day on which hosts answer."""
        return dt.datetime.combine(self.step.starts_on + DAY, dt.time(12), dt.UTC)

    @property
    def over_at(self) -> dt.datetime:
        """Noon of the day after the last."""
        return dt.datetime.combine(self.step.ends_on + DAY, dt.time(12), dt.UTC)

    def candidate(self, host: CallHost, application: Application) -> Candidate:
        """One of them at one host."""
        found = candidates_of(host, self.step)
        return next(each for each in found if each.application == application)


def name_hosts(call: Call) -> None:
    """The hosts of the terms stand beside the call, as those of a call that was set up do."""
    lay_out_hosts(call, find_kind(call.programme.kind))


def make_hosting() -> Hosting:
    """Nobody has answered yet."""
    officer = make_officer()
    call = make_call(officer=officer)
    supervisor = {"name": "Li Wei", "email": "li@ucas.example"}
    name_hosts(call)
    wishes = (["USTC", "UCAS"], ["UCAS"])
    both, other = (
        make_eligible_application(
            call,
            applicant=make_person(name).account,
            answers=fellowship_answers(hosts=hosts, supervisor_ucas=supervisor),
        )
        for name, hosts in zip(("Amina Yusuf", "Wanjiru Kamau"), wishes, strict=True)
    )
    hosts = {each.key: each for each in hosts_of(call)}
    person = make_person("Zhao Lin")
    add_host_person(call=call, key="USTC", person=person, actor=SETUP, now=SCREENED)
    step = get_host_step(call)
    assert step is not None
    assert person.account is not None
    return Hosting(call, officer, step, hosts["USTC"], hosts["UCAS"], person.account, both, other)
