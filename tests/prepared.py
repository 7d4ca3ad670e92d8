"""Compiling prepared queries ahead, so that no test counts that as a query of what it tests."""

from __future__ import annotations

from anso.database import STATEMENTS, Prepared, PreparedValues


def compile_statements() -> None:
    """Compile every prepared query that is not compiled yet. Needs the database."""
    for statement in STATEMENTS.values():
        if isinstance(statement, Prepared | PreparedValues):
            statement.compile()
