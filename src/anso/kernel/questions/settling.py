"""Questions as the other answers of the same form settle them: which organisations take part, how
many months and years the project lasts. Until it is known, anything sound is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from anso.kernel.questions.columns import ColumnKind, Option, TableColumn
from anso.kernel.questions.meanings import find_meant
from anso.kernel.questions.model import Form, Meaning, Question
from anso.kernel.questions.types.number import read_number
from anso.kernel.questions.types.table import MONTHS
from anso.kernel.wording import Text, both

MONTHS_OF_A_YEAR = 12
MOST_MONTHS = 600


def settled(question: Question, form: Form, answers: Mapping[str, Any]) -> Question:
    """The question with what may stand in the columns of a table by the other answers."""
    if not any(column.kind in SETTLED for column in question.columns):
        return question
    columns = (
        SETTLED[column.kind](column, form, answers) if column.kind in SETTLED else column
        for column in question.columns
    )
    return replace(question, columns=tuple(columns))


def parties_named(form: Form, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The organisations that take part as the answers name them, the lead first, each once."""
    lead = find_meant(form, answers, Meaning.APPLICANT_ORGANISATION)
    rows = find_meant(form, answers, Meaning.PARTNERS)
    others = [row.get("organisation") for row in rows or () if isinstance(row, Mapping)]
    return tuple(dict.fromkeys(str(name) for name in (lead, *others) if name))


def months_of(form: Form, answers: Mapping[str, Any]) -> int | None:
    """How many months the project lasts; None where nobody said yet."""
    said = find_meant(form, answers, Meaning.DURATION)
    months = read_number(str(said)) if said is not None else None
    return int(months) if months is not None and 1 <= months <= MOST_MONTHS else None


def _partners(column: TableColumn, form: Form, answers: Mapping[str, Any]) -> TableColumn:
    names = parties_named(form, answers)
    return replace(column, options=tuple(Option(name, Text({"en": name})) for name in names))


def _years(column: TableColumn, form: Form, answers: Mapping[str, Any]) -> TableColumn:
    months = months_of(form, answers)
    if months is None:
        return column
    years = -(-months // MONTHS_OF_A_YEAR)
    labels = ((str(year), both(f"Year {year}", f"السنة {year}")) for year in range(1, years + 1))
    return replace(column, most=years, options=tuple(Option(*each) for each in labels))


def _months(column: TableColumn, form: Form, answers: Mapping[str, Any]) -> TableColumn:
    return replace(column, most=months_of(form, answers) or column.most)


SETTLED = {
    ColumnKind.PARTNER: _partners,
    ColumnKind.PROJECT_YEAR: _years,
    **dict.fromkeys(MONTHS, _months),
}
