"""Statements that almost every request needs, made once and then only filled in.

Django writes a query anew each time, which for one row of five tables takes five times as long as
PostgreSQL takes to answer, and PostgreSQL plans it anew. A ``Prepared`` query is still written with
the ORM, but compiled once in each process, and its plan is kept by each connection. Belongs here:
how such statements are asked. Does not: which ones; they stand with the other queries of their app,
and only for single rows that are looked up by an index, whose best plan is the same for all values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

import psycopg
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)
MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 1_987_654_000 + place,
    str: lambda place: f"value {place} of a prepared query",
    dt.datetime: lambda place: dt.datetime(1901, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=place),
}


def run_prepared(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Send a statement that gives rows and that PostgreSQL keeps prepared on this connection."""
    with connection.cursor() as cursor:
        cursor.cursor = psycopg.Cursor(
            connection.connection
        )  # Django's own binds values in the text, which prevents keeping it
        cursor.execute(sql, values)
        return cursor.fetchall()


class Prepared(Generic[Row]):
    """A query for whole rows by values of the given types, such as ``Prepared(lambda pk:
    Account.objects.filter(pk=pk), int)``.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]], *types: type) -> None:
        self._build, self._types = build, types
        self._compiled: _Compiled[Row] | None = None

    def rows(self, *values: Any) -> list[Row]:
        """The rows for these values."""
        if self._compiled is None:
            self._compiled = _Compiled(self._build, self._types)
        return list(self._compiled.read(values))

    def first(self, *values: Any) -> Row | None:
        """The first row, or None."""
        return next(iter(self.rows(*values)), None)


class _Compiled(Generic[Row]):
    """The text of the statement, where its values go, and how its columns become rows."""

    def __init__(self, build: Callable[..., QuerySet[Row]], types: Sequence[type]) -> None:
        marks = [MARKS[each](place) for place, each in enumerate(types)]
        found = build(*marks)
        compiler = found.query.get_compiler(using=connection.alias)
        self.sql, self.values = compiler.as_sql()
        self.places = [
            (place, marks.index(value), type(value))
            for place, value in enumerate(self.values)
            if value in marks
        ]
        if {mark for _, mark, _ in self.places} != set(range(len(marks))):
            message = f"not every value is part of the statement: {self.sql}"
            raise ValueError(message)
        self.converters = list(
            compiler.get_converters([column[0] for column in compiler.select]).items()
        )
        self.model = found.model
        fields = compiler.klass_info["select_fields"]
        self.own = slice(fields[0], fields[-1] + 1)
        self.names = [column[0].target.attname for column in compiler.select[self.own]]
        # The stubs are those of a later Django.
        self.related = get_related_populators(
            compiler.klass_info, compiler.select, connection.alias
        )  # type: ignore[call-arg]
        self.annotations = dict(compiler.annotation_col_map)

    def read(self, values: Sequence[Any]) -> Iterator[Row]:
        filled = list(self.values)
        for place, which, wrapped in self.places:
            filled[place] = wrapped(values[which]) if wrapped is not dt.datetime else values[which]
        for row in run_prepared(self.sql, filled):
            yield self._made(list(row))

    def _made(self, row: list[Any]) -> Row:
        for place, (converters, expression) in self.converters:
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        made = self.model.from_db(connection.alias, self.names, row[self.own])
        for populator in self.related:
            populator.populate(row, made)
        for name, place in self.annotations.items():
            setattr(made, name, row[place])
        return made
