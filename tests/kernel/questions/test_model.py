"""Questions, sections and forms as data."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from anso.kernel.errors import BadDefinition
from anso.kernel.questions import (
    AllOf,
    Audience,
    Equals,
    FileSlot,
    Form,
    Limit,
    Option,
    Question,
    Section,
)
from anso.kernel.wording import Text
from tests.kernel.questions.forms import FORM, LEVEL, ask, choices


def test_a_question_with_every_part_survives_json() -> None:
    question = Question(
        "born",
        "date",
        Text({"en": "Born", "ar": "ولد"}),
        hint=Text({"en": "As in the passport"}),
        why=Text({"en": "Age limits"}),
        who_sees=(Audience.OFFICERS, Audience.HOSTS),
        required=False,
        limit=Limit.of("words", most=3),
        options=(Option("a", Text({"en": "A"}), Text({"en": "hint"})), *choices("b")),
        condition=AllOf((Equals("x", True),)),
        file=FileSlot(),
        earliest=dt.date(1990, 1, 1),
        latest=dt.date(2000, 1, 1),
        autocomplete="bday",
        is_sensitive=True,
    )
    assert Question.from_dict(json.loads(json.dumps(question.to_dict()))) == question


def test_a_form_survives_json_with_the_same_hash() -> None:
    again = Form.from_dict(json.loads(json.dumps(FORM.to_dict())))
    assert again == FORM
    assert again.hash == FORM.hash
    assert Form(FORM.sections[:1]).hash != FORM.hash


def test_questions_and_sections_are_found_by_key() -> None:
    assert FORM.question("level") == LEVEL
    assert FORM.section("work").title["en"] == "Work"
    assert FORM.section_of("plan").key == "work"
    assert FORM.keys() == ("level", "hosts", "supervisor", "plan", "passport", "true")


@pytest.mark.parametrize("look", [FORM.question, FORM.section, FORM.section_of])
def test_what_is_not_in_the_form_is_not_found(look: object) -> None:
    with pytest.raises(KeyError):
        look("nothing")  # type: ignore[operator]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"sections": [{"key": "a"}]},
        {"sections": [{"questions": []}]},
        {"sections": [{"key": "a", "questions": [{"key": "q", "type": "text"}]}]},
        {"sections": [{"key": "a", "questions": [ask("text").to_dict() | {"colour": "red"}]}]},
        {"sections": [{"key": "a", "questions": [ask("text").to_dict() | {"earliest": "soon"}]}]},
        {
            "sections": [
                {
                    "key": "a",
                    "questions": [
                        ask("text").to_dict() | {"limit": {"unit": "words", "most": "x"}}
                    ],
                }
            ]
        },
        {
            "sections": [
                {"key": "a", "questions": [ask("text").to_dict() | {"who_sees": ["everyone"]}]}
            ]
        },
    ],
)
def test_a_malformed_form_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(BadDefinition):
        Form.from_dict(content)


def test_the_refusal_names_the_question() -> None:
    with pytest.raises(BadDefinition, match="“q” has unknown parts: colour"):
        Question.from_dict(ask("text").to_dict() | {"colour": "red"})


def test_a_section_without_intro_survives_json() -> None:
    section = Section("a", Text({"en": "A"}), (LEVEL,))
    assert "intro" not in section.to_dict()
    assert Section.from_dict(section.to_dict()) == section
