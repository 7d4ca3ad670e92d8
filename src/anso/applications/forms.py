"""From questions and answers to the plain dicts that pages draw, and from what was posted back to
answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anso.applications.actions import receipt_of
from anso.applications.models import Application, Document
from anso.applications.queries.answers import get_form_of
from anso.applications.wording import needs_by_question
from anso.applications.wording.answers import answer_told
from anso.calls.wording import chair_of
from anso.directory.queries import organisations_like
from anso.directory.wording import country_choices
from anso.files.queries import is_served
from anso.kernel.questions import (
    Form,
    Question,
    Section,
    find_fault,
    is_given,
    missing_answer,
    settled,
    shown_questions,
)
from anso.kernel.questions.conditions import (
    FAILS,
    HOLDS,
    AllOf,
    AnyOf,
    Condition,
    is_answered,
    within,
)
from anso.kernel.wording import Message
from anso.ui.drafts import shown_keys
from anso.ui.fields import read_value, shown_value
from anso.ui.question_fields import field_spec_for, field_specs_for, field_type

FieldSpecs = list[dict[str, Any]]


def questions_on_page(
    form: Form,
    section: Section,
    answers: Mapping[str, Any],
    asked_letters: frozenset[str] = frozenset(),
) -> list[Question]:
    """The questions of a section that apply now; writers who were already asked are managed on the
    page of letters.
    """
    shown = {question.key for question in shown_questions(form, answers)}
    return [
        question
        for question in section.questions
        if question.key in shown
        and (question.key not in asked_letters or question.type == "partners")
    ]


def questions_ahead(
    section: Section,
    answers: Mapping[str, Any],
    now: Iterable[Question],
    asked_letters: frozenset[str] = frozenset(),
) -> list[Question]:
    """The questions of a section that are not among those that apply ``now``, and would be by other
    answers on its page.
    """
    here = {question.key for question in section.questions}
    known = {each.key for each in now} | asked_letters
    return [
        question
        for question in section.questions
        if question.key not in known
        and question.condition is not None
        and within(question.condition, here, answers) != FAILS
    ]


def questions_asked(form: Form, answers: Mapping[str, Any]) -> list[Question]:
    """The questions of all sections that these answers open, on one page."""
    return [
        question
        for section in form.sections
        for question in questions_on_page(form, section, answers)
    ]


def questions_waiting(form: Form, answers: Mapping[str, Any]) -> list[Question]:
    """The questions that other answers on the page would open."""
    return [
        question
        for section in form.sections
        for question in questions_ahead(section, answers, questions_on_page(form, section, answers))
    ]


def only_opened(
    more: str, questions: list[Question], ahead: list[Question]
) -> tuple[list[Question], list[Question]]:
    """All questions of a page, or on a page of their own those whose keys ``more`` names because
    earlier answers opened them; with those that wait for one of these.
    """
    wanted = set(more.split())
    opened = [each for each in questions if each.key in wanted]
    if not opened:
        return questions, ahead
    return opened, [each for each in ahead if each.condition and each.condition.keys() & wanted]


def opens_more(
    questions: list[Question], waiting: list[Question], answers: Mapping[str, Any]
) -> bool:
    """Whether an answer that is not there yet may open further questions: then the page cannot end
    with the button that sends.
    """
    open_keys = {each.key for each in questions if not is_answered(answers.get(each.key))}
    return any(each.condition and each.condition.keys() & open_keys for each in waiting)


def mark_conditions(
    entries: FieldSpecs,
    questions: Iterable[Question],
    ahead: Iterable[Question],
    answers: Mapping[str, Any],
) -> None:
    """Tell the fields of a page which of its other answers they depend on, and which of them wait
    for one.
    """
    asked = {question.key: question for question in (*questions, *ahead)}
    closed = {question.key for question in ahead}
    for entry in entries:
        condition = asked[entry["key"]].condition
        when = within(condition, asked, answers) if condition is not None else HOLDS
        if when != HOLDS:
            entry |= {"when": as_typed_condition(when), "is_closed": entry["key"] in closed}


def as_typed_condition(condition: Condition) -> dict[str, Any]:
    """A condition as the page's script reads it: yes and no as they are sent."""
    if isinstance(condition, AllOf | AnyOf):
        name = "all" if isinstance(condition, AllOf) else "any"
        return {name: [as_typed_condition(part) for part in condition.parts]}
    typed = {True: "yes", False: "no"}
    plain = condition.to_dict()
    if "equals" in plain:
        return plain | {"equals": typed.get(plain["equals"], plain["equals"])}
    if "in" in plain:
        return plain | {"in": [typed.get(each, each) for each in plain["in"]]}
    return plain


