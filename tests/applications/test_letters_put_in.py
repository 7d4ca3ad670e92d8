"""A letter that its writer mailed is put in by an officer; what was declined is open again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anso.applications.actions import decline_letter
from anso.applications.actions.letter_mail import letter_token
from anso.applications.actions.letters_put_in import (
    put_letter_in,
    take_back_decline,
    write_after_all,
)
from anso.applications.enums import LetterAnswer
from anso.applications.models import Letter
from anso.applications.queries.letters import is_letter_file_visible_to, letter_due_at
from anso.audit.models import Entry
from anso.calls.queries import get_form
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.applications.test_letter_answers import Asked, asked  # noqa: F401 - a fixture
from tests.cast import Cast
from tests.factories.answers import answers_for
from tests.factories.applications import (
    give_letter,
    make_application,
    make_letter,
    make_stored_file,
    make_submitted_application,
    write_letter,
)
from tests.factories.calls import make_call, make_programme
from tests.factories.files import pdf_bytes
from tests.factories.governance import make_secretary

pytestmark = pytest.mark.django_db
HOW = "By post on 27 November; the link did not open for them."


@pytest.fixture(params=["fellowship-referee_1", "prize-supporter_1"])
def worded(request: pytest.FixtureRequest, cast: Cast) -> Letter:
    """A letter of words that is waited for, in a fellowship (with a file in its form) and a prize
    (without).
    """
    kind, key = request.param.split("-")
    call = make_call(make_programme(kind), officer=cast.programme_officer)
    application = make_application(
        call, applicant=cast.applicant, answers=answers_for(get_form(call)[1], 3)
    )
    return make_letter(application, key)


def test_a_mailed_letter_counts_as_given_and_is_never_the_applicants(
    worded: Letter, cast: Cast, now: dt.datetime
) -> None:
    officer = cast.programme_officer
    stored = make_stored_file("letter.pdf")
    put_letter_in(letter=worded, stored=stored, because=HOW, actor=officer, now=now)
    kept = Letter.objects.get(pk=worded.pk)
    assert (kept.answer, kept.file, kept.text) == (LetterAnswer.GIVEN, stored, "")
    assert (kept.taken_down_by, kept.taken_down_because) == (officer, HOW)
    told = Message.objects.get(code="applications.letter_put_in")
    assert (told.email, HOW in told.body) == (kept.email, True)
    arrived = Message.objects.get(code="applications.letter_arrived")
    assert arrived.recipient == cast.applicant
    assert HOW not in arrived.body
    assert Entry.objects.get(verb="put_letter_in").because == HOW
    assert is_letter_file_visible_to(officer, kept, now)
    assert not is_letter_file_visible_to(cast.applicant, kept, now)
    with pytest.raises(Refused, match="no longer waited for"):
        put_letter_in(letter=kept, stored=stored, because=HOW, actor=officer, now=now)


def test_the_writer_gives_another_in_its_place(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    letter = make_letter(make_application(call, applicant=cast.applicant))
    stored = make_stored_file("letter.pdf")
    put_letter_in(letter=letter, stored=stored, because=HOW, actor=cast.programme_officer, now=now)
    write_letter(letter, answers_for(get_form(call, "referee")[1], 1), now=now)
    given = give_letter(letter, now=now)
    assert (given.taken_down_by, given.file, bool(given.text)) == (None, None, True)


def test_no_letter_is_put_in_without_reason_for_the_wrong_kind_or_beside_the_writers_own(
    worded: Letter, cast: Cast, now: dt.datetime
) -> None:
    officer, stored = cast.programme_officer, make_stored_file("letter.pdf")
    for facts, words in (
        ({"because": " "}, "how and when"),
        ({"stored": make_stored_file("letter.exe", media_type="application/exe")}, "of this kind"),
    ):
        with pytest.raises(BadInput, match=words):
            put_letter_in(
                **({"letter": worded, "stored": stored, "because": HOW, "actor": officer}
                   | facts), now=now,
            )  # fmt: skip
    for role, account in {**cast.everyone(), "apart": make_secretary("a@b.example")}.items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                put_letter_in(letter=worded, stored=stored, because=HOW, actor=account, now=now)
    late = letter_due_at(worded)
    with pytest.raises(Refused, match="time for this letter is over"):
        put_letter_in(letter=worded, stored=stored, because=HOW, actor=officer, now=late)
    decline_letter(letter=worded, now=now)
    with pytest.raises(Refused, match="take that back first"):
        put_letter_in(letter=worded, stored=stored, because=HOW, actor=officer, now=now)
    take_back_decline(letter=worded, because=HOW, actor=officer, now=now)
    Letter.objects.filter(pk=worded.pk).update(answers={"relation": "I teach her"})
    with pytest.raises(Refused, match="begun to answer"):
        put_letter_in(letter=worded, stored=stored, because=HOW, actor=officer, now=now)


def test_where_yes_or_no_is_asked_no_letter_is_put_in(
    asked: Asked,  # noqa: F811
    cast: Cast,
) -> None:
    with pytest.raises(Refused, match="asked for yes or no"):
        put_letter_in(
            letter=asked.letter, stored=make_stored_file("letter.pdf"), because=HOW,
            actor=cast.programme_officer, now=asked.now,
        )  # fmt: skip


def test_who_declined_writes_after_all_by_their_own_link(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    letter = make_letter(make_application(call, applicant=cast.applicant), now=now)
    link = reverse("applications:letter", args=[letter_token(letter, now)])
    for _twice in range(2):
        decline_letter(letter=letter, because="No time", now=now)
        assert "I will write after all" in client.get(link).content.decode()
        assert client.post(link, {"act": "after_all"}).status_code == 302
        kept = Letter.objects.get(pk=letter.pk)
        assert (kept.answer, kept.decline_reason) == (LetterAnswer.NOTHING, "")
        assert client.get(link).status_code == 200
    for code in ("letter_declined", "decline_taken_back"):
        assert Message.objects.filter(code=f"applications.{code}").count() == 2
    with pytest.raises(Refused, match="Nobody declined"):
        write_after_all(letter=letter, now=now)
    decline_letter(letter=letter, now=now)
    with pytest.raises(Refused, match="time for this letter is over"):
        write_after_all(letter=letter, now=letter_due_at(letter))
    Letter.objects.filter(pk=letter.pk).update(state="replaced", replaced_at=now)
    with pytest.raises(Refused, match="no longer needed"):
        write_after_all(letter=letter, now=now)


def test_an_officer_takes_back_that_a_writer_declined_with_a_reason_that_they_read(
    worded: Letter, cast: Cast, now: dt.datetime
) -> None:
    officer = cast.programme_officer
    decline_letter(letter=worded, now=now)
    with pytest.raises(BadInput, match="who asked for it"):
        take_back_decline(letter=worded, because="", actor=officer, now=now)
    with pytest.raises(Refused):
        take_back_decline(letter=worded, because=HOW, actor=cast.applicant, now=now)
    take_back_decline(letter=worded, because=HOW, actor=officer, now=now)
    kept = Letter.objects.get(pk=worded.pk)
    assert (kept.state, kept.declined_at) == ("asked", None)
    again = Message.objects.get(code="applications.letter_open_again")
    assert (again.email, HOW in again.body) == (kept.email, True)
    assert Message.objects.filter(code="applications.decline_taken_back").count() == 1


def test_both_are_done_by_pages_and_only_by_officers(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(call, applicant=cast.applicant)
    letter = application.letters.get(question_key="referee_1")
    desk = reverse("applications:desk_detail", args=[application.reference])
    page = reverse("applications:put_letter_in", args=[letter.reference])
    client.force_login(cast.programme_officer)
    assert page in client.get(desk).content.decode()
    assert "Choose the file" in client.post(page, {"because": HOW}).content.decode()
    decline_letter(letter=letter, now=now)
    assert "Take back that they decline" in client.get(page).content.decode()
    assert client.post(page, {"act": "again", "because": " "}).status_code == 422
    assert client.post(page, {"act": "again", "because": HOW}).status_code == 302
    sent = SimpleUploadedFile("letter.pdf", pdf_bytes(), "application/pdf")
    done = client.post(page, {"because": HOW, "file": sent}, follow=True).content.decode()
    assert HOW in done
    assert reverse("applications:letter_file", args=[letter.reference]) in done
    refused = client.post(page, {"act": "again", "because": HOW})
    assert refused.status_code == 422
    assert "Nobody declined" in refused.content.decode()
    unknown = reverse("applications:put_letter_in", args=["nobody"])
    assert client.get(unknown).status_code == 404
    client.force_login(cast.applicant)
    assert client.get(page).status_code == 404
    own = client.get(reverse("applications:letters", args=[application.reference]))
    assert HOW not in own.content.decode()
