"""What is particular of the prize: supporters write, the nominee agrees, and the rules know what
they said.
"""

from __future__ import annotations

import datetime as dt

import pytest

from anso.applications.actions import submit_application
from anso.applications.models import Application, EligibilityCheck, Letter
from anso.applications.queries import get_progress
from anso.applications.wording import task_lines
from anso.applications.wording.status import who_can_see
from anso.calls.queries import get_form
from anso.notifications.models import Message
from tests.factories.answers import answers_for
from tests.factories.applications import (
    add_documents,
    give_letter,
    make_application,
    write_letter,
)
from tests.factories.calls import make_call, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def nomination(now: dt.datetime) -> Application:
    """A nomination that was submitted; its letters are asked for."""
    call = make_call(make_programme("prize"))
    application = make_application(
        call,
        answers=answers_for(get_form(call)[1])
        | {
            "title": "Zanele Mbeki",
            "nominee_organisation": "Makerere",
        },
    )
    add_documents(application)
    submit_application(
        application=application, actor=application.applicant.account, arrived_at=now, now=now
    )
    application.refresh_from_db()
    return application


def outcome_of(application: Application, code: str) -> str:
    found = EligibilityCheck.objects.filter(application=application).order_by("-id").first()
    assert found is not None
    return next(
        rule["result"] for rule in found.verdict["judged_rules"] if rule["rule"]["code"] == code
    )


def test_supporters_and_the_nominee_are_asked_in_words_of_their_own(
    nomination: Application,
) -> None:
    assert sorted(Letter.objects.values_list("kind", flat=True)) == [
        "nominee",
        "supporter",
        "supporter",
    ]
    mails = Message.objects.filter(code="applications.letter_request")
    assert len(mails) == 3
    (consent,) = (mail for mail in mails if mail.subject.startswith("Do you agree to be nominated"))
    assert "nominates Zanele Mbeki" in consent.body
    assert consent.email == Letter.objects.get(kind="nominee").email
    assert all("letter of support" in mail.subject for mail in mails if mail != consent)
    tasks = task_lines(nomination, get_progress(nomination))
    assert {task.key: task.status for task in tasks}["letters"] == "0 of 3"


def test_whoever_nominates_reads_who_is_asked_for_a_letter_and_who_whether_they_agree(
    nomination: Application,
) -> None:
    lines = {line.who: line.why for line in who_can_see(nomination)}
    asked = [why for why in lines.values() if why.startswith("You ask them")]
    assert sorted(asked) == ["You ask them for a letter.", "You ask them whether they agree."]


@pytest.mark.parametrize(("answer", "outcome"), [("yes", "met"), ("no", "not_met")])
def test_the_nominees_answer_decides_its_rule_also_after_submission(
    nomination: Application, now: dt.datetime, answer: str, outcome: str
) -> None:
    assert (outcome_of(nomination, "P2"), outcome_of(nomination, "P4")) == ("met", "unknown")
    letter = Letter.objects.get(kind="nominee")
    write_letter(letter, {"is_acceptance": answer, "may_publish": "yes"}, now=now)
    give_letter(letter, now=now)
    assert outcome_of(nomination, "P4") == outcome
    no = Message.objects.filter(code="applications.letter_refused")
    assert [("ask somebody else" in each.body, "in their place" in each.body) for each in no] == (
        [(False, True)] if answer == "no" else []
    )
    nomination.refresh_from_db()
    assert nomination.eligibility == {"met": "eligible", "not_met": "not_eligible"}[outcome]
