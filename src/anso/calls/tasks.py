"""What the clock does for calls: it opens the next batch of a rolling call."""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.calls.actions import open_next_batch
from anso.calls.queries.batches import batches_to_follow
from anso.kernel.errors import BadInput


@app.periodic(cron="* * * * *")
@app.task(name="calls.open_batches", queueing_lock="calls.open_batches", pass_context=False)
def open_batches(timestamp: int) -> None:
    """Open the batch after each whose cut-off has passed; one that cannot be made holds up no
    other.
    """
    now = timezone.now()
    for call in batches_to_follow(now):
        with suppress(BadInput):
            open_next_batch(call=call, now=now)
