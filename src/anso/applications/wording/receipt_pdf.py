"""A submission on paper: the payload for its PDF, made from the frozen submission and nothing
else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext

from anso.applications.models import Submission
from anso.applications.queries.answers import get_submitted_form
from anso.applications.wording.answers import answer_table, value_in_words
from anso.applications.wording.casework import by_officer_in_words
from anso.calls.queries import get_terms, title_of
from anso.kernel.questions import Meaning, Question, read_whole
from anso.programmes.wording import CallWords
from anso.ui.instants import instant_here_and_there


def receipt_payload(submission: Submission) -> dict[str, Any]:
    """What the receipt on paper says, in the reader's language: facts first, then every answer as
    it was submitted. It is its applicant's alone, so nothing is left out.
    """
    application, language = submission.application, get_language() or "en"
    words = CallWords(get_terms(application.call)).entry
    arrived = instant_here_and_there(submission.arrived_at, application.call.zone)
    return {
        "title": f"{words.heading} {application.number}",
        "subtitle": title_of(application.call).in_language(language),
        "callout": {
            "title": gettext("Received"),
            "text": gettext("It reached us on %(arrived)s.") % {"arrived": arrived},
        },
        "facts": _facts(submission),
        "sections": [*_sections(submission, language), *_documents(submission)],
        "hash": submission.sha256,
        "footer": f"{application.number} · {submission.version}",
    }


def _facts(submission: Submission) -> list[tuple[str, str]]:
    made_by = by_officer_in_words(submission)
    body, applicant = submission.body, submission.application.applicant
    return [
        (gettext("Applicant"), submission.facts.get(Meaning.APPLICANT_NAME, applicant.full_name)),
        (gettext("Version"), str(submission.version)),
        *([(gettext("By the office"), made_by)] if made_by else []),
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
    told = {question.key: answer_table(question, answers[question.key]) for question in answered}
    short = [each for each in answered if each.type != "longtext" and told[each.key] is None]
    rows = [
        (
            question.label.in_language(language),
            value_in_words(question, answers[question.key], language),
        )
        for question in short
    ]
    wide = [
        {
            "title": question.label.in_language(language),
            "blocks": table.on_paper()
            if table
            else [{"kind": "text", "text": str(answers[question.key])}],
        }
        for question in answered
        for table in [told[question.key]]
        if table or question.type == "longtext"
    ]
    return {
        "title": title,
        "blocks": [{"kind": "pairs", "rows": rows}] if rows else [],
        "sections": wide,
    }


def _documents(submission: Submission) -> list[dict[str, Any]]:
    listed = submission.body["documents"]
    if not listed:
        return []
    rows = [(item["name"], f"SHA-256 {item['sha256'][:16]}") for item in listed]
    return [{"title": gettext("Documents"), "blocks": [{"kind": "pairs", "rows": rows}]}]
