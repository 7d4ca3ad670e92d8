"""Answers that are tables: in words, one line for each row, and as the table that pages, papers and
spreadsheets draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from anso.kernel.questions.columns import ColumnKind, TableColumn
from anso.kernel.questions.types.number import read_number
from anso.kernel.questions.types.table import SUMMED, column_in_row, digits_of
from anso.ui.countries import country_name
from anso.ui.fields import with_colon
from anso.ui.figures import to_places
from anso.ui.gantt import Task, gantt_markup, gantt_on_paper
from anso.ui.instants import part_of_date_in_words
from anso.ui.question_fields import in_a_row
from anso.ui.table_words import (
    SumsInWords,
    column_in_words,
    sums_in_words,
    tasks_of,
    total_in_words,
    totals_in_words,
    value_in_column,
)

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
    known = tuple(columns)
    for column in known:
        there = column_in_row(known, column, row)
        words = cell_in_words(there, row, language)
        if words and column.kind is ColumnKind.MONEY:
            facts = {"amount": words, "currency": there.currency}
            words = gettext("%(amount)s %(currency)s") % facts
        if words:
            yield f"{with_colon(column.label.in_language(language))} {words}"


def cell_in_words(column: TableColumn, row: Row, language: str) -> str:
    """What stands in a cell, as it is read; an amount without its currency."""
    text = str(row.get(column.key) or "")
    spell = SPELLINGS.get(column.kind, value_in_column)
    return spell(column, text, language) if text else ""


def _amount_in_words(column: TableColumn, text: str, language: str) -> str:
    return to_places(text, digits_of(column)) if read_number(text) is not None else text


SPELLINGS: Mapping[ColumnKind, Callable[[TableColumn, str, str], str]] = {
    ColumnKind.MONEY: _amount_in_words,
    ColumnKind.COUNTRY: lambda _column, text, language: country_name(text, language),
    ColumnKind.DATE: lambda _column, text, _language: part_of_date_in_words(text),
    ColumnKind.DOI: lambda _column, text, _language: f"https://doi.org/{text}",
    ColumnKind.ORCID: lambda _column, text, _language: f"https://orcid.org/{text}",
}


@dataclass(frozen=True)
class ToldColumn:
    """The name of a column, and whether figures stand in it."""

    label: str
    is_number: bool


@dataclass(frozen=True)
class ToldTable:
    """A table in words: its columns, its rows, and below them the totals, blank where a column has
    none; no totals where no column has one. Amounts are added up by what stands beside them
    (``sums``), and rows that last from month to month are ``tasks``.
    """

    columns: tuple[ToldColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]
    sums: tuple[SumsInWords, ...] = ()
    tasks: tuple[Task, ...] = ()

    def chart(self) -> SafeString:
        """The tasks as bars over their months; nothing where none says when it is done."""
        return gantt_markup(self.tasks)

    def lines(self) -> list[list[tuple[ToldColumn, str]]]:
        """Each row as its cells beside their columns."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    def total_line(self) -> list[tuple[ToldColumn, str]]:
        """The totals beside their columns; nothing where there are none."""
        return list(zip(self.columns, self.totals, strict=True)) if self.totals else []

    def on_paper(self) -> list[dict[str, Any]]:
        """The blocks that a PDF sets: the table, what it comes to, and its picture."""
        sums = (
            {
                "kind": "table",
                "columns": [each.heading, ""],
                "numbers": [1],
                "rows": [[words, amount] for _value, words, amount in each.lines],
            }
            for each in self.sums
        )
        return [self._as_block(), *sums, *gantt_on_paper(self.tasks)]

    def _as_block(self) -> dict[str, Any]:
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
    cells = (
        tuple(cell_in_words(column_in_row(known, each, row), row, language) for each in known)
        for row in rows
    )
    sums = total_in_words(known, rows)
    totals = tuple(sums.get(column.key, "") for column in known) if sums else ()
    beside = tuple(sums_in_words(known, rows, language))
    return ToldTable(heads, tuple(cells), totals, beside, tuple(tasks_of(known, rows)))
