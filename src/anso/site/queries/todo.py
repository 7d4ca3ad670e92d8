"""Gathering what somebody has to do from every app that knows of something. A new source is one line of ``SOURCES``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import Model

from anso.applications.queries.todo import todo_items_for as of_applications
from anso.kernel.todo import TodoItem, in_order

SOURCES: tuple[Callable[[Model, dt.datetime], list[TodoItem]], ...] = (of_applications,)


def todo_items_for(account: Model, now: dt.datetime) -> list[TodoItem]:
    """Everything that waits for this person, the most pressing first."""
    return in_order([item for source in SOURCES for item in source(account, now)])
