"""Counts and times the statements that a page sends to the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Watch:
    """To be put around every statement of a connection."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0
        self.slowest = 0.0
        self.slowest_statement = ""

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - began
            self.count, self.seconds = self.count + 1, self.seconds + took
            if took > self.slowest:
                self.slowest, self.slowest_statement = took, f"{sql} -- {params}"


def processor_seconds_of(process: int) -> float:
    """Processor time of another process of this machine, here of the database's; 0 where that
    cannot be told.
    """
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
