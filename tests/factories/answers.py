"""Answers to any form of the catalogue, made from its questions alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from anso.kernel.questions import (
    ColumnKind,
    Equals,
    Form,
    Question,
    SumTest,
    TableColumn,
    check_answers,
    settled,
    shown_questions,
)
from anso.kernel.terms import Terms

WORD = "water "
NAMES = {"supporter_1": "Bo Li", "supporter_2": "Rustam Karimov"}
CELLS = {
    "year": "2021",
    "country": "KE",
    "doi": "10.1000/1",
    "date": "2026-01-31",
    "orcid": "0000-0002-1825-0097",
}
BY_TYPE: Mapping[str, Callable[[Question, int], Any]] = {
    "text": lambda question, number: words_within(question, f"Salt and water {number}"),
    "longtext": lambda question, _number: words_within(question, ""),
    "choice": lambda question, _number: question.option_values()[0],
    "multichoice": lambda question, _number: [question.option_values()[0]],
    "ranking": lambda question, _number: list(question.option_values()),
    "yesno": lambda question, _number: "no" if question.key.startswith("is_") else "yes",
    "statement": lambda _question, _number: "yes",
    "date": lambda question, _number: (
        (question.earliest or question.latest).isoformat()
        if question.earliest or question.latest
        else "2026-01-31"
    ),
    "number": lambda question, _number: str(
        max(question.limit.least, 1) if question.limit and question.limit.least is not None else 1
    ),
    "email": lambda question, number: f"{question.key}.{number}@example.org",
    "country": lambda _question, _number: "KE",
    "orcid": lambda _question, _number: "0000-0002-1825-0097",
    "publications": lambda _question, number: [{"doi": f"10.1000/{number}"}],
    "dois": lambda _question, number: [f"10.1000/{number}"],
    "organisation": lambda _question, number: {"name": f"Institute {number}"},
    "point": lambda _question, _number: "-1.2921, 36.8219",
    "degrees": lambda _question, _number: [
        {"degree": "BSc", "institution": "Nairobi", "country": "KE", "year": "2021"}
    ],
    "person": lambda question, number: {
        "name": f"{NAMES.get(question.key, 'Wanjiru Kamau')} {number}",
        "email": f"{question.key}.{number}@example.org",
        "organisation": f"{question.key.title()} and Sons",
    },
    "partners": lambda question, number: [
        {
            "organisation": f"Institute {place} of {country}",
            "country": country,
            "name": f"Partner {place}",
            "email": f"{question.key}.{number}.{place}@example.org",
            "part": "Field work",
        }
        for place, country in enumerate(("NP", "BR", "ET"), 1)
    ],
}


def rows_within(question: Question, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows that the columns of a table let pass, and the rules about its amounts."""
    agreed = [rule for rule in question.sums if rule.test is SumTest.AGREES]
    places = [(rule.where, str(answers[rule.other])) for rule in agreed] or [((), "1")]
    return [
        {column.key: cell_within(column, amount) for column in question.columns}
        | {key: values[0] for key, values in where}
        for where, amount in places
    ]


def cell_within(column: TableColumn, amount: str) -> str:
    """Something that a column of a table lets pass."""
    if column.options:
        return column.options[0].value
    if column.kind is ColumnKind.MONEY:
        return amount
    return column.currency or CELLS.get(column.kind, "1")


def words_within(question: Question, start: str) -> str:
    """A text that a limit of words or characters lets pass."""
    least = int(question.limit.least or 0) if question.limit else 0
    is_counted_in_words = question.limit is not None and question.limit.unit == "words"
    wanted = max(least, 3) if is_counted_in_words else least // len(WORD) + 3
    return start if start and not least else (WORD * wanted).strip()


def answers_for(
    form: Form, number: int = 1, given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Complete answers, documents aside; ``number`` tells people apart, ``given`` are some of them
    that are known. Fails with the first question that it cannot answer.
    """
    answers: dict[str, Any] = dict(given or {})
    for _ in form.questions():  # an answer may open further questions
        for question in shown_questions(form, answers):
            if question.key in answers or not question.required:
                continue
            if question.type == "table":
                answers[question.key] = rows_within(settled(question, form, answers), answers)
            elif question.type in BY_TYPE:
                answers[question.key] = BY_TYPE[question.type](question, number)
    wrong = [
        problem
        for problem in check_answers(form, answers)
        if form.question(problem.key).type != "file"
    ]
    assert wrong == [], wrong[0]
    return answers


def answers_asking_everybody(form: Form, terms: Terms, number: int = 1) -> dict[str, Any]:
    """The same, so that every writer of a letter is asked whom the call can ask."""
    named = [form.question(key) for rule in terms.letters for key in rule.asked_in]
    opening = {
        each.condition.key: each.condition.value
        for each in named
        if isinstance(each.condition, Equals)
    }
    people = {each.key: BY_TYPE[each.type](each, number) for each in named if not each.required}
    return answers_for(form, number, opening | people)
