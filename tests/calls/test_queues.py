"""A call takes no more than so many: at a time, or in all."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from anso.applications.actions import locking, submissions, submit_application, withdraw_application
from anso.applications.models import Application
from anso.applications.wording.mail import after_close
from anso.calls.forms.intake import read_intake_changes
from anso.calls.models import Call
from anso.calls.queries.queues import queues_of
from anso.calls.views.intake import place_of
from anso.calls.wording.queues import fullness_in_words, queue_in_words
from anso.kernel.errors import BadInput
from anso.kernel.terms import Intake
from anso.kernel.verdict import Refused
from anso.programmes.catalogue import find_kind
from tests.applications.test_races import MANY, at_once
from tests.factories.applications import make_complete_application
from tests.factories.calls import NOW, YEAR, make_call
from tests.pages import squeezed
from tests.shared import clock_at

pytestmark = pytest.mark.django_db


def a_call(**limits: int) -> Call:
    terms = replace(find_kind("fellowship").terms_for(YEAR), intake=Intake(**limits))  # type: ignore[arg-type]
    return make_call(terms=terms)


def submit(application: Application) -> Any:
    own = Application.objects.get(pk=application.pk)
    actor = own.applicant.account
    assert actor is not None
    return submit_application(application=own, actor=actor, arrived_at=NOW, now=NOW)


def test_one_too_many_is_refused_and_comes_in_when_a_place_is_free() -> None:
    call = a_call(most_waiting=1)
    first, second = make_complete_application(call), make_complete_application(call)
    assert queue_in_words(call) == ["No more than 1 wait for a decision at a time; 0 do now."]
    submit(first)
    assert "Full for now: 1 wait for a decision" in fullness_in_words(call)
    assert queue_in_words(call) == [fullness_in_words(call)]
    with pytest.raises(Refused, match="Full for now"):
        submit(second)
    assert "Full for now" in after_close(second, NOW)["after_close"]
    first = Application.objects.get(pk=first.pk)
    Application.objects.filter(pk=first.pk).update(revision=first.revision + 1)
    submit(first)  # what is there already may be changed
    account = first.applicant.account
    assert account is not None
    withdraw_application(application=first, actor=account, now=NOW)
    assert submit(second).version == 1


def test_a_limit_for_good_stays_after_a_decision() -> None:
    call = a_call(most=1)
    first, second = make_complete_application(call), make_complete_application(call)
    assert queue_in_words(call) == ["No more than 1 are taken in all; 0 have come in."]
    submit(first)
    Application.objects.filter(pk=first.pk).update(state="decided", decided_at=NOW)
    with pytest.raises(Refused, match="Full: no more than 1 are taken in all"):
        submit(second)


def test_a_call_without_limits_and_a_draft_have_no_queue() -> None:
    assert queues_of(make_call()) == []
    terms = replace(find_kind("fellowship").terms_for(YEAR), intake=Intake(most=1))
    assert queues_of(make_call(state="draft", terms=terms)) == []
    assert fullness_in_words(make_call()) == ""


def test_pages_tell_that_it_is_full(client: Client) -> None:
    call = a_call(most_waiting=1)
    second = make_complete_application(call)
    submit(make_complete_application(call))
    with clock_at(NOW):
        account = second.applicant.account
        assert account is not None
        client.force_login(account)
        for page in (f"/calls/{call.slug}/", f"/applications/{second.reference}/"):
            assert "Full for now" in squeezed(client.get(page)), page
        refused = client.post(f"/applications/{second.reference}/submit/")
    assert refused.status_code == 422
    assert "Full for now" in squeezed(refused)


def test_what_is_no_number_is_told_beside_its_field() -> None:
    assert read_intake_changes({"most": "12"}) == {"most": 12}
    with pytest.raises(BadInput, match="is not a whole number") as refusal:
        read_intake_changes({"most_waiting": "many"})
    assert place_of(refusal.value.message.facts) == "most_waiting"
    assert place_of({}) == "cut_offs"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_at_once_are_no_more_than_the_call_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    call = a_call(most_waiting=3)
    drafts = [make_complete_application(call) for _ in range(MANY)]
    done, faults = at_once(lambda number: submit(drafts[number]))
    assert (len(done), {type(each) for each in faults}) == (3, {Refused})
    # without the lock both see that one more is taken
    other = a_call(most_waiting=1)
    pair = [make_complete_application(other) for _ in range(2)]
    both, may = threading.Barrier(2), submissions.may_come_in

    def meet(application: Application) -> Any:
        verdict = may(application)
        both.wait(10)
        return verdict

    monkeypatch.setattr(locking, "lock_queue", lambda _call: None)
    monkeypatch.setattr(submissions, "may_come_in", meet)
    done, faults = at_once(lambda number: submit(pair[number]), times=2)
    assert (len(done), faults) == (2, [])
