"""Whoever is asked for yes or no may ask first: the third way, told truly until it is decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from anso.applications.actions import (
    add_document,
    replace_letter,
    withdraw_application,
)
from anso.applications.actions.asking_back import (
    answer_writer,
    ask_back,
    remind_of_question,
)
from anso.applications.actions.letter_mail import letter_token
from anso.applications.models import Enquiry, Letter
from anso.applications.queries.enquiries import open_question_of, questions_to_remind
from anso.applications.queries.letter_links import letters_to_remind
from anso.applications.queries.letters import letter_due_at, letter_statuses
from anso.applications.queries.todo import letters_awaited
from anso.applications.rules import may_answer_writer, may_ask_back
from anso.applications.tasks import remind_of_questions
from anso.applications.wording import matters_of, todo_items_for, who_can_see
from anso.applications.wording.standing import awaited_in_words
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.cast import Cast
from tests.factories.applications import (
    NOW,
    fellowship_answers,
    give_letter,
    make_application,
    make_letter,
    write_letter,
)
from tests.factories.calls import make_call
from tests.factories.files import make_stored_file

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
QUESTION = "Could you begin in September,\nand who pays for the field work?"


@pytest.fixture(autouse=True)
def call_now() -> Iterator[dt.datetime]:
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def letter(cast: Cast, call_now: dt.datetime) -> Letter:
    """A supervisor with one name was asked, with a draft that already holds a CV."""
    call = make_call(officer=cast.programme_officer)
    named = {"name": "Suharto", "email": "suharto@example.org"}
    answers = fellowship_answers(hosts=["UCAS"], supervisor_ucas=named)
    draft = make_application(call, applicant=cast.applicant, answers=answers)
    for slot in ("cv", "passport"):
        add_document(
            application=draft,
            slot=slot,
            stored=make_stored_file(name=f"{slot}.pdf"),
            actor=cast.applicant,
            now=call_now,
        )
    return make_letter(
        draft,
        "supervisor_ucas",
        kind="supervisor",
        now=call_now,
        full_name=named["name"],
        email=named["email"],
    )


def asked(letter: Letter, now: dt.datetime, text: str = QUESTION) -> Enquiry:
    return ask_back(letter=letter, text=text, now=now)


def codes() -> list[str]:
    found = Message.objects.order_by("id").values_list("code", flat=True)
    return [code.removeprefix("applications.") for code in found]


def test_a_supervisor_reads_what_the_call_shows_them_and_nothing_else(
    letter: Letter, call_now: dt.datetime, client: Client, cast: Cast
) -> None:
    token = letter_token(letter, call_now)
    page = client.get(reverse("applications:letter", args=[token])).content.decode()
    assert "What <bdi>Amina Yusuf</bdi> shows you" in page
    assert "cv.pdf" in page
    assert "passport.pdf" not in page
    assert "not there yet" in page  # the transcripts
    assert "may still change" in page
    assert "Salt water moves up the Lower Tana" in page
    cv, passport = letter.application.documents.order_by("slot")
    got = client.get(reverse("applications:letter_document", args=[token, cv.reference]))
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    for other in (passport.reference, "nothing"):
        url = reverse("applications:letter_document", args=[token, other])
        assert client.get(url).status_code == 404
    seen = {line.who: line.what for line in who_can_see(letter.application)}
    assert "Curriculum vitae" in seen["Suharto"]
    assert seen["Wanjiru Kamau, Рустам Каримов"] == "your name, the call and the title"
    # The referee is asked for words, sees none of it, and cannot ask.
    referee = make_letter(letter.application, "referee_1", kind="referee", now=call_now)
    text = client.get(
        reverse("applications:letter", args=[letter_token(referee, call_now)])
    ).content.decode()
    assert "shows you" not in text
    assert "something first" not in text
    url = reverse(
        "applications:letter_document", args=[letter_token(referee, call_now), cv.reference]
    )
    assert client.get(url).status_code == 404
    with pytest.raises(Refused, match="Nobody asks you"):
        asked(referee, call_now)
    # Withdrawn, nothing of it is shown any more.
    withdraw_application(application=letter.application, actor=cast.applicant, now=call_now)
    url = reverse("applications:letter_document", args=[token, cv.reference])
    assert client.get(url).status_code == 404


def test_question_answer_decision_by_the_pages(
    letter: Letter, call_now: dt.datetime, client: Client, cast: Cast
) -> None:
    application, token = letter.application, letter_token(letter, call_now)
    url = reverse("applications:letter", args=[token])
    client.get(url)
    # The button keeps what was typed so far and leads on.
    revision = Letter.objects.get(pk=letter.pk).revision
    form = {
        "act": "ask_first",
        "base": revision,
        "is_acceptance": "yes",
        "unseen": "",
        "opened": "",
    }
    sent = client.post(url, form | {"closed": ""})
    ask_url = reverse("applications:ask_first", args=[token])
    assert sent["Location"] == ask_url
    assert Letter.objects.get(pk=letter.pk).answers.get("is_acceptance") is True
    empty = client.post(ask_url, {"question": "  "})
    assert empty.status_code == 422
    assert "Write your question first." in empty.content.decode()
    assert "<bdi>Amina Yusuf</bdi> reads it" in client.get(ask_url).content.decode()
    assert client.post(ask_url, {"question": QUESTION})["Location"] == url
    letter.refresh_from_db()
    assert letter.state == "asking"
    assert "Could you begin" in client.get(url).content.decode()
    assert "not answered yet" in client.get(ask_url).content.decode()
    # Everything tells the applicant the truth, and what to do.
    mail = Message.objects.get(code="applications.writer_asks")
    assert "Suharto asks you something before answering" in mail.subject
    assert "who pays for the field work?" in mail.body
    items = {item.text: item for item in todo_items_for(cast.applicant, call_now)}
    item = items["Answer Suharto, who asks you something first"]
    assert item.due_at == letter_due_at(letter)
    (status,) = [each for each in letter_statuses(application) if each.letter]
    assert (status.code, status.needs_attention, status.is_given) == ("asking", True, False)
    client.force_login(cast.applicant)
    page = reverse("applications:letters", args=[application.reference])
    text = client.get(page).content.decode()
    assert "asks something first" in text
    assert "Send the answer" in text
    assert item.url == f"{page}#ask-{letter.reference}"
    for typed, told in (("", "Write your answer first."), ("x" * 2001, "you have 2001")):
        answered = client.post(
            page, {"act": "answer:supervisor_ucas", "supervisor_ucas:answer": typed}
        )
        assert answered.status_code == 422
        assert told in answered.content.decode()
    assert "x" * 2001 in answered.content.decode()
    client.post(
        page, {"act": "answer:supervisor_ucas", "supervisor_ucas:answer": "Yes, and my university."}
    )
    letter.refresh_from_db()
    assert letter.state == "opened"
    told_writer = Message.objects.get(code="applications.writer_answered")
    assert told_writer.email == "suharto@example.org"
    assert "Yes, and my university." in told_writer.body
    assert "say yes or no, by" in told_writer.body
    assert "Answer Suharto, who asks you something first" not in [
        each.text for each in todo_items_for(cast.applicant, call_now)
    ]
    again = client.post(page, {"act": "answer:supervisor_ucas", "supervisor_ucas:answer": "More"})
    assert again.status_code == 404
    # The writer decides.
    write_letter(letter, {"is_acceptance": False}, now=call_now)
    give_letter(letter, now=call_now)
    assert codes().count("letter_refused") == 1
    assert "Could you begin" in Client().get(f"{url}?again=1").content.decode()


def test_while_asked_the_applicant_is_reminded_and_not_the_writer(
    letter: Letter, call_now: dt.datetime, cast: Cast
) -> None:
    enquiry = asked(letter, call_now)
    week = call_now + 8 * DAY
    assert letter not in letters_to_remind(week)
    assert [each.pk for each in questions_to_remind(call_now + 2 * DAY)] == []
    for days, expected in ((3, 1), (4, 1), (6, 2), (9, 2)):
        for due in questions_to_remind(call_now + days * DAY):
            remind_of_question(enquiry=due, now=call_now + days * DAY)
        assert codes().count("writer_asks_reminder") == expected
    # A list that was read before the last reminder sends nothing twice.
    remind_of_question(enquiry=enquiry, now=week)
    assert codes().count("writer_asks_reminder") == 2
    answered_at = call_now + 10 * DAY
    answer_writer(enquiry=enquiry, text="In September.", actor=cast.applicant, now=answered_at)
    remind_of_question(enquiry=Enquiry.objects.get(), now=answered_at)
    assert codes().count("writer_asks_reminder") == 2
    # The supervisor who does not decide is reminded again, twice.
    assert letter in letters_to_remind(answered_at + 8 * DAY)
    remind_of_questions(0)  # nothing is asked any more


def test_what_stands_while_a_question_is_open(
    letter: Letter, call_now: dt.datetime, cast: Cast
) -> None:
    application = letter.application
    Letter.objects.filter(pk=letter.pk).update(email=cast.referee.email)
    cast.referee.emailaddress_set.create(email=cast.referee.email, verified=True)
    letter.refresh_from_db()
    assert "Answer Amina Yusuf" in " ".join(e.text for e in todo_items_for(cast.referee, call_now))
    enquiry = asked(letter, call_now)
    assert "Answer Amina Yusuf" not in " ".join(
        e.text for e in todo_items_for(cast.referee, call_now)
    )
    said = [each.words for each in matters_of(cast.referee, call_now)]
    assert "You asked Amina Yusuf something before answering. We tell you what they answer." in said
    assert not [
        each
        for each in matters_of(cast.referee, letter_due_at(letter) + DAY)
        if "before answering" in each.words
    ]
    told = awaited_in_words(letters_awaited([application], call_now), "Africa/Nairobi")
    assert told == "Suharto asked you something and waits for your answer."
    other = make_letter(application, "referee_1", kind="referee", now=call_now)
    told = awaited_in_words(letters_awaited([application], call_now), "Africa/Nairobi")
    assert told.startswith(f"{other.full_name} has not answered yet; answers count until")
    assert told.endswith("Suharto asked you something and waits for your answer.")
    assert may_answer_writer(cast.applicant, enquiry, call_now)


def test_who_may_not_ask_or_answer(letter: Letter, call_now: dt.datetime, cast: Cast) -> None:
    enquiry = asked(letter, call_now)
    with pytest.raises(Refused, match="not answered yet"):
        asked(letter, call_now)
    with pytest.raises(Refused, match="Only whoever wrote it"):
        answer_writer(enquiry=enquiry, text="Me", actor=cast.stranger, now=call_now)
    late = letter_due_at(letter)
    with pytest.raises(Refused, match="time for this letter is over"):
        answer_writer(enquiry=enquiry, text="Too late", actor=cast.applicant, now=late)
    assert todo_items_for(cast.applicant, late) == [] or "Suharto" not in " ".join(
        each.text for each in todo_items_for(cast.applicant, late)
    )
    for number in range(4):
        answer_writer(enquiry=enquiry, text="Yes.", actor=cast.applicant, now=call_now)
        enquiry = asked(letter, call_now, f"And {number}?")
    answer_writer(enquiry=enquiry, text="Yes.", actor=cast.applicant, now=call_now)
    with pytest.raises(Refused, match="five questions"):
        asked(letter, call_now)
    with pytest.raises(Refused, match="time for this letter is over"):
        asked(letter, late)
    office = Enquiry(application=letter.application, text="To the office", asked_at=call_now)
    with pytest.raises(BadInput):
        answer_writer(enquiry=office, text="No", actor=cast.applicant, now=call_now)
    office.letter = None
    assert not may_answer_writer(cast.applicant, office, call_now)


def test_an_answer_without_waiting_ends_the_question(
    letter: Letter, call_now: dt.datetime, cast: Cast
) -> None:
    enquiry = asked(letter, call_now)
    write_letter(letter, {"is_acceptance": False}, now=call_now)
    letter = give_letter(letter, now=call_now)
    assert open_question_of(letter) is None
    with pytest.raises(Refused, match="Nobody waits"):
        answer_writer(enquiry=enquiry, text="Wait", actor=cast.applicant, now=call_now)
    assert not may_ask_back(letter, call_now)


def test_withdrawn_or_asked_of_somebody_else_the_question_ends(
    letter: Letter, call_now: dt.datetime, cast: Cast
) -> None:
    enquiry = asked(letter, call_now)
    new = replace_letter(
        letter=letter,
        person={"name": "Li Wei", "email": "li@example.org"},
        actor=cast.applicant,
        now=call_now,
    )
    assert "letter_cancelled" in codes()
    with pytest.raises(Refused, match="Nobody waits"):
        answer_writer(enquiry=enquiry, text="Hello", actor=cast.applicant, now=call_now)
    assert not new.enquiries.exists()
    asked(new, call_now)
    withdraw_application(application=new.application, actor=cast.applicant, now=call_now)
    new.refresh_from_db()
    assert new.state == "replaced"
    assert questions_to_remind(call_now + 5 * DAY) == []
    assert not [e for e in todo_items_for(cast.applicant, call_now) if "first" in e.text]
