"""How full a call is that takes no more than so many. What stands in it is known above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from anso.calls.models import Call
from anso.calls.queries.terms import get_terms
from anso.kernel.registers import Register


@dataclass(frozen=True)
class InQueue:
    """How many wait for a decision in all batches of a call, and how many came in to this one."""

    waiting: int = 0
    came_in: int = 0


# By app; one counts.
COUNTERS: Register[Callable[[Call], InQueue]] = Register("what stands in the queue of a call")


@dataclass(frozen=True)
class Queue:
    """A limit of a call with how much of it is taken. Where it ``frees``, places come free again as
    those who wait hear.
    """

    most: int
    taken: int
    frees: bool

    @property
    def is_full(self) -> bool:
        """Whether one more would be too many."""
        return self.taken >= self.most


def queues_of(call: Call) -> list[Queue]:
    """The limits of a call, that for good first; none where its terms name none."""
    intake = get_terms(call).intake
    if call.state == "draft" or not (intake.most or intake.most_waiting):
        return []
    counted = InQueue()
    for count in COUNTERS.values():
        counted = count(call)
    queues = (
        Queue(intake.most, counted.came_in, frees=False),
        Queue(intake.most_waiting, counted.waiting, frees=True),
    )
    return [queue for queue in queues if queue.most]


def full_queue_of(call: Call) -> Queue | None:
    """The limit that a call has reached, that for good before that for now; None while it takes
    more.
    """
    return next((queue for queue in queues_of(call) if queue.is_full), None)
