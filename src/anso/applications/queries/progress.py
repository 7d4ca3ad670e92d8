"""The task list of an application: what is done, what is missing, computed from the answers each
time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from anso.applications.models import Application, Document, SaveReceipt
from anso.applications.queries.answers import (
    answers_with_documents,
    documents_by_slot,
    get_form_of,
    plain_answers,
)
from anso.applications.queries.eligibility import judge_draft
from anso.applications.queries.letters import LetterStatus, letter_statuses, writer_keys
from anso.applications.queries.receipt_pdf import value_in_words
from anso.kernel.eligibility import Eligibility, EligibilityVerdict
from anso.kernel.questions import Form, Problem, Question, Section, check_answers, shown_questions
from anso.kernel.questions.conditions import is_answered


@dataclass(frozen=True)
class Task:
    """One line of the task list: where it leads, its state in words, and a note on what it
    holds.
    """

    key: str
    title: str
    url: str
    note: str
    status: str
    tone: str
    is_done: bool


@dataclass(frozen=True)
class Progress:
    """An application seen as work: its tasks, what is missing before submission, its letters and
    the eligibility check.
    """

    tasks: tuple[Task, ...]
    problems: tuple[Problem, ...]
    letters: tuple[LetterStatus, ...]
    verdict: EligibilityVerdict
    documents: Mapping[str, list[Document]]
    answers: Mapping[str, Any]
    form: Form
    writers: frozenset[str]


def get_progress(application: Application) -> Progress:
    """Compute the task list. Eligibility comes first and letters last; between them one task per
    section of the form.
    """
    form = get_form_of(application)
    documents = documents_by_slot(application)
    answers = answers_with_documents(application, documents)
    problems = tuple(check_answers(form, answers))
    letters = tuple(letter_statuses(application))
    verdict = judge_draft(application)
    tasks = [_eligibility_task(application, verdict)]
    writers = writer_keys(form, application.call)
    topics = [section for section in form.sections if not names_only_writers(section, writers)]
    tasks += [_section_task(application, section, form, answers, problems) for section in topics]
    if letters:
        tasks.append(_letters_task(application, letters))
    return Progress(tuple(tasks), problems, letters, verdict, documents, answers, form, writers)


def names_only_writers(section: Section, writers: frozenset[str]) -> bool:
    """Whether a section does nothing but name writers of letters: it is answered on the page of
    letters.
    """
    return bool(section.questions) and all(
        question.key in writers for question in section.questions
    )


def find_problem_url(application: Application, problem: Problem, writers: frozenset[str]) -> str:
    """The place where a problem is corrected, with what is missing there pointed out; writers are
    named on the page of letters.
    """
    if problem.key in writers:
        return f"{reverse('applications:letters', args=[application.reference])}#{problem.key}"
    return f"{section_url(application, problem.section)}?missing=1#f-{problem.key}"


def section_url(application: Application, section: str) -> str:
    """The page of one section."""
    return reverse("applications:section", args=[application.reference, section])


ELIGIBILITY_TONES = {
    Eligibility.ELIGIBLE: "good",
    Eligibility.ASK_US: "attn",
    Eligibility.NOT_ELIGIBLE: "stop",
}


def eligibility_in_words(standing: str) -> str:
    """What the eligibility check says, in the reader's language."""
    words = {
        "eligible": gettext("eligible"),
        "ask_us": gettext("facts missing"),
        "not_eligible": gettext("not eligible"),
    }
    return words.get(str(standing), "")


def _eligibility_task(application: Application, verdict: EligibilityVerdict) -> Task:
    notes = {
        Eligibility.ELIGIBLE: gettext("By your answers, all rules are met."),
        Eligibility.ASK_US: gettext("Some rules cannot be judged until you have answered more."),
        Eligibility.NOT_ELIGIBLE: gettext("By your answers, a rule is not met. See which one."),
    }
    return Task(
        "eligibility",
        gettext("Are you eligible?"),
        reverse("applications:eligibility", args=[application.reference]),
        notes[verdict.eligibility],
        (
            gettext("done")
            if verdict.eligibility is Eligibility.ELIGIBLE
            else eligibility_in_words(verdict.eligibility)
        ),
        ELIGIBILITY_TONES[verdict.eligibility],
        verdict.eligibility is Eligibility.ELIGIBLE,
    )


def _section_task(
    application: Application,
    section: Section,
    form: Form,
    answers: Mapping[str, Any],
    problems: tuple[Problem, ...],
) -> Task:
    language = get_language() or "en"
    shown = {question.key for question in shown_questions(form, answers)}
    asked = [question for question in section.questions if question.key in shown]
    wrong = {problem.key for problem in problems if problem.section == section.key}
    word, tone = _section_state(asked, wrong, answers)
    note = _section_note(asked, language)
    title = section.title.in_language(language)
    return Task(
        section.key, title, section_url(application, section.key), note, word, tone, not wrong
    )


def _section_note(asked: list[Question], language: str) -> str:
    statements = sum(question.type == "statement" for question in asked)
    labels = [
        question.label.in_language(language) for question in asked if question.type != "statement"
    ]
    parts = [label if len(label) <= 42 else f"{label[:40]}…" for label in labels[:4]]
    if statements:
        parts.append(
            ngettext("%(n)d statement to confirm", "%(n)d statements to confirm", statements)
            % {"n": statements}
        )
    return " · ".join(parts)


def _section_state(
    asked: list[Question], wrong: set[str], answers: Mapping[str, Any]
) -> tuple[str, str]:
    if not wrong:
        return gettext("done"), "good"
    if not any(is_answered(answers.get(question.key)) for question in asked):
        return gettext("to do"), ""
    lacking = [question for question in asked if question.type == "file" and question.key in wrong]
    if len(lacking) == len(wrong):
        text = ngettext("%(n)d document missing", "%(n)d documents missing", len(lacking))
        return text % {"n": len(lacking)}, "attn"
    return gettext("in progress"), "act"


def _letters_task(application: Application, letters: tuple[LetterStatus, ...]) -> Task:
    done = sum(status.code == "completed" for status in letters)
    stuck = [status for status in letters if status.needs_attention]
    word = gettext("%(n)d of %(all)d") % {"n": done, "all": len(letters)}
    note = "; ".join(f"{status.name}: {status.word}" for status in letters if status.name)
    ending = gettext("Letters do not hold up your submission.")
    tone = "stop" if stuck else ("good" if done == len(letters) else "act")
    url = reverse("applications:letters", args=[application.reference])
    return Task(
        "letters",
        gettext("Letters"),
        url,
        f"{note}. {ending}" if note else ending,
        word,
        tone,
        done == len(letters),
    )


def words_of_earlier_form(application: Application) -> list[tuple[str, str]]:
    """What a change of the form asks again or no longer asks, and is not answered anew: label and
    the words given before.
    """
    if application.form_version.number == 1:
        return []
    receipt = SaveReceipt.objects.filter(
        application=application, token=f"form-{application.form_version_id}"
    ).first()
    if receipt is None:
        return []
    language, answers = get_language() or "en", plain_answers(application)
    questions = {question.key: question for question in get_form_of(application).questions()}
    return [
        (
            questions[key].label.in_language(language) if key in questions else key,
            _earlier_words(questions.get(key), value, language),
        )
        for key, value in receipt.set_aside.items()
        if not is_answered(answers.get(key))
    ]


def _earlier_words(question: Question | None, value: Any, language: str) -> str:
    return value_in_words(question, value, language) if question else str(value)
