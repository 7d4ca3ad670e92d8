"""A table: rows whose columns the question declares, each cell checked by the kind of its column.

Here: cleaning, the first fault by row and column, and exact totals. Not here: how it is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from anso.kernel.canonical import plain_decimal
from anso.kernel.errors import TooLarge
from anso.kernel.identifiers import clean_doi, clean_orcid
from anso.kernel.money import MINOR_DIGITS, Money
from anso.kernel.names import clean_line
from anso.kernel.questions.columns import ColumnKind, TableColumn
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_limit, check_unit, list_of
from anso.kernel.questions.types.country import is_country_code
from anso.kernel.questions.types.number import plain_digits, read_number
from anso.kernel.wording import FALLBACK_LANGUAGE, Message, gettext_noop

SUMMED = frozenset({ColumnKind.WHOLE, ColumnKind.NUMBER, ColumnKind.MONEY})
# By what stands in these, amounts are added up below the rows.
AXES = frozenset({ColumnKind.CHOICE, ColumnKind.PARTNER, ColumnKind.PROJECT_YEAR})
WITH_CURRENCY = frozenset({ColumnKind.MONEY, ColumnKind.CURRENCY})
MONTHS = frozenset({ColumnKind.FROM_MONTH, ColumnKind.TO_MONTH})
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


def _partner(column: TableColumn, text: str) -> str | None:
    return _choice(column, text) if column.options else text


def _currency(column: TableColumn, text: str) -> str | None:
    return text.upper() if text.upper() in currencies_of(column) else None


def currencies_of(column: TableColumn) -> tuple[str, ...]:
    """The currencies that may be named in a column: that of the table, then those with a rate."""
    return (column.currency, *(each.currency for each in column.rates))


def _counted(column: TableColumn, text: str) -> str | None:
    number = _whole(column, text)
    is_there = number is not None and 1 <= int(number) <= (column.most or int(number))
    return number if is_there else None


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
    ColumnKind.ORCID: lambda _column, text: clean_orcid(text),
    ColumnKind.CURRENCY: _currency,
    ColumnKind.PARTNER: _partner,
    ColumnKind.PROJECT_YEAR: _counted,
    ColumnKind.FROM_MONTH: _counted,
    ColumnKind.TO_MONTH: _counted,
}
WRONG: dict[ColumnKind, str] = {
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
    ColumnKind.ORCID: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” is no ORCID iD. It has sixteen digits, like"
        " 0000-0002-1825-0097, and one of them is wrong or missing."
    ),
    ColumnKind.CURRENCY: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” is none of these currencies: %(currencies)s."
    ),
    ColumnKind.PARTNER: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” is none of the organisations that take part, or not"
        " any more."
    ),
    ColumnKind.PROJECT_YEAR: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” is no year of the project. The first year is 1."
    ),
    ColumnKind.FROM_MONTH: gettext_noop(
        "Row %(row)s, %(column)s: “%(typed)s” is no month of the project. The first month is 1."
    ),
}
WRONG |= {ColumnKind.TO_MONTH: WRONG[ColumnKind.FROM_MONTH]}
BEYOND: dict[ColumnKind, str] = {
    ColumnKind.PROJECT_YEAR: gettext_noop(
        "Row %(row)s, %(column)s: the project has no year %(typed)s; its last one is %(most)s."
    ),
    ColumnKind.FROM_MONTH: gettext_noop(
        "Row %(row)s, %(column)s: month %(typed)s is beyond the end of the project, which lasts"
        " %(most)s months."
    ),
}
BEYOND |= {ColumnKind.TO_MONTH: BEYOND[ColumnKind.FROM_MONTH]}
BACKWARDS = gettext_noop(
    "Row %(row)s: it ends in month %(to)s, before it begins in month %(from)s."
)
MISSING = gettext_noop("Row %(row)s, %(column)s: this must be filled in.")
TWICE: Mapping[ColumnKind, str] = {
    ColumnKind.DOI: gettext_noop(
        "Row %(row)s, %(column)s: the DOI %(kept)s stands in row %(first)s already."
    ),
    ColumnKind.ORCID: gettext_noop(
        "Row %(row)s, %(column)s: the ORCID iD %(kept)s stands in row %(first)s already."
    ),
}


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
        ): (column.kind in WITH_CURRENCY) is not bool(_CURRENCY.fullmatch(column.currency)),
        gettext_noop(
            "Question “%(key)s”: the column “%(column)s” needs other currencies with rates above"
            " zero if one is named in it, and none otherwise."
        ): not _has_sound_rates(column),
        gettext_noop(
            "Question “%(key)s”: amounts cannot be added up by the column “%(column)s”, in which"
            " nothing is chosen."
        ): column.has_subtotals and column.kind not in AXES,
        NO_CHOICES: (len(column.options) > 1) is not (column.kind is ColumnKind.CHOICE),
        gettext_noop(
            "Question “%(key)s”: the column “%(column)s” cannot be added up."
        ): column.has_total and column.kind not in SUMMED,
    }
    return next((text for text, is_wrong in faults.items() if is_wrong), "")


def _has_sound_rates(column: TableColumn) -> bool:
    if column.kind is not ColumnKind.CURRENCY:
        return not column.rates
    codes = currencies_of(column)
    are_codes = all(_CURRENCY.fullmatch(code) for code in codes[1:])
    is_each_once = len(set(codes)) == len(codes)
    return (
        bool(column.rates) and are_codes and is_each_once and min(e.rate for e in column.rates) > 0
    )


def _kept(question: Question, row: Row) -> dict[str, str]:
    cells = {column.key: column for column in question.columns}
    return {key: READ[cells[key].kind](cells[key], text) or text for key, text in row.items()}


def _faults(question: Question, rows: list[dict[str, str]]) -> Iterator[Message]:
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, 1):
        for asked in question.columns:
            column = column_in_row(question.columns, asked, row)
            place = {"row": number, "column": column.label}
            text = row.get(column.key, "")
            kept = READ[column.kind](column, text) if text else None
            if not text and column.required:
                yield Message("cell_missing", MISSING, place)
            elif text and kept is None:
                yield _wrong(column, place | {"typed": text})
            elif kept and column.kind in TWICE:
                first = seen.setdefault((column.key, kept), number)
                if first != number:
                    facts = place | {"kept": kept, "first": first}
                    yield Message(f"{column.kind}_twice", TWICE[column.kind], facts)
        yield from _backwards(question, number, row)


def _wrong(column: TableColumn, facts: dict[str, Any]) -> Message:
    if column.kind in BEYOND and column.most and _whole(column, facts["typed"]) not in (None, "0"):
        return Message("beyond", BEYOND[column.kind], facts | {"most": column.most})
    more: Mapping[ColumnKind, dict[str, Any]] = {
        ColumnKind.MONEY: {"currency": column.currency, "digits": digits_of(column)},
        ColumnKind.CURRENCY: {"currencies": currencies_of(column)},
    }
    return Message(f"no_{column.kind}", WRONG[column.kind], facts | more.get(column.kind, {}))


def _backwards(question: Question, number: int, row: Row) -> Iterator[Message]:
    span = span_of(question.columns, row)
    if span and span[1] < span[0]:
        yield Message("backwards", BACKWARDS, {"row": number, "from": span[0], "to": span[1]})


def span_of(columns: Iterable[TableColumn], row: Row) -> tuple[int, int] | None:
    """From which month to which a row lasts; None where it does not say."""
    months = {
        column.kind: _whole(column, str(row.get(column.key) or ""))
        for column in columns
        if column.kind in MONTHS
    }
    begins, ends = (months.get(kind) for kind in (ColumnKind.FROM_MONTH, ColumnKind.TO_MONTH))
    return (int(begins), int(ends)) if begins and ends else None


def column_in_row(columns: Iterable[TableColumn], column: TableColumn, row: Row) -> TableColumn:
    """The column as a row means it: an amount is in the currency that its row names."""
    if column.kind is not ColumnKind.MONEY:
        return column
    named = (str(row.get(each.key) or "") for each in columns if each.kind is ColumnKind.CURRENCY)
    return replace(column, currency=next(named, "").upper() or column.currency)


def table_totals(columns: Iterable[TableColumn], rows: Any) -> dict[str, Decimal]:
    """The exact sum of each column that has a total; cells that cannot be read count nothing."""
    known = tuple(columns)
    found = [row for row in list_of(rows) if isinstance(row, Mapping)]
    return {
        column.key: sum((amount_in(known, column, row) for row in found), Decimal(0))
        for column in known
        if column.has_total
    }


def amount_in(columns: Iterable[TableColumn], column: TableColumn, row: Row) -> Decimal:
    """What stands in a cell as a number, in the currency of the table: another one counts by its
    rate, each row by itself in whole smallest units. Zero where it cannot be read.
    """
    known = tuple(columns)
    there = column_in_row(known, column, row)
    amount = Decimal(READ[column.kind](there, str(row.get(column.key) or "")) or 0)
    if there.currency == column.currency:
        return amount
    rates = {rate.currency: rate.rate for each in known for rate in each.rates}
    return Money(amount * rates.get(there.currency, 0), column.currency).rounded().amount


TABLE = TableType()
