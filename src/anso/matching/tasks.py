"""What time does to requests."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.kernel.actors import CLOCK
from anso.kernel.lifecycle import StaleTransition
from anso.matching.actions import release_match
from anso.matching.queries import requests_without_answer


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="matching.release", name="matching.release", pass_context=False)
def release_due_requests(timestamp: int) -> None:
    """Close requests that nobody answered, and those of which a side is open no more."""
    now = timezone.now()
    for request in requests_without_answer(now):
        try:
            release_match(actor=CLOCK, request=request, now=now)
        except StaleTransition:  # answered in the meantime
            continue
