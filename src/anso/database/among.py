"""Being one of several values, written as one array: ``pk__among=[1, 2]``. Unlike ``in`` the text
of a statement is the same for any number of values, so that it can be kept.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Field, Lookup


@Field.register_lookup
class Among(Lookup):
    """Whether a column has one of the values of a list."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """A comparison with one array."""
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*values, self.rhs]