def questions_of_post(
    questions: Iterable[Question], asked: Collection[str], posted: QueryDict
) -> list[Question]:
    """The questions that a posted page asked: those that it showed (where it remembers none, those
    that are asked now), with what its script opened and without what it closed; files always.
    """
    opened, closed = (posted.get(name, "").split() for name in ("opened", "closed"))
    shown = ((shown_keys(posted) or frozenset(asked)) | set(opened)) - set(closed)
    return [
        each
        for each in questions
        if each.key in shown
        or (each.type == "file" and each.key in asked and each.key not in closed)
    ]


def page_field_specs(
    application: Application,
    questions: list[Question],
    answers: Mapping[str, Any],
    errors: Mapping[str, Message | str],
    documents: Mapping[str, list[Document]],
) -> FieldSpecs:
    """The dicts of one page, documents with their receipts and the ways to remove them."""
    chair = chair_of(application.call)
    form = get_form_of(application)
    asked = tuple(settled(question, form, answers) for question in questions)
    entries = field_specs_for(asked, answers, errors, countries, chair)
    needs = needs_by_question(application, questions)
    for entry in entries:
        if entry["key"] in needs:
            entry["hint"] = " ".join(filter(None, (entry.get("hint", ""), needs[entry["key"]])))
        if entry["type"] == "organisation":
            named = shown_value(entry)["name"]
            entry["found"] = [each for each in organisations_like(named) if each != named]
        if entry["type"] == "file":
            purpose = urlencode({"purpose": f"application:{application.reference}:{entry['key']}"})
            entry["upload_url"] = f"{reverse('files:uploads')}?{purpose}"
            entry["files"] = [file_line(document) for document in documents.get(entry["key"], [])]
    return entries


def countries() -> tuple[tuple[str, str], ...]:
    """All countries in the reader's language."""
    return tuple(country_choices(get_language() or "en"))


def file_line(document: Document, *, is_fixed: bool = False) -> dict[str, Any]:
    """One document under its question."""
    served = is_served(document.file)
    return {
        "name": document.file.name,
        "url": reverse("applications:document", args=[document.reference]),
        "size": document.file.size_bytes,
        "receipt": receipt_of(document),
        "status": _("received") if served else _("being checked"),
        "tone": "good" if served else "act",
        "remove": "" if is_fixed else document.reference,
    }


def read_page(questions: list[Question], request: HttpRequest) -> dict[str, Any]:
    """What was posted for the questions of a page; documents go their own way."""
    return {
        question.key: read_value(field_type(question), question.key, request.POST)
        for question in questions
        if question.type != "file"
    }


def stays_on_page(posted: QueryDict) -> bool:
    """Whether the button that was pressed takes a file away, looks an organisation up or picks one:
    then the page goes on.
    """
    return any(name in ("remove", "look_up") or name.endswith(":pick") for name in posted)


def as_typed(form: Form) -> Callable[[str, Any], Any]:
    """How an answer stands in its field, for the page's script: what was kept may have another
    shape than what was typed.
    """
    known = {question.key: question for question in form.questions()}

    def typed(key: str, value: Any) -> Any:
        return shown_value(field_spec_for(known[key], value)) if key in known else value

    return typed


def wrong_answers(
    form: Form, questions: Iterable[Question], answers: Mapping[str, Any], *, with_missing: bool
) -> dict[str, Message | str]:
    """What is wrong with answers that were given and, if asked for, what is missing."""
    errors: dict[str, Message | str] = {}
    for question in questions:
        fault = find_fault(question, form, answers)
        if fault:
            errors[question.key] = fault
        elif with_missing and question.required and not is_given(question, answers):
            errors[question.key] = missing_answer(question)
    return errors


def person_field_spec(
    question: Question, person: Mapping[str, Any] | None, chair: str, error: str = ""
) -> dict[str, Any]:
    """The dict of the fields that name a writer."""
    asked = field_spec_for(question, person, error=error, chair=chair)
    return asked | {"label": _("Who should write?")}


def answer_rows(form: Form, section: Section, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Questions and answers of a section in words, for reading: what applies, in order, gaps
    included.
    """
    shown = {question.key for question in shown_questions(form, answers)}
    return [
        answer_told(question, answers.get(question.key))
        for question in section.questions
        if question.key in shown
    ]


def read_ordinal(posted: QueryDict) -> int:
    """Which of somebody's applications to a call is meant: the first where nothing readable says
    otherwise.
    """
    typed = posted.get("ordinal", "")
    return int(typed) if len(typed) < 4 and typed.isdecimal() else 1
