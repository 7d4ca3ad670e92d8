"""A question that is a table, on the page of a form, in words and in a dossier."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import override
from lxml.html import document_fromstring

from anso.applications.wording import value_in_words
from anso.applications.wording.answers import answer_table
from anso.applications.wording.export_sheets import typed_cell
from anso.kernel.questions import ColumnKind, Option, Question, Rate, TableColumn, clean_answer
from anso.kernel.wording import both
from anso.review.wording.dossiers import told_part
from anso.ui.exports import Sheet, export_response, sheet_name
from anso.ui.fields import field, read_value, shown_value
from anso.ui.pdf import render_pdf
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
    assert drawn.count('<fieldset class="row cells">') == 3  # two rows and one to fill
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
    assert told_part(frozen())["words"].splitlines() == IN_WORDS


def frozen() -> dict[str, Any]:
    return {
        "type": "table",
        "value": ROWS,
        "options": {},
        "columns": [column.to_dict() for column in ASKED.columns],
    }


def test_a_table_reads_in_arabic() -> None:
    with override("ar"):
        words = value_in_words(ASKED, ROWS)
    assert "البند: Salt" in words
    assert words.splitlines()[-1] == "المجموع، الكلفة (EUR): 1,234.50"


def test_an_amount_that_cannot_be_read_stands_in_words_as_it_was_typed() -> None:
    words = value_in_words(ASKED, [{"item": "Pump", "cost": "1.234,50"}], "en")
    assert words.splitlines()[0] == "Item: Pump, Cost: 1.234,50 EUR"


def test_a_table_is_drawn_as_one_and_set_on_paper_with_figures_at_their_end() -> None:
    table = answer_table(ASKED, ROWS, "en")
    assert table
    page = render_to_string("ui/answer.html", {"answer": {"table": table}, "label": "Costs"})
    text = " ".join(" ".join(document_fromstring(page).itertext()).split())
    assert text.startswith("Item Kind Country Day Paper How many Cost (EUR) Pump <b> Laboratory")
    assert text.endswith("Salt 34.00 Total 2 1,234.50")
    assert page.count('data-label="Cost (EUR)"') == 3
    (paper,) = table.on_paper()
    assert paper["numbers"] == [5, 6]
    assert paper["rows"][-1] == ["Total", "", "", "", "", "2", "1,234.50"]
    assert render_pdf("document", {"title": "T", "sections": [{"title": "C", "blocks": [paper]}]})
    assert told_part(frozen())["table"] == answer_table(ASKED, ROWS)
    without = replace(ASKED, columns=ASKED.columns[:2])
    assert answer_table(without, ROWS).on_paper()[0]["has_total"] is False  # type: ignore[union-attr]


BUDGET = Question(
    "budget",
    "table",
    both("Budget", "الميزانية"),
    columns=(
        TableColumn("who", both("Partner", "الشريك"), ColumnKind.PARTNER, has_subtotals=True),
        TableColumn("year", both("Year", "السنة"), ColumnKind.PROJECT_YEAR, has_subtotals=True),
        TableColumn("kind", both("Kind", "النوع"), ColumnKind.CHOICE, options=KINDS),
        TableColumn(
            "cost", both("Cost", "الكلفة"), ColumnKind.MONEY, currency="CNY", has_total=True
        ),
        TableColumn(
            "paid_in",
            both("Currency", "العملة"),
            ColumnKind.CURRENCY,
            currency="CNY",
            rates=(Rate("JPY", Decimal("0.05"), dt.date(2026, 10, 1)),),
        ),
    ),
)
COSTS = [
    {"who": "Nairobi", "year": "1", "cost": "1200"},
    {"who": "Lima", "year": "2", "cost": "3400", "paid_in": "JPY"},
    {"who": "Lima", "cost": "0.01"},
]


def test_what_a_budget_comes_to_is_told_by_partner_and_year_and_kept_by_the_script() -> None:
    columns = list(BUDGET.columns)
    columns[0] = replace(columns[0], options=(Option("Nairobi", both("Nairobi", "نيروبي")),))
    drawn = field(field_spec_for(replace(BUDGET, columns=tuple(columns)), COSTS))
    for markup in (
        '<option value="Lima" selected>Lima</option>',  # stays, though no partner any more
        "JPY: 1 counts 0.05 CNY, rate of 1 October 2026",
        'data-named="paid_in" data-base="CNY"',
        "By “Year”, in CNY",
        (
            'data-total="budget:cost" data-named="paid_in" data-base="CNY" data-by="who"'
            ' data-of="Lima" data-digits="2">170.01</output>'
        ),
        "nothing chosen",
    ):
        assert markup in drawn
    assert "By “Kind”" not in drawn
    table = answer_table(BUDGET, COSTS, "en")
    assert table
    assert [[line[1:] for line in each.lines] for each in table.sums] == [
        [("Nairobi", "1,200.00"), ("Lima", "170.01")],
        [("Year 1", "1,200.00"), ("Year 2", "170.00"), ("nothing chosen", "0.01")],
    ]
    assert table.rows[1] == ("Lima", "Year 2", "", "3,400", "JPY")
    assert [block["kind"] for block in table.on_paper()] == ["table", "table", "table"]
    assert "Cost: 3,400 JPY" in value_in_words(BUDGET, COSTS, "en")
    page = render_to_string("ui/answer_table.html", {"table": table, "label": "Budget"})
    assert "170.01" in page


PLAN = Question(
    "plan",
    "table",
    both("Work plan", "خطة العمل"),
    columns=(
        TableColumn("task", both("Task", "المهمة")),
        TableColumn("begins", both("From", "من"), ColumnKind.FROM_MONTH, most=24),
        TableColumn("ends", both("To", "إلى"), ColumnKind.TO_MONTH, most=24),
    ),
)
TASKS = [
    {"task": "Survey <1>", "begins": "1", "ends": "6"},
    {"task": "Report", "begins": "24", "ends": "24"},
    {"task": "Some day", "begins": "3"},
    {"begins": "9", "ends": "3"},
    {"begins": "1", "ends": "999999999"},
]


def test_a_work_plan_is_drawn_as_bars_that_say_their_months_and_turn_with_the_language() -> None:
    drawn = field(field_spec_for(PLAN, TASKS))
    assert drawn.count("<rect") == 2
    assert "Survey &lt;1&gt;" in drawn
    assert 'aria-label="months 1 to 6"' in drawn
    assert 'aria-label="month 24"' in drawn
    assert '<rect x="0" width="6"' in drawn
    with override("ar"):
        assert '<rect x="18" width="6"' in field(field_spec_for(PLAN, TASKS))
    assert "<rect" not in field(field_spec_for(PLAN, TASKS[2:]))
    table = answer_table(PLAN, TASKS, "en")
    assert table
    assert table.chart().count("<rect") == 2
    (_block, chart) = table.on_paper()
    assert (chart["months"], len(chart["tasks"])) == (24, 2)
    for language in ("en", "ar"):
        with override(language):
            assert render_pdf(
                "document", {"title": "T", "sections": [{"title": "P", "blocks": [chart]}]}
            )


def test_a_cell_of_a_spreadsheet_is_the_value_that_it_is() -> None:
    row = ROWS[0] | {"cost": "1.234,50"}
    cells = [typed_cell(column, row, "en") for column in ASKED.columns]
    day = dt.date(2027, 2, 9)
    assert cells == [
        "Pump <b>",
        "Laboratory",
        "Kenya",
        day,
        "https://doi.org/10.1000/1",
        2,
        row["cost"],
    ]
    assert typed_cell(ASKED.columns[-1], ROWS[0], "en") == Decimal("1200.5")
    assert typed_cell(ASKED.columns[-2], {"many": "2.5"}, "en") == "2.5"
    assert typed_cell(ASKED.columns[3], {"on": "soon"}, "en") == "soon"


def test_an_amount_is_a_number_in_a_spreadsheet_as_long_as_it_stays_exact() -> None:
    amounts = [[Decimal("1200.5")], [Decimal("12345678901234.56")], ["=1+1"]]
    beside = [Sheet("Costs: all/[of] them " * 3, ["Cost"], amounts), Sheet("[]", ["A"], [])]
    sent = export_response("xlsx", "list", ["Number", "Day"], [["F1", dt.date(2027, 2, 9)]], beside)
    packed = io.BytesIO(b"".join(sent))  # type: ignore[arg-type]
    sent.file_to_stream.close()
    book = zipfile.ZipFile(packed)
    names = re.findall('sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
    assert names == ["Sheet1", "Costs  all  of  them Costs  all", "2"]
    sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<v>1200.5</v>" in sheet
    assert "<t>12345678901234.56</t>" in sheet
    assert "<t>=1+1</t>" in sheet
    assert sheet_name("Costs", ["", "costs"]) == "Costs 2"


def test_a_table_without_rows_says_nothing() -> None:
    assert value_in_words(ASKED, None) == ""
    assert answer_table(ASKED, None) is None
    assert "Total, Cost (EUR): <output" in field(field_spec_for(ASKED, None))
