"""Answers that are tables, in words: one line for each row, and one for each total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext

from anso.kernel.questions.model import ColumnKind, TableColumn
from anso.kernel.questions.types.number import read_number
from anso.kernel.questions.types.table import digits_of
from anso.ui.countries import country_name
from anso.ui.fields import with_colon
from anso.ui.figures import to_places
from anso.ui.instants import part_of_date_in_words
from anso.ui.question_fields import in_a_row
from anso.ui.row_fields import totals_in_words


def table_in_words(columns: Iterable[TableColumn], value: Any, language: str) -> str:
    """The rows of a table, each cell behind the name of its column, and the totals below."""
    known = tuple(columns)
    rows = [row for row in value or () if isinstance(row, Mapping)]
    lines = [in_a_row(_cells(known, row, language)) for row in rows]
    return "\n".join([*lines, *(totals_in_words(known, rows, language) if rows else ())])


def _cells(columns: Iterable[TableColumn], row: Mapping[str, Any], language: str) -> Iterator[str]:
    for column in columns:
        text = str(row.get(column.key) or "")
        if text:
            label = with_colon(column.label.in_language(language))
            yield f"{label} {_cell_in_words(column, text, language)}"


def _cell_in_words(column: TableColumn, text: str, language: str) -> str:
    if column.kind is ColumnKind.MONEY:
        return gettext("%(amount)s %(currency)s") % {
            "amount": to_places(text, digits_of(column)) if read_number(text) is not None else text,
            "currency": column.currency,
        }
    if column.kind is ColumnKind.COUNTRY:
        return country_name(text, language)
    if column.kind is ColumnKind.DATE:
        return part_of_date_in_words(text)
    if column.kind is ColumnKind.DOI:
        return f"https://doi.org/{text}"
    labels = {option.value: option.label.in_language(language) for option in column.options}
    return labels.get(text, text)
