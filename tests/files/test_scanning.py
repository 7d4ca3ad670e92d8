"""The virus scanner is asked after receipt; until it answered, nobody else sees the file."""

from __future__ import annotations

import datetime as dt
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from anso.audit.queries import entries_about
from anso.files.actions import scan_stored_file
from anso.files.actions.scanning import ScannerSilentError
from anso.files.enums import ScanResult
from anso.files.queries import files_waiting_for_scan
from tests.factories.files import make_stored_file, pdf_bytes

pytestmark = pytest.mark.django_db


class Scanner:
    """A small clamd: reads a stream in its protocol and answers as told."""

    def __init__(self, folder: Path) -> None:
        self.answer = b"stream: OK\0"
        self.received = b""
        self.path = str(folder / "s")
        self.listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listening.bind(self.path)
        self.listening.listen()
        Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            with line, line.makefile("rb") as read:
                assert read.read(10) == b"zINSTREAM\0"
                while size := struct.unpack("!I", read.read(4))[0]:
                    self.received += read.read(size)
                line.sendall(self.answer)


@pytest.fixture
def scanner(settings: Any, tmp_path: Path) -> Iterator[Scanner]:
    scanner = Scanner(tmp_path)
    settings.VIRUS_SCANNER = scanner.path
    yield scanner
    scanner.listening.close()


def test_clean_file_is_opened_to_others_after_its_scan(scanner: Scanner, now: dt.datetime) -> None:
    content = pdf_bytes(2)
    stored = make_stored_file(content)
    assert (stored.scan_result, stored.scanned_at) == (ScanResult.PENDING, None)
    assert list(files_waiting_for_scan()) == [stored]
    assert ProcrastinateJob.objects.get(task_name="files.scan_file").args == {
        "stored_id": stored.pk
    }
    scanned = scan_stored_file(stored_id=stored.pk, now=now)
    assert (scanned.scan_result, scanned.scanned_at) == (ScanResult.CLEAN, now)
    assert scanner.received == content
    assert scan_stored_file(stored_id=stored.pk, now=now) == stored


def test_infected_file_stays_closed_and_is_on_record(scanner: Scanner, now: dt.datetime) -> None:
    scanner.answer = b"stream: Eicar-Test FOUND\0"
    stored = scan_stored_file(stored_id=make_stored_file().pk, now=now)
    assert stored.scan_result == ScanResult.INFECTED
    assert [(entry.verb, entry.because) for entry in entries_about(stored)] == [
        ("find_infection", "Eicar-Test")
    ]


def test_silent_or_confused_scanner_leaves_the_file_waiting(
    scanner: Scanner, now: dt.datetime, settings: Any
) -> None:
    stored = make_stored_file()
    scanner.answer = b"INSTREAM size limit exceeded. ERROR\0"
    with pytest.raises(ScannerSilentError, match="size limit"):
        scan_stored_file(stored_id=stored.pk, now=now)
    settings.VIRUS_SCANNER = "/nowhere/at/all"
    with pytest.raises(ScannerSilentError):
        scan_stored_file(stored_id=stored.pk, now=now)
    assert files_waiting_for_scan().exists()
