"""The task list of an application in words, and where each of its tasks is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from anso.applications.enums import TaskState
from anso.applications.models import Application
from anso.applications.queries.letters import LetterStatus
from anso.applications.queries.progress import Progress, Topic
from anso.applications.wording.letters import lacks_in_words, letter_state
from anso.calls.queries import get_terms
from anso.kernel.eligibility import Eligibility, EligibilityVerdict
from anso.kernel.questions import Problem, Question
from anso.programmes.wording import CallWords
from anso.ui.markup import length_in_words
from anso.ui.question_fields import limit_for, set_apart

LABEL_LIMIT = 42
ELIGIBILITY_TONES = {
    Eligibility.ELIGIBLE: "good",
    Eligibility.ASK_US: "attn",
    Eligibility.NOT_ELIGIBLE: "stop",
}


@dataclass(frozen=True)
class TaskLine:
    """One line of the task list: where it leads, its state in words, and a note on what it
    holds.
    """

    key: str
    title: str
    url: str
    note: str
    status: str
    tone: str


def task_lines(application: Application, progress: Progress) -> list[TaskLine]:
    """The task list. Eligibility comes first and letters last; between them one task per topic of
    the form.
    """
    lines = [_eligibility_line(application, progress.verdict)]
    lines += [_topic_line(application, topic, progress) for topic in progress.topics]
    if progress.letters:
        lines.append(_letters_line(application, progress))
    return lines


def find_problem_url(application: Application, problem: Problem, writers: frozenset[str]) -> str:
    """The place where a problem is corrected, with what is missing there pointed out; writers are
    named on the page of letters.
    """
    if problem.key in writers:
        return f"{_letters_url(application)}#{problem.key}"
    return f"{section_url(application, problem.section)}?missing=1#f-{problem.key}"


def section_url(application: Application, section: str) -> str:
    """The page of one section."""
    return reverse("applications:section", args=[application.reference, section])


def _letters_url(application: Application) -> str:
    return reverse("applications:letters", args=[application.reference])


def eligibility_in_words(standing: str) -> str:
    """What the eligibility check says, in the reader's language."""
    words = {
        "eligible": gettext("eligible"),
        "ask_us": gettext("facts missing"),
        "not_eligible": gettext("not eligible"),
    }
    return words.get(str(standing), "")


def _eligibility_line(application: Application, verdict: EligibilityVerdict) -> TaskLine:
    notes = {
        Eligibility.ELIGIBLE: gettext("By your answers, all rules are met."),
        Eligibility.ASK_US: gettext("Some rules cannot be judged until more is answered."),
        Eligibility.NOT_ELIGIBLE: gettext("By your answers, a rule is not met. See which one."),
    }
    return TaskLine(
        "eligibility",
        str(CallWords(get_terms(application.call)).entry.question),
        reverse("applications:eligibility", args=[application.reference]),
        notes[verdict.eligibility],
        (
            gettext("done")
            if verdict.eligibility is Eligibility.ELIGIBLE
            else eligibility_in_words(verdict.eligibility)
        ),
        ELIGIBILITY_TONES[verdict.eligibility],
    )


def _topic_line(application: Application, topic: Topic, progress: Progress) -> TaskLine:
    language, section = get_language() or "en", topic.section
    word, tone = _topic_state(topic)
    return TaskLine(
        section.key,
        section.title.in_language(language),
        section_url(application, section.key),
        _topic_note(topic, progress, language),
        word,
        tone,
    )


def _topic_note(topic: Topic, progress: Progress, language: str) -> str:
    """What a topic holds: how long its texts are and who has not answered yet, and where neither is
    to be told, what it asks.
    """
    told = [*_lengths(topic, progress.answers), *_unanswered(topic, progress.letters)]
    return " · ".join(told) or _asked_in_words(topic.asked, language)


def _lengths(topic: Topic, answers: Mapping[str, Any]) -> Iterator[str]:
    """How long each text is that was begun and has a limit."""
    for question in topic.asked:
        written, limit = answers.get(question.key), limit_for(question)
        if question.type == "longtext" and isinstance(written, str) and written and limit:
            yield length_in_words(written, limit)


def _unanswered(topic: Topic, letters: Iterable[LetterStatus]) -> Iterator[str]:
    """Who was asked by a question of this topic and has not answered yet, or answered No."""
    asked = {question.key for question in topic.asked}
    for status in letters:
        if status.letter is None or status.slot.question.key not in asked:
            continue
        if status.code in ("waiting", "sent", "opened"):
            yield gettext("%(name)s has not answered yet") % {"name": status.name}
        elif status.needs_attention:
            yield f"{status.name}: {letter_state(status.code)['word']}"


def _asked_in_words(asked: tuple[Question, ...], language: str) -> str:
    statements = sum(question.type == "statement" for question in asked)
    labels = [
        question.label.in_language(language) for question in asked if question.type != "statement"
    ]
    parts = [
        label if len(label) <= LABEL_LIMIT else f"{label[: LABEL_LIMIT - 2]}…"
        for label in labels[:4]
    ]
    if statements:
        parts.append(
            ngettext("%(n)d statement to confirm", "%(n)d statements to confirm", statements)
            % {"n": statements}
        )
    return " · ".join(parts)


def _topic_state(topic: Topic) -> tuple[str, str]:
    if topic.state is TaskState.LACKS_DOCUMENTS:
        text = ngettext("%(n)d document missing", "%(n)d documents missing", topic.lacking)
        return text % {"n": topic.lacking}, "attn"
    return {
        TaskState.DONE: (gettext("done"), "good"),
        TaskState.TO_DO: (gettext("to do"), ""),
        TaskState.IN_PROGRESS: (gettext("in progress"), "act"),
    }[topic.state]


def _letters_line(application: Application, progress: Progress) -> TaskLine:
    letters, done = progress.letters, progress.letters_done
    is_stuck = any(status.needs_attention for status in letters)
    note = set_apart(
        f"{status.name}: {letter_state(status.code)['word']}" for status in letters if status.name
    )
    ending = _letters_needed(application, progress)
    return TaskLine(
        "letters",
        gettext("Letters"),
        _letters_url(application),
        ". ".join(filter(None, (note, ending))),
        gettext("%(n)d of %(all)d") % {"n": done, "all": len(letters)},
        "stop" if is_stuck else ("good" if not progress.lacks else "act"),
    )


def _letters_needed(application: Application, progress: Progress) -> str:
    """What is required and not there: what holds up the submission, and what may still come."""
    terms, before = get_terms(application.call), progress.before_submission
    later = [lack for lack in progress.lacks if lack not in before]
    texts = (
        (before, gettext("Required to submit and not there yet: %(lacks)s.")),
        (later, gettext("Required, but not before you submit: %(lacks)s.")),
    )
    said = ((text, lacks_in_words(lacks, terms)) for lacks, text in texts if lacks)
    return " ".join(text % {"lacks": lacks} for text, lacks in said)
