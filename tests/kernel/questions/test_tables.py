"""Tables: every kind of column, the first fault by row and column, and totals that are exact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anso.kernel.questions import (
    ColumnKind,
    Form,
    Limit,
    Question,
    Section,
    TableColumn,
    check_form,
    clean_answer,
)
from anso.kernel.questions.types.table import table_totals
from anso.kernel.wording import NO_TEXT, both
from tests.kernel.questions.forms import choices

TITLE = both("T", "ت")
AB = choices("a", "b")


def column(kind: str, **more: Any) -> TableColumn:
    known: dict[str, Any] = {"money": {"currency": "EUR"}, "choice": {"options": AB}}
    parts = {"key": "cell", "label": both("Cost", "كلفة")} | known.get(kind, {}) | more
    return TableColumn(kind=ColumnKind(kind), **parts)


def table(*columns: TableColumn, limit: Limit | None = None) -> Question:
    return Question("q", "table", TITLE, columns=columns, limit=limit)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  Salt\twater ", "Salt water"),
        ("whole", "12", "12"),
        ("whole", "٣", "3"),
        ("whole", "0", "0"),
        ("whole", "1.5", None),
        ("whole", "-1", None),
        ("whole", "two", None),
        ("number", "-1.50", "-1.5"),
        ("number", "1,5", None),
        ("money", "1 234.50", "1234.5"),
        ("money", "١٢٫٥٠", "12.5"),
        ("money", "0.01", "0.01"),
        ("money", "0.001", None),
        ("money", "-0.01", None),
        # Either means one thing to some and another to others: nothing is guessed.
        ("money", "1.234,50", None),
        ("money", "1,234.50", None),
        ("money", "1.234", None),
        ("year", "2024", "2024"),
        ("year", "٢٠٢٤", "2024"),
        ("year", "1900", "1900"),
        ("year", "1899", None),
        ("year", "2101", None),
        ("year", "24", None),
        ("country", "ke", "KE"),
        ("country", "Kenya", None),
        ("choice", "a", "a"),
        ("choice", "c", None),
        ("doi", "https://doi.org/10.1000/AB", "10.1000/ab"),
        ("doi", "Nature 585", None),
        ("date", "2027-02-28", "2027-02-28"),
        ("date", "٢٠٢٧-٠٢-٢٨", "2027-02-28"),
        ("date", "2027-02-29", None),
    ],
)
def test_a_cell_is_kept_in_one_way_or_refused_and_stays_as_typed(
    kind: str, typed: str, kept: str | None
) -> None:
    cleaned = clean_answer(table(column(kind)), [{"cell": typed}])
    assert cleaned.value == [{"cell": kept or typed}]
    if kept is None:
        assert cleaned.error
        assert str(cleaned.error).startswith("Row 1, Cost:")
    else:
        assert cleaned.error is None
        assert clean_answer(table(column(kind)), cleaned.value) == cleaned


@pytest.mark.parametrize(("currency", "least"), [("JPY", "1"), ("EUR", "0.01"), ("KWD", "0.001")])
def test_an_amount_has_at_most_the_digits_of_its_currency(currency: str, least: str) -> None:
    asked = table(column("money", currency=currency))
    assert clean_answer(asked, [{"cell": least}]).error is None
    error = clean_answer(asked, [{"cell": str(Decimal(least) / 10)}]).error
    assert error
    assert currency in str(error)


def test_the_first_fault_names_its_row_and_column() -> None:
    asked = table(column("text", key="what", required=True), column("money"))
    rows = [{"what": "Salt", "cell": "5"}, {}, {"cell": "5"}, {"what": "x", "cell": "y"}]
    error = clean_answer(asked, rows).error
    assert str(error) == "Row 2, Cost: this must be filled in."


def test_the_same_doi_twice_is_refused_by_name() -> None:
    asked = table(column("doi", label=both("Paper", "بحث")))
    rows = [{"cell": "10.1000/a"}, {"cell": "10.1000/b"}, {"cell": "doi:10.1000/A"}]
    told = "Row 3, Paper: the DOI 10.1000/a stands in row 1 already."
    assert str(clean_answer(asked, rows).error) == told
    assert clean_answer(asked, rows[:2]).error is None


def test_rows_are_limited_and_empty_ones_are_none() -> None:
    asked = table(column("text"), limit=Limit.of("entries", least=1, most=200))
    full = [{"cell": str(number)} for number in range(200)]
    assert clean_answer(asked, [{}, *full, {"cell": " "}]).error is None
    assert clean_answer(asked, [*full, {"cell": "x"}]).error
    for nothing in (None, "", [], [{}], "a text", [{"unknown": "x"}]):
        assert clean_answer(asked, nothing).value is None
    assert clean_answer(asked, [{"cell": "x" * 3_000_000}]).error


CENTS = st.integers(min_value=0, max_value=10**14)


@given(st.lists(CENTS, max_size=30))
def test_a_total_is_exact(cents: list[int]) -> None:
    rows = [{"cell": str(Decimal(each) / 100)} for each in cents]
    total = table_totals((column("money", has_total=True),), rows)["cell"]
    assert total == Decimal(sum(cents)) / 100


def test_a_total_leaves_out_what_cannot_be_read_and_columns_without_one() -> None:
    columns = (column("whole", has_total=True), column("number", key="other"))
    rows = [{"cell": "2", "other": "9"}, {"cell": "1,5"}, {}, "no row"]
    assert table_totals(columns, rows) == {"cell": Decimal(2)}
    assert table_totals(columns, None) == {"cell": Decimal(0)}


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ((column("money", has_total=True), column("choice", key="two")), ""),
        ((), "bad_columns"),
        ((column("text"), column("text")), "bad_columns"),
        ((column("text", key="a:b"),), "bad_column"),
        ((column("text", label=NO_TEXT),), "bad_column"),
        ((column("money", currency=""),), "bad_column"),
        ((column("money", currency="euro"),), "bad_column"),
        ((column("whole", currency="EUR"),), "bad_column"),
        ((column("choice", options=()),), "no_choices"),
        ((column("text", options=AB),), "no_choices"),
        ((column("year", has_total=True),), "bad_column"),
    ],
)
def test_columns_are_checked_before_anybody_is_asked(
    columns: tuple[TableColumn, ...], code: str
) -> None:
    form = Form((Section("s", TITLE, (table(*columns),)),))
    assert [fault.code for fault in check_form(form)] == ([code] if code else [])


def test_a_table_is_written_and_read_with_its_columns() -> None:
    asked = table(*(column(str(kind), key=f"c_{kind}", required=True) for kind in ColumnKind))
    assert Question.from_dict(asked.to_dict()) == asked
