"""A table: rows whose columns the question declares, each cell checked by the kind of its column.

Here: cleaning, the first fault by row and column, and exact totals. Not here: how it is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from anso.kernel.canonical import plain_decimal
from anso.kernel.errors import TooLarge
from anso.kernel.identifiers import clean_doi
from anso.kernel.money import MINOR_DIGITS
from anso.kernel.names import clean_line
from anso.kernel.questions.columns import ColumnKind, TableColumn
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_limit, check_unit, list_of
from anso.kernel.questions.types.country import is_country_code
from anso.kernel.questions.types.number import plain_digits, read_number
from anso.kernel.wording import FALLBACK_LANGUAGE, Message, gettext_noop

SUMMED = frozenset({ColumnKind.WHOLE, ColumnKind.NUMBER, ColumnKind.MONEY})
FIRST_YEAR, LAST_YEAR = 1900, 2100
Row = Mapping[str, str]
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_CURRENCY = re.compile(r"[A-Z]{3}")


def digits_of(column: TableColumn) -> int:
    """How many decimals an amount in this column may have."""
    return MINOR_DIGITS.get(column.currency, 2)


def _whole(column: TableColumn, text: str) -> str | None:
    number = read_number(text)
    fits = number is not None and number >= 0 and number == number.to_integral_value()
    return plain_decimal(number) if number is not None and fits else None


def _number(column: TableColumn, text: str) -> str | None:
    number = read_number(text)
    return None if number is None else plain_decimal(number)


def _money(column: TableColumn, text: str) -> str | None:
    number = read_number(text)
    if number is None or number < 0 or -int(number.as_tuple().exponent) > digits_of(column):
        return None
    return plain_decimal(number)


def _year(column: TableColumn, text: str) -> str | None:
    year = plain_digits(text)
    return year if re.fullmatch(r"\d{4}", year) and _is_near(int(year)) else None


def _is_near(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _country(column: TableColumn, text: str) -> str | None:
    return text.upper() if is_country_code(text.upper()) else None


def _choice(column: TableColumn, text: str) -> str | None:
    return text if text in {option.value for option in column.options} else None


def _date(column: TableColumn, text: str) -> str | None:
    try:
        return date.fromisoformat(plain_digits(text)).isoformat()
    except ValueError:
        return None


# By kind: the cell as it is kept, or None where it cannot be, and what is said of one that cannot.
READ: Mapping[ColumnKind, Callable[[TableColumn, str], str | None]] = {
    ColumnKind.TEXT: lambda _column, text: text,
    ColumnKind.WHOLE: _whole,
    ColumnKind.NUMBER: _number,
    ColumnKind.MONEY: _money,
    ColumnKind.YEAR: _year,
    ColumnKind.COUNTRY: _country,
    ColumnKind.CHOICE: _choice,
    ColumnKind.DOI: lambda _column, text: clean_doi(text),
    ColumnKind.DATE: _date,
}
WRONG: Mapping[ColumnKind, str] = {
    ColumnKind.WHOLE: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” is no whole number of zero or more."
    ),
    ColumnKind.NUMBER: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” is no number. Write digits, with a point for decimals"
        " and no comma."
    ),
    ColumnKind.MONEY: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” cannot be read as an amount in %(currency)s. Write"
        " digits, with a point and at most %(digits)s decimals, and no comma."
    ),
    ColumnKind.YEAR: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” is no year. Give one like 2024."
    ),
    ColumnKind.COUNTRY: gettext_noop("Row %(row)s, %(column)s: choose a country from the list."),
    ColumnKind.CHOICE: gettext_noop("Row %(row)s, %(column)s: choose from the list."),
    ColumnKind.DOI: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” is no DOI. It looks like 10.1000/182."
    ),
    ColumnKind.DATE: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” is no day that exists. Give it as year, month and"
        " day, like 2027-03-31."
    ),
}
MISSING = gettext_noop("Row %(row)s, %(column)s: this must be filled in.")
TWICE = gettext_noop("Row %(row)s, %(column)s: the DOI %(doi)s stands in row %(first)s already.")


class TableType:
    """Rows as mappings from the keys of columns to texts, in the order given. Rows without anything
    in them are left out; a cell that cannot be read stays as it was typed.
    """

    code = "table"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the rows, or the first thing that is missing or wrong in one of them."""
        keys = [column.key for column in question.columns]
        given = [row for row in list_of(raw) if isinstance(row, Mapping)]
        typed = [{key: str(row.get(key) or "") for key in keys} for row in given]
        try:
            lines = [{key: clean_line(text) for key, text in row.items()} for row in typed]
        except TooLarge as refusal:
            return Cleaned(typed, refusal.message)
        filled = [{key: text for key, text in row.items() if text} for row in lines]
        rows = [row for row in filled if row]
        if not rows:
            return EMPTY
        fault = next(_faults(question, rows), None) or check_limit(question.limit, len(rows))
        return Cleaned([_kept(question, row) for row in rows], fault)

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield what is wrong with the columns, and a fault when the limit is not on entries."""
        yield from check_unit(question, "entries")
        keys = [column.key for column in question.columns]
        if not keys or len(set(keys)) < len(keys):
            text = gettext_noop("Question “%(key)s” needs columns, each with a key of its own.")
            yield Message("bad_columns", text, {"key": question.key})
        for column in question.columns:
            text = _fault_of_column(column)
            if text:
                yield Message(
                    CODES.get(text, "bad_column"), text, {"key": question.key, "column": column.key}
                )


# What a column may lack until officers have listed it.
NO_CHOICES = gettext_noop(
    "Question “%(key)s”: the column “%(column)s” needs at least two options if one is chosen, and"
    " none otherwise."
)
CODES = {NO_CHOICES: "no_choices"}


def _fault_of_column(column: TableColumn) -> str:
    faults = {
        gettext_noop(
            "Question “%(key)s”: the key of the column “%(column)s” must be lower-case Latin"
            " letters, digits and _."
        ): not _KEY.fullmatch(column.key),
        gettext_noop(
            "Question “%(key)s”: the column “%(column)s” has no English label."
        ): FALLBACK_LANGUAGE not in column.label,
        gettext_noop(
            "Question “%(key)s”: the column “%(column)s” needs the code of a currency if it is one"
            " of money, and none otherwise."
        ): (column.kind is ColumnKind.MONEY) is not bool(_CURRENCY.fullmatch(column.currency)),
        NO_CHOICES: (len(column.options) > 1) is not (column.kind is ColumnKind.CHOICE),
        gettext_noop(
            "Question “%(key)s”: the column “%(column)s” cannot be added up."
        ): column.has_total and column.kind not in SUMMED,
    }
    return next((text for text, is_wrong in faults.items() if is_wrong), "")


def _kept(question: Question, row: Row) -> dict[str, str]:
    cells = {column.key: column for column in question.columns}
    return {key: READ[cells[key].kind](cells[key], text) or text for key, text in row.items()}


def _faults(question: Question, rows: list[dict[str, str]]) -> Iterator[Message]:
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, 1):
        for column in question.columns:
            place = {"row": number, "column": column.label}
            text = row.get(column.key, "")
            kept = READ[column.kind](column, text) if text else None
            if not text and column.required:
                yield Message("cell_missing", MISSING, place)
            elif text and kept is None:
                yield _wrong(column, place | {"typed": text})
            elif kept and column.kind is ColumnKind.DOI:
                first = seen.setdefault((column.key, kept), number)
                if first != number:
                    yield Message("doi_twice", TWICE, place | {"doi": kept, "first": first})


def _wrong(column: TableColumn, facts: dict[str, Any]) -> Message:
    money = {"currency": column.currency, "digits": digits_of(column)}
    is_money = column.kind is ColumnKind.MONEY
    return Message(f"no_{column.kind}", WRONG[column.kind], facts | (money if is_money else {}))


def table_totals(columns: Iterable[TableColumn], rows: Any) -> dict[str, Decimal]:
    """The exact sum of each column that has a total; cells that cannot be read count nothing."""
    found = [row for row in list_of(rows) if isinstance(row, Mapping)]
    return {
        column.key: sum((_amount(column, row) for row in found), Decimal(0))
        for column in columns
        if column.has_total
    }


def _amount(column: TableColumn, row: Row) -> Decimal:
    return Decimal(READ[column.kind](column, str(row.get(column.key) or "")) or 0)


TABLE = TableType()
