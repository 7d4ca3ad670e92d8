"""Blind dossiers: no name, address or hidden file property reaches a reviewer, in no page and no
download.
"""

from __future__ import annotations

import io
import json

import pikepdf
import pytest
from django.test import Client

from anso.applications.models import Document, Submission
from anso.calls.models import Call
from anso.directory.models import Interest
from anso.review.actions.redaction import BLACKED_OUT, name_pattern, redacted
from anso.review.models import Assignment, Dossier
from tests.factories.applications import fellowship_answers, make_complete_application
from tests.factories.calls import make_call
from tests.factories.directory import make_account, make_person
from tests.factories.files import make_stored_file
from tests.factories.review import (
    IN_REVIEW,
    account_of,
    make_assignment,
    make_eligible_application,
    make_reviewer,
)

pytestmark = pytest.mark.django_db
SECRET = "Zanele Mbeki-Okonkwo"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "Ana Lúcia Prado",
            "Ana wrote an analysis with LUCIA and Prado's team.",
            "█ wrote an analysis with █ and █'s team.",
        ),
        (
            "Zanele Mbeki-Okonkwo",
            "Okonkwo, Z. (2024); zanele mbeki\nokonkwo",
            "█, Z. (2024); █ █\n█",
        ),
        ("Рустам Каримов", "под руководством Каримова Рустама", "под руководством █ █"),
        ("李雨桐", "我叫李雨桐。", "我叫█。"),
        ("محمد الهاشمي", "والهاشمي ومحمد", "و█ و█"),
        ("Li Bo", "Li Bo studies Li-ion cells.", "█ studies Li-ion cells."),
        ("O. Okri-", "O. Okri wrote o this", "O. █ wrote o this"),
        ("José", "Jose\u0301 and Jose", "█ and █"),
    ],
)
def test_names_are_blacked_out_and_other_words_are_not(name: str, text: str, expected: str) -> None:
    assert redacted(text, name_pattern([name])).replace(BLACKED_OUT, "█") == expected


def test_nothing_is_hidden_where_nothing_is_known() -> None:
    assert name_pattern(["", "A"]) is None
    assert redacted({"a": ["x"]}, None) == {"a": ["x"]}


def test_lists_mappings_and_addresses_are_searched_too() -> None:
    hidden = name_pattern([SECRET], ["z.m@example.org"])
    assert redacted({"a": ["Zanele", 3], "b": "mail Z.M@example.org"}, hidden) == {
        "a": [BLACKED_OUT, 3],
        "b": f"mail {BLACKED_OUT}",
    }


def pdf_of_author() -> bytes:
    document, kept = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.docinfo["/Author"] = SECRET
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [SECRET]
    document.save(kept)
    return kept.getvalue()


@pytest.fixture
def assignment() -> Assignment:
    """An application full of the applicant's name, given to a reviewer who accepted."""
    call: Call = make_call()
    account = make_account("zanele.mbeki@example.org")
    make_person(SECRET, account=account, given_name="Zanele", family_name="Mbeki-Okonkwo")
    words = f"I am {SECRET}. Mail me: zanele.mbeki@example.org. " * 3
    long_text = words + " ".join(["salt"] * 400)
    answers = fellowship_answers(
        full_name=SECRET,
        title=f"Maize by {SECRET}",
        proposal=long_text,
        academic_record=words * 4,
        keywords="Okonkwo, salt",
    )
    application = make_complete_application(call, applicant=account, answers=answers)
    stored = make_stored_file(pdf_of_author(), name=f"{SECRET} figures.pdf")
    Document.objects.create(
        application=application, slot="figures", file=stored, added_at=IN_REVIEW
    )
    made = submit_and_screen(application, account)
    return make_assignment(made, make_reviewer(call), accepted=True)


