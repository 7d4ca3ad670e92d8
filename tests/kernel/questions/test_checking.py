"""What must be corrected before answers may be submitted."""

from __future__ import annotations

from anso.kernel.questions import (
    Answered,
    Equals,
    Form,
    Section,
    check_answers,
    shown_answers,
    shown_questions,
)
from anso.kernel.wording import Text
from tests.kernel.questions.forms import ANSWERS, FORM, ask


def keys_of(answers: dict[str, object], **options: str) -> list[tuple[str, str]]:
    return [
        (problem.key, problem.message.code) for problem in check_answers(FORM, answers, **options)
    ]


def test_complete_answers_have_no_problem() -> None:
    assert keys_of(ANSWERS) == []


def test_required_questions_must_be_answered() -> None:
    assert keys_of({}) == [
        ("level", "required"),
        ("hosts", "required"),
        ("plan", "required"),
        ("true", "required"),
    ]


def test_a_question_that_answers_call_for_is_required_then() -> None:
    assert keys_of(ANSWERS | {"hosts": ["UCAS"]}) == [("supervisor", "required")]


def test_kept_answers_are_checked_again() -> None:
    assert keys_of(ANSWERS | {"plan": "one"}) == [("plan", "too_little")]


def test_one_section_can_be_checked_alone() -> None:
    assert keys_of({}, section="work") == [("plan", "required"), ("true", "required")]


def test_a_problem_names_its_place_in_words() -> None:
    problem = check_answers(FORM, ANSWERS | {"plan": ""})[0]
    assert (problem.section, str(problem)) == ("work", "plan: Answer this question.")


def test_answers_to_hidden_questions_are_not_submitted() -> None:
    answers = ANSWERS | {
        "supervisor": {"name": "A", "email": "a@example.org"},
        "unknown": 1,
        "passport": [],
    }
    assert shown_answers(FORM, answers) == ANSWERS
    assert "supervisor" in shown_answers(FORM, answers | {"hosts": ["UCAS"]})


def test_a_condition_on_a_hidden_question_sees_it_as_open() -> None:
    first = ask("yesno", "first")
    second = ask("text", "second", condition=Equals("first", True))
    third = ask("text", "third", condition=Answered("second"))
    form = Form((Section("s", Text({"en": "S"}), (first, second, third)),))
    stale = {"first": False, "second": "old words", "third": "x"}
    assert [question.key for question in shown_questions(form, stale)] == ["first"]
