"""Files that arrive in pieces: in order, for their owner only, taken by their app once."""

from __future__ import annotations

import base64
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from anso.accounts.models import Account
from anso.files.actions import UPLOAD_PURPOSES, discard_expired_uploads, store_file
from anso.files.actions.uploading import path_of
from anso.files.models import StoredFile, Upload
from anso.kernel.errors import BadInput
from anso.kernel.verdict import refuse
from tests.factories.directory import make_account
from tests.factories.files import pdf_bytes, picture_bytes

pytestmark = pytest.mark.django_db
TAKEN: list[tuple[str, str, str]] = []
PIECE = "application/offset+octet-stream"


def take_file(*, purpose: str, stored: StoredFile, actor: Any, now: dt.datetime) -> dict[str, str]:
    """As an app would: refuse some, note the rest."""
    if purpose.endswith(":refused"):
        refuse("closed", "The call is closed.").require()
    if purpose.endswith(":wrong"):
        raise BadInput("Not this one.")
    TAKEN.append((purpose, stored.name, str(actor)))
    return {"receipt": "R1"}


def lose_file(**_: Any) -> dict[str, str]:
    """An app that fails."""
    raise OSError("the disk is full")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    TAKEN.clear()
    settings.UPLOAD_FOLDER = str(tmp_path / "uploads")
    monkeypatch.setitem(UPLOAD_PURPOSES._placed, "test", (0, take_file))


@pytest.fixture
def owner(client: Client) -> Account:
    account = make_account("amina@example.org")
    client.force_login(account)
    return account


def begin(
    client: Client, size: int, purpose: str = "test:A1:passport", name: str = "паспорт.pdf"
) -> HttpResponse:
    told = f"filename {base64.b64encode(name.encode()).decode()},filetype ,field x"
    return client.post(
        f"/files/uploads/?purpose={purpose}",
        headers={"Upload-Length": str(size), "Upload-Metadata": told},
    )


def send(client: Client, url: str, offset: int, piece: bytes) -> HttpResponse:
    return client.patch(url, piece, content_type=PIECE, headers={"Upload-Offset": str(offset)})


def test_file_arrives_in_pieces_and_is_taken_once(client: Client, owner: Account) -> None:
    content = pdf_bytes(2)
    begun = begin(client, len(content))
    url = begun["Location"]
    assert begun.status_code == 201
    assert send(client, url, 0, content[:100]).status_code == 204
    head = client.head(url)
    assert (head["Upload-Offset"], head["Upload-Length"]) == ("100", str(len(content)))
    late = send(client, url, 50, content[50:])
    assert (late.status_code, late["Upload-Offset"]) == (409, "100")
    done = send(client, url, 100, content[100:])
    assert (done.status_code, done.json(), done["Upload-Offset"]) == (
        200,
        {"receipt": "R1"},
        str(len(content)),
    )
    assert send(client, url, 100, content[100:]).status_code == 409
    assert TAKEN == [("test:A1:passport", "паспорт.pdf", "amina@example.org")]
    assert client.head(url)["Upload-Offset"] == str(len(content))
    assert not path_of(Upload.objects.get()).exists()


def test_last_piece_may_come_again_when_the_app_did_not_get_the_file(
    client: Client, owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = pdf_bytes()
    url = begin(client, len(content))["Location"]
    send(client, url, 0, content[:50])
    with monkeypatch.context() as broken:
        broken.setitem(UPLOAD_PURPOSES._placed, "test", (0, lose_file))
        with pytest.raises(OSError, match="full"):
            send(client, url, 50, content[50:])
    assert client.head(url)["Upload-Offset"] == "50"
    assert send(client, url, 50, content[50:]).status_code == 200
    assert len(TAKEN) == 1


def test_upload_belongs_to_its_owner(client: Client, owner: Account) -> None:
    url = begin(client, 1000)["Location"]
    client.force_login(make_account())
    assert client.head(url).status_code == 404
    assert send(client, url, 0, b"x").status_code == 404
    client.logout()
    stranger = send(client, url, 0, b"x")
    assert stranger.status_code == 403
    assert "Sign in again" in stranger.json()["reason"]


def test_holder_of_a_link_may_upload_where_an_app_says_so(client: Client) -> None:
    session = client.session
    session["upload_owner"] = "link:7"
    session.save()
    content = pdf_bytes()
    url = begin(client, len(content))["Location"]
    assert send(client, url, 0, content).status_code == 200
    assert TAKEN[0][2] == "holder of a personal link"


@pytest.mark.parametrize(
    ("purpose", "content", "said"),
    [
        ("test:A1:refused", pdf_bytes(), (403, "The call is closed.")),
        ("test:A1:wrong", pdf_bytes(), (422, "Not this one.")),
        ("test:A1:passport", b"MZ" + b"\0" * 500, (422, "Upload one of these")),
        ("test:A1:passport", picture_bytes()[:60], (422, "damaged or not complete")),
    ],
)
def test_refused_file_is_forgotten(
    purpose: str, content: bytes, said: tuple[int, str], client: Client, owner: Account
) -> None:
    url = begin(client, len(content), purpose)["Location"]
    answer = send(client, url, 0, content)
    assert answer.status_code == said[0]
    assert said[1] in answer.json()["reason"]
    assert client.head(url).status_code == 404
    assert TAKEN == []


@pytest.mark.parametrize(
    ("size", "purpose", "status"),
    [(0, "test:x", 422), (11_000_000, "test:x", 413), (10, "other:x", 422), (-1, "test:x", 422)],
)
def test_upload_that_cannot_end_well_is_refused_at_its_beginning(
    size: int, purpose: str, status: int, client: Client, owner: Account
) -> None:
    answer = begin(client, size, purpose)
    assert answer.status_code == status
    assert answer.json()["reason"]


def test_more_than_announced_is_refused(client: Client, owner: Account) -> None:
    url = begin(client, 10)["Location"]
    refused = send(client, url, 0, b"x" * 11)
    assert refused.status_code == 422
    assert client.head(url)["Upload-Offset"] == "0", "and nothing of it is kept"


def test_nobody_fills_the_house_with_beginnings(client: Client, owner: Account) -> None:
    for _ in range(30):
        assert begin(client, 1000).status_code == 201
    assert "Too many uploads" in begin(client, 1000).json()["reason"]


def test_upload_left_lying_is_removed_after_a_day(client: Client, owner: Account) -> None:
    url = begin(client, 1000)["Location"]
    send(client, url, 0, b"x" * 10)
    upload = Upload.objects.get()
    assert discard_expired_uploads(now=timezone.now()) == 0
    assert discard_expired_uploads(now=timezone.now() + dt.timedelta(days=1)) == 1
    assert not path_of(upload).exists()
    assert client.head(url).status_code == 404


def test_of_two_last_pieces_at_once_one_is_given_to_the_app(
    client: Client, owner: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = pdf_bytes()
    url = begin(client, len(content))["Location"]
    twin = Upload.objects.get()

    def finished_meanwhile(**facts: Any) -> StoredFile:
        stored = store_file(**facts)
        Upload.objects.filter(pk=twin.pk).update(
            finished_file=stored, received_bytes=twin.size_bytes
        )
        return stored

    monkeypatch.setattr("anso.files.actions.uploading.store_file", finished_meanwhile)
    assert send(client, url, 0, content).json() == {}
    assert TAKEN == []
