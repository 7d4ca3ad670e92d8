"""Answers that are tables as sheets of a spreadsheet: one row for each row of theirs, its cells by
their types, so that amounts can be added up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from anso.accounts.models import Account
from anso.applications.queries.exports import latest_submissions_of
from anso.applications.queries.readers import answers_read_by, audiences_of
from anso.applications.wording.export_columns import CHUNK, column_of_answer, questions_exported
from anso.applications.wording.tables import cell_in_words, rows_of
from anso.calls.models import Call
from anso.kernel.questions import Audience, ColumnKind, Question, TableColumn
from anso.kernel.questions.types.number import read_number
from anso.ui.exports import Sheet
from anso.ui.question_fields import in_reader_language
from anso.ui.table_words import column_in_words


def export_sheets(
    call: Call, account: Account, columns: Sequence[str], ids: Sequence[int], now: dt.datetime
) -> list[Sheet]:
    """A sheet for each table among the answers that were asked for, as far as it is this reader's:
    number of the application, number of the row, and the cells.
    """
    audiences, language = audiences_of(account, call, now), translation.get_language() or "en"
    return [
        _sheet_of(question, ids, audiences, language)
        for question in questions_exported(call, audiences)
        if question.type == "table" and column_of_answer(question) in columns
    ]


def _sheet_of(
    question: Question, ids: Sequence[int], audiences: frozenset[Audience], language: str
) -> Sheet:
    cells = [column_in_words(column, language) for column in question.columns]
    name = in_reader_language(question.label)
    rows = _rows(question, ids, audiences, language)
    return Sheet(name, [_("Number"), _("Row"), *cells], rows)


def _rows(
    question: Question, ids: Sequence[int], audiences: frozenset[Audience], language: str
) -> Iterator[list[Any]]:
    """In the order of the list, a chunk at a time."""
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        found = {each.application_id: each for each in latest_submissions_of(chunk)}
        with translation.override(language):
            for submission in filter(None, map(found.get, chunk)):
                answers = answers_read_by(submission, audiences).answers
                for number, row in enumerate(rows_of(answers.get(question.key)), 1):
                    cells = (typed_cell(column, row, language) for column in question.columns)
                    yield [submission.body["number"], number, *cells]


def typed_cell(column: TableColumn, row: Mapping[str, Any], language: str) -> Any:
    """What stands in a cell as the value that it is; a text where it cannot be read as one."""
    text = str(row.get(column.key) or "")
    read = VALUES.get(column.kind)
    value = read(text) if text and read else None
    return cell_in_words(column, row, language) if value is None else value


def _whole(text: str) -> int | None:
    number = read_number(text)
    is_whole = number is not None and number == number.to_integral_value()
    return int(number) if number is not None and is_whole else None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


VALUES: Mapping[ColumnKind, Callable[[str], int | Decimal | dt.date | None]] = {
    ColumnKind.WHOLE: _whole,
    ColumnKind.FROM_MONTH: _whole,
    ColumnKind.TO_MONTH: _whole,
    ColumnKind.PROJECT_YEAR: _whole,
    ColumnKind.YEAR: _whole,
    ColumnKind.NUMBER: read_number,
    ColumnKind.MONEY: read_number,
    ColumnKind.DATE: _day,
}
