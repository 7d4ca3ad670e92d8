"""What everybody reads of a call that takes no more than so many."""

from __future__ import annotations

from django.utils.translation import gettext

from anso.calls.models import Call
from anso.calls.queries.queues import Queue, full_queue_of, queues_of
from anso.ui.figures import in_figures


def queue_in_words(call: Call) -> list[str]:
    """Each limit with how much of it is taken, and what follows where it is reached."""
    return [_queue_told(queue) for queue in queues_of(call)]


def fullness_in_words(call: Call) -> str:
    """That nothing can be submitted now, and whether that changes; blank while it can."""
    queue = full_queue_of(call)
    return _full_told(queue) if queue else ""


def _queue_told(queue: Queue) -> str:
    if queue.is_full:
        return _full_told(queue)
    facts = {"most": in_figures(queue.most), "taken": in_figures(queue.taken)}
    if queue.frees:
        text = gettext("No more than %(most)s wait for a decision at a time; %(taken)s do now.")
    else:
        text = gettext("No more than %(most)s are taken in all; %(taken)s have come in.")
    return text % facts


def _full_told(queue: Queue) -> str:
    facts = {"most": in_figures(queue.most)}
    if queue.frees:
        text = gettext(
            "Full for now: %(most)s wait for a decision, and no more are taken at a time. A place"
            " comes free when one of them is decided or withdrawn; drafts are kept and can be"
            " submitted then."
        )
    else:
        text = gettext(
            "Full: no more than %(most)s are taken in all, and they have come in. A place comes"
            " free only where one of them is withdrawn; drafts are kept."
        )
    return text % facts
