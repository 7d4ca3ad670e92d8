"""A question that is a table, on the page of a form, in words and in a dossier."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import override

from anso.applications.wording import value_in_words
from anso.kernel.questions import ColumnKind, Option, Question, TableColumn, clean_answer
from anso.kernel.wording import both
from anso.review.wording.dossiers import told_part
from anso.ui.fields import field, read_value, shown_value
from anso.ui.question_fields import field_spec_for, field_specs_for

KINDS = (Option("lab", both("Laboratory", "مختبر")), Option("trip", both("Travel", "سفر")))
ASKED = Question(
    "costs",
    "table",
    both("Costs", "التكاليف"),
    columns=(
        TableColumn("item", both("Item", "البند"), required=True),
        TableColumn("kind", both("Kind", "النوع"), ColumnKind.CHOICE, options=KINDS),
        TableColumn("where", both("Country", "البلد"), ColumnKind.COUNTRY),
        TableColumn("on", both("Day", "اليوم"), ColumnKind.DATE),
        TableColumn("paper", both("Paper", "بحث"), ColumnKind.DOI),
        TableColumn("many", both("How many", "العدد"), ColumnKind.WHOLE, has_total=True),
        TableColumn(
            "cost", both("Cost", "الكلفة"), ColumnKind.MONEY, currency="EUR", has_total=True
        ),
    ),
)
ROWS: list[dict[str, Any]] = [
    {
        "item": "Pump <b>",
        "kind": "lab",
        "where": "KE",
        "on": "2027-02-09",
        "paper": "10.1000/1",
        "many": "2",
        "cost": "1200.5",
    },
    {"item": "Salt", "cost": "34"},
]
IN_WORDS = [
    (
        "Item: Pump <b>, Kind: Laboratory, Country: Kenya, Day: 9 February 2027,"
        " Paper: https://doi.org/10.1000/1, How many: 2, Cost: 1,200.50 EUR"
    ),
    "Item: Salt, Cost: 34.00 EUR",
    "Total, How many: 2",
    "Total, Cost (EUR): 1,234.50",
]


def test_a_table_is_drawn_by_its_columns_with_its_totals() -> None:
    (entry,) = field_specs_for((ASKED,), {"costs": ROWS}, {}, lambda: (("KE", "Kenya"),))
    drawn = field(entry)
    assert drawn.count('<fieldset class="row">') == 3  # two rows and one to fill
    for markup in (
        '<input id="f-costs:0-item" name="costs:0:item" type="text" value="Pump &lt;b&gt;"',
        '<option value="lab" selected>Laboratory</option>',
        '<option value="KE" selected>Kenya</option>',
        'type="date" value="2027-02-09"',
        "Cost (EUR) (optional)",
        ">Item</label>",
        'Total, Cost (EUR): <output data-total="costs:cost" data-digits="2">1,234.50</output>',
    ):
        assert markup in drawn


def test_what_a_page_sends_back_is_what_it_showed() -> None:
    sent = QueryDict(mutable=True)
    for number, row in enumerate([*ROWS, {}]):
        for column in ASKED.columns:
            sent[f"costs:{number}:{column.key}"] = row.get(column.key, "")
    sent["costs:x:item"] = sent["costs:9"] = sent["costs:999999999:item"] = "no cell of a row"
    read = read_value("table", "costs", sent)
    assert read == shown_value(field_spec_for(ASKED, ROWS))
    assert clean_answer(ASKED, read).value == ROWS


def test_rows_come_in_the_order_of_their_numbers() -> None:
    sent = QueryDict("costs:10:item=last&costs:2:item=first")
    assert [row["item"] for row in read_value("table", "costs", sent)] == ["first", "last"]


def test_a_table_reads_in_words_and_the_same_in_a_frozen_dossier() -> None:
    assert value_in_words(ASKED, ROWS, "en").splitlines() == IN_WORDS
    frozen = {
        "type": "table",
        "value": ROWS,
        "options": {},
        "columns": [column.to_dict() for column in ASKED.columns],
    }
    assert told_part(frozen)["words"].splitlines() == IN_WORDS


def test_a_table_reads_in_arabic() -> None:
    with override("ar"):
        words = value_in_words(ASKED, ROWS)
    assert "البند: Salt" in words
    assert words.splitlines()[-1] == "المجموع، الكلفة (EUR): 1,234.50"


def test_an_amount_that_cannot_be_read_stands_in_words_as_it_was_typed() -> None:
    words = value_in_words(ASKED, [{"item": "Pump", "cost": "1.234,50"}], "en")
    assert words.splitlines()[0] == "Item: Pump, Cost: 1.234,50 EUR"


def test_a_table_without_rows_says_nothing() -> None:
    assert value_in_words(ASKED, None) == ""
    assert "Total, Cost (EUR): <output" in field(field_spec_for(ASKED, None))
