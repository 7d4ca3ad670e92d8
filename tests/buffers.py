"""How many pages of the database a piece of work touches, by EXPLAIN (ANALYZE, BUFFERS) of each of
its statements: a figure that does not depend on how busy the machine is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

EXPLAINED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


class Buffers:
    """To be put around the statements of a connection: explains each one and takes that back, then
    lets it run. ``total`` counts the pages found in memory and those read from disk.
    """

    def __init__(self) -> None:
        self.total = 0
        self.statements: list[tuple[int, str]] = []
        self._is_explaining = False

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        if not self._is_explaining and sql.lstrip().upper().startswith(EXPLAINED):
            self._is_explaining = True
            try:
                self._explain(sql, params)
            finally:
                self._is_explaining = False
        return execute(sql, params, many, context)

    def _explain(self, sql: str, params: Any) -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
                said = cursor.fetchone()[0]
            transaction.set_rollback(True)
        plan = (json.loads(said) if isinstance(said, str) else said)[0]["Plan"]
        touched = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        self.total += touched
        self.statements.append((touched, sql))


def buffers_of(act: Callable[[], Any]) -> int:
    """The pages that one act touches."""
    counted = Buffers()
    with connection.execute_wrapper(counted):
        act()
    return counted.total
