"""Amounts of a table added up by what stands beside them, and judged by the rules of its question.

Every amount is counted once in the currency of the table, so that totals by partner, payer, year
and category come to the same, to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from anso.kernel.canonical import plain_decimal
from anso.kernel.money import Money
from anso.kernel.questions.columns import ColumnKind, TableColumn
from anso.kernel.questions.model import Question
from anso.kernel.questions.sums import SumRule, SumTest, Where
from anso.kernel.questions.types.base import list_of
from anso.kernel.questions.types.number import read_number
from anso.kernel.questions.types.table import AXES, Row, amount_in
from anso.kernel.wording import Message, Text, gettext_noop

MOST_ROWS_NAMED = 8
FAULTS: Mapping[SumTest, str] = {
    SumTest.MOST: gettext_noop(
        "%(what)s: %(sum)s (rows: %(rows)s). At most %(limit)s are allowed; that is %(over)s too"
        " much."
    ),
    SumTest.SHARE: gettext_noop(
        "%(what)s: %(sum)s (rows: %(rows)s). At most %(share)s %% of “%(of)s” are allowed, that is"
        " %(limit)s; it is %(over)s too much."
    ),
    SumTest.RATIO: gettext_noop(
        "%(what)s: %(sum)s (rows: %(rows)s). It must be at least %(limit)s, which is %(ratio)s : 1"
        " to “%(of)s”; %(over)s are missing."
    ),
    SumTest.AGREES: gettext_noop(
        "%(what)s: %(sum)s (rows: %(rows)s), but elsewhere in this form you give %(limit)s. The"
        " difference is %(over)s."
    ),
}
ONE_OF = gettext_noop("%(what)s, %(which)s")
NO_ROW = "–"


def amount_column(columns: Iterable[TableColumn]) -> TableColumn | None:
    """The column of the amounts that are added up: the first of money."""
    return next((each for each in columns if each.kind is ColumnKind.MONEY), None)


@dataclass(frozen=True)
class Line:
    """One row with its number and what it counts in the currency of the table."""

    number: int
    row: Row
    amount: Decimal


def lines_of(question: Question, rows: Any) -> list[Line]:
    """The rows of a table with their amounts; nothing where it has none of money."""
    column = amount_column(question.columns)
    found = [row for row in list_of(rows) if isinstance(row, Mapping)]
    if column is None:
        return []
    return [
        Line(number, row, amount_in(question.columns, column, row))
        for number, row in enumerate(found, 1)
    ]


def sum_where(question: Question, rows: Any, where: Where) -> Decimal:
    """What the rows with these values come to."""
    return _sum(_among(lines_of(question, rows), where))


def subtotals(question: Question, rows: Any) -> dict[str, dict[str, Decimal]]:
    """By column and by what stands in it, what the amounts come to: what may be chosen in its
    order, then what else stands there. Blank stands for cells left empty.
    """
    lines = lines_of(question, rows)
    return {
        column.key: _by(column, lines)
        for column in question.columns
        if column.has_subtotals and column.kind in AXES
    }


def _by(column: TableColumn, lines: Sequence[Line]) -> dict[str, Decimal]:
    sums = {option.value: Decimal(0) for option in column.options}
    for line in lines:
        value = str(line.row.get(column.key) or "")
        sums[value] = sums.get(value, Decimal(0)) + line.amount
    if column.kind is ColumnKind.PROJECT_YEAR:  # in their order, whoever wrote them down first
        return dict(sorted(sums.items(), key=lambda each: (not each[0], len(each[0]), each[0])))
    return sums


def sum_fault(question: Question, rows: Any, answers: Mapping[str, Any]) -> Message | None:
    """The first rule about the amounts of a table that does not hold, with the rows, what they
    come to and what would be right; None where all hold, and where there is no row yet.
    """
    lines = lines_of(question, rows)
    if not lines:
        return None
    return next(
        (fault for rule in question.sums for fault in _faults(question, lines, rule, answers)), None
    )


def _faults(
    question: Question, lines: Sequence[Line], rule: SumRule, answers: Mapping[str, Any]
) -> Iterator[Message]:
    among = _among(lines, rule.where)
    for value in _values(question, among, rule.per):
        concerned = [line for line in among if not rule.per or _value(line, rule.per) == value]
        limit = _limit(question, lines, rule, answers)
        over = _sum(concerned) - limit if limit is not None else Decimal(0)
        # Less than a ratio asks for is wrong, more than a ceiling, and either where two agree.
        wrong = -over if rule.test is SumTest.RATIO else over
        if wrong > 0 or (wrong and rule.test is SumTest.AGREES):
            yield _told(question, rule, concerned, limit or Decimal(0), value)


def _limit(
    question: Question, lines: Sequence[Line], rule: SumRule, answers: Mapping[str, Any]
) -> Decimal | None:
    """What the sum is held against, exact to the smallest unit; None where nothing is."""
    smallest = _money(question, Decimal(0)).smallest
    if rule.test is SumTest.SHARE:
        return (rule.bound * _sum(_among(lines, rule.of))).quantize(smallest, ROUND_FLOOR)
    if rule.test is SumTest.RATIO:
        return (rule.bound * _sum(_among(lines, rule.of))).quantize(smallest, ROUND_CEILING)
    if rule.test is SumTest.AGREES:
        return read_number(str(answers.get(rule.other) or ""))
    return rule.bound if rule.test is SumTest.MOST else None


def _told(
    question: Question, rule: SumRule, lines: Sequence[Line], limit: Decimal, value: str
) -> Message:
    total = _sum(lines)
    what: Any = rule.label
    if rule.per:
        both = {"what": rule.label, "which": _label(question, rule.per, value)}
        what = Message("one_of", ONE_OF, both)
    facts = {
        "what": what,
        "sum": _amount(question, total),
        "rows": _numbers(lines),
        "limit": _amount(question, limit),
        "over": _amount(question, abs(total - limit)),
        "share": plain_decimal(rule.bound * 100),
        "ratio": plain_decimal(rule.bound),
        "of": rule.of_label,
    }
    return Message(f"sum_{rule.test}", FAULTS[rule.test], facts)


def meant_amount(question: Question, rows: Any) -> str | None:
    """The amount that a whole table means, as a number is kept; None where it means none."""
    rule = next((each for each in question.sums if each.test is SumTest.MEANS), None)
    return plain_decimal(sum_where(question, rows, rule.where)) if rule else None


def _among(lines: Iterable[Line], where: Where) -> list[Line]:
    return [line for line in lines if all(line.row.get(key) in values for key, values in where)]


def _values(question: Question, lines: Iterable[Line], per: str) -> list[str]:
    """What stands in the column for each value of which a rule holds; one blank for all rows."""
    if not per:
        return [""]
    return list(dict.fromkeys(_value(line, per) for line in lines))


def _value(line: Line, key: str) -> str:
    return str(line.row.get(key) or "")


def _label(question: Question, key: str, value: str) -> Text | str:
    column = next(each for each in question.columns if each.key == key)
    return next((each.label for each in column.options if each.value == value), value)


def _numbers(lines: Sequence[Line]) -> tuple[str, ...]:
    named = tuple(str(line.number) for line in lines) or (NO_ROW,)
    return named if len(named) <= MOST_ROWS_NAMED else (*named[:MOST_ROWS_NAMED], "…")


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))


def _money(question: Question, amount: Decimal) -> Money:
    column = amount_column(question.columns)
    return Money(amount, column.currency if column else "XXX")


def _amount(question: Question, amount: Decimal) -> str:
    money = _money(question, amount).rounded()
    return f"{money.amount:,} {money.currency}"
