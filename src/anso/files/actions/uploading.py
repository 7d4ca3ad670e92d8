"""Receiving a file in pieces that survive a broken line: begin, take pieces in order, hand the
whole to the app that asked for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from anso.files.actions.checking import check_size
from anso.files.actions.naming import KINDS
from anso.files.actions.storing import store_file
from anso.files.models import StoredFile, Upload
from anso.files.queries import uploads_expired
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput, ProductError, Stale
from anso.kernel.names import clean_line
from anso.kernel.registers import Register
from anso.kernel.verdict import Refused
from anso.kernel.wording import gettext_noop as _

LIFE = dt.timedelta(hours=24)
MOST_AT_ONCE = 30

Attach = Callable[..., Mapping[str, Any]]
# By the first word of a purpose, which reads word:reference:key.
UPLOAD_PURPOSES: Register[Attach] = Register("purposes of uploads")


def start_upload(
    *, owner_key: str, purpose: str, name: str, size_bytes: int, now: dt.datetime
) -> Upload:
    """Begin to receive a file of a stated size. Refuses an unknown purpose, an empty or too large
    file, and too many at once.
    """
    attach_hook(purpose)
    check_size(size_bytes, settings.UPLOAD_MAX_BYTES)
    open_now = Upload.objects.filter(
        owner_key=owner_key, expires_at__gt=now, finished_file__isnull=True
    ).count()
    if open_now >= MOST_AT_ONCE:
        raise BadInput(
            _(
                "Too many uploads are under way. Finish or leave some of them, and try again"
                " tomorrow."
            ),
            code="too_many",
        )
    return Upload.objects.create(
        owner_key=owner_key,
        purpose=purpose,
        name=clean_line(name[:800], limit=800)[:200] or "document",
        size_bytes=size_bytes,
        started_at=now,
        expires_at=now + LIFE,
    )


def receive_piece(
    *, upload: Upload, offset: int, content: bytes, actor: Actor, now: dt.datetime
) -> Mapping[str, Any]:
    """Append one piece where the last one ended; with the last piece, check the whole and give it
    to the app that asked for it.

    Returns what that app says (its receipt), or nothing while pieces are missing. Refuses (Stale) a
    piece for another place, bytes beyond the size, and whatever ``store_file`` and the app refuse;
    then the upload is forgotten, so that another can be chosen. The last piece counts as received
    only once the app has the file: a sender whose line or server broke sends it again.
    """
    if _append(upload, offset, content) < upload.size_bytes:
        return {}
    try:
        with path_of(upload).open("rb") as whole:
            stored = store_file(
                content=whole,
                name=upload.name,
                actor=actor,
                now=now,
                accepted=tuple(KINDS),
                max_bytes=settings.UPLOAD_MAX_BYTES,
            )
        said = _hand_on(upload, stored, actor, now)
    except (ProductError, Refused):
        forget_upload(upload)
        raise
    path_of(upload).unlink(missing_ok=True)
    return said


@transaction.atomic
def _append(upload: Upload, offset: int, content: bytes) -> int:
    """Write a piece under a lock on the upload; returns how many bytes are there."""
    locked = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if offset != locked.received_bytes or locked.finished_file_id:
        raise Stale(_("This piece does not follow the last one."), received=locked.received_bytes)
    end = offset + len(content)
    if end > locked.size_bytes:
        raise BadInput(
            _("More arrived than was announced. Choose the file again."), code="over_size"
        )
    # Bytes first, then the row: where the server dies between the two, the next piece comes for the
    # place that the row names, and what lies beyond it is cut off.
    path = path_of(locked)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("r+b" if path.exists() else "w+b") as kept:
        kept.seek(offset)
        kept.truncate()
        kept.write(content)
    # The last piece is not counted here; see ``receive_piece``.
    if end < locked.size_bytes:
        locked.received_bytes = end
        locked.save(update_fields=["received_bytes"])
    return end


@transaction.atomic
def _hand_on(
    upload: Upload, stored: StoredFile, actor: Actor, now: dt.datetime
) -> Mapping[str, Any]:
    """The app takes the file and the upload is done, together or not at all; of two last pieces
    only one gets here.
    """
    locked = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if locked.finished_file_id:
        return {}
    said = attach_hook(locked.purpose)(purpose=locked.purpose, stored=stored, actor=actor, now=now)
    locked.received_bytes, locked.finished_file = locked.size_bytes, stored
    locked.save(update_fields=["received_bytes", "finished_file"])
    return said


def forget_upload(upload: Upload) -> None:
    """Remove what was received of an upload, and the upload."""
    path_of(upload).unlink(missing_ok=True)
    upload.delete()


def discard_expired_uploads(*, now: dt.datetime) -> int:
    """Remove uploads that were left lying for a day; returns how many."""
    expired = list(uploads_expired(now)[:1000])
    for upload in expired:
        forget_upload(upload)
    return len(expired)


def attach_hook(purpose: str) -> Attach:
    """The function of the app that keeps files of this purpose; refuses a purpose that no app
    registered.

    It is called as ``attach(purpose=, stored=, actor=, now=)``, requires its own rule, may refuse
    the file with a sentence, and returns what the sender is told: at least ``receipt``.
    """
    hook = UPLOAD_PURPOSES.get(purpose.partition(":")[0])
    if hook is None:
        raise BadInput(_("Nothing here takes this file."), code="unknown_purpose")
    return hook


def path_of(upload: Upload) -> Path:
    """Where the pieces of one upload lie: a private folder of this installation."""
    return Path(settings.UPLOAD_FOLDER) / upload.reference
