"""An answer that a writer gave by telephone is written down: by officers, told, and open to
objection; never the words of a letter.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from anso.applications.actions import withdraw_application
from anso.applications.actions.taken_down import take_down_answer
from anso.applications.enums import LetterAnswer
from anso.applications.models import Letter
from anso.audit.models import Entry
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.applications.test_letter_answers import Asked, asked  # noqa: F401 - a fixture
from tests.cast import Cast
from tests.factories.applications import make_submitted_application, write_letter
from tests.factories.calls import make_call
from tests.factories.governance import make_secretary

HOW = "By telephone on 27 November; the link did not open for them."


@pytest.mark.parametrize(
    ("answer", "said"), [("yes", "Yes"), ("no", "No"), ("declined", "decline")]
)
def test_what_was_said_by_telephone_stands_as_if_the_writer_had_answered(
    asked: Asked,  # noqa: F811
    cast: Cast,
    client: Client,
    answer: str,
    said: str,
) -> None:
    officer, code = cast.programme_officer, {"yes": "arrived", "no": "refused"}.get(answer, answer)
    letter = take_down_answer(
        letter=asked.letter, answer=answer, because=HOW, actor=officer, now=asked.now
    )
    kept = Letter.objects.get(pk=letter.pk)
    assert (kept.answer, kept.text) == (LetterAnswer(answer), "")
    assert (kept.taken_down_by, kept.taken_down_because) == (officer, HOW)
    told = Message.objects.get(code="applications.letter_taken_down")
    assert told.email == kept.email
    for words in (HOW, f"\n{said}" if answer != "declined" else said, "write to us at once"):
        assert words in told.body
    assert ("answer yourself instead" in told.body) == (answer != "declined")
    assert Message.objects.filter(code=f"applications.letter_{code}").count() == 1
    assert Entry.objects.get(verb="take_down_answer").because == HOW
    client.force_login(officer)
    page = client.get(reverse("applications:take_down", args=[kept.reference])).content.decode()
    assert "no longer waited for" in page
    if answer == "declined":
        return
    # It is the writer's to say otherwise: until it is due their own answer takes its place.
    asked.answer(answer == "no", minutes=1)
    kept.refresh_from_db()
    assert kept.answer is (LetterAnswer.NO if answer == "yes" else LetterAnswer.YES)
    assert (kept.taken_down_by, kept.taken_down_because) == (None, "")


def test_what_a_writer_has_begun_and_what_has_no_reason_is_not_written_down(
    asked: Asked,  # noqa: F811
    cast: Cast,
) -> None:
    facts = {"letter": asked.letter, "actor": cast.programme_officer, "now": asked.now}
    with pytest.raises(BadInput, match="Say how and when"):
        take_down_answer(answer="yes", because="  ", **facts)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="Choose what they answered"):
        take_down_answer(answer="given", because=HOW, **facts)  # type: ignore[arg-type]
    write_letter(asked.letter, {"is_acceptance": True}, now=asked.now)
    with pytest.raises(Refused, match="begun to answer"):
        take_down_answer(answer="no", because=HOW, **facts)  # type: ignore[arg-type]
    withdraw_application(application=asked.application, actor=cast.applicant, now=asked.now)
    with pytest.raises(Refused):
        take_down_answer(answer="declined", because=HOW, **facts)  # type: ignore[arg-type]


def test_the_words_of_a_referee_are_never_written_by_an_officer(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(call, applicant=cast.applicant)
    letter = application.letters.get(question_key="referee_1")
    for answer in ("yes", "no"):
        with pytest.raises(Refused, match="asked for words"):
            take_down_answer(
                letter=letter, answer=answer, because=HOW, actor=cast.programme_officer, now=now
            )
    other = make_secretary("elsewhere@example.org")
    make_call(officer=other)
    for account in [*cast.everyone().values(), other]:
        if account != cast.programme_officer:
            with pytest.raises(Refused):
                take_down_answer(
                    letter=letter, answer="declined", because=HOW, actor=account, now=now
                )
    client.force_login(cast.programme_officer)
    desk = reverse("applications:desk_detail", args=[application.reference])
    page = reverse("applications:take_down", args=[letter.reference])
    assert page in client.get(desk).content.decode()
    shown = client.get(page).content.decode()
    assert "Only they give them" in shown
    assert 'value="yes"' not in shown
    assert "could not be done" not in shown, "nothing was tried yet"
    refused = client.post(page, {"answer": "declined", "because": " "})
    assert refused.status_code == 422
    assert client.post(page, {"answer": "yes", "because": HOW}).status_code == 422
    assert client.post(page, {"answer": "declined", "because": HOW}).status_code == 302
    assert HOW in client.get(desk).content.decode()
    assert client.get(reverse("applications:take_down", args=["nobody"])).status_code == 404
    client.force_login(cast.applicant)
    assert client.get(page).status_code == 404
