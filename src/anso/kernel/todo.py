"""One line of "What I have to do": the same shape from every app."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class TodoItem:
    """Something a signed-in person should do: what, by when, why it is theirs, and where. ``tone`` is a status tone of the design system."""

    due_at: dt.datetime | None
    text: str
    reason: str
    url: str
    tone: str = ""

    def order(self) -> tuple[bool, float, str]:
        """Sort key: dated ones first, the most urgent on top."""
        return (self.due_at is None, self.due_at.timestamp() if self.due_at else 0.0, self.text)
