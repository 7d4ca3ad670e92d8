"""Gathering what somebody has to do from every app that knows of something. A new source is one
line of ``SOURCES``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from anso.accounts.models import Account
from anso.applications.queries.todo import todo_items_for as of_applications
from anso.awards.queries import todo_items_for as of_awards
from anso.decisions.queries import todo_items_for as of_decisions
from anso.kernel.todo import TodoItem, in_order
from anso.review.queries import todo_items_for as of_reviews

SOURCES: tuple[Callable[[Account, dt.datetime], list[TodoItem]], ...] = (
    of_applications,
    of_reviews,
    of_decisions,
    of_awards,
)


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Everything that waits for this person, the most pressing first."""
    return in_order([item for source in SOURCES for item in source(account, now)])
