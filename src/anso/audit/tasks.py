"""Periodic work of the record: seal new entries every minute."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.audit.actions import seal_entries


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="audit.seal", name="audit.seal_entries", pass_context=False)
def seal_new_entries(timestamp: int) -> None:
    """Seal what was written since the last checkpoint."""
    seal_entries(now=timezone.now())
