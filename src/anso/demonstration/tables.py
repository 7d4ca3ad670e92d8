"""Plausible rows for tables of any form: amounts that agree with what is given elsewhere, tasks one
after the other, and otherwise what the columns let pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from random import Random
from typing import Any

from anso.kernel.money import Money
from anso.kernel.questions import ColumnKind, Question, SumTest, TableColumn
from anso.kernel.questions.budgets import amount_column
from anso.kernel.questions.types.table import MONTHS

TASKS = (
    "Choice of sites with the communities",
    "Measurements in the field",
    "Laboratory analysis",
    "Model and its calibration",
    "Test with those who would use it",
    "Open data and final report",
)
DELIVERABLES = (
    "Agreed list of sites",
    "Two seasons of records",
    "Analysed samples",
    "Calibrated model",
    "Report of the test",
    "Published data",
)
PURPOSES = ("Field season", "Sensors and spare parts", "Two students", "Workshop", "Open access")
# How a sum is cut into rows.
SHARES = (4, 3, 2, 1)
CELLS: Mapping[ColumnKind, str] = {
    ColumnKind.YEAR: "2024",
    ColumnKind.COUNTRY: "NP",
    ColumnKind.DOI: "10.1000/182",
    ColumnKind.DATE: "2026-06-30",
    ColumnKind.ORCID: "0000-0002-1825-0097",
}
Row = dict[str, Any]


def table_rows(random: Random, question: Question, given: Mapping[str, Any]) -> list[Row]:
    """Rows for a table, as a browser would send them."""
    kinds = {column.kind for column in question.columns}
    if any(rule.test is SumTest.AGREES for rule in question.sums):
        return list(_budget(random, question, given))
    if kinds >= MONTHS:
        return list(_plan(random, question))
    return [_row(random, question, lambda _column: "") for _ in range(2)]


def _budget(random: Random, question: Question, given: Mapping[str, Any]) -> Iterator[Row]:
    """What each rule wants, cut into a few rows without losing a cent."""
    money = amount_column(question.columns)
    for rule in question.sums:
        if money is None or rule.test is not SumTest.AGREES or not given.get(rule.other):
            continue
        whole = Money.of(str(given[rule.other]), money.currency)
        for amount in whole.shared(SHARES):
            row = _row(random, question, lambda _column: random.choice(PURPOSES))
            row |= {key: random.choice(values) for key, values in rule.where}
            yield row | _modest(question, row) | {money.key: amount.to_dict()["amount"]}


def _modest(question: Question, row: Row) -> Row:
    """Another choice where a rule keeps what was chosen to a share of the whole."""
    kept = {
        (key, value)
        for rule in question.sums
        if rule.test is SumTest.SHARE
        for key, values in rule.where[:1]
        for value in values
    }
    return {
        column.key: next(
            each.value for each in column.options if (column.key, each.value) not in kept
        )
        for column in question.columns
        if (column.key, row.get(column.key)) in kept
    }


def _plan(random: Random, question: Question) -> Iterator[Row]:
    """Tasks that follow each other and overlap a little, within the months that there are."""
    months = max(column.most or 12 for column in question.columns if column.kind in MONTHS)
    each = max(1, months // len(TASKS))
    for place, task in enumerate(TASKS):
        begins = min(place * each + 1, months)
        ends = min(begins + each + random.randint(0, 2), months)
        words = iter((task, DELIVERABLES[place]))
        row = _row(random, question, partial(_next_of, words))
        yield row | {
            column.key: str(begins if column.kind is ColumnKind.FROM_MONTH else ends)
            for column in question.columns
            if column.kind in MONTHS
        }


def _next_of(words: Iterator[str], _column: TableColumn) -> str:
    return next(words, "")


def _row(random: Random, question: Question, text: Callable[[TableColumn], str]) -> Row:
    return {column.key: _cell(random, column, text) for column in question.columns}


def _cell(random: Random, column: TableColumn, text: Callable[[TableColumn], str]) -> str:
    if column.options:
        return random.choice(column.options).value
    if column.kind is ColumnKind.TEXT:
        return text(column) or "Field work"
    return column.currency if column.kind is ColumnKind.CURRENCY else CELLS.get(column.kind, "1")
