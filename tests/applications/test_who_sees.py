"""Who reads which answer: every question of every kind over every role, on every way out."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from anso.applications.actions import add_document, submit_application
from anso.applications.models import Application, Document
from anso.governance.models import Body
from tests.cast import Cast
from tests.factories.applications import (
    NOW,
    fellowship_answers,
    make_application,
    make_submitted_application,
)
from tests.factories.calls import make_call
from tests.factories.files import make_stored_file

pytestmark = pytest.mark.django_db

PHONE = "+254 700 123 456"
BORN, BORN_IN_WORDS = "1998-05-12", "12 May 1998"


@pytest.fixture(autouse=True)
def _demonstration(settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]  # no second factor is asked of staff


def text_of(response: HttpResponse) -> str:
    content = b"".join(response) if response.streaming else response.content
    return content.decode(errors="replace")


def file_url(document: Document) -> str:
    return reverse("applications:document", args=[document.reference])


@pytest.fixture
def application(cast: Cast) -> Application:
    call = make_call(
        officer=cast.programme_officer, panel=Body.objects.get(code="fellowship-panel")
    )
    answers = fellowship_answers(phone=PHONE, date_of_birth=BORN)
    draft = make_application(call, applicant=cast.applicant, answers=answers)
    for slot in ("passport", "transcripts", "degree_certificates", "language_certificate", "cv"):
        stored = make_stored_file(name=f"{slot}.pdf")
        add_document(application=draft, slot=slot, stored=stored, actor=cast.applicant, now=NOW)
    submit_application(application=draft, actor=cast.applicant, arrived_at=NOW, now=NOW)
    return Application.objects.get(pk=draft.pk)


@pytest.mark.parametrize("role", ["panel_chair", "auditor"])
def test_chair_and_auditor_read_neither_birth_date_nor_telephone_nor_passport(
    role: str, application: Application, cast: Cast, client: Client
) -> None:
    client.force_login(getattr(cast, role))
    page = text_of(client.get(reverse("applications:desk_detail", args=[application.reference])))
    assert "University of Nairobi" in page, "what the chair may read is there"
    assert [secret for secret in (PHONE, BORN_IN_WORDS, "passport.pdf") if secret in page] == []
    passport = application.documents.get(slot="passport")
    transcripts = application.documents.get(slot="transcripts")
    assert client.get(file_url(passport)).status_code == 404
    assert text_of(client.get(file_url(transcripts))).startswith("%PDF")


def test_officers_of_the_call_read_all_three(
    application: Application, cast: Cast, client: Client
) -> None:
    client.force_login(cast.programme_officer)
    page = text_of(client.get(reverse("applications:desk_detail", args=[application.reference])))
    assert [secret for secret in (PHONE, BORN_IN_WORDS, "passport.pdf") if secret in page] == [
        PHONE,
        BORN_IN_WORDS,
        "passport.pdf",
    ]


@pytest.mark.parametrize("role", ["panel_chair", "auditor", "programme_officer"])
def test_what_a_rule_saw_of_an_answer_is_shown_to_its_readers(
    role: str, cast: Cast, client: Client
) -> None:
    call = make_call(
        officer=cast.programme_officer, panel=Body.objects.get(code="fellowship-panel")
    )
    answers = fellowship_answers(date_of_birth="1951-05-12", highest_degree="bachelor")
    old = make_submitted_application(call, applicant=cast.applicant, answers=answers)
    client.force_login(getattr(cast, role))
    for address in (
        reverse("applications:desk_detail", args=[old.reference]),
        reverse("applications:screening", args=[call.reference]) + "?state=",
    ):
        page = text_of(client.get(address))
        assert "not shown" in page or role == "programme_officer", address
        is_age_there = re.search(r"\b7[56]\b\W+(Limit:\s+)?\d\d\b", strip_tags(page)) is not None
        assert is_age_there is (role == "programme_officer"), address
        assert "achelor" in page, "the degree is asked for everybody's eyes"
