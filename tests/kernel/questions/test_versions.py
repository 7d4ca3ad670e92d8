"""Two versions of a form, and drafts that move between them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anso.kernel.questions import (
    AnswerMigration,
    Difference,
    Form,
    Question,
    Section,
    check_migration,
    find_differences,
    migrate_answers,
    propose_migration,
)
from anso.kernel.wording import Text
from tests.kernel.questions.forms import FORM, HOSTS, LEVEL, PLAN, TRUE, ask, choices


def form_of(*questions: Question, key: str = "s") -> Form:
    return Form((Section(key, Text({"en": "S"}), questions),))


def test_equal_forms_do_not_differ() -> None:
    assert find_differences(FORM, FORM) == []


def test_every_kind_of_difference_is_found() -> None:
    old, new = form_of(LEVEL, PLAN, TRUE), form_of(replace(LEVEL, required=False), PLAN, HOSTS)
    assert find_differences(old, new) == [
        Difference("level", "changed", ("required",)),
        Difference("hosts", "added"),
        Difference("true", "removed"),
    ]
    assert find_differences(form_of(PLAN), form_of(PLAN, key="t")) == [
        Difference("plan", "changed", ("section",))
    ]


@pytest.mark.parametrize(
    ("after", "step"),
    [
        (replace(LEVEL, label=Text({"en": "New words"})), AnswerMigration.CARRY),
        (replace(LEVEL, options=choices("master", "phd", "both")), AnswerMigration.CARRY),
        (replace(LEVEL, options=choices("phd", "both")), AnswerMigration.ASK_AGAIN),
        (ask("text", "level"), AnswerMigration.ASK_AGAIN),
        (ask("text", "other"), AnswerMigration.DROP),
    ],
)
def test_the_proposed_step_follows_from_the_change(after: Question, step: AnswerMigration) -> None:
    assert propose_migration(form_of(LEVEL), form_of(after)) == {"level": step}


def test_a_statement_with_new_words_must_be_confirmed_again() -> None:
    after = replace(TRUE, label=Text({"en": "Something else"}))
    assert propose_migration(form_of(TRUE), form_of(after)) == {"true": AnswerMigration.ASK_AGAIN}


def test_a_proposed_migration_is_sound() -> None:
    old, new = form_of(LEVEL, PLAN, TRUE), form_of(ask("text", "level"), PLAN)
    assert check_migration(old, new, propose_migration(old, new)) == []


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ({}, "nothing_declared"),
        ({"plan": AnswerMigration.CARRY}, "no_target"),
        ({"plan": AnswerMigration.ASK_AGAIN}, "no_target"),
    ],
)
def test_impossible_declarations_are_named(steps: dict[str, AnswerMigration], code: str) -> None:
    assert [fault.code for fault in check_migration(form_of(PLAN), form_of(TRUE), steps)] == [code]


def test_an_answer_cannot_carry_into_another_type() -> None:
    faults = check_migration(
        form_of(PLAN), form_of(ask("number", "plan")), {"plan": AnswerMigration.CARRY}
    )
    assert [fault.code for fault in faults] == ["type_changed"]


def test_drafts_move_and_no_word_is_lost() -> None:
    old, new = form_of(LEVEL, HOSTS, PLAN), form_of(LEVEL, HOSTS)
    steps = {
        "level": AnswerMigration.CARRY,
        "hosts": AnswerMigration.ASK_AGAIN,
        "plan": AnswerMigration.DROP,
    }
    answers = {"level": "phd", "hosts": ["UCAS"], "plan": "my words", "gone": "before", "empty": ""}
    moved = migrate_answers(old, new, steps, answers)
    assert moved.answers == {"level": "phd"}
    assert moved.ask_again == ("hosts",)
    assert moved.dropped == ("plan", "gone")
    assert moved.earlier == {"hosts": ["UCAS"], "plan": "my words", "gone": "before"}
    assert set(moved.labels) == {"hosts", "plan"}
