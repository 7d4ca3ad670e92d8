"""Making the redacted copy that reviewers read. What a blind reviewer must not see is not in it, so
that no page can leak it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db import transaction

from anso.applications.models import IS_GIVEN, Application, Letter, Submission
from anso.applications.queries import answers_read_by, get_submitted_form
from anso.applications.queries.letters import letter_form_of
from anso.applications.queries.participants import participants_of
from anso.audit.actions import record_entry
from anso.calls.models import Step
from anso.calls.queries import get_terms
from anso.calls.queries.steps import entry_of, rubric_of
from anso.directory.models import Person
from anso.kernel.actors import Actor
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.kernel.participants import parties
from anso.kernel.questions import (
    Audience,
    Meaning,
    Question,
    ReadAnswers,
    meanings_read_by,
    read_by,
)
from anso.kernel.wording import gettext_noop
from anso.review.actions.redaction import name_pattern, redacted
from anso.review.models import Dossier

REVIEWERS = frozenset({Audience.REVIEWERS})


@transaction.atomic
def make_dossier(
    *, actor: Actor, application: Application, step: Step, now: dt.datetime
) -> Dossier:
    """The dossier of what was submitted last for a review: made once, and anew only when a newer
    submission exists. Whoever stands elsewhere by now is not judged in that review any more.

    Holds the answers that reviewers read, of the application and of letters, files by slot only; in
    a blind call the names and addresses of all who take part are blacked out of all text, and
    letters and their writers are left out.
    """
    submission = application.submission
    if submission is None:
        raise BadInput(gettext_noop("This application was not submitted."), code="not_submitted")
    if application.step_id != entry_of(application.call, step).pk:
        raise BadInput(gettext_noop("This application does not stand there."), code="elsewhere")
    existing = Dossier.objects.filter(application=application, step=step).first()
    if existing and existing.submission_sha256 == submission.sha256:
        return existing
    rubric = rubric_of(get_terms(application.call), step)
    body = dossier_body(application, submission, is_blind=rubric.is_blind)
    dossier, _ = Dossier.objects.update_or_create(
        application=application,
        step=step,
        defaults={
            "submission_sha256": submission.sha256,
            "body": body,
            "sha256": content_hash(body),
            "made_at": now,
        },
    )
    record_entry(
        dossier, "make_dossier", actor=actor, now=now, changes={"sha256": ["", dossier.sha256]}
    )
    return dossier


def dossier_body(
    application: Application, submission: Submission, *, is_blind: bool
) -> dict[str, Any]:
    """What reviewers may read of a submission, as plain values in the order of the form."""
    read = answers_read_by(submission, REVIEWERS)
    told = meanings_read_by(get_submitted_form(submission), REVIEWERS)
    facts = {meaning: value for meaning, value in submission.facts.items() if meaning in told}
    hidden = _names_hidden(application, submission) if is_blind else None
    sections = [
        {
            "title": section.title.to_dict(),
            "answers": [
                _part(question, submission, read, hidden)
                for question in section.questions
                if read.answers.get(question.key) not in (None, "", [])
            ],
        }
        for section in read.form.sections
    ]
    return {
        "number": application.number,
        "title": redacted(facts.get(Meaning.TITLE, ""), hidden),
        "category": facts.get(Meaning.CATEGORY, ""),
        "is_blind": is_blind,
        "sections": [section for section in sections if section["answers"]],
        "letters": [] if is_blind else _letters(application, read),
    }


def _part(
    question: Question, submission: Submission, read: ReadAnswers, hidden: re.Pattern[str] | None
) -> dict[str, Any]:
    files = [
        each["reference"] for each in submission.body["documents"] if each["slot"] == question.key
    ]
    return {
        "key": question.key,
        "means": [str(meaning) for meaning in question.means],
        "type": question.type,
        "label": question.label.to_dict(),
        "options": {option.value: option.label.to_dict() for option in question.options},
        "value": (
            files if question.type == "file" else redacted(read.answers[question.key], hidden)
        ),
    }


def _names_hidden(application: Application, submission: Submission) -> re.Pattern[str] | None:
    """Every name under which anybody who takes part, and whoever the application is about, is known
    to us, and their addresses. Names of organisations are taken whole.
    """
    facts, rows = submission.facts, list(participants_of(application))
    people = [row.person for row in rows if row.person is not None]
    # Names as they are and as they were submitted: people correct theirs, and a form may have
    # another than the account.
    names = {
        submission.body["applicant"]["name"],
        facts.get(Meaning.APPLICANT_NAME, ""),
        facts.get(Meaning.SUBJECT_NAME, ""),
        *(row.full_name for row in rows),
        *(name for person in people for name in _names_of(person)),
    }
    addresses = {
        *(row.email for row in rows),
        *(person.account.email for person in people if person.account),
        *(person.orcid for person in people),
        *(row.organisation_name for row in rows if row.role in parties()),
    }
    return name_pattern(sorted(names), sorted(addresses, key=len, reverse=True))


def _names_of(person: Person) -> tuple[str, ...]:
    return person.full_name, person.given_name, person.family_name, person.latin_name


def _letters(application: Application, read: ReadAnswers) -> list[dict[str, Any]]:
    """What reviewers read of the letters given; one without a text for them is left out."""
    given = application.letters.filter(IS_GIVEN).order_by("kind", "position")
    texts = ((letter, _text_for_reviewers(letter)) for letter in given)
    return [
        {
            "kind": letter.kind,
            "from": letter.full_name if read.has(letter.question_key) else "",
            "text": text,
        }
        for letter, text in texts
        if text
    ]


def _text_for_reviewers(letter: Letter) -> str:
    said = read_by(letter_form_of(letter), letter.answers, REVIEWERS)
    long = (each.key for each in said.form.questions() if each.type == "longtext")
    return "\n\n".join(str(said.answers[key]) for key in long if said.answers.get(key))
