"""A writer who is asked once more for the same person begins with what they wrote before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from anso.applications.actions import attach_letter_file, withdraw_application
from anso.applications.actions.letter_mail import letter_token
from anso.applications.actions.taking_over import take_over_letter
from anso.applications.models import Application, Letter
from anso.applications.queries.earlier_letters import earlier_letter_of
from anso.kernel.collation import sort_key
from anso.kernel.errors import BadInput
from tests.cast import Cast
from tests.factories.applications import (
    NOW,
    fellowship_answers,
    give_letter,
    make_application,
    make_letter,
    write_letter,
)
from tests.factories.calls import make_call, make_programme
from tests.factories.files import make_stored_file

pytestmark = pytest.mark.django_db
WORDS = "Amina measured salt in forty wells and found what others had missed. " * 8


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def given_and_asked_again(cast: Cast, way: str = "write") -> Letter:
    """A referee gave a letter; the application was withdrawn, and another asks them anew."""
    call = make_call(officer=cast.programme_officer)
    first = make_application(call, applicant=cast.applicant, answers=fellowship_answers())
    letter = make_letter(first, "referee_1", email="kamau@example.org")
    said = {
        "relation": "taught",
        "years_known": "4",
        "standing": "top_10",
        "letter_way": way,
        "letter_text": WORDS if way == "write" else "",
    }
    write_letter(letter, said, now=NOW)
    if way == "upload":
        attach_letter_file(
            letter=letter,
            question_key="letter_file",
            stored=make_stored_file(name="kamau.pdf"),
            base_revision=1,
            now=NOW,
        )
    give_letter(letter, now=NOW)
    withdraw_application(application=first, actor=cast.applicant, now=NOW)
    again = make_application(call, applicant=cast.applicant, answers=fellowship_answers())
    return make_letter(again, "referee_1", email="Kamau@example.org")


def test_a_referee_of_a_withdrawn_application_sends_the_same_letter_again(
    cast: Cast, client: Client
) -> None:
    letter = given_and_asked_again(cast)
    url = reverse("applications:letter", args=[letter_token(letter, NOW)])
    page = client.get(url).content.decode()
    assert "You wrote for" in page
    assert "measured salt" not in page
    client.post(url, {"act": "take_over"})
    letter.refresh_from_db()
    assert letter.answers["letter_text"] == WORDS.strip()
    assert letter.state == "opened"  # nothing is sent before they send it
    page = client.get(url).content.decode()
    assert "measured salt" in page
    assert "You wrote for" not in page
    assert give_letter(letter, now=NOW).text == WORDS.strip()


def test_a_letter_that_was_uploaded_is_sent_again_without_another_upload(
    cast: Cast, client: Client
) -> None:
    letter = given_and_asked_again(cast, "upload")
    url = reverse("applications:letter", args=[letter_token(letter, NOW)])
    assert "kamau.pdf" not in client.get(url).content.decode()
    client.post(url, {"act": "take_over"})
    assert "kamau.pdf" in client.get(url).content.decode()
    given = give_letter(letter, now=NOW)
    assert (given.state, given.text) == ("completed", "")
    assert given.file is not None
    assert given.file.name == "kamau.pdf"


def test_nobody_else_finds_it(cast: Cast, client: Client) -> None:
    letter = given_and_asked_again(cast)
    Letter.objects.filter(pk=letter.pk).update(email="karimov@example.org")
    letter.refresh_from_db()
    url = reverse("applications:letter", args=[letter_token(letter, NOW)])
    assert "You wrote for" not in client.get(url).content.decode()
    with pytest.raises(BadInput):
        take_over_letter(letter=letter, now=NOW)
    refused = client.post(url, {"act": "take_over"})
    assert refused.status_code == 302
    letter.refresh_from_db()
    assert letter.answers == {}


def test_a_supporter_begins_with_words_about_the_same_nominee_only(cast: Cast) -> None:
    call = make_call(make_programme("prize"))

    def asked_about(nominee: str) -> Letter:
        nomination = make_application(call, applicant=cast.applicant)
        Application.objects.filter(pk=nomination.pk).update(
            subject_name=nominee, name_key=sort_key(nominee, "en")
        )
        nomination.refresh_from_db()
        return make_letter(nomination, "supporter_1", kind="supporter", email="sam@example.org")

    given = asked_about("Esther Mwangi")
    Letter.objects.filter(pk=given.pk).update(state="completed", completed_at=NOW)
    withdraw_application(application=given.application, actor=cast.applicant, now=NOW)
    other = asked_about("Joe Other")
    assert earlier_letter_of(other) is None, "the nominator is the same, the nominee is not"
    withdraw_application(application=other.application, actor=cast.applicant, now=NOW)
    same = asked_about("Esther Mwangi")
    assert earlier_letter_of(same) == given
