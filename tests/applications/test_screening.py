"""Eligibility: the machine's verdict, what officers decide, many at once, taking it back."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.applications.actions import (
    confirm_eligible,
    reject_ineligible,
    reopen_screening,
    run_eligibility_check,
    screen_applications,
)
from anso.applications.models import Application, EligibilityCheck
from anso.applications.queries.eligibility import unmet_rules
from anso.calls.models import Call
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from tests.cast import Cast
from tests.factories.applications import (
    fellowship_answers,
    make_application,
    make_submitted_application,
)
from tests.factories.calls import make_call
from tests.factories.directory import make_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(cast: Cast) -> Call:
    return make_call(officer=cast.programme_officer)


@pytest.fixture
def later(call: Call) -> dt.datetime:
    return call.closes_at + dt.timedelta(days=1)


def test_the_machine_names_the_rule_that_is_not_met(cast: Cast, call: Call) -> None:
    make_country("CN")
    application = make_submitted_application(
        call, applicant=cast.applicant, answers=fellowship_answers(citizenship="CN")
    )
    check = EligibilityCheck.objects.get()
    failed = [
        outcome["rule"]["code"]
        for outcome in check.verdict["judged_rules"]
        if outcome["result"] == "not_met"
    ]
    assert (application.eligibility, check.is_eligible, "F2" in failed) == (
        "not_eligible",
        False,
        True,
    )


def test_nobody_but_officers_of_the_call_screens(
    cast: Cast, call: Call, later: dt.datetime
) -> None:
    application = make_submitted_application(call, applicant=cast.applicant)
    for role, account in cast.everyone().items():
        if role == "programme_officer":
            continue
        for act in (confirm_eligible, reopen_screening):
            with pytest.raises(Refused):
                act(application=application, actor=account, now=later)
        with pytest.raises(Refused):
            reject_ineligible(application=application, because="x", actor=account, now=later)
        with pytest.raises(Refused):
            run_eligibility_check(application=application, actor=account, now=later)


def test_nobody_screens_an_application_of_their_own(
    cast: Cast, call: Call, later: dt.datetime
) -> None:
    own = make_submitted_application(call, applicant=cast.applicant)
    officer = cast.programme_officer.person  # as of somebody who became one after applying
    own.participants.filter(role="applicant").update(person=officer)
    with pytest.raises(Refused, match="You take part"):
        confirm_eligible(application=own, actor=cast.programme_officer, now=later)
    outcome = screen_applications(
        applications=[own], verb="confirm_eligible", actor=cast.programme_officer, now=later
    )
    assert outcome.settled == []


def test_nothing_is_screened_while_the_call_is_open(
    cast: Cast, call: Call, now: dt.datetime
) -> None:
    application = make_submitted_application(call, applicant=cast.applicant)
    with pytest.raises(Refused) as refusal:
        confirm_eligible(application=application, actor=cast.programme_officer, now=now)
    assert refusal.value.verdict.reasons[0].code == "call_open"


def test_a_draft_is_not_screened(cast: Cast, call: Call, later: dt.datetime) -> None:
    application = make_application(call, applicant=cast.applicant)
    with pytest.raises(Refused):
        confirm_eligible(application=application, actor=cast.programme_officer, now=later)


def test_not_eligible_needs_a_reason_that_the_applicant_will_read(
    cast: Cast, call: Call, later: dt.datetime
) -> None:
    application = make_submitted_application(call, applicant=cast.applicant)
    with pytest.raises(BadInput):
        reject_ineligible(
            application=application, because="  ", actor=cast.programme_officer, now=later
        )
    reject_ineligible(
        application=application,
        because="The degree comes too late.",
        actor=cast.programme_officer,
        now=later,
    )
    fresh = Application.objects.get()
    assert (fresh.state, fresh.screening_reason, fresh.screened_at) == (
        "ineligible",
        "The degree comes too late.",
        later,
    )


def test_a_result_can_be_taken_back(cast: Cast, call: Call, later: dt.datetime) -> None:
    application = make_submitted_application(call, applicant=cast.applicant)
    confirm_eligible(application=application, actor=cast.programme_officer, now=later)
    reopen_screening(application=application, actor=cast.programme_officer, now=later)
    fresh = Application.objects.get()
    assert (fresh.state, fresh.screened_at, fresh.screening_reason) == ("submitted", None, "")


def test_many_are_settled_each_on_its_own_and_the_rule_not_met_is_the_reason(
    cast: Cast, call: Call, later: dt.datetime
) -> None:
    make_country("CN")
    first = make_submitted_application(
        call, applicant=cast.applicant, answers=fellowship_answers(citizenship="CN")
    )
    second = make_submitted_application(call, applicant=cast.co_applicant)
    third = make_application(call, applicant=cast.stranger)
    outcome = screen_applications(
        applications=[first, second, third],
        verb="reject_ineligible",
        actor=cast.programme_officer,
        now=later,
    )
    assert outcome.settled == [first]
    assert [application.pk for application, _why in outcome.refused] == [second.pk, third.pk]
    first.refresh_from_db()
    assert (first.state, first.screening_reason) == ("ineligible", "")
    assert [rule["code"] for rule in unmet_rules([first])[first.pk]] == ["F2"]
