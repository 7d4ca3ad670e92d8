"""One thing that somebody has to do: apps list theirs, the page "What I have to do" puts them in
order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from anso.kernel.registers import Register


@dataclass(frozen=True)
class TodoItem:
    """A line of the list: until when, what, why, and where it is done.

    ``text`` and ``reason`` may be lazily translated. ``due_at`` is None where no date presses;
    ``zone`` is the zone in which the date was announced. ``tone`` is one of the status tones: act,
    attn, stop, good or none.
    """

    due_at: dt.datetime | None
    text: Any
    reason: Any
    url: str
    tone: str = "act"
    zone: str = ""

    def is_overdue(self, now: dt.datetime) -> bool:
        """Whether its date has passed."""
        return self.due_at is not None and self.due_at <= now


def tone_until(due_at: dt.datetime | None, now: dt.datetime) -> str:
    """The tone of work that is to be done by then: attn once that has passed."""
    return "attn" if due_at is not None and due_at < now else "act"


# By app: what waits for an account at an instant. Each of them asks a fixed number of queries.
TODO_SOURCES: Register[Callable[[Any, dt.datetime], list[TodoItem]]] = Register("sources of to-dos")
FAR_AWAY = dt.datetime.max.replace(tzinfo=dt.UTC)


def in_order(items: list[TodoItem]) -> list[TodoItem]:
    """The most pressing first; things without a date last."""
    return sorted(items, key=lambda item: (item.due_at or FAR_AWAY, str(item.text)))
