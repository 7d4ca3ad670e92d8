"""Tables of answers in words: columns, what stands in one, totals, and amounts by what stands
beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from anso.kernel.canonical import plain_decimal
from anso.kernel.questions.budgets import amount_column, subtotals
from anso.kernel.questions.columns import ColumnKind, TableColumn
from anso.kernel.questions.model import Question
from anso.kernel.questions.settling import MOST_MONTHS
from anso.kernel.questions.types.table import MONTHS, digits_of, span_of, table_totals
from anso.kernel.wording import NO_TEXT
from anso.ui.figures import to_places
from anso.ui.gantt import Task
from anso.ui.markup import escape


def totals_markup(key: str, columns: Iterable[TableColumn], rows: Any, language: str) -> str:
    """The totals below the rows, and the amounts by what stands beside them; the page's script
    keeps both up to date.
    """
    known, name = tuple(columns), escape(key)
    money = next((each for each in known if each.kind is ColumnKind.MONEY), None)
    named = next((each for each in known if each.kind is ColumnKind.CURRENCY), None)
    other = f' data-named="{named.key}" data-base="{named.currency}"' if named else ""
    lines = (
        f'<p class="hint">{escape(heading)} <output data-total="{name}:{column.key}"'
        f'{other} data-digits="{_places_of(column)}">{escape(amount)}</output></p>'
        for column, heading, amount in _totals_of(known, rows, language)
    )
    tables = (
        f"<table><caption>{escape(each.heading)}</caption>"
        + "".join(
            f'<tr><th scope="row"><bdi>{escape(words)}</bdi></th><td class="n"><output'
            f' data-total="{name}:{money.key}"{other} data-by="{each.key}"'
            f' data-of="{escape(value)}" data-digits="{_places_of(money)}">{escape(amount)}'
            "</output></td></tr>"
            for value, words, amount in each.lines
        )
        + "</table>"
        for each in sums_in_words(known, rows, language)
        if money
    )
    beside = "".join(tables)
    return "".join(lines) + (f'<div class="sums">{beside}</div>' if beside else "")


@dataclass(frozen=True)
class SumsInWords:
    """The amounts of a table by what stands in one of its columns: value, words, amount."""

    key: str
    heading: str
    lines: tuple[tuple[str, str, str], ...]


def sums_in_words(columns: Iterable[TableColumn], rows: Any, language: str) -> list[SumsInWords]:
    """One for each column by which amounts are added up and in which something can be chosen."""
    known = {column.key: column for column in columns}
    asked = Question("", "table", NO_TEXT, columns=tuple(known.values()))
    money = amount_column(known.values())
    found = []
    for key, sums in subtotals(asked, rows).items():
        label = known[key].label.in_language(language)
        facts = {"column": label, "currency": money.currency if money else ""}
        heading = gettext("By “%(column)s”, in %(currency)s") % facts
        lines = (
            (
                value,
                value_in_column(known[key], value, language),
                to_places(total, digits_of(money)),
            )
            for value, total in sums.items()
            if money
        )
        if sums:
            found.append(SumsInWords(key, heading, tuple(lines)))
    return found


def value_in_column(column: TableColumn, value: str, language: str) -> str:
    """What is chosen in a column, as it is read; a word for nothing."""
    labels = {option.value: option.label.in_language(language) for option in column.options}
    if column.kind is ColumnKind.PROJECT_YEAR and value and value not in labels:
        return gettext("Year %(number)s") % {"number": value}
    return labels.get(value, value) or gettext("nothing chosen")


def tasks_of(columns: Iterable[TableColumn], rows: Any) -> list[Task]:
    """The rows of a table that say from which month to which they last, named by their first
    text.
    """
    known = tuple(columns)
    spans = ((row, span_of(known, row)) for row in rows or () if isinstance(row, Mapping))
    name = next((each.key for each in known if each.kind is ColumnKind.TEXT), "")
    return [Task(str(row.get(name) or "–"), *span) for row, span in spans if span and is_span(span)]


def is_span(span: tuple[int, int]) -> bool:
    """Whether it can be drawn: it ends no earlier than it begins, within a lifetime."""
    return 1 <= span[0] <= span[1] <= MOST_MONTHS


def months_of(columns: Iterable[TableColumn]) -> int:
    """How many months a project lasts as far as its columns know; zero where they do not."""
    return max((each.most or 0 for each in columns if each.kind in MONTHS), default=0)


def totals_in_words(columns: Iterable[TableColumn], rows: Any, language: str) -> list[str]:
    """One line for each column of a table that has a total: what its cells sum to, exactly."""
    return [f"{heading} {amount}" for _, heading, amount in _totals_of(columns, rows, language)]


def total_in_words(columns: Iterable[TableColumn], rows: Any) -> dict[str, str]:
    """By column, what its cells sum to; nothing for columns without a total."""
    known = {column.key: column for column in columns}
    return {
        key: to_places(total, digits_of(known[key]))
        if known[key].kind is ColumnKind.MONEY
        else plain_decimal(total)
        for key, total in table_totals(known.values(), rows).items()
    }


def _totals_of(
    columns: Iterable[TableColumn], rows: Any, language: str
) -> list[tuple[TableColumn, str, str]]:
    known = {column.key: column for column in columns}
    heading = gettext("Total, %(column)s:")
    return [
        (known[key], heading % {"column": column_in_words(known[key], language)}, amount)
        for key, amount in total_in_words(known.values(), rows).items()
    ]


def column_in_words(column: TableColumn, language: str) -> str:
    """What a column is called, with its currency."""
    label = column.label.in_language(language)
    return f"{label} ({column.currency})" if column.kind is ColumnKind.MONEY else label


def _places_of(column: TableColumn) -> int | str:
    return digits_of(column) if column.kind is ColumnKind.MONEY else ""
