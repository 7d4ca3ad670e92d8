"""The budget and the work plan of a full proposal: what agrees is let pass, and each unhappy one is
told what is wrong, to the cent.
"""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import pytest

from anso.demonstration.answers import Composer
from anso.demonstration.people import invent_person
from anso.kernel.questions import check_answers
from anso.programmes.catalogue import find_kind
from tests.factories.answers import answers_for

FORM = find_kind("collaborative_research").further_forms["full_proposal"]
LEAD = "University of Nairobi"
PARTNER = {"organisation": "Tribhuvan University", "country": "NP", "name": "S", "email": "s@e.org"}
FIXED = {"organisation": LEAD, "partners": [PARTNER], "duration_months": "36"}
HALF = {"year": "1", "category": "people"}


def row(payer: str, amount: str, **more: str) -> dict[str, str]:
    return {"partner": LEAD, "payer": payer, "amount": amount, **HALF} | more


def task(begins: str, ends: str, lead: str = LEAD) -> dict[str, str]:
    return {"task": "Survey", "lead": lead, "begins": begins, "ends": ends}


def told(
    budget: list[dict[str, str]], plan: list[dict[str, str]] | None = None, **more: Any
) -> str:
    """What is wrong with the full proposal, documents aside."""
    money = {"requested": "1000000", "matching": "1000000"}
    answers = answers_for(FORM) | FIXED | money | {"budget": budget} | more
    answers["work_plan"] = plan or [task("1", "36")]
    problems = check_answers(FORM, answers)
    return " ".join(
        str(each.message) for each in problems if FORM.question(each.key).type != "file"
    )


ALL = (row("alliance", "1000000"), row("own", "600000"), row("other", "400000"))


def test_a_budget_that_comes_to_what_is_asked_and_brought_is_let_pass() -> None:
    assert told([*ALL]) == ""


@pytest.mark.parametrize(
    ("budget", "more", "sentence"),
    [
        ([row("alliance", "0.01"), *ALL], {}, "At most 1,000,000.00 CNY are allowed; that is 0.01"),
        ([*ALL[1:], row("alliance", "999999.99")], {}, "The difference is 0.01 CNY."),
        (
            [ALL[0], row("own", "990000")],
            {"matching": "990000"},
            "1 : 1 to “Paid by the alliance”; 10,000.00 CNY are missing.",
        ),
        (
            [
                row("alliance", "699999.99"),
                row("alliance", "300000.01", category="equipment"),
                *ALL[1:],
            ],
            {},
            "Equipment paid by the alliance: 300,000.01 CNY (rows: 2).",
        ),
        (
            [*ALL, row("own", "0", partner="Lima")],
            {},
            "Row 4, Organisation: “Lima” is none of the organisations that take part",
        ),
        ([*ALL, row("own", "0", year="4")], {}, "Row 4, Year: the project has no year 4"),
    ],
)
def test_a_budget_that_does_not_is_told_what_is_wrong(
    budget: list[dict[str, str]], more: dict[str, str], sentence: str
) -> None:
    assert sentence in told(budget, **more)


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (task("1", "37"), "month 37 is beyond the end of the project, which lasts 36 months"),
        (task("9", "3"), "it ends in month 3, before it begins in month 9"),
        (task("1", "3", "Lima"), "Row 1, Led by: “Lima” is none of the organisations"),
    ],
)
def test_a_task_that_cannot_be_is_told_why(plan: dict[str, str], sentence: str) -> None:
    assert sentence in told([*ALL], [plan])


def test_more_goals_than_three_are_refused() -> None:
    assert "Choose at most 3" in told([*ALL], goals=["1", "2", "3", "4"])


@pytest.mark.parametrize("seed", range(6))
def test_proposals_of_the_demonstration_agree_with_their_budgets(seed: int) -> None:
    who = invent_person(Random(seed), seed, country="NP")
    answers = Composer(Random(seed), who, today=dt.date(2027, 1, 1)).compose(FORM)
    assert len(answers["budget"]) == 8
    problems = check_answers(FORM, answers)
    wrong = {each.key for each in problems if FORM.question(each.key).type != "file"}
    # One in ten brings too little, and then the budget says so.
    assert wrong <= ({"budget"} if answers["matching"] == "1000" else set())
