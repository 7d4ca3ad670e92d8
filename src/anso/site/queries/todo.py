"""Gathering what somebody has to do from every app that knows of something: whichever registered a
source.
"""

from __future__ import annotations

import datetime as dt

from anso.accounts.models import Account
from anso.kernel.todo import TODO_SOURCES, TodoItem, in_order


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Everything that waits for this person, the most pressing first."""
    return in_order([item for source in TODO_SOURCES.values() for item in source(account, now)])
