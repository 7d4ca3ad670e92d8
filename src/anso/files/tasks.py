"""Background work of files: scan what came in, forget what never came in whole."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from anso.files.actions import discard_expired_uploads, scan_stored_file
from anso.files.queries import files_waiting_for_scan


@app.task(
    name="files.scan_file",
    queue="files",
    retry=RetryStrategy(max_attempts=5, exponential_wait=5),
    pass_context=False,
)
def scan_file(stored_id: int) -> None:
    """Have one file scanned."""
    scan_stored_file(stored_id=stored_id, now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="files.scan_waiting", queue="files", queueing_lock="files.scan_waiting", pass_context=False
)
def scan_waiting_files(timestamp: int) -> None:
    """Ask again about files that the scanner did not answer for."""
    if settings.VIRUS_SCANNER:
        for stored_id in list(files_waiting_for_scan().values_list("id", flat=True)[:200]):
            scan_stored_file(stored_id=stored_id, now=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(
    name="files.discard_uploads",
    queue="files",
    queueing_lock="files.discard_uploads",
    pass_context=False,
)
def discard_uploads(timestamp: int) -> None:
    """Forget uploads that were left lying."""
    discard_expired_uploads(now=timezone.now())
