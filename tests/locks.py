"""Proving a lock without a race: that somebody who comes second waits, and that what a change is
decided on is read only under the lock.

A race proves that a lock is needed, but only with luck that one is missing. These prove the same
every time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

PATIENCE = "150ms"


def waits_for(sql: str, values: Sequence[Any], act: Callable[[], object]) -> bool:
    """Whether ``act`` waits while another connection holds what this statement locks. Only for
    locks on what another connection sees, such as advisory ones; what ``act`` did is taken back.
    """
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(sql, values)
            return _is_stopped(act)
    finally:
        other.close()


def _is_stopped(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            act()
            transaction.set_rollback(True)
    except OperationalError:
        return True
    return False


def locks_first(table: str, act: Callable[[], object], *, before: str) -> bool:
    """Whether ``act`` locks rows of ``table`` before it reads from ``before``."""
    with CaptureQueriesContext(connection) as captured:
        act()
    statements = [query["sql"] for query in captured]
    lock = f'FOR UPDATE OF "{table}"'
    locked = next((at for at, sql in enumerate(statements) if lock in sql), None)
    read = next(
        (at for at, sql in enumerate(statements) if f'FROM "{before}"' in sql and lock not in sql),
        len(statements),
    )
    return locked is not None and locked < read
