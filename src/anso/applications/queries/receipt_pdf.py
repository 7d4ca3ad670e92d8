"""A submission on paper: the payload for its PDF, made from the frozen submission and nothing
else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext

from anso.applications.models import Submission
from anso.applications.queries.answers import get_submitted_form
from anso.applications.queries.status import day_in_words, instant_in_words
from anso.calls.queries import title_of
from anso.directory.queries import country_name
from anso.kernel.questions import Meaning, Question, read_whole


def value_in_words(question: Question, value: Any, language: str = "") -> str:
    """An answer as a reader sees it: labels of options, names of countries, yes and no, one line
    per item.
    """
    if value is None or value == "":
        return ""
    chosen = language or get_language() or "en"
    spell = _SPELLINGS.get(question.type)
    return spell(question, value, chosen) if spell else str(value)


def _countries_in_words(question: Question, value: Any, language: str) -> str:
    return ", ".join(country_name(str(code), language) for code in _listed(value))


def _yes_or_no(question: Question, value: Any, language: str) -> str:
    return gettext("Yes") if value is True else (gettext("No") if value is False else str(value))


def _person_in_words(question: Question, value: Any, language: str) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    return ", ".join(
        str(value[part])
        for part in ("name", "position", "organisation", "email")
        if value.get(part)
    )


def _files_in_words(question: Question, value: Any, language: str) -> str:
    return "\n".join(str(item.get("name", "")) for item in value if isinstance(item, Mapping))


def _day_in_words(question: Question, value: Any, language: str) -> str:
    try:
        return day_in_words(dt.date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _options_in_words(question: Question, value: Any, language: str) -> str:
    labels = {option.value: option.label.in_language(language) for option in question.options}
    words = [labels.get(str(item), str(item)) for item in _listed(value)]
    if question.type == "ranking":
        words = [f"{place}. {word}" for place, word in enumerate(words, 1)]
    return "\n".join(words)


_SPELLINGS: Mapping[str, Callable[[Question, Any, str], str]] = {
    "choice": _options_in_words,
    "multichoice": _options_in_words,
    "ranking": _options_in_words,
    "country": _countries_in_words,
    "yesno": _yes_or_no,
    "statement": _yes_or_no,
    "person": _person_in_words,
    "date": _day_in_words,
    "file": _files_in_words,
}


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def receipt_payload(submission: Submission) -> dict[str, Any]:
    """What the receipt on paper says, in the reader's language: facts first, then every answer as
    it was submitted. It is its applicant's alone, so nothing is left out.
    """
    application, language = submission.application, get_language() or "en"
    arrived = instant_in_words(submission.arrived_at, application.call.zone)
    return {
        "title": gettext("Application %(number)s") % {"number": application.number},
        "subtitle": title_of(application.call).in_language(language),
        "callout": {
            "title": gettext("Received"),
            "text": gettext("This application reached us on %(arrived)s.") % {"arrived": arrived},
        },
        "facts": _facts(submission),
        "sections": [*_sections(submission, language), *_documents(submission)],
        "hash": submission.sha256,
        "footer": f"{application.number} · {submission.version}",
    }


def _facts(submission: Submission) -> list[tuple[str, str]]:
    body, applicant = submission.body, submission.application.applicant
    return [
        (gettext("Applicant"), submission.facts.get(Meaning.APPLICANT_NAME, applicant.full_name)),
        (gettext("Version"), str(submission.version)),
        (gettext("Form"), str(body["form"]["number"])),
        (gettext("Fingerprint of the terms"), body["call"]["terms_sha256"][:16]),
        (gettext("Questions"), settings.ALLIANCE["MAIL"]),
    ]


def _sections(submission: Submission, language: str) -> Iterator[dict[str, Any]]:
    read = read_whole(get_submitted_form(submission), submission.answers)
    answers = read.answers
    for section in read.form.sections:
        answered = [question for question in section.questions if question.key in answers]
        if answered:
            yield _section(section.title.in_language(language), answered, answers, language)


def _section(
    title: str, answered: list[Question], answers: Mapping[str, Any], language: str
) -> dict[str, Any]:
    short = [question for question in answered if question.type != "longtext"]
    rows = [
        (
            question.label.in_language(language),
            value_in_words(question, answers[question.key], language),
        )
        for question in short
    ]
    texts = [
        {
            "title": question.label.in_language(language),
            "blocks": [{"kind": "text", "text": str(answers[question.key])}],
        }
        for question in answered
        if question.type == "longtext"
    ]
    return {
        "title": title,
        "blocks": [{"kind": "pairs", "rows": rows}] if rows else [],
        "sections": texts,
    }


def _documents(submission: Submission) -> list[dict[str, Any]]:
    listed = submission.body["documents"]
    if not listed:
        return []
    rows = [(item["name"], f"SHA-256 {item['sha256'][:16]}") for item in listed]
    return [{"title": gettext("Documents"), "blocks": [{"kind": "pairs", "rows": rows}]}]
