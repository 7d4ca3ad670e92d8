"""Taking a whole file in: check it, keep its content once under its hash, note what came in."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from procrastinate.contrib.django import app

from anso.files.actions.checking import Checked, check_kind, check_size, inspect_content
from anso.files.actions.naming import clean_file_name
from anso.files.enums import ScanResult
from anso.files.models import StoredFile
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop

PIECE = 1 << 18
SCALING = Path(__file__).parent / "scaling.py"
LARGEST_PICTURE = 8 << 20
SCAN_TASK = "files.scan_file"


def store_file(
    *,
    content: IO[bytes],
    name: str,
    actor: Actor,
    now: dt.datetime,
    accepted: tuple[str, ...],
    max_bytes: int,
) -> StoredFile:
    """Check one file and keep it. Reads ``content`` from its present place to its end.

    Refuses, with a sentence for its sender: an empty or too large file, another kind than asked for
    (by its bytes), one that is damaged, protected, enormous inside, or brings programs. Where a
    scanner is installed the file waits for it before others see it.
    """
    with tempfile.NamedTemporaryFile(prefix="anso-") as spooled:
        digest, size = _spool(content, spooled, max_bytes)
        media_type = check_kind(spooled, accepted)
        # The same content was opened before: no second process for it.
        checked = _known(digest, media_type) or inspect_content(Path(spooled.name), media_type)
        # Content before its row: a row never names content that is not there.
        key = _keep(spooled, digest)
    return _note(
        sha256=digest,
        size_bytes=size,
        media_type=media_type,
        page_count=checked.page_count,
        name=clean_file_name(name, media_type),
        storage_key=key,
        received_at=now,
        received_from_id=actor.pk,
    )


def _spool(content: IO[bytes], spooled: Any, max_bytes: int) -> tuple[str, int]:
    """Copy up to just over the limit to a private file on disk, hashing on the way; nobody's file
    fills the memory. Refuses an empty file and one over the limit.
    """
    digest, size = hashlib.sha256(), 0
    while size <= max_bytes and (piece := content.read(PIECE)):
        digest.update(piece)
        size += len(piece)
        spooled.write(piece)
    check_size(size, max_bytes)
    spooled.flush()
    spooled.seek(0)
    return digest.hexdigest(), size


def _known(digest: str, media_type: str) -> Checked | None:
    """What was found when the same content came in before."""
    earlier = StoredFile.objects.filter(sha256=digest, media_type=media_type).order_by("id").first()
    return Checked(media_type, earlier.page_count) if earlier else None


def _keep(spooled: Any, digest: str) -> str:
    """Write the content under its hash unless it is there; two writers at once leave one copy."""
    key = f"content/{digest[:2]}/{digest}"
    if not default_storage.exists(key):
        spooled.seek(0)
        written = default_storage.save(key, File(spooled))
        # Somebody else wrote the same content in between, and the storage gave ours another name.
        if written != key:
            default_storage.delete(written)
    return key


def store_small_picture(
    *, content: IO[bytes], name: str, side: int, actor: Actor, now: dt.datetime
) -> StoredFile:
    """Keep a picture that a page shows, no larger than ``side`` points; of what was sent nothing
    else is kept. Refuses what is larger than a picture needs, and what is none.
    """
    sent = content.read(LARGEST_PICTURE + 1)
    check_size(len(sent), LARGEST_PICTURE)
    ended = subprocess.run(  # noqa: S603 - our own file, run by path
        [sys.executable, "-I", str(SCALING), str(side)],
        input=sent,
        capture_output=True,
        timeout=30,
        check=False,
        cwd="/",
    )
    if ended.returncode:
        raise BadInput(gettext_noop("This is no picture that can be shown. Send another one."))
    return store_file(
        content=io.BytesIO(ended.stdout),
        name=name,
        actor=actor,
        now=now,
        accepted=("image/jpeg",),
        max_bytes=LARGEST_PICTURE,
    )


@transaction.atomic
def _note(**columns: Any) -> StoredFile:
    if settings.VIRUS_SCANNER:
        stored = StoredFile.objects.create(scan_result=ScanResult.PENDING, **columns)
        app.configure_task(SCAN_TASK, allow_unknown=True).defer(stored_id=stored.pk)
        return stored
    return StoredFile.objects.create(
        scan_result=ScanResult.NOT_SCANNED, scanned_at=columns["received_at"], **columns
    )
