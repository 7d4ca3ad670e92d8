"""Bringing shipped facts into the database without ever overwriting what staff changed there.

What was brought last is remembered for every row. A column that still holds it follows a newer
release; one that holds something else was changed by people: it stays, and the difference is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import DateRangeField
from django.core.serializers.json import DjangoJSONEncoder
from django.db.backends.postgresql.psycopg_any import DateRange, Range
from django.db.models import Model, QuerySet

from anso.directory.models import ShippedRow

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Difference:
    """A shipped value that was not brought in, because people decided otherwise: in which table,
    row and column, what stands here and what was shipped. Without a column: the whole row.
    """

    table: str
    row: str
    column: str = ""
    here: str = ""
    shipped: str = ""

    def __str__(self) -> str:
        if not self.column:
            return f"{self.table}, {self.row}: {self.here}"
        values = f"{self.column} is {self.here!r} here, {self.shipped!r} as shipped"
        return f"{self.table}, {self.row}: {values}"


@dataclass
class Brought(Generic[Row]):
    """The rows by their shipped key, which of them are new, and what stays as people have it."""

    rows: dict[str, Row] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


def bring_rows(
    found: QuerySet[Row],
    table: str,
    shipped: Mapping[str, Mapping[str, Any]],
    *,
    known_by: Sequence[str],
    removes: bool = False,
) -> Brought[Row]:
    """Bring shipped facts (by key: column to value) into a table.

    A row is the one that was brought under its key before, whatever people renamed since, or else
    one of ``found`` that has the same values in the columns ``known_by`` and that nothing shipped
    stands behind. What people made or changed stays, what they deleted stays away; both are told.
    With ``removes``, a row that is shipped no more and that nobody changed goes.
    """
    facts = {key: _cleaned(found.model, plain) for key, plain in shipped.items()}
    remembered = {row.key: row for row in ShippedRow.objects.filter(table=table)}
    rows = _rows_by_key(found, remembered, facts, known_by)
    brought: Brought[Row] = Brought()
    for key, row in rows.items():
        unknown = ShippedRow(table=table, key=key, object_key=str(row.pk), facts={})
        before = remembered.get(key, unknown)
        brought.rows[key] = row
        brought.differences += _merge(row, before, facts[key])
    deleted = [key for key in facts if key in remembered and key not in rows]
    brought.differences += [Difference(table, key, here="was deleted here") for key in deleted]
    brought.new = [key for key in facts if key not in remembered and key not in rows]
    made = found.model._default_manager.bulk_create(
        found.model(**facts[key]) for key in brought.new
    )
    brought.rows |= dict(zip(brought.new, made, strict=True))
    ShippedRow.objects.bulk_create(
        ShippedRow(
            table=table, key=key, object_key=str(brought.rows[key].pk), facts=_plain(facts[key])
        )
        for key in brought.new
    )
    gone = [before for key, before in remembered.items() if removes and key not in facts]
    brought.differences += _remove(found.model, gone)
    return brought


def _rows_by_key(
    found: QuerySet[Row],
    remembered: Mapping[str, ShippedRow],
    facts: Mapping[str, Mapping[str, Any]],
    known_by: Sequence[str],
) -> dict[str, Row]:
    """The rows that stand here for the shipped ones."""
    claimed = found.model._default_manager.in_bulk([row.object_key for row in remembered.values()])
    by_key = {str(pk): row for pk, row in claimed.items()}
    first = known_by[0]
    likely = found.filter(**{f"{first}__in": {each[first] for each in facts.values()}})
    alike = {
        tuple(getattr(row, column) for column in known_by): row
        for row in likely.exclude(pk__in=claimed)
    }
    rows = {}
    for key, values in facts.items():
        before = remembered.get(key)
        row = (
            by_key.get(before.object_key)
            if before
            else alike.get(tuple(values[column] for column in known_by))
        )
        if row is not None:
            rows[key] = row
    return rows


def _merge(row: Model, before: ShippedRow, facts: Mapping[str, Any]) -> list[Difference]:
    """Let the columns that still hold what was brought before follow the shipped facts; tell of the
    others.
    """
    is_changed, differences = False, []
    for column, value in facts.items():
        here = getattr(row, column)
        if here == value:
            continue
        if column in before.facts and here == _clean(type(row), column, before.facts[column]):
            setattr(row, column, value)
            is_changed = True
        else:
            differences.append(Difference(before.table, before.key, column, str(here), str(value)))
    if is_changed:
        row.save()
    if before.facts != _plain(facts):
        before.facts = _plain(facts)
        before.save()
    return differences


def _remove(model: type[Model], gone: Sequence[ShippedRow]) -> list[Difference]:
    """Delete rows that are shipped no more and hold what was brought; tell of those that do not."""
    differences = []
    rows = model._default_manager.in_bulk([before.object_key for before in gone])
    by_key = {str(pk): row for pk, row in rows.items()}
    for before in gone:
        row = by_key.get(before.object_key)
        brought = _cleaned(model, before.facts)
        if row is None or all(getattr(row, column) == value for column, value in brought.items()):
            model._default_manager.filter(pk=before.object_key).delete()
            before.delete()
        else:
            differences.append(Difference(before.table, before.key, here="is shipped no more"))
    return differences


def _cleaned(model: type[Model], plain: Mapping[str, Any]) -> dict[str, Any]:
    return {column: _clean(model, column, value) for column, value in plain.items()}


def _clean(model: type[Model], column: str, value: Any) -> Any:
    """A shipped value as the column gives it back."""
    found: Any = model._meta.get_field(column.removesuffix("_id"))
    if isinstance(found, DateRangeField):
        lower, upper = (dt.date.fromisoformat(day) if day else None for day in value)
        return DateRange(lower, upper)
    return (found.target_field if found.is_relation else found).to_python(value)


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {column: _as_json(value) for column, value in facts.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, Range):
        return [_as_json(value.lower), _as_json(value.upper)]
    is_plain = value is None or isinstance(value, str | int | bool | dict | list)
    return value if is_plain else DjangoJSONEncoder().default(value)
