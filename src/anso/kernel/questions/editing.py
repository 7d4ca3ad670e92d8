"""Changing a form: each function returns a new form, the old one stays as it was.

Here: placing, replacing, moving and removing questions. Not here: whether the result is sound
(`definition`) and what becomes of answers (`versions`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from anso.kernel.errors import BadInput
from anso.kernel.questions.model import Form, Meaning, Question, Section
from anso.kernel.wording import gettext_noop

OLDEST, YOUNGEST = 120, 10


def add_question(form: Form, section_key: str, question: Question) -> Form:
    """Return the form with the question at the end of a section; refuses a key that is asked
    already.
    """
    if question.key in form.keys():  # noqa: SIM118 - a form is no mapping
        raise BadInput(gettext_noop("“%(key)s” is asked already."), key=question.key)
    if section_key not in {section.key for section in form.sections}:
        raise BadInput(gettext_noop("There is no section “%(key)s”."), key=section_key)
    return _change(form, section_key, lambda asked: (*asked, question))


def replace_question(form: Form, question: Question) -> Form:
    """Return the form with other words or limits for the question of that key."""
    place = _section_of(form, question.key).key
    return _change(
        form,
        place,
        lambda asked: tuple(question if one.key == question.key else one for one in asked),
    )


def bound_birth_dates(form: Form, on: date) -> Form:
    """Return the form in which a date of birth lies between a hundred and twenty and ten years
    before a day; bounds that a question has stay.
    """
    earliest, latest = (date(on.year - years, 1, 1) for years in (OLDEST, YOUNGEST))

    def bound(question: Question) -> Question:
        if Meaning.BIRTH_DATE not in question.means or question.earliest or question.latest:
            return question
        return replace(question, earliest=earliest, latest=latest)

    sections = (
        replace(section, questions=tuple(map(bound, section.questions)))
        for section in form.sections
    )
    return replace(form, sections=tuple(sections))


def remove_question(form: Form, key: str) -> Form:
    """Return the form without a question; refuses the last one of a section, and one that others
    depend on.
    """
    section = _section_of(form, key)
    if len(section.questions) == 1:
        raise BadInput(
            gettext_noop("A section must ask something. “%(key)s” is its last question."), key=key
        )
    for other in form.questions():
        if other.condition and key in other.condition.keys():  # noqa: SIM118 - a condition is no mapping
            raise BadInput(
                gettext_noop("“%(other)s” is only asked after “%(key)s”. Remove it first."),
                key=key,
                other=other.key,
            )
    return _change(form, section.key, lambda asked: tuple(one for one in asked if one.key != key))


def move_question(form: Form, key: str, steps: int) -> Form:
    """Return the form with a question some places further down (or up, below zero) in its section;
    stops at the ends.
    """
    section = _section_of(form, key)
    asked = [question for question in section.questions if question.key != key]
    place = [question.key for question in section.questions].index(key)
    asked.insert(min(max(place + steps, 0), len(asked)), form.question(key))
    return _change(form, section.key, lambda _: tuple(asked))


def place_question(form: Form, key: str, section_key: str) -> Form:
    """Return the form with a question at the end of another section; refuses one that there is
    not.
    """
    question, place = find_question(form, key), _section_of(form, key)
    if place.key == section_key:
        return form
    left = _change(form, place.key, lambda asked: tuple(one for one in asked if one.key != key))
    return add_question(left, section_key, question)


def find_question(form: Form, key: str) -> Question:
    """Return the question of that key; refuses one that the form does not ask."""
    _section_of(form, key)
    return form.question(key)


def _section_of(form: Form, key: str) -> Section:
    try:
        return form.section_of(key)
    except KeyError:
        raise BadInput(
            gettext_noop("There is no question “%(key)s” in this form."), key=key
        ) from None


Questions = tuple[Question, ...]


def _change(form: Form, section_key: str, edit: Callable[[Questions], Questions]) -> Form:
    sections = (
        (
            replace(section, questions=edit(section.questions))
            if section.key == section_key
            else section
        )
        for section in form.sections
    )
    return replace(form, sections=tuple(sections))