def submit_and_screen(application: object, account: object) -> object:
    from anso.applications.actions import screen_applications, submit_application
    from anso.kernel.actors import SETUP
    from tests.factories.applications import NOW
    from tests.factories.review import SCREENED

    submit_application(application=application, actor=account, arrived_at=NOW, now=NOW)
    application.refresh_from_db()
    screen_applications(
        applications=[application], verb="confirm_eligible", actor=SETUP, now=SCREENED
    )
    application.refresh_from_db()
    return application


def parts_of_name(text: str) -> list[str]:
    return [part for part in ("zanele", "mbeki", "okonkwo") if part in text.lower()]


@pytest.fixture
def reading(assignment: Assignment, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The reviewer, signed in, while the reviews are open."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW)
    client.force_login(account_of(assignment))
    return client


def test_the_submission_holds_the_name_and_the_dossier_does_not(assignment: Assignment) -> None:
    submission = Submission.objects.get(application=assignment.application)
    assert parts_of_name(json.dumps(submission.body)) == ["zanele", "mbeki", "okonkwo"]
    body = Dossier.objects.get(application=assignment.application).body
    assert parts_of_name(json.dumps(body, ensure_ascii=False)) == []
    assert BLACKED_OUT in json.dumps(body, ensure_ascii=False)
    assert body["letters"] == []


def test_no_page_of_the_reviewer_holds_the_name(assignment: Assignment, reading: Client) -> None:
    for address in ("/reviews/", f"/reviews/{assignment.reference}/"):
        response = reading.get(address)
        assert response.status_code == 200
        assert parts_of_name(response.content.decode()) == []


def test_a_download_has_a_neutral_name_and_no_hidden_author(
    assignment: Assignment, reading: Client
) -> None:
    document = Document.objects.get(slot="figures")
    response = reading.get(f"/reviews/{assignment.reference}/documents/{document.reference}/")
    assert response.status_code == 200
    assert (
        response["Content-Disposition"]
        == f'attachment; filename="{assignment.application.number}-1.pdf"'
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    with pikepdf.open(io.BytesIO(response.content)) as copy:
        assert len(copy.pages) == 1
        assert dict(copy.docinfo) == {}
        assert "/Metadata" not in copy.Root
    assert parts_of_name(response.content.decode("latin-1")) == []


def test_a_file_that_is_not_for_reviewers_is_not_served(
    assignment: Assignment, reading: Client
) -> None:
    address = f"/reviews/{assignment.reference}/documents/{{}}/"
    passport = Document.objects.get(slot="passport")
    refused = reading.get(address.format(passport.reference))
    assert refused.status_code == 404
    assert "There is nothing at this address" in refused.content.decode()


def test_a_reviewer_with_a_conflict_sees_nothing(assignment: Assignment, reading: Client) -> None:
    application = assignment.application
    Interest.objects.create(
        person=assignment.reviewer.person,
        other_person=application.applicant,
        kind="family",
        declared_at=IN_REVIEW,
    )
    page = reading.get(f"/reviews/{assignment.reference}/")
    assert "conflict of interest" in page.content.decode()
    assert "Maize" not in page.content.decode()
    assert "Maize" not in reading.get("/reviews/").content.decode()
    document = Document.objects.get(slot="figures")
    assert (
        reading.get(f"/reviews/{assignment.reference}/documents/{document.reference}/").status_code
        == 403
    )


def test_others_find_no_such_assignment(assignment: Assignment, client: Client) -> None:
    client.force_login(make_account())
    for path in ("", "draft/", "answer/"):
        page = client.post(f"/reviews/{assignment.reference}/{path}", {"answer": "decline"})
        assert page.status_code == 404
    assignment.refresh_from_db()
    assert assignment.state == "accepted", "as it was"


def test_before_accepting_only_title_and_subject_are_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW)
    assignment = make_assignment(make_eligible_application())
    client.force_login(account_of(assignment))
    text = client.get(f"/reviews/{assignment.reference}/").content.decode()
    assert "Groundwater salinity" in text
    assert "Salt water moves" not in text
    assert "Amina" not in text
