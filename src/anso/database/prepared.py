"""Statements that almost every request needs, made once and then only filled in.

Django writes a query anew each time, which for one row of five tables takes five times as long as
PostgreSQL takes to answer, and PostgreSQL plans it anew. A ``Prepared`` query is still written with
the ORM, but compiled once in each process, and its plan is kept by each connection (SQL's PREPARE
and EXECUTE). Belongs here: how such statements are asked. Does not: which ones; they stand with the
other queries of their app, and only for single rows that are looked up by an index, whose best plan
is the same for all values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Field, Model, QuerySet

from anso.kernel.registers import Register

Row = TypeVar("Row", bound=Model)
# Values that stand in the query while it is compiled, and that no row has.
MARKS: dict[Any, Callable[[int], Any]] = {
    int: lambda place: 1_987_654_000 + place,
    str: lambda place: f"value {place} of a prepared query",
    dt.datetime: lambda place: dt.datetime(1901, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=place),
    dt.date: lambda place: dt.date(1901, 1, 1) + dt.timedelta(days=place),
    list[int]: lambda place: [1_987_654_000 + place],
    list[str]: lambda place: [f"value {place} of a prepared query"],
}
# A connection knows a statement by its name alone.
STATEMENTS: Register[Statement | Prepared[Any] | PreparedValues] = Register("prepared statements")
# Which statements each connection holds already. A connection that is closed takes them with it.
_held: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class _Kept:
    """A statement that connections hold under its name."""

    def __init__(self, name: str, sql: str, values: int, fixed: Sequence[Any] = ()) -> None:
        self._name, self._sql, self._fixed = name, sql, fixed
        places = ", ".join(["%s"] * values)
        self._execute = f"EXECUTE {name} ({places})" if values else f"EXECUTE {name}"

    def rows(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Send it with these values; the rows that it gives."""
        with connection.cursor() as cursor:
            held = _held.setdefault(cursor.connection, set())
            if self._name not in held:
                # By the driver: this belongs to setting up a connection, and is no query of a page.
                cursor.connection.execute(f"PREPARE {self._name} AS {self._sql}", self._fixed)
                held.add(self._name)
            cursor.execute(self._execute, values)
            return cursor.fetchall()


class Statement:
    """A statement written by hand, with ``$1``, ``$2`` … for its values, that gives rows."""

    def __init__(self, name: str, sql: str, *, values: int) -> None:
        STATEMENTS.add(name, self)
        self._kept = _Kept(name, sql.replace("%", "%%"), values)

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """Send it with these values; the rows that it gives."""
        return self._kept.rows(values)


class Prepared(Generic[Row]):
    """A query for rows by values of the given types, such as ``Prepared("account_by_key", lambda
    pk: Account.objects.filter(pk=pk), int)``.

    ``joined`` names what is read along, as for ``select_related``; ``without`` the columns that are
    left out, as for ``defer``; ``only`` the only ones beside the key.
    """

    def __init__(
        self,
        name: str,
        build: Callable[..., QuerySet[Row]],
        *types: type,
        joined: Sequence[str] = (),
        without: Sequence[str] = (),
        only: Sequence[str] = (),
    ) -> None:
        STATEMENTS.add(name, self)
        self._name, self._build, self._types = name, build, types
        self._joined, self._without, self._only = joined, without, only

    def rows(self, *values: Any) -> list[Row]:
        """The rows for these values."""
        kept, shape = self.compile()
        return [shape.row(cells) for cells in kept.rows(values)]

    def first(self, *values: Any) -> Row | None:
        """The first row, or None."""
        return next(iter(self.rows(*values)), None)

    @cache  # noqa: B019 - there are a dozen, and they live as long as the process
    def compile(self) -> tuple[_Kept, _Shape]:
        """Write the statement, once."""
        marks = [MARKS[each](place) for place, each in enumerate(self._types)]
        found = self._build(*marks)
        shape = _Shape(found.model, "", self._joined, self._without, self._only)
        return _keep(self._name, found.values_list(*shape.paths()), marks), shape


