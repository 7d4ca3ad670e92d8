"""Budgets: amounts by partner, payer, year and category, the rules about them, to the cent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anso.kernel.questions import (
    ColumnKind,
    Form,
    Limit,
    Meaning,
    Question,
    Rate,
    Section,
    SumRule,
    SumTest,
    TableColumn,
    check_answers,
    check_form,
    clean_answer,
    facts_meant,
    settled,
)
from anso.kernel.questions.budgets import subtotals, sum_where
from anso.kernel.questions.types.table import table_totals
from anso.kernel.wording import NO_TEXT, both
from tests.kernel.questions.forms import ask, choices

PAYERS = choices("alliance", "own", "other")
KINDS = choices("staff", "travel", "equipment")
ON = dt.date(2026, 10, 1)
RATES = (Rate("EUR", Decimal("7.835"), ON), Rate("JPY", Decimal("0.0471"), ON))
COLUMNS = (
    TableColumn(
        "partner", both("Partner", "الشريك"), ColumnKind.PARTNER, required=True, has_subtotals=True
    ),
    TableColumn(
        "payer",
        both("Payer", "الممول"),
        ColumnKind.CHOICE,
        required=True,
        options=PAYERS,
        has_subtotals=True,
    ),
    TableColumn("year", both("Year", "السنة"), ColumnKind.PROJECT_YEAR, has_subtotals=True),
    TableColumn(
        "kind", both("Category", "الفئة"), ColumnKind.CHOICE, options=KINDS, has_subtotals=True
    ),
    TableColumn(
        "amount",
        both("Amount", "المبلغ"),
        ColumnKind.MONEY,
        required=True,
        currency="CNY",
        has_total=True,
    ),
    TableColumn(
        "currency", both("Currency", "العملة"), ColumnKind.CURRENCY, currency="CNY", rates=RATES
    ),
)
PAID = both("Alliance", "يدفعه التحالف")
BROUGHT = both("Others", "يقدمه آخرون")
ALLIANCE = (("payer", ("alliance",)),)
OTHERS = (("payer", ("own", "other")),)
EQUIPMENT = (("kind", ("equipment",)),)


def rule(test: str, label: Any = PAID, **more: Any) -> SumRule:
    if "bound" in more:
        more["bound"] = Decimal(more["bound"])
    return SumRule(SumTest(test), label, **{"key": test, **more})


def budget(*rules: SumRule) -> Question:
    label = both("Budget", "الميزانية")
    return Question("budget", "table", label, columns=COLUMNS, sums=rules, required=False)


def form(*rules: SumRule, **more: Any) -> Form:
    questions = (
        replace(ask("text"), key="lead", means=(Meaning.APPLICANT_ORGANISATION,)),
        replace(ask("partners"), key="partners", means=(Meaning.PARTNERS,), required=False),
        replace(ask("number"), key="months", means=(Meaning.DURATION,), required=False),
        replace(ask("number"), key="requested", required=False),
        replace(budget(*rules), **more),
    )
    return Form((Section("s", both("S", "س"), questions),))


def row(amount: str, **more: str) -> dict[str, str]:
    return {"partner": "Nairobi", "payer": "alliance", "amount": amount} | more


def told(rules: Iterable[SumRule], rows: Any, **answers: Any) -> list[str]:
    known = {"lead": "Nairobi", "budget": rows} | answers
    return [str(problem.message) for problem in check_answers(form(*rules), known)]


@pytest.mark.parametrize(
    ("ruled", "rows", "sentence"),
    [
        (
            rule("most", bound="1000000"),
            [row("999999.99"), row("5", payer="own"), row("0.02")],
            (
                "Alliance: 1,000,005.01 CNY (rows: 1, 2, 3). At most 1,000,000.00 CNY are"
                " allowed; that is 5.01 CNY too much."
            ),
        ),
        (
            rule("most", bound="1000000", where=ALLIANCE),
            [row("999999.99"), row("5", payer="own"), row("0.02")],
            (
                "Alliance: 1,000,000.01 CNY (rows: 1, 3). At most 1,000,000.00 CNY are"
                " allowed; that is 0.01 CNY too much."
            ),
        ),
        (
            rule("most", bound="100", per="kind"),
            [row("100", kind="staff"), row("99.99", kind="travel"), row("0.02", kind="travel")],
            (
                "Alliance, travel: 100.01 CNY (rows: 2, 3). At most 100.00 CNY are"
                " allowed; that is 0.01 CNY too much."
            ),
        ),
        (
            rule("share", bound="0.3", where=EQUIPMENT, of_label=both("all", "الكل")),
            [row("70.01", kind="staff"), row("30.01", kind="equipment")],
            (
                "Alliance: 30.01 CNY (rows: 2). At most 30 % of “all” are allowed, that is"
                " 30.00 CNY; it is 0.01 CNY too much."
            ),
        ),
        (
            rule("ratio", BROUGHT, bound="1", where=OTHERS, of=ALLIANCE, of_label=PAID),
            [row("100000"), row("99000", payer="own")],
            (
                "Others: 99,000.00 CNY (rows: 2). It must be at least 100,000.00 CNY, which"
                " is 1 : 1 to “Alliance”; 1,000.00 CNY are missing."
            ),
        ),
        (
            rule("ratio", BROUGHT, bound="0.5", where=OTHERS, of=ALLIANCE, of_label=PAID),
            [row("0.01")],
            (
                "Others: 0.00 CNY (rows: –). It must be at least 0.01 CNY, which is 0.5 : 1"
                " to “Alliance”; 0.01 CNY are missing."
            ),
        ),
        (
            rule("agrees", where=ALLIANCE, other="requested"),
            [row("1"), row("9", payer="own")],
            (
                "Alliance: 1.00 CNY (rows: 1), but elsewhere in this form you give 1.01"
                " CNY. The difference is 0.01 CNY."
            ),
        ),
    ],
    ids=lambda value: str(getattr(value, "test", "")),
)
def test_a_rule_that_does_not_hold_names_rows_sum_and_limit_to_the_cent(
    ruled: SumRule, rows: list[dict[str, str]], sentence: str
) -> None:
    assert told([ruled], rows, requested="1.01") == [sentence]


@pytest.mark.parametrize(
    "ruled",
    [
        rule("most", bound="200.02", where=ALLIANCE),
        rule("most", bound="200.02", per="partner"),
        rule("share", bound="0.5", where=EQUIPMENT, of=ALLIANCE, of_label=PAID),
        rule("ratio", where=OTHERS, bound="1", of=ALLIANCE, of_label=PAID),
        rule("agrees", where=ALLIANCE, other="requested"),
        rule("means", where=ALLIANCE),
    ],
    ids=lambda each: str(each.test),
)
def test_what_is_exactly_at_its_limit_is_let_pass(ruled: SumRule) -> None:
    rows = [row("100.01", kind="equipment"), row("100.01")]
    rows.append(row("200.02", payer="own", partner="Lima"))
    partners = [{"organisation": "Lima", "country": "PE", "name": "A", "email": "a@example.org"}]
    assert told([ruled], rows, requested="200.02", partners=partners) == []


def test_nothing_is_held_against_an_answer_that_is_not_there_or_rows_that_are_not() -> None:
    agrees = rule("agrees", other="requested")
    assert told([agrees], [row("5")]) == []
    assert told([agrees, rule("ratio", bound="1", of_label=PAID)], None, requested="5") == []


def test_many_rows_are_named_up_to_a_few() -> None:
    (sentence,) = told([rule("most", bound="1")], [row("1")] * 12)
    assert "(rows: 1, 2, 3, 4, 5, 6, 7, 8, …)" in sentence


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"partner": "Lima"}, "“Lima” is none of the organisations that take part"),
        ({"year": "4"}, "Row 1, Year: the project has no year 4; its last one is 3."),
        ({"year": "0"}, "“0” is no year of the project. The first year is 1."),
        ({"year": "soon"}, "“soon” is no year of the project. The first year is 1."),
        ({"amount": "-1"}, "“-1” cannot be read as an amount in CNY"),
        ({"amount": "0.001"}, "at most 2 decimals"),
        ({"amount": "0.1", "currency": "JPY"}, "and at most 0 decimals"),
        ({"currency": "USD"}, "“USD” is none of these currencies: CNY, EUR, JPY."),
        ({"payer": ""}, "Row 1, Payer: this must be filled in."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused_by_row_and_column(
    cells: dict[str, str], sentence: str
) -> None:
    (problem,) = told([], [row("1") | cells], months="36")
    assert sentence in problem


def test_until_partners_and_duration_are_known_any_sound_one_is_taken() -> None:
    kept = clean_answer(budget(), [row("1", partner="Lima", year="٤")])
    assert (kept.error, kept.value[0]["year"]) == (None, "4")
    asked = settled(budget(), form(), {"lead": "Nairobi", "months": "25", "partners": ["no row"]})
    partner, _payer, year, *_rest = asked.columns
    assert [each.value for each in partner.options] == ["Nairobi"]
    assert [each.label["en"] for each in year.options] == ["Year 1", "Year 2", "Year 3"]
    for months in ("", "many", "0", "9999999"):
        assert settled(budget(), form(), {"months": months}).columns[2] == COLUMNS[2]


def test_another_currency_counts_by_its_rate_row_by_row() -> None:
    rows = [row("1.01", currency="eur"), row("333", currency="JPY"), row("1"), row("x")]
    cleaned = clean_answer(budget(), rows[:3])
    assert cleaned.error is None
    assert cleaned.value[0]["currency"] == "EUR"
    # 7.91335 and 15.6843, each in whole cents by itself, and what cannot be read is nothing.
    assert sum_where(budget(), rows, ()) == Decimal("7.91") + Decimal("15.68") + 1
    assert table_totals(COLUMNS, [row("5", currency="USD")]) == {"amount": Decimal(0)}


def test_the_amount_that_a_whole_table_means_is_that_of_its_rows() -> None:
    asked = form(rule("means", where=ALLIANCE), means=(Meaning.REQUESTED,))
    rows = [row("100.10"), row("5", payer="own"), row("0.20")]
    assert facts_meant(asked, {"budget": rows}) == {"requested": "100.3"}
    without = form(means=(Meaning.REQUESTED,))
    assert facts_meant(without, {"budget": rows}) == {}


CELLS = st.fixed_dictionaries(
    {
        "partner": st.sampled_from(["Nairobi", "Lima", "Kathmandu"]),
        "payer": st.sampled_from([each.value for each in PAYERS]),
        "amount": st.integers(0, 10**12).map(lambda cents: str(Decimal(cents) / 100)),
    },
    optional={
        "year": st.sampled_from(["1", "2", "3"]),
        "kind": st.sampled_from([each.value for each in KINDS]),
    },
)
IN_OTHERS = st.builds(
    lambda cells, code: cells | {"currency": code, "amount": cells["amount"].partition(".")[0]},
    CELLS,
    st.sampled_from(["CNY", "EUR", "JPY"]),
)


@given(st.lists(CELLS | IN_OTHERS, max_size=25))
def test_totals_by_every_axis_come_to_the_same_to_the_cent(rows: list[dict[str, str]]) -> None:
    whole = table_totals(COLUMNS, rows)["amount"]
    by = subtotals(budget(), rows)
    assert set(by) == {"partner", "payer", "year", "kind"}
    for sums in by.values():
        assert sum(sums.values()) == whole
    assert sum_where(budget(), rows, ALLIANCE) + sum_where(budget(), rows, OTHERS) == whole


@given(st.lists(CELLS, max_size=12), st.integers(0, 10**13))
def test_a_ceiling_holds_exactly_when_no_cent_is_above_it(
    rows: list[dict[str, str]], cents: int
) -> None:
    bound = Decimal(cents) / 100
    is_over = sum((Decimal(each["amount"]) for each in rows), Decimal(0)) > bound
    ours = [each | {"partner": "Nairobi"} for each in rows]
    assert bool(told([rule("most", bound=str(bound))], ours)) is is_over


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        (budget(rule("agrees", other="requested"), rule("most", bound="1", per="kind")), []),
        (budget(rule("agrees", other="lead")), ["sum_of_nothing"]),
        (budget(rule("most", where=(("where", ("x",)),))), ["sum_of_nothing"]),
        (budget(rule("share", of=ALLIANCE)), ["sum_unnamed"]),
        (budget(rule("most"), rule("most", per="kind")), ["sum_twice"]),
        (budget(rule("most", NO_TEXT)), ["sum_unnamed"]),
        (replace(budget(rule("most", bound="1")), columns=COLUMNS[:4]), ["no_amounts"]),
        (
            replace(budget(), columns=(*COLUMNS[:5], replace(COLUMNS[5], currency="EUR"))),
            ["bad_column", "no_amounts"],
        ),
        (replace(budget(), columns=(replace(COLUMNS[5], rates=()),)), ["bad_column"]),
        (replace(budget(), columns=(replace(COLUMNS[4], rates=RATES),)), ["bad_column"]),
        (replace(budget(), columns=(replace(COLUMNS[4], has_subtotals=True),)), ["bad_column"]),
        (
            replace(budget(), columns=(replace(COLUMNS[5], rates=(Rate("EUR", Decimal(0), ON),)),)),
            ["bad_column"],
        ),
    ],
)
def test_rules_and_rates_are_checked_before_anybody_is_asked(
    question: Question, codes: list[str]
) -> None:
    asked = form()
    sections = (replace(asked.sections[0], questions=(*asked.sections[0].questions[:4], question)),)
    assert [fault.code for fault in check_form(Form(sections))] == codes


def test_a_budget_is_written_and_read_with_its_rules_and_rates() -> None:
    asked = replace(
        budget(
            rule("share", bound="0.3", where=EQUIPMENT, of=ALLIANCE, of_label=PAID),
            rule("most", bound="5", per="partner"),
            rule("agrees", other="requested"),
        ),
        limit=Limit.of("entries", most=90),
    )
    assert Question.from_dict(asked.to_dict()) == asked


PLAN = Question(
    "plan",
    "table",
    both("Work plan", "خطة العمل"),
    columns=(
        TableColumn("task", both("Task", "المهمة"), required=True),
        TableColumn("begins", both("From month", "من الشهر"), ColumnKind.FROM_MONTH, required=True),
        TableColumn("ends", both("To month", "إلى الشهر"), ColumnKind.TO_MONTH),
    ),
)


@pytest.mark.parametrize(
    ("begins", "ends", "sentence"),
    [
        ("1", "36", ""),
        ("٣", "٣", ""),
        ("9", "", ""),
        ("9", "3", "Row 1: it ends in month 3, before it begins in month 9."),
        ("30", "37", "Row 1, To month: month 37 is beyond the end of the project, which lasts 36"),
        ("0", "3", "“0” is no month of the project. The first month is 1."),
        ("1.5", "3", "“1.5” is no month of the project. The first month is 1."),
    ],
)
def test_a_task_lies_within_the_project_and_ends_after_it_begins(
    begins: str, ends: str, sentence: str
) -> None:
    asked = form()
    sections = (replace(asked.sections[0], questions=(*asked.sections[0].questions[:4], PLAN)),)
    plan = [{"task": "Survey", "begins": begins, "ends": ends}]
    known = {"lead": "Nairobi", "months": "36", "plan": plan}
    problems = [str(each.message) for each in check_answers(Form(sections), known)]
    assert len(problems) == bool(sentence)
    assert sentence in "".join(problems)


def test_the_same_orcid_twice_is_refused_by_name() -> None:
    column = TableColumn("orcid", both("ORCID iD", "معرّف ORCID"), ColumnKind.ORCID)
    asked = Question("team", "table", both("Team", "الفريق"), columns=(column,))
    rows = [{"orcid": "0000-0002-1825-0097"}, {"orcid": "https://orcid.org/0000000218250097"}]
    assert "the ORCID iD 0000-0002-1825-0097 stands in row 1 already" in str(
        clean_answer(asked, rows).error
    )
    assert "is no ORCID iD" in str(clean_answer(asked, [{"orcid": "0000-0002-1825-0098"}]).error)
