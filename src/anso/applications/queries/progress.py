"""How far an application is: what is done, what is missing, computed from the answers each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anso.applications.enums import TaskState
from anso.applications.models import Application, Document, SaveReceipt
from anso.applications.queries.answers import (
    answers_with_documents,
    documents_by_slot,
    get_form_of,
    plain_answers,
)
from anso.applications.queries.eligibility import judge_draft
from anso.applications.queries.letters import LetterStatus, letter_statuses, writer_keys
from anso.applications.queries.required_letters import Lack, lacks_among
from anso.calls.queries import get_terms
from anso.kernel.eligibility import EligibilityVerdict
from anso.kernel.questions import Form, Problem, Question, Section, check_answers, shown_questions
from anso.kernel.questions.conditions import is_answered
from anso.kernel.terms import LetterNeed


@dataclass(frozen=True)
class Topic:
    """A section of the form seen as work: what it asks by the answers so far, how far it is, and
    how many documents it lacks.
    """

    section: Section
    asked: tuple[Question, ...]
    state: TaskState
    lacking: int = 0


@dataclass(frozen=True)
class Progress:
    """An application seen as work: its topics, what is missing before submission, its letters and
    the eligibility check.
    """

    topics: tuple[Topic, ...]
    problems: tuple[Problem, ...]
    letters: tuple[LetterStatus, ...]
    verdict: EligibilityVerdict
    documents: Mapping[str, list[Document]]
    answers: Mapping[str, Any]
    form: Form
    writers: frozenset[str]
    lacks: tuple[Lack, ...] = ()

    @property
    def letters_done(self) -> int:
        """How many letters were given."""
        return sum(status.is_given for status in self.letters)

    @property
    def before_submission(self) -> list[Lack]:
        """The letters that must be there before this can be submitted, and are not."""
        return [lack for lack in self.lacks if lack.rule.need is LetterNeed.SUBMISSION]


def get_progress(application: Application) -> Progress:
    """Compute what is done and what is missing; one topic per section of the form."""
    form = get_form_of(application)
    documents = documents_by_slot(application)
    answers = answers_with_documents(application, documents)
    problems = tuple(check_answers(form, answers))
    writers = writer_keys(form, application.call)
    letters = tuple(letter_statuses(application))
    standing = [(each.slot, each.letter) for each in letters]
    return Progress(
        topics=tuple(
            _topic(section, form, answers, problems)
            for section in form.sections
            if not names_only_writers(section, writers)
        ),
        problems=problems,
        letters=letters,
        verdict=judge_draft(application),
        documents=documents,
        answers=answers,
        form=form,
        writers=writers,
        lacks=tuple(lacks_among(application.call, get_terms(application.call), standing)),
    )


def names_only_writers(section: Section, writers: frozenset[str]) -> bool:
    """Whether a section does nothing but name writers of letters: it is answered on the page of
    letters.
    """
    return bool(section.questions) and all(
        question.key in writers for question in section.questions
    )


def _topic(
    section: Section, form: Form, answers: Mapping[str, Any], problems: tuple[Problem, ...]
) -> Topic:
    shown = {question.key for question in shown_questions(form, answers)}
    asked = tuple(question for question in section.questions if question.key in shown)
    wrong = {problem.key for problem in problems if problem.section == section.key}
    if not wrong:
        return Topic(section, asked, TaskState.DONE)
    if not any(is_answered(answers.get(question.key)) for question in asked):
        return Topic(section, asked, TaskState.TO_DO)
    lacking = [question for question in asked if question.type == "file" and question.key in wrong]
    if len(lacking) == len(wrong):
        return Topic(section, asked, TaskState.LACKS_DOCUMENTS, len(lacking))
    return Topic(section, asked, TaskState.IN_PROGRESS)


def answers_set_aside(application: Application) -> dict[str, Any]:
    """What a change of the form asks again or no longer asks, and is not answered anew: question
    key to what was answered before.
    """
    if application.form_version.number == 1:
        return {}
    receipt = SaveReceipt.objects.filter(
        application=application, token=f"form-{application.form_version_id}"
    ).first()
    if receipt is None:
        return {}
    answers = plain_answers(application)
    return {
        key: value for key, value in receipt.set_aside.items() if not is_answered(answers.get(key))
    }
