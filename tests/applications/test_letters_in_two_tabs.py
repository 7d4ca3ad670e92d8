"""One letter held open in two tabs without JavaScript, and the saves of its script."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anso.accounts.actions import issue_scoped_link
from anso.applications import actions
from anso.applications.actions import attach_letter_upload, save_letter_draft
from anso.applications.actions.letter_writers import letter_upload_purpose
from anso.applications.models import Letter
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput
from tests.applications.test_letters import ANSWERS
from tests.applications.test_pages import pdf
from tests.factories.applications import make_application, make_letter, make_stored_file
from tests.tabs import Tab

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(now: dt.datetime) -> Any:
    with time_machine.travel(now, tick=False) as travelled:
        yield travelled


@pytest.fixture
def letter() -> Letter:
    return make_letter(make_application())


@pytest.fixture
def address(letter: Letter, now: dt.datetime) -> str:
    token = issue_scoped_link(
        purpose="letter", about=letter, expires_at=now + dt.timedelta(days=30), now=now
    )
    return f"/letters/{token}/"


def open_tab(client: Client, address: str) -> Tab:
    return Tab(client, address, field="relation")


def written(letter: Letter) -> dict[str, Any]:
    return Letter.objects.get(pk=letter.pk).answers


def test_a_tab_opened_before_gives_no_letter_without_what_was_written_since(
    client: Client, letter: Letter, address: str
) -> None:
    early = open_tab(client, address)
    open_tab(client, address).fill(letter_way="write").send(act="give")
    open_tab(client, address).fill(letter_text=ANSWERS["letter_text"], years_known="3").send(
        act="give"
    )
    answer = early.fill(relation="taught", standing="top_10").send(act="give")
    assert written(letter)["letter_text"] == ANSWERS["letter_text"].strip()
    assert written(letter)["years_known"] == "3"
    assert answer.status_code == 409
    early.read(answer)
    assert early.shown("letter_text") == ANSWERS["letter_text"].strip()
    assert early.send(act="give").status_code == 302
    assert Letter.objects.get().state == "completed"


def test_two_texts_of_one_letter_are_both_shown(
    client: Client, letter: Letter, address: str
) -> None:
    open_tab(client, address).fill(ANSWERS | {"letter_text": "", "standing": ""}).send(act="give")
    first, second = open_tab(client, address), open_tab(client, address)
    first.fill(letter_text="Words of the first tab").send(act="give")
    answer = second.fill(letter_text="Words of the second tab").send(act="give")
    assert answer.status_code == 409
    assert written(letter)["letter_text"] == "Words of the first tab"
    second.read(answer)
    assert second.shown("letter_text") == "Words of the first tab"
    assert "Words of the second tab" in second.words()
    second.fill({"keep-letter_text": "mine"}).send(act="give")
    assert written(letter)["letter_text"] == "Words of the second tab"


def test_a_text_is_kept_though_another_tab_chose_to_upload_a_file(
    client: Client, letter: Letter, address: str
) -> None:
    open_tab(client, address).fill(letter_way="write").send(act="give")
    writing, choosing = open_tab(client, address), open_tab(client, address)
    choosing.fill(letter_way="upload").send(act="give")
    writing.fill(letter_text="Half a page").send(act="give")
    assert written(letter)["letter_text"] == "Half a page"


def test_a_file_of_one_tab_does_not_replace_a_file_of_another_unseen(
    client: Client, letter: Letter, address: str
) -> None:
    open_tab(client, address).fill(letter_way="upload").send(act="give")
    first, second = open_tab(client, address), open_tab(client, address)
    files = [
        SimpleUploadedFile(name, pdf(), content_type="application/pdf")
        for name in ("first.pdf", "second.pdf")
    ]
    first.fill(letter_file=files[0]).send(act="give")
    assert written(letter)["letter_file"][0]["name"] == "first.pdf"
    answer = second.fill(letter_file=files[1]).send(act="give")
    assert written(letter)["letter_file"][0]["name"] == "first.pdf"
    second.read(answer)
    assert "first.pdf" in second.words()
    assert "second.pdf" in second.words()
    again = SimpleUploadedFile("second.pdf", pdf(), content_type="application/pdf")
    second.fill(letter_file=again).send(act="give")
    assert written(letter)["letter_file"][0]["name"] == "second.pdf"


def test_the_script_of_a_letter_is_told_of_both_texts(
    client: Client, letter: Letter, address: str
) -> None:
    def autosave(fields: dict[str, Any], base: int) -> Any:
        body = json.dumps({"fields": fields, "base": base, "token": str(fields)[:60]})
        return client.post(f"{address}save/", body, content_type="application/json")

    assert autosave({"letter_text": "First"}, 0).json()["revision"] == 1
    late = autosave({"letter_text": "Second"}, 0)
    assert late.status_code == 409
    assert late.json()["disputed"] == {"letter_text": {"yours": "Second", "theirs": "First"}}
    other = autosave({"relation": "taught"}, 0)
    assert (other.status_code, other.json()["unseen"]) == (200, {"letter_text": "First"})


def test_a_tab_whose_script_could_not_show_a_file_gives_no_letter_before_it_is_seen(
    client: Client, letter: Letter, address: str
) -> None:
    tab = open_tab(client, address).fill(ANSWERS)
    answer = tab.send(act="give", unseen="letter_file")
    assert answer.status_code == 409
    assert Letter.objects.get().state != "completed"
    assert "read it, then send it" in tab.read(answer).words()


def test_a_save_between_the_steps_of_another_tab_sends_it_back_to_the_page(
    client: Client, letter: Letter, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab(client, address).fill(ANSWERS)
    first = actions.complete_letter

    def after_another_save(**given: Any) -> Letter:
        Letter.objects.update(revision=99)
        return first(**given)

    tab.send(act="give")
    tab = open_tab(client, f"{address}?again=1").fill(standing="lower")
    monkeypatch.setattr(actions, "complete_letter", after_another_save)
    answer = client.post(address, tab.body(act="give"), follow=True)
    assert "in another tab after you opened this page" in answer.content.decode()
    assert written(letter)["standing"] == "lower"


def test_one_page_may_replace_its_own_file_but_not_one_that_it_has_not_shown(
    letter: Letter, now: dt.datetime
) -> None:
    purpose = letter_upload_purpose(letter, "letter_file")
    names = iter(["first.pdf", "second.pdf", "third.pdf", "fourth.pdf"])

    def upload(to: str) -> Any:
        stored = make_stored_file(next(names))
        return attach_letter_upload(purpose=to, stored=stored, actor=WORKER, now=now)

    said = upload(purpose)
    assert said["revision"] == 1
    assert upload(said["purpose"])["revision"] == 2
    with pytest.raises(BadInput, match=r"Another file, “second.pdf”.*“third.pdf” is to take"):
        upload(purpose)
    save_letter_draft(letter=letter, fields={"relation": "taught"}, base_revision=2, now=now)
    letter.refresh_from_db()
    upload(letter_upload_purpose(letter, "letter_file"))
    assert written(letter)["letter_file"][0]["name"] == "fourth.pdf"
