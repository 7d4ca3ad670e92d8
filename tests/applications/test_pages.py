"""Pages of applicants and writers: with and without script, with good and bad input."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.actions import ask_letter
from anso.applications.models import Application, Document, Letter, SaveReceipt, Submission
from anso.applications.wording import receipt_payload, value_in_words
from anso.bulk.models import BulkAction
from anso.calls.models import Call
from anso.kernel.questions import Question
from anso.kernel.wording import Text
from anso.notifications.models import Message
from tests.cast import Cast
from tests.factories.applications import (
    make_application,
    make_complete_application,
    make_submitted_application,
)
from tests.factories.calls import make_call, make_programme
from tests.pages import squeezed

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def application(cast: Cast) -> Application:
    return make_application(make_call(officer=cast.programme_officer), applicant=cast.applicant)


@pytest.fixture
def applicant(cast: Cast, client: Client) -> Client:
    client.force_login(cast.applicant)
    return client


def url(name: str, application: Application, *more: str) -> str:
    return reverse(f"applications:{name}", args=[application.reference, *more])


def pdf(password: str = "") -> bytes:
    made, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    document.save(
        made, encryption=pikepdf.Encryption(owner=password, user=password) if password else False
    )
    return made.getvalue()


def save(
    client: Client, application: Application, fields: dict, base: int = 1, *, token: str = "t1"
) -> Any:
    body = json.dumps({"fields": fields, "base": base, "token": token})
    return client.post(url("save", application), body, content_type="application/json")


@pytest.mark.parametrize("name", ["detail", "check", "letters", "eligibility", "withdraw"])
def test_every_page_opens_for_the_applicant_and_for_nobody_else(
    cast: Cast, application: Application, client: Client, name: str
) -> None:
    for role, account in cast.everyone().items():
        client.force_login(account)
        page = client.get(url(name, application))
        assert page.status_code == (200 if role == "applicant" else 404), role
        heading = "There is nothing at this address" in page.content.decode()
        assert heading == (role != "applicant"), role


def test_whoever_is_not_signed_in_is_asked_to(application: Application, client: Client) -> None:
    page = client.get(url("detail", application))
    assert page["Location"] == f"{reverse('account_login')}?next={url('detail', application)}"
    assert save(client, application, {"title": "x"}).status_code == 401
    application.refresh_from_db()
    assert application.answers["title"]["value"] != "x"


def test_a_call_is_applied_to_with_the_answers_of_the_check(cast: Cast, applicant: Client) -> None:
    call = make_call()
    session = applicant.session
    session["eligibility_answers"] = {call.slug: {"level": "master"}}
    session.save()
    start = reverse("applications:start", args=[call.slug])
    assert applicant.get(start).status_code == 200
    assert applicant.post(start).status_code == 302
    assert Application.objects.get().answers["level"]["value"] == "master"
    assert applicant.get(start).status_code == 302


def test_the_script_is_told_what_became_of_a_save(
    application: Application, applicant: Client
) -> None:
    reply = save(applicant, application, {"title": "New"})
    assert (reply.status_code, reply.json()["revision"]) == (200, 2)
    wrong = save(applicant, application, {"full_name": "x" * 10_000}, base=2, token="t2")
    assert wrong.status_code == 422
    assert "10000" in wrong.json()["errors"]["full_name"]
    late = save(applicant, application, {"title": "Other"}, base=1, token="t3")
    assert late.status_code == 409
    assert late.json()["disputed"] == {"title": {"yours": "Other", "theirs": "New"}}


def test_a_save_after_the_close_gives_the_text_back(
    cast: Cast, application: Application, applicant: Client, clock: Any
) -> None:
    clock.move_to(application.call.closes_at)
    applicant.force_login(cast.applicant)
    reply = save(applicant, application, {"title": "Too late"})
    assert reply.status_code == 403
    assert reply.json()["fields"] == {"title": "Too late"}
    assert "closed" in reply.json()["reason"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"fields": 1}',
        b'{"fields": {}, "base": "1", "token": "t"}',
        b"[" * 100_000,
    ],
)
def test_nonsense_is_refused_and_breaks_nothing(
    application: Application, applicant: Client, body: bytes
) -> None:
    answer = applicant.post(url("save", application), body, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (400, ["reason"])
    assert not SaveReceipt.objects.filter(application=application).exists()


def test_signs_that_no_database_keeps_are_taken_out(
    application: Application, applicant: Client
) -> None:
    fields = {
        "subject": "\x00",
        "citizenship": ["\x00", "\ud800"],
        "title": "a\x00b",
        "hosts": [{"\x00": 1.5}],
    }
    body = json.dumps({"fields": fields, "base": 1, "token": "t\x00"})
    answer = applicant.post(url("save", application), body, content_type="application/json")
    assert answer.status_code == 422
    application.refresh_from_db()
    assert application.answers["title"]["value"] == "ab"
    assert "\\u0000" not in json.dumps(application.answers)


def test_a_page_is_saved_without_script_and_leads_on(
    application: Application, applicant: Client
) -> None:
    page = applicant.get(url("section", application, "languages"))
    token = page.context["token"]
    reply = applicant.post(
        url("section", application, "languages"),
        {"language_proofs": ["en", "zh"], "revision": "1", "token": token},
        follow=True,
    )
    assert reply.redirect_chain[0][0] == url("section", application, "proposal")
    application.refresh_from_db()
    assert application.answers["language_proofs"]["value"] == ["en", "zh"]


def test_answers_that_open_questions_on_the_same_page_lead_back_to_it(
    application: Application, applicant: Client
) -> None:
    applicant.post(
        url("section", application, "languages"),
        {"language_proofs": ["none"], "revision": "1", "token": "a"},
    )
    reply = applicant.post(
        url("section", application, "languages"),
        {"language_proofs": ["en"], "revision": "2", "token": "b"},
    )
    opened = f"{url('section', application, 'languages')}?more=language_certificate"
    assert reply["Location"] == opened


def test_a_posted_page_after_the_close_shows_what_was_typed(
    cast: Cast, application: Application, applicant: Client, clock: Any
) -> None:
    clock.move_to(application.call.closes_at)
    applicant.force_login(cast.applicant)
    reply = applicant.post(
        url("section", application, "proposal"),
        {"title": "Typed too late", "revision": "1", "token": "a"},
    )
    assert reply.status_code == 403
    assert b"Typed too late" in reply.content
    assert SaveReceipt.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cv.pdf", b"GIF89a not a pdf", "PDF"),
        ("cv.pdf", b"", "empty"),
        ("cv.exe", b"MZ\x90\x00" + b"\x00" * 100, "PDF"),
        ("cv.pdf", pdf("secret"), "password"),
        ("cv.pdf", b"%PDF-1.4\n" + b"0" * (11 * 1024 * 1024), "MB"),
    ],
    ids=["disguised", "empty", "program", "encrypted", "oversized"],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words_and_the_rest_is_saved(
    application: Application, applicant: Client, name: str, content: bytes, words: str
) -> None:
    sent = {
        "title": "Kept",
        "revision": "1",
        "token": "a",
        "cv": SimpleUploadedFile(name, content, "application/pdf"),
    }
    reply = applicant.post(url("section", application, "proposal"), sent)
    application.refresh_from_db()
    assert application.answers["title"]["value"] == "Kept"
    assert Document.objects.count() == 0
    assert reply.status_code == 422
    assert words in str(reply.context["error_list"])


def test_a_document_is_added_seen_and_removed(
    application: Application, applicant: Client, cast: Cast
) -> None:
    sent = {
        "title": "x",
        "revision": "1",
        "token": "a",
        "cv": SimpleUploadedFile("cv \u202efdp.pdf", pdf(), "application/pdf"),
    }
    applicant.post(url("section", application, "proposal"), sent)
    document = Document.objects.get()
    address = reverse("applications:document", args=[document.reference])
    download = applicant.get(address)
    assert b"".join(download.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert download["X-Content-Type-Options"] == "nosniff"
    assert "\u202e" not in document.file.name
    applicant.force_login(cast.stranger)
    assert applicant.get(address).status_code == 404
    applicant.force_login(cast.applicant)
    reply = applicant.post(
        url("section", application, "proposal"),
        {"title": "y", "token": "b", "remove": document.reference},
    )
    assert reply["Location"] == url("section", application, "proposal")
    document.refresh_from_db()
    application.refresh_from_db()
    assert document.removed_at == NOW
    assert application.answers["title"]["value"] == "y", "what was typed beside it is kept"


def test_a_document_of_another_application_is_not_removed(
    application: Application, applicant: Client, cast: Cast
) -> None:
    other = make_complete_application(applicant=cast.stranger)
    document = Document.objects.filter(application=other).first()
    assert document
    reply = applicant.post(
        url("section", application, "proposal"),
        {"title": "y", "token": "b", "remove": document.reference},
    )
    document.refresh_from_db()
    assert (reply.status_code, document.removed_at) == (404, None)


def test_the_enter_key_saves_and_removes_nothing(
    application: Application, applicant: Client
) -> None:
    """A browser presses the first button of a form when the enter key is struck."""
    sent = {
        "title": "x",
        "revision": "1",
        "token": "a",
        "cv": SimpleUploadedFile("cv.pdf", pdf(), "application/pdf"),
    }
    applicant.post(url("section", application, "proposal"), sent)
    page = applicant.get(url("section", application, "proposal")).content.decode()
    form = page[page.index("data-autosave") :]
    assert 'name="remove"' in form
    assert "name=" not in form[form.index("<button") :].partition(">")[0]


def test_what_is_missing_is_listed_and_linked_on_submission(
    application: Application, applicant: Client
) -> None:
    reply = applicant.post(url("submit", application))
    assert reply.status_code == 422
    assert f"{url('section', application, 'proposal')}?missing=1#f-cv" in reply.content.decode()


def test_a_complete_application_is_submitted_and_gives_a_receipt(
    cast: Cast, applicant: Client
) -> None:
    application = make_complete_application(applicant=cast.applicant)
    reply = applicant.post(url("submit", application), follow=True)
    assert Submission.objects.get().sha256 in reply.content.decode()
    again = applicant.post(url("submit", application))
    assert again.status_code == 302
    assert Submission.objects.count() == 1


def test_a_submitted_application_is_withdrawn_after_asking_once(
    cast: Cast, applicant: Client
) -> None:
    application = make_submitted_application(applicant=cast.applicant)
    assert applicant.get(url("withdraw", application)).status_code == 200
    refused = applicant.post(url("withdraw", application), {"because": "w" * 2001})
    assert (refused.status_code, "1 too many" in refused.text) == (422, True)
    assert "w" * 2001 in refused.text
    applicant.post(url("withdraw", application), {"because": "A place elsewhere"})
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert applicant.post(url("withdraw", application)).status_code == 403


def test_a_referee_is_named_asked_and_corrected_on_the_page_of_letters(
    application: Application, applicant: Client
) -> None:
    page = url("letters", application)
    person = {"referee_1:name": "Nurlan Abenov", "referee_1:email": "abenov@example.org"}
    assert applicant.post(page, {"act": "ask:referee_1", **person}).status_code == 302
    assert Letter.objects.get().email == "abenov@example.org"
    soon = applicant.post(
        page, {"act": "resend:referee_1", "referee_1:email": person["referee_1:email"]}
    )
    assert soon.status_code == 403
    assert person["referee_1:email"] in soon.content.decode()
    wrong = applicant.post(
        page, {"act": "replace:referee_1", "referee_1:name": "", "referee_1:email": "x@example.org"}
    )
    assert wrong.status_code == 422
    assert applicant.post(page, {"act": "nonsense:x"}).status_code == 404


def named(number: int, address: str) -> dict[str, str]:
    return {f"referee_{number}:name": f"Professor {number}", f"referee_{number}:email": address}


def test_asking_one_referee_keeps_what_was_typed_for_the_other(
    application: Application, applicant: Client
) -> None:
    page = url("letters", application)
    typed = named(1, "one@example.org") | named(2, "half an addr")
    assert applicant.post(page, {"act": "ask:referee_1", **typed}).status_code == 302
    assert b"half an addr" in applicant.get(page).content
    wrong = applicant.post(page, {"act": "ask:referee_2", **named(2, "half an address")})
    assert wrong.status_code == 422
    assert b"half an address" in wrong.content


def test_the_enter_key_on_the_page_of_letters_saves_and_asks_nobody(
    application: Application, applicant: Client
) -> None:
    page = applicant.get(url("letters", application)).content.decode()
    first = re.search(r'<form[^>]*data-autosave.*?<button[^>]*value="([^"]*)"', page, re.DOTALL)
    assert first is not None
    assert first[1] == "save:"
    assert (
        applicant.post(
            url("letters", application), {"act": "save:", **named(1, "new@example.org")}
        ).status_code
        == 302
    )
    assert not Letter.objects.exists()
    assert b"new@example.org" in applicant.get(url("letters", application)).content


def letter_link(application: Application) -> str:
    account = application.applicant.account
    assert isinstance(account, Account)
    ask_letter(application=application, question_key="referee_1", actor=account, now=NOW)
    secret = Message.objects.get(code="applications.letter_request").secret
    return secret[secret.index("/letters/") :]


ANSWERS = {
    "relation": "taught",
    "years_known": "3",
    "standing": "top_10",
    "letter_way": "write",
    "letter_text": "A careful mind. " * 30,
}


def test_a_writer_needs_no_account_and_may_come_back(
    application: Application, client: Client
) -> None:
    link = letter_link(application)
    page = client.get(link)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert Letter.objects.get().state == "opened"
    opens_more = client.post(
        link, {key: ANSWERS[key] for key in ("relation", "years_known", "standing", "letter_way")}
    )
    assert opens_more.status_code == 302
    done = client.post(link, ANSWERS, follow=True)
    assert "Thank you" in done.content.decode()
    assert Letter.objects.get().state == "completed"
    assert client.get(link).status_code == 200
    assert client.get(f"{link}?again=1").context["fields"]


def test_a_writer_who_leaves_something_out_loses_nothing(
    application: Application, client: Client
) -> None:
    link = letter_link(application)
    reply = client.post(link, {"relation": "taught", "letter_way": "write"}, follow=True)
    assert Letter.objects.get().answers["relation"] == "taught"
    reply = client.post(
        link,
        {
            "relation": "taught",
            "letter_way": "write",
            "letter_text": "Short",
            "years_known": "many",
        },
    )
    assert reply.status_code == 422
    assert Letter.objects.get().answers["years_known"] == "many"


def test_a_letter_is_uploaded(application: Application, client: Client) -> None:
    link = letter_link(application)
    client.post(link, ANSWERS | {"letter_way": "upload"})
    sent = ANSWERS | {
        "letter_way": "upload",
        "letter_file": SimpleUploadedFile("letter.pdf", pdf(), "application/pdf"),
    }
    client.post(link, sent)
    letter = Letter.objects.get()
    assert (letter.state, letter.file is not None) == ("completed", True)


def test_the_writers_script_is_answered_too(application: Application, client: Client) -> None:
    link = letter_link(application)
    body = json.dumps({"fields": {"letter_text": "So far"}, "base": 0, "token": "t"})
    reply = client.post(f"{link}save/", body, content_type="application/json")
    assert reply.json()["revision"] > 0
    assert Letter.objects.get().answers == {"letter_text": "So far"}


def test_a_writer_may_decline(application: Application, client: Client) -> None:
    link = letter_link(application)
    refused = client.post(link, {"act": "decline", "because": "n" * 303})
    assert (refused.status_code, "you have 303, 3 too many" in refused.text) == (422, True)
    assert "n" * 303 in refused.text, "nothing that was typed is lost"
    assert client.post(link, {"act": "decline", "because": "No time"}).status_code == 410
    assert client.get(link).status_code == 410
    assert Letter.objects.get().decline_reason == "No time"


def test_links_that_lead_no_further_say_why(
    application: Application, client: Client, clock: Any
) -> None:
    link = letter_link(application)
    assert client.get("/letters/cut-off/").status_code == 404
    letter = Letter.objects.get()
    clock.move_to(letter.due_at)
    late = client.get(link)
    assert late.status_code == 410
    assert "over" in late.content.decode()
    assert client.post(f"{link}save/", "{}", content_type="application/json").status_code == 410
    clock.move_to(letter.due_at + dt.timedelta(days=61))
    assert client.get(link).status_code == 410, "why it is over is told as long as anybody asks"


def test_many_are_screened_after_a_dry_run_and_taken_back(
    cast: Cast, client: Client, clock: Any
) -> None:
    call: Call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(call, applicant=cast.applicant)
    clock.move_to(call.closes_at + dt.timedelta(days=1))
    client.force_login(cast.programme_officer)
    page = reverse("applications:screening", args=[call.reference])
    asked = client.post(page, {"bulk": "confirm_eligible", "row": [application.reference]})
    application.refresh_from_db()
    assert (asked.status_code, application.state) == (200, "submitted")
    done = client.post(
        page, {"bulk": "confirm_eligible", "references": application.reference, "confirmed": "yes"}
    )
    application.refresh_from_db()
    assert application.state == "eligible"
    action = BulkAction.objects.get()
    assert done.url == reverse("bulk:action", args=[action.reference])
    client.post(reverse("bulk:undo", args=[action.reference]))
    application.refresh_from_db()
    assert application.state == "submitted"
    tried = client.post(page, {"bulk": "reopen_screening", "row": [application.reference]})
    left = f'One will be left as it is:\n</p><ul><li><span class="num">{application.number}</span>'
    assert "".join(left.split()) in "".join(tried.content.decode().split())
    assert "This will be done" not in tried.content.decode()
    assert 'class="btn">' not in tried.content.decode(), "there is nothing to press"
    assert ">Doctoral" in tried.content.decode(), "a level is told in words"
    again = {"references": application.reference, "confirmed": "yes"}
    long = client.post(page, again | {"bulk": "reject_ineligible", "because": "z" * 2001})
    assert long.status_code == 422
    assert "Use at most 2000 characters; you have 2001, 1 too many." in long.content.decode()
    assert "z" * 2001 in long.content.decode(), "nothing that was typed is lost"
    client.post(page, again | {"bulk": "reopen_screening"})
    text = client.get(
        reverse("bulk:action", args=[BulkAction.objects.latest("id").reference])
    ).content.decode()
    assert application.number in text, "what was left is named, with its reason"
    assert "It waits for screening: there is no result to take back." in text
    assert client.post(page, {"bulk": "nonsense"}).status_code == 404
    everything = client.post(
        f"{page}?state=submitted", {"bulk": "confirm_eligible", "all_rows": "1"}
    )
    assert everything.context["count"] == 1


def test_staff_read_one_application_with_everything_about_it(
    cast: Cast, client: Client, clock: Any
) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(call, applicant=cast.applicant)
    page = reverse("applications:desk_detail", args=[application.reference])
    for role, account in cast.everyone().items():
        client.force_login(account)
        assert client.get(page).status_code == (
            200 if role in {"programme_officer", "auditor"} else 404
        ), role
    clock.move_to(call.closes_at)
    client.force_login(cast.programme_officer)
    screen = reverse("applications:screen_one", args=[application.reference])
    client.post(screen, {"verb": "reject_ineligible", "because": ""})
    client.post(screen, {"verb": "check"})
    assert (
        b"Half a reason"
        in client.post(screen, {"verb": "check", "because": "Half a reason"}).content
    )
    client.post(screen, {"verb": "reject_ineligible", "because": "Too late"})
    application.refresh_from_db()
    assert application.screening_reason == "Too late"
    client.post(screen, {"verb": "reopen_screening"})
    client.post(screen, {"verb": "confirm_eligible"})
    application.refresh_from_db()
    assert application.state == "eligible"
    assert client.post(screen, {"verb": "nonsense"}).status_code == 404
    told = squeezed(client.get(page))
    for words in ("submitted it", "found it not eligible", "Too late"):
        assert words in told
    assert "reject_ineligible</td>" not in told


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("date", "soon", "soon"),
        ("date", "2027-03-01", "1 March 2027"),
        ("person", "somebody", "somebody"),
        (
            "person",
            {"name": "Wanjiru Kamau", "email": "k@example.org"},
            "Wanjiru Kamau, k@example.org",
        ),
        ("country", ["KE", "ET"], "Kenya, Ethiopia"),
        ("country", "KE", "Kenya"),
        ("yesno", "perhaps", "perhaps"),
        ("text", None, ""),
        ("multichoice", "", ""),
    ],
)
def test_an_answer_is_read_in_words_also_where_it_is_not_what_was_asked(
    kind: str, value: object, words: str
) -> None:
    assert value_in_words(Question("q", kind, Text("Q")), value, "en") == words


def test_paper_leaves_out_sections_and_documents_that_there_are_not(cast: Cast) -> None:
    submission = Submission.objects.get(
        application=make_submitted_application(applicant=cast.applicant)
    )
    full = [section["title"] for section in receipt_payload(submission)["sections"]]
    submission.body["documents"], kept = [], submission.body["answers"]
    submission.body["answers"] = {
        key: value for key, value in kept.items() if key in ("title", "proposal")
    }
    assert [section["title"] for section in receipt_payload(submission)["sections"]] == [
        "Research proposal"
    ]
    assert full[-1] == "Documents"


def test_the_deadline_stands_in_the_zone_of_the_browser_or_the_one_chosen_in_the_account(
    cast: Cast, application: Application, applicant: Client
) -> None:
    applicant.cookies["zone"] = "Africa%2FNairobi"
    assert "18:59 (Nairobi)" in applicant.get(url("detail", application)).content.decode()
    cast.applicant.zone = "Asia/Tashkent"
    cast.applicant.save()
    assert "20:59 (Tashkent)" in applicant.get(url("detail", application)).content.decode()


def test_a_nominator_starts_a_second_nomination_beside_the_first_and_is_then_led_there(
    applicant: Client,
) -> None:
    address = f"/applications/start/{make_call(make_programme('prize')).slug}/"
    for ordinal in ("1", "2"):
        page = applicant.get(address).content.decode()
        assert f'name="ordinal" value="{ordinal}"' in page
        assert ("What you have in this call already" in page) == (ordinal == "2")
        applicant.post(address, {"ordinal": ordinal})
    second = Application.objects.get(ordinal=2)
    assert applicant.get(address)["Location"] == url("detail", second)
    assert applicant.post(address, {"ordinal": "seven"})["Location"] == url(
        "detail", Application.objects.get(ordinal=1)
    )
    assert applicant.post(address, {"ordinal": "3"}).status_code == 403
