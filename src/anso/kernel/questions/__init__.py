"""Forms as data: questions, sections, conditions, checking of answers, versions of a form.

This is the public surface; import from here. Rendering lives in `ui`, storage in `calls`
and `applications`.
"""

from __future__ import annotations

from anso.kernel.questions.audiences import (
    NOTHING_READ,
    WITH_A_PAGE,
    ReadAnswers,
    is_read_by,
    is_told_to_all,
    meanings_read_by,
    meanings_told_to_all,
    read_by,
    read_whole,
    readers_of,
    readers_that_may_be_named,
)
from anso.kernel.questions.checking import (
    Problem,
    check_answers,
    clean_answer,
    find_fault,
    is_given,
    missing_answer,
    shown_answers,
    shown_questions,
)
from anso.kernel.questions.columns import ColumnKind, Option, Rate, TableColumn
from anso.kernel.questions.conditions import (
    AllOf,
    Answered,
    AnyOf,
    Condition,
    Equals,
    OneOf,
    read_condition,
)
from anso.kernel.questions.definition import EMPTY_SECTION, check_form, require_sound_form
from anso.kernel.questions.meanings import (
    facts_for_rules,
    facts_meant,
    find_meant,
    meaning_fact,
    questions_meaning,
)
from anso.kernel.questions.model import (
    Audience,
    FileSlot,
    Form,
    Limit,
    Meaning,
    Question,
    Section,
)
from anso.kernel.questions.registry import QUESTION_TYPES, find_question_type
from anso.kernel.questions.settling import settled
from anso.kernel.questions.sums import SumRule, SumTest
from anso.kernel.questions.types.base import Cleaned, QuestionType
from anso.kernel.questions.versions import (
    AnswerMigration,
    Difference,
    MigratedAnswers,
    check_migration,
    find_differences,
    migrate_answers,
    propose_migration,
)

__all__ = [
    "EMPTY_SECTION",
    "NOTHING_READ",
    "QUESTION_TYPES",
    "WITH_A_PAGE",
    "AllOf",
    "AnswerMigration",
    "Answered",
    "AnyOf",
    "Audience",
    "Cleaned",
    "ColumnKind",
    "Condition",
    "Difference",
    "Equals",
    "FileSlot",
    "Form",
    "Limit",
    "Meaning",
    "MigratedAnswers",
    "OneOf",
    "Option",
    "Problem",
    "Question",
    "QuestionType",
    "Rate",
    "ReadAnswers",
    "Section",
    "SumRule",
    "SumTest",
    "TableColumn",
    "check_answers",
    "check_form",
    "check_migration",
    "clean_answer",
    "facts_for_rules",
    "facts_meant",
    "find_differences",
    "find_fault",
    "find_meant",
    "find_question_type",
    "is_given",
    "is_read_by",
    "is_told_to_all",
    "meaning_fact",
    "meanings_read_by",
    "meanings_told_to_all",
    "migrate_answers",
    "missing_answer",
    "propose_migration",
    "questions_meaning",
    "read_by",
    "read_condition",
    "read_whole",
    "readers_of",
    "readers_that_may_be_named",
    "require_sound_form",
    "settled",
    "shown_answers",
    "shown_questions",
]
