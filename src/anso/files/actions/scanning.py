"""Asking the virus scanner (clamd on a local socket) about a stored file, after it was received."""

from __future__ import annotations

import datetime as dt
import socket
import struct

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from anso.audit.actions import record_entry
from anso.files.enums import ScanResult
from anso.files.models import StoredFile
from anso.kernel.actors import WORKER, Actor

PIECE = 1 << 16
SECONDS = 60


class ScannerSilentError(ConnectionError):
    """The scanner gave no usable answer; the job will ask again and the file stays closed until
    then.
    """


def scan_stored_file(*, stored_id: int, now: dt.datetime, actor: Actor = WORKER) -> StoredFile:
    """Have one file scanned and note the result; an infected file is never served and its finding
    stands in the record.

    Raises ScannerSilentError when the scanner cannot be reached, so that the job is tried again.
    """
    stored = StoredFile.objects.get(pk=stored_id)
    if stored.scan_result != ScanResult.PENDING:
        return stored
    finding = ask_scanner(stored)
    return _note_finding(stored, finding, now, actor)


def ask_scanner(stored: StoredFile) -> str:
    """The name of what the scanner found, blank when the file is clean."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(SECONDS)
            line.connect(settings.VIRUS_SCANNER)
            # The scanner's protocol: a command that ends with a zero, pieces with their length
            # before them in four bytes, a piece of length zero at the end.
            line.sendall(b"zINSTREAM\0")
            with default_storage.open(stored.storage_key) as content:
                while piece := content.read(PIECE):
                    line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
            answer = line.recv(4096).rstrip(b"\0\n").decode(errors="replace")
    except OSError as problem:
        raise ScannerSilentError(str(problem)) from problem
    if answer.endswith("OK"):
        return ""
    if answer.endswith("FOUND"):
        return answer.removeprefix("stream:").removesuffix("FOUND").strip() or "unnamed"
    raise ScannerSilentError(answer[:200])


@transaction.atomic
def _note_finding(stored: StoredFile, finding: str, now: dt.datetime, actor: Actor) -> StoredFile:
    stored.scan_result = ScanResult.INFECTED if finding else ScanResult.CLEAN
    stored.scanned_at = now
    stored.save(update_fields=["scan_result", "scanned_at"])
    if finding:
        record_entry(stored, "find_infection", actor=actor, now=now, because=finding[:200])
    return stored
