"""Who reads an answer besides the person who gave it.

One function, `readers_of`, says it for every question: pages print it, and every way to answers
keeps to it, so what is told and what is done cannot differ. Not here: who somebody is
(`applications` derives the audiences of a reader from facts).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from anso.kernel.questions.checking import shown_questions
from anso.kernel.questions.model import Audience, Form, Meaning, Question

# The public has no page yet. It is told as a reader from the day that it has one, and then of
# answers to forms that were published since: nobody agreed to more than was printed.
WITH_A_PAGE = frozenset(Audience) - {Audience.PUBLIC}


def readers_of(question: Question) -> tuple[Audience, ...]:
    """Who reads the answer, in the order to tell it.

    Those whom the question names and who have a page. Auditors read with any of them; a sensitive
    answer is read by officers alone.
    """
    return _readers(question.who_sees, question.is_sensitive)


@lru_cache(maxsize=1024)
def _readers(who_sees: tuple[Audience, ...], is_sensitive: bool) -> tuple[Audience, ...]:
    named = tuple(each for each in who_sees if each in WITH_A_PAGE and each != Audience.AUDITORS)
    if is_sensitive:
        return tuple(each for each in named if each == Audience.OFFICERS)
    return (*named, Audience.AUDITORS) if named else ()


def is_told_to_all(question: Question) -> bool:
    """Whether everybody reads the answer, once what it belongs to was selected and announced."""
    return Audience.PUBLIC in question.who_sees and not question.is_sensitive


def meanings_told_to_all(form: Form) -> frozenset[Meaning]:
    """The meanings that everybody may be told then: all questions that carry one say so."""
    found = {meaning for each in form.questions() if is_told_to_all(each) for meaning in each.means}
    kept = {
        meaning for each in form.questions() if not is_told_to_all(each) for meaning in each.means
    }
    return frozenset(found - kept)


def readers_that_may_be_named(question: Question) -> tuple[Audience, ...]:
    """Whom officers may name as readers of a question: those whose naming would change something.

    Auditors read without being named; naming others at a sensitive question would open nothing, and
    naming hosts where the kind does not: most calls have none.
    """
    everybody = replace(question, who_sees=tuple(Audience))
    unnamed = {Audience.AUDITORS, Audience.HOSTS} - {*question.who_sees} | {Audience.AUDITORS}
    return tuple(each for each in readers_of(everybody) if each not in unnamed)


def is_read_by(question: Question, audiences: frozenset[Audience]) -> bool:
    """Whether somebody who belongs to these audiences reads the answer."""
    return not audiences.isdisjoint(readers_of(question))


def meanings_read_by(form: Form, audiences: frozenset[Audience]) -> frozenset[Meaning]:
    """The meanings that may be told to these audiences: where several questions carry one, all of
    them must be theirs, for the fact does not say which it came from.
    """
    kept_from = {
        meaning
        for question in form.questions()
        if not is_read_by(question, audiences)
        for meaning in question.means
    }
    return frozenset(Meaning) - kept_from


@dataclass(frozen=True)
class ReadAnswers:
    """What somebody reads: the questions that were asked and are theirs, with the answers.

    ``form`` asks nothing under a condition any more, since a condition may turn on an answer that
    this reader does not see.
    """

    form: Form
    answers: Mapping[str, Any]
    is_whole: bool

    def has(self, key: str) -> bool:
        """Whether the question with that key was asked and is theirs."""
        return any(question.key == key for question in self.form.questions())


NOTHING_READ = ReadAnswers(Form(()), {}, is_whole=False)


def read_whole(form: Form, answers: Mapping[str, Any]) -> ReadAnswers:
    """Every question that applied, with its answer: for the person who gave them."""
    return _narrowed(form, answers, lambda _question: True)


def read_by(form: Form, answers: Mapping[str, Any], audiences: frozenset[Audience]) -> ReadAnswers:
    """The questions that applied and that these audiences read, with their answers."""
    return _narrowed(form, answers, lambda question: is_read_by(question, audiences))


def _narrowed(
    form: Form, answers: Mapping[str, Any], is_read: Callable[[Question], bool]
) -> ReadAnswers:
    asked = shown_questions(form, answers)
    kept = {each.key: replace(each, condition=None) for each in asked if is_read(each)}
    sections = (
        replace(
            section,
            questions=tuple(kept[each.key] for each in section.questions if each.key in kept),
        )
        for section in form.sections
    )
    return ReadAnswers(
        Form(tuple(section for section in sections if section.questions)),
        {key: value for key, value in answers.items() if key in kept},
        is_whole=len(kept) == len(asked),
    )
