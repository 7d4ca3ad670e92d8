"""Answers against a form: cleaning one, showing what applies, listing what is still wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anso.kernel.questions.budgets import sum_fault
from anso.kernel.questions.conditions import is_answered
from anso.kernel.questions.model import Form, Question
from anso.kernel.questions.registry import find_question_type
from anso.kernel.questions.settling import settled
from anso.kernel.questions.types.base import Cleaned
from anso.kernel.wording import Message, Text, gettext_noop

REQUIRED = {
    "file": gettext_noop("Upload this document."),
    "statement": gettext_noop("Confirm this statement."),
}


@dataclass(frozen=True)
class Problem:
    """One thing to correct, with the place where it is asked."""

    section: str
    key: str
    label: Text
    message: Message

    def __str__(self) -> str:
        return f"{self.label}: {self.message}"


def clean_answer(question: Question, raw: Any) -> Cleaned:
    """Turn what was typed into the value to keep, or into what was typed and an error.

    An empty answer is no error here: a draft may have gaps, and only `check_answers` asks
    for what is required. Nothing is cut silently.
    """
    return find_question_type(question.type).clean(question, raw)


def shown_questions(form: Form, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """Return the questions whose conditions hold, in order.

    A condition on a question that is itself hidden sees it as open.
    """
    shown: list[Question] = []
    seen: dict[str, Any] = {}
    for question in form.questions():
        if question.condition is None or question.condition.holds(seen):
            shown.append(question)
            seen[question.key] = answers.get(question.key)
    return tuple(shown)


def shown_answers(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers to the questions that are shown: what a submission consists of."""
    return {
        question.key: answers[question.key]
        for question in shown_questions(form, answers)
        if is_answered(answers.get(question.key))
    }


def check_answers(form: Form, answers: Mapping[str, Any], *, section: str = "") -> list[Problem]:
    """List everything that must be corrected before these answers may be submitted.

    With `section` only that page's problems are returned. Hidden questions are never a problem.
    """
    problems = []
    for question in shown_questions(form, answers):
        place = form.section_of(question.key).key
        message = _find_problem(question, form, answers) if section in ("", place) else None
        if message:
            problems.append(Problem(place, question.key, question.label, message))
    return problems


def _find_problem(question: Question, form: Form, answers: Mapping[str, Any]) -> Message | None:
    fault = find_fault(question, form, answers)
    if fault is None and question.required and not is_given(question, answers):
        return missing_answer(question)
    return fault


def find_fault(question: Question, form: Form, answers: Mapping[str, Any]) -> Message | None:
    """What is wrong with an answer that was given, by itself and beside the others of the form:
    the partners and the duration that they name, the amounts that must agree.
    """
    asked = settled(question, form, answers)
    cleaned = clean_answer(asked, answers.get(question.key))
    return cleaned.error or sum_fault(asked, cleaned.value, answers)


def is_given(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether there is an answer, once what was typed is tidied."""
    return is_answered(clean_answer(question, answers.get(question.key)).value)


def missing_answer(question: Question) -> Message:
    """What is said of a required question that has no answer yet."""
    return Message("required", REQUIRED.get(question.type, gettext_noop("Answer this question.")))
