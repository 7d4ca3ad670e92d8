"""Who sees which application, document and letter; over the whole cast."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from anso.applications.models import Application, Document, Letter
from anso.applications.queries import (
    applications_of_call,
    applications_visible_to,
    get_application_for,
    get_document_for,
    get_own_application_for,
)
from anso.applications.queries.letters import letter_visible_to
from anso.applications.queries.visibility import own_applications_of
from anso.applications.wording import todo_items_for, who_can_see
from anso.calls.models import Call
from anso.governance.models import Body
from tests.cast import Cast
from tests.factories.applications import make_application, make_submitted_application
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db
READERS = {"programme_officer", "panel_chair", "auditor"}


@pytest.fixture
def call(cast: Cast) -> Call:
    return make_call(
        officer=cast.programme_officer, panel=Body.objects.get(code="fellowship-panel")
    )


def test_a_draft_is_seen_by_its_applicant_and_the_officers_of_its_call(
    cast: Cast, call: Call, now: dt.datetime
) -> None:
    application = make_application(call, applicant=cast.applicant)
    seeing = {
        role
        for role, account in cast.everyone().items()
        if application in applications_visible_to(account, now)
    }
    assert seeing == {"applicant", "programme_officer"}


def test_a_submitted_application_is_seen_by_chair_and_auditor_too(
    cast: Cast, call: Call, now: dt.datetime
) -> None:
    application = make_submitted_application(call, applicant=cast.applicant)
    seeing = {
        role
        for role, account in cast.everyone().items()
        if application in applications_visible_to(account, now)
    }
    assert seeing == READERS | {"applicant"}


def test_whoever_sees_nothing_gets_the_answer_of_a_page_that_does_not_exist(
    cast: Cast, call: Call, now: dt.datetime
) -> None:
    application = make_submitted_application(call, applicant=cast.applicant)
    document = Document.objects.get(application=application, slot="transcripts")
    for role, account in cast.everyone().items():
        if role in READERS | {"applicant"}:
            assert get_application_for(account, application.reference, now) == application
            assert get_document_for(account, document.reference, now) == document
        else:
            with pytest.raises(Http404):
                get_application_for(account, application.reference, now)
            with pytest.raises(Http404):
                get_document_for(account, document.reference, now)


def test_nobody_but_the_applicant_reaches_the_applicants_pages(cast: Cast, call: Call) -> None:
    application = make_submitted_application(call, applicant=cast.applicant)
    with pytest.raises(Http404):
        get_own_application_for(None, application.reference)
    for role, account in cast.everyone().items():
        if role == "applicant":
            assert get_own_application_for(account, application.reference) == application
        else:
            with pytest.raises(Http404):
                get_own_application_for(account, application.reference)


def test_the_applicant_never_reads_a_letter(cast: Cast, call: Call, now: dt.datetime) -> None:
    application = make_submitted_application(call, applicant=cast.applicant)
    letter = Letter.objects.filter(application=application, kind="referee").first()
    assert letter is not None
    Letter.objects.filter(pk=letter.pk).update(state="completed", completed_at=now)
    letter.refresh_from_db()
    reading = {
        role
        for role, account in cast.everyone().items()
        if letter_visible_to(account, letter, now).has("standing")
    }
    assert reading == READERS


def test_an_officer_of_another_call_sees_nothing(cast: Cast, call: Call, now: dt.datetime) -> None:
    other = make_submitted_application(make_call(), applicant=cast.applicant)
    assert other not in applications_visible_to(cast.programme_officer, now)


def test_the_chairs_list_holds_what_was_submitted_only(
    cast: Cast, call: Call, now: dt.datetime
) -> None:
    make_application(call, applicant=cast.applicant)
    make_submitted_application(call, applicant=cast.co_applicant)
    assert applications_of_call(call, cast.programme_officer, now).count() == 2
    assert applications_of_call(call, cast.panel_chair, now).count() == 1


def test_an_unsubmitted_draft_is_something_to_do_until_the_close(
    cast: Cast, call: Call, now: dt.datetime
) -> None:
    make_application(call, applicant=cast.applicant)
    assert [item.due_at for item in todo_items_for(cast.applicant, now)] == [call.closes_at]
    assert todo_items_for(cast.applicant, call.closes_at) == []
    assert todo_items_for(cast.stranger, now) == []


def test_officers_are_told_how_many_wait_for_screening(
    cast: Cast, call: Call, now: dt.datetime
) -> None:
    make_submitted_application(call, applicant=cast.applicant)
    assert todo_items_for(cast.programme_officer, now) == []
    (item,) = todo_items_for(cast.programme_officer, call.closes_at)
    assert item.text == "Check the eligibility of 1 application", "as the desk of the call says it"


def test_the_page_says_who_can_see_it_by_the_same_facts(cast: Cast, call: Call) -> None:
    application = make_submitted_application(call, applicant=cast.applicant)
    words = " ".join(
        f"{viewer.who} {viewer.what}"
        for viewer in who_can_see(Application.objects.get(pk=application.pk))
    )
    assert "Programme officers of this call (1)" in words
    assert "Wanjiru Kamau" in words
    assert "without your name" in words


def test_nobody_sees_nothing(call: Call, cast: Cast, now: dt.datetime) -> None:
    make_application(call, applicant=cast.applicant)
    for nobody in (None, AnonymousUser()):
        assert not applications_visible_to(nobody, now).exists()
        assert not own_applications_of(nobody).exists()
