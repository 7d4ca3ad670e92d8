"""Reading stored files. Which file somebody may see is for the app that keeps it to say."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path, PurePosixPath

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse

from anso.files.enums import ScanResult
from anso.files.models import StoredFile, Upload

ANONYMISING = Path(__file__).parent / "actions" / "anonymising.py"
SERVED = (ScanResult.CLEAN, ScanResult.NOT_SCANNED)


def is_served(stored: StoredFile) -> bool:
    """Whether a file may be shown to others than the one who sent it: scanned clean, or no scanner
    is installed.
    """
    return stored.scan_result in SERVED


def file_response_for(stored: StoredFile) -> FileResponse:
    """The file as a download that no browser opens in place, guesses the type of, or keeps.

    The caller has decided that the reader may see it. Http404 for a file that waits for its scan or
    is infected.
    """
    if not is_served(stored):
        raise Http404
    response = FileResponse(
        default_storage.open(stored.storage_key),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Length"] = str(stored.size_bytes)
    return response


def picture_response_for(stored: StoredFile) -> FileResponse:
    """A picture that a page shows, for a few minutes: one that was taken away is gone soon. Http404
    for one that waits for its scan or is infected.
    """
    response = file_response_for(stored)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "public, max-age=300"
    return response


def anonymised_response_for(stored: StoredFile, stem: str) -> HttpResponse:
    """The file for somebody who must not learn whose it is: under a neutral name, without its
    hidden properties.

    Http404 for a file that is not served yet, or whose properties cannot be taken out.
    """
    if not is_served(stored):
        raise Http404
    with default_storage.open(stored.storage_key) as content:
        ended = subprocess.run(  # noqa: S603 - our own file, run by path, with a kind from our own list
            [sys.executable, "-I", str(ANONYMISING), stored.media_type],
            input=content.read(),
            capture_output=True,
            timeout=30,
            check=False,
        )
    if ended.returncode:
        raise Http404
    response = HttpResponse(ended.stdout, content_type=stored.media_type)
    response["Content-Disposition"] = (
        f'attachment; filename="{stem}{PurePosixPath(stored.name).suffix.lower()}"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def get_upload_for(owner_key: str, reference: str, now: dt.datetime) -> Upload:
    """An upload on its way that belongs to this owner; Http404 when there is none or its time is
    over.
    """
    found = (
        Upload.objects.filter(reference=reference, owner_key=owner_key, expires_at__gt=now)
        .select_related("finished_file")
        .first()
    )
    if found is None:
        raise Http404
    return found


def uploads_expired(now: dt.datetime) -> QuerySet[Upload]:
    """Uploads whose time is over, finished or not."""
    return Upload.objects.filter(expires_at__lte=now).order_by("id")


def files_waiting_for_scan() -> QuerySet[StoredFile]:
    """Files that the scanner has not seen yet, oldest first."""
    return StoredFile.objects.filter(scan_result=ScanResult.PENDING).order_by("id")
