"""Answers that are tables: in words, one line for each row, and as the table that pages, papers and
spreadsheets draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from anso.kernel.questions.columns import ColumnKind, TableColumn
from anso.kernel.questions.types.number import read_number
from anso.kernel.questions.types.table import SUMMED, digits_of
from anso.ui.countries import country_name
from anso.ui.fields import with_colon
from anso.ui.figures import to_places
from anso.ui.instants import part_of_date_in_words
from anso.ui.question_fields import in_a_row
from anso.ui.row_fields import column_in_words, total_in_words, totals_in_words

Row = Mapping[str, Any]


def table_in_words(columns: Iterable[TableColumn], value: Any, language: str) -> str:
    """The rows of a table, each cell behind the name of its column, and the totals below."""
    known = tuple(columns)
    rows = rows_of(value)
    lines = [in_a_row(_cells(known, row, language)) for row in rows]
    return "\n".join([*lines, *(totals_in_words(known, rows, language) if rows else ())])


def rows_of(value: Any) -> list[Row]:
    """The rows of an answer; nothing where it is none."""
    return [row for row in value or () if isinstance(row, Mapping)]


def _cells(columns: Iterable[TableColumn], row: Row, language: str) -> Iterator[str]:
    for column in columns:
        words = cell_in_words(column, row, language)
        if words and column.kind is ColumnKind.MONEY:
            words = gettext("%(amount)s %(currency)s") % {
                "amount": words,
                "currency": column.currency,
            }
        if words:
            yield f"{with_colon(column.label.in_language(language))} {words}"


def cell_in_words(column: TableColumn, row: Row, language: str) -> str:
    """What stands in a cell, as it is read; an amount without its currency."""
    text = str(row.get(column.key) or "")
    if column.kind is ColumnKind.MONEY:
        return to_places(text, digits_of(column)) if read_number(text) is not None else text
    if not text:
        return ""
    if column.kind is ColumnKind.COUNTRY:
        return country_name(text, language)
    if column.kind is ColumnKind.DATE:
        return part_of_date_in_words(text)
    if column.kind is ColumnKind.DOI:
        return f"https://doi.org/{text}"
    labels = {option.value: option.label.in_language(language) for option in column.options}
    return labels.get(text, text)


@dataclass(frozen=True)
class ToldColumn:
    """The name of a column, and whether figures stand in it."""

    label: str
    is_number: bool


@dataclass(frozen=True)
class ToldTable:
    """A table in words: its columns, its rows, and below them the totals, blank where a column has
    none; no totals where no column has one.
    """

    columns: tuple[ToldColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]

    def lines(self) -> list[list[tuple[ToldColumn, str]]]:
        """Each row as its cells beside their columns."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    def total_line(self) -> list[tuple[ToldColumn, str]]:
        """The totals beside their columns; nothing where there are none."""
        return list(zip(self.columns, self.totals, strict=True)) if self.totals else []

    def on_paper(self) -> dict[str, Any]:
        """The block that a PDF sets."""
        heads = [" ".join(filter(None, (gettext("Total"), each))) for each in self.totals[:1]]
        return {
            "kind": "table",
            "columns": [column.label for column in self.columns],
            "numbers": [place for place, column in enumerate(self.columns) if column.is_number],
            "rows": [*map(list, self.rows), *([[*heads, *self.totals[1:]]] if self.totals else ())],
            "has_total": bool(self.totals),
        }


def told_table(columns: Iterable[TableColumn], value: Any, language: str) -> ToldTable | None:
    """The table to draw; None where no row was filled."""
    known, rows = tuple(columns), rows_of(value)
    if not rows:
        return None
    heads = tuple(
        ToldColumn(column_in_words(column, language), column.kind in SUMMED) for column in known
    )
    cells = (tuple(cell_in_words(column, row, language) for column in known) for row in rows)
    sums = total_in_words(known, rows)
    totals = tuple(sums.get(column.key, "") for column in known) if sums else ()
    return ToldTable(heads, tuple(cells), totals)
