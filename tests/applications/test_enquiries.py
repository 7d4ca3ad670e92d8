"""A question about one's own application and, beside it, its answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.actions import withdraw_application
from anso.applications.actions.casework import name_owner
from anso.applications.actions.enquiries import answer_enquiry, ask_office, correct_answer
from anso.applications.models import Application, Enquiry
from anso.applications.queries.enquiries import get_enquiry_for
from anso.applications.rules.enquiries import may_answer_enquiry, may_correct_answer
from anso.applications.wording import todo_items_for
from anso.audit.queries import entries_about
from anso.calls.models import CallOfficer
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.cast import Cast
from tests.factories.applications import NOW, make_application
from tests.factories.calls import make_call, make_programme

pytestmark = pytest.mark.django_db
QUESTION = "My passport is being renewed.\nMay I send it later?"


@pytest.fixture(autouse=True)
def _now(settings: object) -> Iterator[None]:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]  # no second factor is asked of staff
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(params=["fellowship", "prize", "collaborative_research"])
def application(request: pytest.FixtureRequest, cast: Cast) -> Application:
    call = make_call(make_programme(request.param), officer=cast.programme_officer)
    return make_application(call, applicant=cast.applicant, answers={})


def asked(application: Application, cast: Cast, text: str = QUESTION) -> Enquiry:
    return ask_office(application=application, text=text, actor=cast.applicant, now=NOW)


def test_from_question_to_answer_by_the_pages(
    application: Application, cast: Cast, client: Client
) -> None:
    client.force_login(cast.applicant)
    own = reverse("applications:detail", args=[application.reference])
    page = reverse("applications:enquiries", args=[application.reference])
    assert page in client.get(own).content.decode()
    wrong = client.post(page, {"question": " \n "})
    assert wrong.status_code == 422
    assert "Write your question first." in wrong.content.decode()
    assert client.post(page, {"question": QUESTION})["Location"] == page
    assert "waited for" in client.get(page).content.decode()
    enquiry = Enquiry.objects.get()
    told = Message.objects.get(code="applications.enquiry")
    assert told.recipient == cast.programme_officer
    assert "May I send it later?" in told.body
    (item,) = [e for e in todo_items_for(cast.programme_officer, NOW) if "question" in e.text]
    assert item.text == "Answer 1 question"
    officer = Client()
    officer.force_login(cast.programme_officer)
    listed = officer.get(item.url).content.decode()
    assert "May I send it later?" in listed
    answer_url = reverse("applications:answer_enquiry", args=[enquiry.reference])
    empty = officer.post(answer_url, {"answer": ""})
    assert empty.status_code == 422
    long = officer.post(answer_url, {"answer": "y" * 2001})
    assert "y" * 2001 in long.content.decode()
    officer.post(answer_url, {"answer": "Yes, until 15 January.", "list": "1"})
    assert "Yes, until 15 January." in officer.get(item.url).content.decode()
    desk = reverse("applications:desk_detail", args=[application.reference])
    assert "Yes, until 15 January." in officer.get(desk).content.decode()
    mail = Message.objects.get(code="applications.enquiry_answered")
    assert mail.recipient == cast.applicant
    assert "May I send it later?" in mail.body
    assert "Yes, until 15 January." in mail.body
    for url in (own, page):
        assert "Yes, until 15 January." in client.get(url).content.decode()
    assert not [e for e in todo_items_for(cast.programme_officer, NOW) if "question" in e.text]
    # The record says that, and never what.
    said = str([(each.verb, each.changes) for each in entries_about(application)])
    assert "ask_office" in said
    assert "answer_enquiry" in said
    assert "passport" not in said
    assert "January" not in said


def test_an_answer_that_was_wrong_is_corrected_and_what_was_said_before_stays(
    application: Application, cast: Cast, client: Client
) -> None:
    enquiry = asked(application, cast)
    with pytest.raises(Refused, match="not answered yet"):
        correct(enquiry, "No.", cast.programme_officer)
    answer_enquiry(enquiry=enquiry, text="Until 15 January.", actor=cast.programme_officer, now=NOW)
    enquiry.refresh_from_db()
    client.force_login(cast.programme_officer)
    url = reverse("applications:answer_enquiry", args=[enquiry.reference])
    listed = reverse("applications:call_enquiries", args=[application.call.reference])
    assert "Correct this answer" in client.get(listed).content.decode()
    sent = {"answer": "Until 5 January.", "before": enquiry.answer, "list": "1"}
    assert client.post(url, sent)["Location"] == listed
    again = client.post(url, sent | {"answer": "Until 6 January."})
    assert again.status_code == 422
    assert "corrected this answer meanwhile" in again.content.decode()
    assert "Until 6 January." in again.content.decode(), "what was typed is not lost"
    enquiry.refresh_from_db()
    with pytest.raises(BadInput, match="stands already"):
        correct(enquiry, "Until 5 January.", cast.programme_officer)
    with pytest.raises(BadInput, match="Write your answer first"):
        correct(enquiry, " ", cast.programme_officer)
    mail = Message.objects.get(code="applications.enquiry_corrected")
    assert mail.recipient == cast.applicant
    assert mail.body.index("Until 5 January.") < mail.body.index("Until 15 January.")
    client.force_login(cast.applicant)
    page = client.get(reverse("applications:enquiries", args=[application.reference]))
    shown = page.content.decode()
    assert shown.index("Until 5 January.") < shown.index("Until 15 January.")
    assert "Said before:" in shown
    for other in (cast.stranger, cast.auditor, cast.applicant):
        with pytest.raises(Refused):
            correct(enquiry, "x", other)
    of_a_letter = Enquiry(application=application, letter_id=1)
    verdict = may_correct_answer(cast.programme_officer, of_a_letter, NOW)
    assert [reason.code for reason in verdict.reasons] == ["not_ours"]


def correct(enquiry: Enquiry, text: str, actor: Account) -> None:
    correct_answer(enquiry=enquiry, text=text, before=enquiry.answer, actor=actor, now=NOW)


def test_who_asks_and_who_answers(application: Application, cast: Cast, client: Client) -> None:
    with pytest.raises(Refused, match="Only whoever wrote it"):
        ask_office(application=application, text="I?", actor=cast.stranger, now=NOW)
    enquiry = asked(application, cast)
    for text in ("Second", "Third"):
        asked(application, cast, text)
    with pytest.raises(Refused, match="Three of your questions"):
        asked(application, cast, "Fourth")
    client.force_login(cast.applicant)
    page = reverse("applications:enquiries", args=[application.reference])
    assert "Three of your questions" in client.get(page).content.decode()
    for other in (cast.stranger, cast.panel_chair, cast.auditor, cast.applicant):
        client.force_login(other)
        url = reverse("applications:answer_enquiry", args=[enquiry.reference])
        assert client.post(url, {"answer": "x"}).status_code == 404
        with pytest.raises(Refused):
            answer_enquiry(enquiry=enquiry, text="x", actor=other, now=NOW)
    answer_enquiry(enquiry=enquiry, text="First.", actor=cast.programme_officer, now=NOW)
    # Of two officers the second finds it answered.
    with pytest.raises(Refused, match="answered already"):
        answer_enquiry(enquiry=enquiry, text="Again.", actor=cast.programme_officer, now=NOW)
    assert asked(application, cast, "Fourth").text == "Fourth"
    of_a_letter = Enquiry(application=application, letter_id=1)
    verdict = may_answer_enquiry(cast.programme_officer, of_a_letter, NOW)
    assert [reason.code for reason in verdict.reasons] == ["not_ours"]


def test_whoever_looks_after_the_file_hears_of_it(application: Application, cast: Cast) -> None:
    second = cast.board_member
    CallOfficer.objects.create(call=application.call, account=second, since_at=NOW)
    asked(application, cast)
    assert Message.objects.filter(code="applications.enquiry").count() == 2
    name_owner(
        application=application,
        owner=cast.programme_officer,
        actor=cast.programme_officer,
        now=NOW,
    )
    application.refresh_from_db()
    asked(application, cast, "And now?")
    last = Message.objects.filter(code="applications.enquiry").order_by("-id")
    assert [each.recipient for each in last[:1]] == [cast.programme_officer]
    assert last.count() == 3


def test_withdrawn_with_a_question_open_it_is_still_answered(
    application: Application, cast: Cast
) -> None:
    enquiry = asked(application, cast)
    withdraw_application(application=application, actor=cast.applicant, now=NOW)
    found = get_enquiry_for(cast.programme_officer, enquiry.reference, NOW)
    answer_enquiry(enquiry=found, text="As you wish.", actor=cast.programme_officer, now=NOW)
    assert Message.objects.filter(code="applications.enquiry_answered").count() == 1
