"""Files are checked before they are kept; every wrong one gets a sentence that says what to do."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import Http404

from anso.files.actions import checking, store_file
from anso.files.actions.naming import JPEG, PDF, PNG, WORD, clean_file_name
from anso.files.enums import ScanResult
from anso.files.models import StoredFile
from anso.files.queries import anonymised_response_for, file_response_for
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput, TooLarge
from tests.factories.files import docx_bytes, make_stored_file, pdf_bytes, picture_bytes

pytestmark = pytest.mark.django_db
LIMIT = 2_000_000


def store(
    content: bytes,
    now: dt.datetime,
    name: str = "a.pdf",
    accepted: tuple[str, ...] = (PDF, JPEG, PNG, WORD),
) -> StoredFile:
    return store_file(
        content=io.BytesIO(content),
        name=name,
        actor=SETUP,
        now=now,
        accepted=accepted,
        max_bytes=LIMIT,
    )


def test_file_is_kept_once_under_its_hash(now: dt.datetime) -> None:
    content = pdf_bytes(3)
    first, second = store(content, now), store(content, now, name="again.pdf")
    assert (first.media_type, first.page_count, first.size_bytes) == (PDF, 3, len(content))
    assert first.storage_key == second.storage_key == f"content/{first.sha256[:2]}/{first.sha256}"
    assert first.reference != second.reference
    with default_storage.open(first.storage_key) as kept:
        assert kept.read() == content
    assert len(default_storage.listdir(f"content/{first.sha256[:2]}")[1]) >= 1


class CrowdedStorage(FileSystemStorage):
    """A disk on which somebody else writes the same content between the look and the writing."""

    def exists(self, name: str) -> bool:
        is_there, path = super().exists(name), Path(self.path(name))
        if not path.parent.exists():
            path.parent.mkdir(parents=True)
            path.write_bytes(b"theirs")
        return is_there


def test_two_who_bring_the_same_content_at_once_leave_one_copy(
    now: dt.datetime, settings: Any, tmp_path: Path
) -> None:
    crowded = {
        "BACKEND": "tests.files.test_storing.CrowdedStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = settings.STORAGES | {"default": crowded}
    stored = store(pdf_bytes(2), now)
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()] == [
        stored.storage_key
    ]
    with default_storage.open(stored.storage_key) as kept:
        assert kept.read() == b"theirs"


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", PNG), ("JPEG", JPEG)])
def test_pictures_are_recognised(kind: str, media_type: str, now: dt.datetime) -> None:
    assert store(picture_bytes(kind), now, name="scan.pdf").media_type == media_type
    assert store(docx_bytes(), now).media_type == WORD


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty"),
        (b"MZ\x90\x00" + b"\0" * 300, "Upload one of these: PDF, JPEG, PNG, Word"),
        (b"<html><script>alert(1)</script></html>", "Upload one of these"),
        (b"just text", "This is not a file that we can open"),
        (b"%PDF-1.7 and then nothing", "damaged or not complete"),
        (b"\x89PNG\r\n\x1a\n and then nothing", "damaged or not complete"),
        (pdf_bytes()[:200], "damaged or not complete"),
        (picture_bytes("JPEG", (400, 300))[:300], "damaged or not complete"),
        (pdf_bytes(0), "has no pages"),
        (pdf_bytes(601), "more than 600 pages"),
        (pdf_bytes(encryption=pikepdf.Encryption(user="u", owner="o")), "protected by a password"),
        (pdf_bytes(encryption=pikepdf.Encryption(user="", owner="o")), "protected by a password"),
        (docx_bytes(word__media__1=b"\0" * 160_000_000), "unpacks to an enormous size"),
        (docx_bytes(word__vbaProject=b"", **{"word/vbaProject.bin": b"x"}), "contains programs"),
        (docx_bytes().replace(b"word/document.xml", b"evil/document.xml"), "Upload one of these"),
        (b"PK\x03\x04 and then nothing", "Upload one of these"),
    ],
)
def test_wrong_file_is_refused_with_a_sentence(
    content: bytes, sentence: str, now: dt.datetime
) -> None:
    with pytest.raises(BadInput, match=sentence):
        store(content, now)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("reader", "sentence"),
    [
        ("while True: pass", "could not be checked in reasonable time"),
        (
            "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)",
            "could not be checked in reasonable time",
        ),
        ("raise SystemExit(3)", "damaged or not complete"),
    ],
    ids=["never ends", "stopped at a limit", "fails"],
)
def test_file_whose_reader_does_not_come_back_with_an_answer_is_refused(
    reader: str, sentence: str, now: dt.datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "reader.py"
    program.write_text(reader)
    monkeypatch.setattr(checking, "INSPECTION", program)
    monkeypatch.setattr(checking, "SECONDS", 0.3)
    with pytest.raises(BadInput, match=sentence):
        store(pdf_bytes(), now)
    assert not StoredFile.objects.exists()


def test_too_large_file_is_refused_with_the_limit(now: dt.datetime) -> None:
    with pytest.raises(TooLarge, match=r"the limit is 1\.9 MB"):
        store(b"%PDF-" + b"\0" * (LIMIT + 10), now)


def test_picture_of_enormous_size_is_refused_unopened(now: dt.datetime) -> None:
    header = picture_bytes()
    at = header.index(b"IHDR")
    sizes = (60_000).to_bytes(4, "big") * 2
    chunk = b"IHDR" + sizes + header[at + 12 : at + 17]
    bomb = header[:at] + chunk + zlib.crc32(chunk).to_bytes(4, "big") + header[at + 21 :]
    with pytest.raises(BadInput, match="larger than 16000 points"):
        store(bomb, now)


def test_kind_is_read_from_the_content_and_only_asked_kinds_are_taken(now: dt.datetime) -> None:
    with pytest.raises(
        BadInput, match=r"of the kind PNG, whatever its name says\. Upload one of these: PDF\."
    ):
        store(picture_bytes(), now, name="passport.pdf", accepted=(PDF,))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("passport.pdf", "passport.pdf"),
        ("passport.exe.pdf", "passport_exe.pdf"),
        ("invoice.pdf.exe", "invoice_pdf.pdf"),
        ("gpj.\u202etropssap.pdf", "gpj.tropssap.pdf"),
        ("..\\..\\etc\\passwd", "passwd.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        ("成绩单 v1.2.pdf", "成绩单 v1.2.pdf"),
        ("شهادة.pdf", "شهادة.pdf"),
        ('a<b>"c|d?*.pdf', "a_b__c_d.pdf"),
        ("x" * 3000 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_name_is_made_safe(typed: str, kept: str) -> None:
    assert clean_file_name(typed[:400], PDF) == kept


def test_file_is_served_as_a_download_that_nothing_keeps_or_guesses() -> None:
    stored = make_stored_file(name="Паспорт.pdf")
    response = file_response_for(stored)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content).startswith(b"%PDF")  # type: ignore[arg-type]
    response.file_to_stream.close()


@pytest.mark.parametrize("result", [ScanResult.PENDING, ScanResult.INFECTED])
def test_unscanned_and_infected_files_are_not_served(result: ScanResult) -> None:
    stored = make_stored_file()
    stored.scan_result = result
    for serve in (file_response_for, lambda file: anonymised_response_for(file, "F27-00001-1")):
        with pytest.raises(Http404):
            serve(stored)


def test_file_whose_hidden_properties_stay_is_not_shown_where_its_owner_is_hidden() -> None:
    stored = make_stored_file()
    assert anonymised_response_for(stored, "F27-00001-1").content.startswith(b"%PDF")
    stored.media_type = WORD  # which these bytes are not
    with pytest.raises(Http404):
        anonymised_response_for(stored, "F27-00001-1")
