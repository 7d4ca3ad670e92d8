"""What answers mean to the pipeline, whatever a form calls its questions.

A kind binds meanings to its questions; the binding travels with the form version and is frozen
with it. Screening, lists, review and selection ask for a meaning and never for a key. Not here:
what is done with the facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anso.kernel.questions.budgets import meant_amount
from anso.kernel.questions.conditions import is_answered
from anso.kernel.questions.model import Form, Meaning, Question

MEANT_TYPES: Mapping[Meaning, frozenset[str]] = {
    Meaning.TITLE: frozenset({"text", "longtext"}),
    Meaning.ABSTRACT: frozenset({"text", "longtext"}),
    Meaning.KEYWORDS: frozenset({"text", "longtext"}),
    Meaning.EXPERTISE: frozenset({"choice", "multichoice"}),
    Meaning.APPLICANT_NAME: frozenset({"text"}),
    Meaning.APPLICANT_ORGANISATION: frozenset({"text", "organisation"}),
    Meaning.SUBJECT_NAME: frozenset({"text"}),
    Meaning.SUBJECT_CONTACT: frozenset({"person"}),
    Meaning.ORGANISATION: frozenset({"text", "organisation"}),
    Meaning.PARTNERS: frozenset({"partners"}),
    Meaning.COUNTRY: frozenset({"country"}),
    Meaning.SECOND_COUNTRY: frozenset({"country"}),
    Meaning.CATEGORY: frozenset({"choice"}),
    Meaning.PREFERENCE: frozenset({"ranking", "choice", "multichoice"}),
    Meaning.GENDER: frozenset({"choice"}),
    Meaning.BIRTH_DATE: frozenset({"date"}),
    Meaning.DEGREE: frozenset({"choice"}),
    Meaning.DEGREE_DATE: frozenset({"date"}),
    Meaning.PUBLICATIONS: frozenset({"longtext"}),
    Meaning.LANGUAGE_PROOF: frozenset({"choice", "multichoice"}),
    Meaning.REQUESTED: frozenset({"number", "table"}),
    Meaning.DURATION: frozenset({"number"}),
    Meaning.HELD_COUNTRY: frozenset({"country"}),
    Meaning.HELD_CITY: frozenset({"text"}),
    Meaning.FIRST_DAY: frozenset({"date"}),
    Meaning.DAYS: frozenset({"number"}),
    Meaning.PLACES: frozenset({"number"}),
    Meaning.SPOKEN: frozenset({"text"}),
    Meaning.IN_CHARGE: frozenset({"person"}),
    Meaning.PROJECT: frozenset({"text"}),
    Meaning.CITATION: frozenset({"text", "longtext"}),
    Meaning.ORGANISATION_KIND: frozenset({"choice"}),
    Meaning.LANGUAGES: frozenset({"choice", "multichoice"}),
    Meaning.TIME_ZONES: frozenset({"choice", "multichoice"}),
    Meaning.WAYS: frozenset({"choice", "multichoice"}),
    Meaning.FROM_DAY: frozenset({"date"}),
    Meaning.UNTIL_DAY: frozenset({"date"}),
    Meaning.CAPACITY: frozenset({"number"}),
}


def meaning_fact(meaning: Meaning) -> str:
    """How eligibility rules name a meaning among the facts they judge: ``means:birth_date``."""
    return f"means:{meaning}"


def questions_meaning(form: Form, meaning: Meaning) -> tuple[Question, ...]:
    """The questions of a form that carry a meaning, in their order."""
    return tuple(question for question in form.questions() if meaning in question.means)


def find_meant(form: Form, answers: Mapping[str, Any], meaning: Meaning) -> Any:
    """The answer to the first answered question with this meaning, or None where there is none.

    ``answers`` maps question keys to plain values, as a submission freezes them.
    """
    for question in questions_meaning(form, meaning):
        if is_answered(answers.get(question.key)):
            return meant_value(question, answers[question.key])
    return None


def meant_value(question: Question, answer: Any) -> Any:
    """The answer as it is meant: of a table the amount that its rules name, of an organisation its
    name, else itself.
    """
    if question.type == "table":
        return meant_amount(question, answer)
    is_organisation = question.type == "organisation" and isinstance(answer, Mapping)
    return answer.get("name") if is_organisation else answer


def facts_meant(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Meaning to answer, for every meaning that was answered: what a submission freezes for lists,
    review and selection.
    """
    found = {str(meaning): find_meant(form, answers, meaning) for meaning in Meaning}
    return {meaning: value for meaning, value in found.items() if value is not None}


def facts_for_rules(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as eligibility rules read them: by key, and by meaning beside."""
    meant = facts_meant(form, answers)
    return dict(answers) | {meaning_fact(Meaning(name)): value for name, value in meant.items()}