class PreparedValues:
    """A query for plain values, such as ``PreparedValues("titles", lambda pk:
    Call.objects.filter(pk=pk).values_list("title"), int)``.
    """

    def __init__(self, name: str, build: Callable[..., QuerySet[Any, Any]], *types: type) -> None:
        STATEMENTS.add(name, self)
        self._name, self._build, self._types = name, build, types

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        return self.compile().rows(values)

    @cache  # noqa: B019 - as above
    def compile(self) -> _Kept:
        """Write the statement, once."""
        marks = [MARKS[each](place) for place, each in enumerate(self._types)]
        return _keep(self._name, self._build(*marks), marks)


def _keep(name: str, query: QuerySet[Any, Any], marks: Sequence[Any]) -> _Kept:
    """The statement of a query in which these marks stand for its values."""
    sql, values = _compiled_text(query)
    named = [f"${marks.index(value) + 1}" if value in marks else "%s" for value in values]
    if len({name for name in named if name != "%s"}) < len(marks):
        message = f"not every value is part of the statement: {sql}"
        raise ValueError(message)
    fixed = [value for value in values if value not in marks]
    return _Kept(name, sql.replace("%%", "%%%%") % tuple(named), len(marks), fixed)


class _Shape:
    """Which columns of a row, and of the rows joined to it, a statement gives, and in which
    order.
    """

    def __init__(
        self,
        model: type[Model],
        prefix: str,
        joined: Sequence[str],
        without: Sequence[str],
        only: Sequence[str],
        *,
        first: int = 0,
    ) -> None:
        self.model, self.prefix = model, prefix
        left_out = {path.removeprefix(prefix) for path in without if path.startswith(prefix)}
        self.fields = [
            field
            for field in model._meta.get_fields()
            if isinstance(field, Field)
            and field.concrete
            and not field.many_to_many
            and field.name not in left_out
            and (not only or field.primary_key or field.name in only)
        ]
        self.names = [field.attname for field in self.fields]
        self.first, self.end = first, first + len(self.fields)
        self.key = next(place for place, field in enumerate(self.fields) if field.primary_key)
        # Asked once for each column of a statement, not once for each cell of its answers.
        self.converted = [
            (place, field.from_db_value)
            for place, field in enumerate(self.fields)
            if hasattr(field, "from_db_value")
        ]
        own = [path.removeprefix(prefix) for path in joined if path.startswith(prefix)]
        self.joined: dict[str, _Shape] = {}
        for name in dict.fromkeys(path.partition("__")[0] for path in own):
            other = model._meta.get_field(name).related_model
            # A foreign key always has one.
            shape = _Shape(other, f"{prefix}{name}__", joined, without, (), first=self.end)  # type: ignore[arg-type]
            self.joined[name], self.end = shape, shape.end

    def paths(self) -> list[str]:
        """What to ask of the query, in order."""
        own = [f"{self.prefix}{name}" for name in self.names]
        return [*own, *(path for shape in self.joined.values() for path in shape.paths())]

    def row(self, cells: Sequence[Any]) -> Any:
        """The columns of this shape as a row with what is joined to it; None where nothing is."""
        values = list(cells[self.first : self.first + len(self.names)])
        if values[self.key] is None:
            return None
        for place, convert in self.converted:
            values[place] = convert(values[place], None, connection)
        made = self.model.from_db(connection.alias, self.names, values)
        for name, shape in self.joined.items():
            setattr(made, name, shape.row(cells))
        return made


class _Read(Exception):
    """Ends a query that was only to be compiled."""


def _compiled_text(query: QuerySet[Any]) -> tuple[str, Sequence[Any]]:
    """The text of a query and its values, as Django would send them; nothing is sent."""
    texts: list[tuple[str, Sequence[Any]]] = []

    def read(_execute: Any, sql: str, values: Sequence[Any], _many: bool, _context: Any) -> Any:
        texts.append((sql, values))
        raise _Read

    # An open cursor: whatever is sent to open and to check a connection was sent before.
    with connection.cursor(), connection.execute_wrapper(read), suppress(_Read):
        list(query)
    return texts[0]
