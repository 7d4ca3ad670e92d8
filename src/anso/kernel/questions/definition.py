"""Is a form itself sound? Checked when staff edit it and before it is published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from anso.kernel.errors import BadDefinition
from anso.kernel.questions.audiences import is_read_by
from anso.kernel.questions.budgets import amount_column
from anso.kernel.questions.meanings import MEANT_TYPES
from anso.kernel.questions.model import Audience, Form, Meaning, Question
from anso.kernel.questions.registry import QUESTION_TYPES
from anso.kernel.questions.sums import SumTest
from anso.kernel.questions.types.table import WITH_CURRENCY
from anso.kernel.wording import FALLBACK_LANGUAGE, Message, gettext_noop

# What lists, search, exports and the ranking of a call show of every application: whoever opens one
# of these must be a reader of each, so no list has to be narrowed row by row.
LISTED = frozenset(
    {
        Meaning.TITLE,
        Meaning.APPLICANT_NAME,
        Meaning.SUBJECT_NAME,
        Meaning.CATEGORY,
        Meaning.PREFERENCE,
        Meaning.COUNTRY,
    }
)
LIST_READERS = (Audience.OFFICERS, Audience.PANEL, Audience.AUDITORS)

# Rules that hold one sum against another.
COMPARED = frozenset({SumTest.SHARE, SumTest.RATIO})
EMPTY_SECTION = "no_questions"
# What may be lacking while a form is drafted: it is filled in afterwards, on a page of its own.
UNFINISHED = frozenset({EMPTY_SECTION, "no_choices"})
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


def check_form(form: Form) -> list[Message]:
    """List what is wrong with the form, each sentence naming the section or question."""
    return [*_check_sections(form), *_check_questions(form)]


def require_sound_form(form: Form, *, is_draft: bool = False) -> Form:
    """Return the form, or refuse it with its first fault. While it is drafted a section may stand
    empty until something is asked in it, and a column without what may be chosen.
    """
    for fault in check_form(form):
        if not (is_draft and fault.code in UNFINISHED):
            raise BadDefinition.of(fault)
    return form


def _check_sections(form: Form) -> Iterator[Message]:
    if not form.sections:
        yield Message("no_sections", gettext_noop("The form has no sections."))
    for key, times in Counter(section.key for section in form.sections).items():
        if times > 1:
            yield Message(
                "section_twice", gettext_noop("Two sections have the key “%(key)s”."), {"key": key}
            )
    for section in form.sections:
        if FALLBACK_LANGUAGE not in section.title:
            yield Message(
                "no_title",
                gettext_noop("Section “%(key)s” has no English title."),
                {"key": section.key},
            )
        if not section.questions:
            yield Message(
                EMPTY_SECTION,
                gettext_noop("Section “%(section)s” asks nothing."),
                {"section": section.title or section.key},
            )


def _check_questions(form: Form) -> Iterator[Message]:
    numbers = {question.key for question in form.questions() if question.type == "number"}
    earlier: set[str] = set()
    for question in form.questions():
        yield from _check_key(question, earlier)
        yield from _check_condition(question, earlier)
        yield from _check_bounds(question)
        yield from _check_type(question)
        yield from _check_meanings(question)
        yield from _check_readers(question)
        yield from _check_sums(question, numbers)
        earlier.add(question.key)


def _check_key(question: Question, earlier: set[str]) -> Iterator[Message]:
    place = {"key": question.key}
    if not _KEY.fullmatch(question.key):
        yield Message(
            "bad_key",
            gettext_noop("The key “%(key)s” must be lower-case Latin letters, digits and _."),
            place,
        )
    if question.key in earlier:
        yield Message("key_twice", gettext_noop("Two questions have the key “%(key)s”."), place)
    if FALLBACK_LANGUAGE not in question.label:
        yield Message("no_label", gettext_noop("Question “%(key)s” has no English label."), place)


def _check_condition(question: Question, earlier: set[str]) -> Iterator[Message]:
    if question.condition is None:
        return
    for other in sorted(question.condition.keys() - earlier):
        yield Message(
            "condition_ahead",
            gettext_noop(
                "Question “%(key)s” depends on “%(other)s”, which is not asked before it."
            ),
            {"key": question.key, "other": other},
        )


def _check_bounds(question: Question) -> Iterator[Message]:
    """Nobody can answer between a least and a most that pass each other."""
    limit = question.limit
    if limit and limit.least is not None and limit.most is not None and limit.least > limit.most:
        text = gettext_noop("Question “%(key)s”: nothing lies between its least and its most.")
        yield Message("no_room", text, {"key": question.key})


def _check_type(question: Question) -> Iterator[Message]:
    found = QUESTION_TYPES.get(question.type)
    if found is None:
        yield Message(
            "unknown_type",
            gettext_noop("Question “%(key)s” has the unknown type “%(type)s”."),
            {"key": question.key, "type": question.type},
        )
        return
    yield from found.check_definition(question)


def _check_meanings(question: Question) -> Iterator[Message]:
    for meaning in question.means:
        if question.type not in MEANT_TYPES[meaning]:
            yield Message(
                "meaning_of_other_type",
                gettext_noop("Question “%(key)s” cannot mean “%(meaning)s”: its type is %(type)s."),
                {"key": question.key, "meaning": str(meaning), "type": question.type},
            )


def _check_sums(question: Question, numbers: set[str]) -> Iterator[Message]:
    """Rules about amounts add up one column of money, by columns that there are, and agree with a
    question for a number.
    """
    money = {column.currency for column in question.columns if column.kind in WITH_CURRENCY}
    if (question.sums and not amount_column(question.columns)) or len(money) > 1:
        text = gettext_noop(
            "Question “%(key)s”: its amounts are in one currency, and rules about amounts need"
            " some."
        )
        yield Message("no_amounts", text, {"key": question.key})
    columns = {column.key for column in question.columns}
    keys = [rule.key for rule in question.sums]
    if any(times > 1 for times in Counter(keys).values()):
        text = gettext_noop("Question “%(key)s”: each rule about its amounts has a key of its own.")
        yield Message("sum_twice", text, {"key": question.key})
    for rule in question.sums:
        others = {rule.other} - numbers if rule.test is SumTest.AGREES else set()
        for name in sorted({*rule.columns()} - columns | others):
            text = gettext_noop(
                "Question “%(key)s”: a rule about its amounts names “%(name)s”, which is no column"
                " of it, or no question for a number."
            )
            yield Message("sum_of_nothing", text, {"key": question.key, "name": name})
        if not rule.label or (rule.test in COMPARED and not rule.of_label):
            text = gettext_noop(
                "Question “%(key)s”: a rule about its amounts does not say what it is about."
            )
            yield Message("sum_unnamed", text, {"key": question.key})


def _check_readers(question: Question) -> Iterator[Message]:
    if LISTED.isdisjoint(question.means):
        return
    if not all(is_read_by(question, frozenset({reader})) for reader in LIST_READERS):
        yield Message(
            "listed_unread",
            gettext_noop(
                "Lists show the answer to “%(key)s” to officers and the chair: name"
                " both as its readers, and do not mark it as sensitive."
            ),
            {"key": question.key},
        )
