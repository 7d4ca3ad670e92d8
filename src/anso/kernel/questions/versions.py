"""Two versions of a form: what differs, and what becomes of answers already given.

A live form is never edited. A new version comes with one declared declared per old question, so
that every draft moves in the same way and nobody loses words without being told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from anso.kernel.questions.conditions import is_answered
from anso.kernel.questions.model import Form, Question
from anso.kernel.wording import Message, Text, gettext_noop


class AnswerMigration(StrEnum):
    """What becomes of the answer to one question when a draft moves to a new version."""

    CARRY = "carry"
    ASK_AGAIN = "ask_again"
    DROP = "drop"


@dataclass(frozen=True)
class Difference:
    """One question that was added, removed, changed or moved; `parts` names what changed."""

    key: str
    kind: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class MigratedAnswers:
    """Answers under the new version, with what the applicant must be told.

    `ask_again` keys are open once more and `dropped` are gone; `earlier` keeps the words of
    both, so that they can be shown and copied.
    """

    answers: Mapping[str, Any]
    ask_again: tuple[str, ...]
    dropped: tuple[str, ...]
    earlier: Mapping[str, Any]
    labels: Mapping[str, Text]


def find_differences(old: Form, new: Form) -> list[Difference]:
    """List what differs between two versions: new order first, removed questions last."""
    before = {question.key: question for question in old.questions()}
    after = {question.key: question for question in new.questions()}
    found = []
    for key, question in after.items():
        if key not in before:
            found.append(Difference(key, "added"))
            continue
        parts = _changed_parts(before[key], question)
        if old.section_of(key).key != new.section_of(key).key:
            parts = (*parts, "section")
        if parts:
            found.append(Difference(key, "changed", parts))
    return found + [Difference(key, "removed") for key in before if key not in after]


def _changed_parts(before: Question, after: Question) -> tuple[str, ...]:
    old, new = before.to_dict(), after.to_dict()
    return tuple(name for name in sorted({*old, *new}) if old.get(name) != new.get(name))


def propose_migration(old: Form, new: Form) -> dict[str, AnswerMigration]:
    """Propose what becomes of the answers to every old question.

    Removed questions drop. Those whose type changed, a statement whose words changed, and
    those that lost an option are asked again. All others carry.
    """
    after = {question.key: question for question in new.questions()}
    return {
        question.key: _propose_answer_migration(question, after.get(question.key))
        for question in old.questions()
    }


def _propose_answer_migration(before: Question, after: Question | None) -> AnswerMigration:
    if after is None:
        return AnswerMigration.DROP
    has_new_words = before.type == "statement" and before.label != after.label
    has_lost_option = bool(set(before.option_values()) - set(after.option_values()))
    if before.type != after.type or has_new_words or has_lost_option:
        return AnswerMigration.ASK_AGAIN
    return AnswerMigration.CARRY


def check_migration(
    old: Form, new: Form, migration: Mapping[str, AnswerMigration]
) -> list[Message]:
    """List what is missing or impossible in what was declared."""
    after = {question.key: question for question in new.questions()}
    faults = []
    for question in old.questions():
        declared = migration.get(question.key)
        place = {"key": question.key}
        if declared is None:
            faults.append(
                Message(
                    "nothing_declared",
                    gettext_noop("Say what becomes of answers to “%(key)s”."),
                    place,
                )
            )
        elif declared is not AnswerMigration.DROP and question.key not in after:
            faults.append(
                Message(
                    "no_target",
                    gettext_noop("“%(key)s” is no longer asked, so it can only drop."),
                    place,
                )
            )
        elif declared is AnswerMigration.CARRY and after[question.key].type != question.type:
            faults.append(
                Message(
                    "type_changed",
                    gettext_noop("“%(key)s” changed its type, so it cannot carry."),
                    place,
                )
            )
    return faults


def migrate_answers(
    old: Form, new: Form, migration: Mapping[str, AnswerMigration], answers: Mapping[str, Any]
) -> MigratedAnswers:
    """Move one draft's answers to the new version as declared.

    Questions of the old version of which nothing is declared drop: `check_migration` finds
    them beforehand.
    """
    given = {key: answer for key, answer in answers.items() if is_answered(answer)}
    carried = {
        key: answer for key, answer in given.items() if migration.get(key) is AnswerMigration.CARRY
    }
    again = tuple(key for key in given if migration.get(key) is AnswerMigration.ASK_AGAIN)
    dropped = tuple(key for key in given if key not in carried and key not in again)
    known = {question.key: question.label for question in (*old.questions(), *new.questions())}
    return MigratedAnswers(
        answers=carried,
        ask_again=again,
        dropped=dropped,
        earlier={key: given[key] for key in (*again, *dropped)},
        labels={key: known[key] for key in (*again, *dropped) if key in known},
    )
