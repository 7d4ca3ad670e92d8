"""Ten people who want one time in the same instant: one has it, also with the lock off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from anso.applications.models import Application
from anso.calls.models import Call
from anso.calls.queries.steps import steps_of_block
from anso.interviews.actions import choose_time, choosing
from anso.interviews.models import Interview, InterviewTime
from anso.questionnaires.queries import versions_of
from tests.applications.test_races import MANY, at_once
from tests.factories.applications import store_application
from tests.factories.calls import make_call
from tests.factories.directory import make_person
from tests.factories.interviews import ASKED, make_times

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def make_eligible(call: Call, number: int) -> Application:
    return store_application(
        "eligible",
        call=call,
        applicant=make_person(f"P{number}"),
        form_version=versions_of(call).get(purpose="application"),
        number=f"T{number}",
    )


def ten_who_want_one_time() -> Callable[[int], Any]:
    call = make_call()
    (step,) = steps_of_block(call, "interviews")
    time, *_others = make_times(step)
    asked = [
        Interview.objects.create(
            application=make_eligible(call, n),
            step=step,
            choose_until=time.starts_at,
            invited_at=ASKED,
        )
        for n in range(MANY)
    ]

    def act(number: int) -> Interview:
        joined = ("application__call", "application__applicant__account", "step__call", "time")
        own = Interview.objects.select_related(*joined).get(pk=asked[number].pk)
        account = own.application.applicant.account
        assert account is not None
        wanted = InterviewTime.objects.get(pk=time.pk)
        return choose_time(actor=account, interview=own, time=wanted, now=ASKED)

    return act


def test_of_ten_at_once_one_has_the_time_and_nine_are_told_to_choose_another() -> None:
    chosen, faults = at_once(ten_who_want_one_time())
    assert len(chosen) == 1
    assert {fault.__class__.__name__ for fault in faults} == {"BadInput"}
    assert Interview.objects.exclude(time=None).count() == 1


def test_without_the_lock_the_database_still_gives_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: all of them see the time free, so the race is real."""
    act, meet = ten_who_want_one_time(), threading.Barrier(MANY)
    free = choosing.free_times

    def seen_by_all(*given: Any) -> Any:
        found = list(free(*given))
        meet.wait(timeout=20)
        return type(
            "Found", (), {"filter": lambda self, **_w: self, "first": lambda _s: found[0]}
        )()

    monkeypatch.setattr(choosing, "take_turns", lambda _step: None)
    monkeypatch.setattr(choosing, "free_times", seen_by_all)
    chosen, faults = at_once(act)
    assert len(chosen) == 1
    assert all(isinstance(fault, IntegrityError) for fault in faults)
    assert len(faults) == MANY - 1
