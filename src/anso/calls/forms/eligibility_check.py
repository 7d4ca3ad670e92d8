"""The questions of the two-minute eligibility check, and reading its answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from anso.calls.models import Call
from anso.calls.queries import get_form, get_terms
from anso.directory.wording import country_choices
from anso.kernel.questions import Form, Question, clean_answer
from anso.kernel.terms import Terms
from anso.ui.fields import read_values
from anso.ui.question_fields import field_specs_for, field_type


def check_questions(terms: Terms, form: Form) -> tuple[Question, ...]:
    """What the two-minute check asks: the questions that the terms name, in their order, as far as
    the form still asks them.
    """
    asked = {question.key: question for question in form.questions()}
    return tuple(asked[key] for key in terms.check_keys if key in asked)


def check_field_specs(
    questions: tuple[Question, ...], answers: Mapping[str, Any], errors: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The questions of the check ready to be drawn, with the answers so far."""
    entries = field_specs_for(questions, answers, errors, lambda: tuple(country_choices()))
    return [entry | {"required": True, "who_sees": ""} for entry in entries]


def read_check(call: Call, posted: QueryDict) -> tuple[dict[str, Any], dict[str, Any]]:
    """The cleaned answers of the check and, for those that cannot be read, the errors. What is left
    out is no error.
    """
    questions = check_questions(get_terms(call), get_form(call)[1])
    raw = read_values(
        [{"key": question.key, "type": field_type(question)} for question in questions], posted
    )
    answers, errors = {}, {}
    for question in questions:
        cleaned = clean_answer(question, raw.get(question.key))
        if cleaned.value is not None:
            answers[question.key] = cleaned.value
        if cleaned.error:
            errors[question.key] = cleaned.error
    return answers, errors
