"""Faults of a form itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from anso.kernel.errors import BadDefinition
from anso.kernel.questions import (
    Equals,
    FileSlot,
    Form,
    Limit,
    Question,
    Section,
    check_form,
    require_sound_form,
)
from anso.kernel.wording import Text
from tests.kernel.questions.forms import FORM, LEVEL, ask, choices

WRONG = [
    (ask("text", "Bad Key"), "bad_key"),
    (ask("text", label=Text({"ar": "س"})), "no_label"),
    (ask("hologram"), "unknown_type"),
    (ask("text", condition=Equals("later", True)), "condition_ahead"),
    (ask("choice"), "few_options"),
    (ask("choice", options=choices("a", "a")), "option_twice"),
    (
        ask("choice", options=(*choices("a"), replace(choices("b")[0], label=Text()))),
        "option_label",
    ),
    (ask("choice", options=choices("a", "b"), limit=Limit("choices")), "bad_unit"),
    (ask("file"), "bad_slot"),
    (ask("file", file=FileSlot(max_count=0)), "bad_slot"),
    (ask("date", earliest=dt.date(2001, 1, 1), latest=dt.date(2000, 1, 1)), "empty_bounds"),
    *[
        (ask(kind, limit=Limit("pages"), options=choices("a", "b")), "bad_unit")
        for kind in (
            "text",
            "longtext",
            "number",
            "multichoice",
            "ranking",
            "country",
            "email",
            "person",
            "statement",
            "yesno",
        )
    ],
]


def form_of(*questions: Question) -> Form:
    return Form((Section("s", Text({"en": "S"}), questions),))


def test_a_sound_form_has_no_fault() -> None:
    assert check_form(FORM) == []
    assert require_sound_form(FORM) is FORM
    assert (
        check_form(form_of(ask("date", earliest=dt.date(2000, 1, 1), latest=dt.date(2000, 1, 1))))
        == []
    )


@pytest.mark.parametrize(("question", "code"), WRONG)
def test_a_wrong_question_is_named(question: Question, code: str) -> None:
    faults = check_form(form_of(question))
    assert [fault.code for fault in faults] == [code]
    assert question.key in str(faults[0])


def test_keys_are_unique_in_the_whole_form() -> None:
    assert [fault.code for fault in check_form(form_of(LEVEL, LEVEL))] == ["key_twice"]


def test_sections_need_keys_titles_and_questions() -> None:
    empty = Section("s", Text(), ())
    assert [fault.code for fault in check_form(Form((empty, empty)))] == [
        "section_twice",
        "no_title",
        "no_questions",
        "no_title",
        "no_questions",
    ]
    assert [fault.code for fault in check_form(Form(()))] == ["no_sections"]


def test_an_unsound_form_is_refused_with_its_first_fault() -> None:
    with pytest.raises(BadDefinition, match="hologram"):
        require_sound_form(form_of(ask("hologram")))
