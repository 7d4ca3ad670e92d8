"""How many stand in a call, as its limits count them."""

from __future__ import annotations

from anso.applications.models import Application
from anso.applications.queries.batches import UNDECIDED
from anso.calls.models import Call
from anso.calls.queries.batches import batch_condition
from anso.calls.queries.queues import InQueue


def count_in_queue(call: Call) -> InQueue:
    """Who waits, in all batches of a rolling call, and who came in to this one; nobody who
    withdrew.
    """
    batches = Call.objects.filter(batch_condition(call))
    waiting = Application.objects.filter(call__in=batches, state__in=UNDECIDED)
    came_in = Application.objects.filter(call=call, submitted_at__isnull=False)
    return InQueue(waiting.count(), came_in.exclude(state="withdrawn").count())
