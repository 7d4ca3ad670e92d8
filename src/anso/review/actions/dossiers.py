"""Making the redacted copy that reviewers read. What a blind reviewer must not see is not in it, so
that no page can leak it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from anso.applications.models import (
    IS_GIVEN,
    Application,
    Letter,
    Participant,
    Submission,
)
from anso.applications.queries import answers_read_by, get_submitted_form
from anso.applications.queries.letters import letter_form_of
from anso.applications.queries.participants import participants_by_application
from anso.audit.actions.entries import record_each
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
    Form,
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
AT_ONCE = 100


def make_dossier(
    *, actor: Actor, application: Application, step: Step, now: dt.datetime
) -> Dossier:
    """The dossier of one application, as :func:`make_dossiers` makes it."""
    (dossier,) = make_dossiers(actor=actor, applications=[application], step=step, now=now)
    return dossier


@transaction.atomic
def make_dossiers(
    *, actor: Actor, applications: Iterable[Application], step: Step, now: dt.datetime
) -> list[Dossier]:
    """The dossiers of what was submitted last for a review: each made once, and anew only when a
    newer submission exists. Whoever stands elsewhere by now is not judged in that review any more.
    Every hundred cost a fixed number of statements.

    A dossier holds the answers that reviewers read, of the application and of letters, files by
    slot only; in a blind call the names and addresses of all who take part are blacked out of all
    text, and letters and their writers are left out.
    """
    keys = sorted({each.pk for each in applications})
    return [
        dossier
        for first in range(0, len(keys), AT_ONCE)
        for dossier in _made(keys[first : first + AT_ONCE], step, actor, now)
    ]


def _made(keys: list[int], step: Step, actor: Actor, now: dt.datetime) -> list[Dossier]:
    # Locked by key: of two officers who give the same application to different reviewers, the
    # second finds the dossier of the first.
    locked = Application.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    joined = locked.select_related("call", "submission__form_version", "applicant")
    found = list(joined.defer("answers", "search_text", "call__design").order_by("pk"))
    kept = {each.application_id: each for each in _dossiers_of(keys, step)}
    entry = entry_of(step.call, step)
    stale = [each for each in found if _is_stale(each, kept.get(each.pk), entry)]
    material, is_blind = _material_for(stale), rubric_of(get_terms(step.call), step).is_blind
    changes: dict[int, dict[str, Any]] = {}
    rows: list[Dossier] = []
    for application in stale:
        dossier = kept.get(application.pk) or Dossier(application=application, step=step)
        before = dossier.sha256
        submission = _submission_of(application)
        dossier.body = dossier_body(application, submission, material, is_blind=is_blind)
        dossier.sha256, dossier.made_at = content_hash(dossier.body), now
        dossier.submission_sha256 = submission.sha256
        changes[application.pk] = {"sha256": [before, dossier.sha256]}
        rows.append(dossier)
    Dossier.objects.bulk_create([row for row in rows if row.pk is None])
    Dossier.objects.bulk_update(
        [row for row in rows if row.application_id in kept],
        ["submission_sha256", "body", "sha256", "made_at"],
    )
    if rows:
        said = {row.pk: changes[row.application_id] for row in rows}
        record_each(rows, "make_dossier", said, actor=actor, now=now, because="")
    made = kept | {row.application_id: row for row in rows}
    return [made[key] for key in keys]


def _dossiers_of(applications: list[int], step: Step) -> list[Dossier]:
    return list(Dossier.objects.filter(application__in=applications, step=step))


def _is_stale(application: Application, dossier: Dossier | None, entry: Step) -> bool:
    """Whether a dossier must be made; refused for what was not submitted or stands elsewhere."""
    submission = _submission_of(application)
    if application.step_id != entry.pk:
        raise BadInput(gettext_noop("It does not stand there."), code="elsewhere")
    return dossier is None or dossier.submission_sha256 != submission.sha256


def _submission_of(application: Application) -> Submission:
    if application.submission is None:
        raise BadInput(gettext_noop("It was not submitted."), code="not_submitted")
    return application.submission


@dataclass(frozen=True)
class Material:
    """What dossiers are made of beside submissions, read for many at once."""

    participants: Mapping[int, list[Participant]]
    letters: Mapping[int, list[Letter]]
    forms: Mapping[str, Form]


def _material_for(applications: list[Application]) -> Material:
    letters: dict[int, list[Letter]] = {each.pk: [] for each in applications}
    given = Letter.objects.filter(IS_GIVEN, application__in=letters)
    forms: dict[str, Form] = {}
    for letter in given.select_related("application__call").order_by("kind", "position"):
        letters[letter.application_id].append(letter)
        # The form is that of the kind: the same for all of a call.
        if letter.kind not in forms:
            forms[letter.kind] = letter_form_of(letter)
    return Material(participants_by_application(applications), letters, forms)


def dossier_body(
    application: Application, submission: Submission, material: Material, *, is_blind: bool
) -> dict[str, Any]:
    """What reviewers may read of a submission, as plain values in the order of the form."""
    read = answers_read_by(submission, REVIEWERS)
    told = meanings_read_by(get_submitted_form(submission), REVIEWERS)
    facts = {meaning: value for meaning, value in submission.facts.items() if meaning in told}
    rows = material.participants[application.pk]
    hidden = _names_hidden(rows, submission) if is_blind else None
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
        "letters": [] if is_blind else _letters(material.letters[application.pk], material, read),
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
        "columns": [column.to_dict() for column in question.columns],
        "value": (
            files if question.type == "file" else redacted(read.answers[question.key], hidden)
        ),
    }


def _names_hidden(rows: list[Participant], submission: Submission) -> re.Pattern[str] | None:
    """Every name under which anybody who takes part, and whoever the application is about, is known
    to us, and their addresses. Names of organisations are taken whole.
    """
    facts = submission.facts
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


def _letters(given: list[Letter], material: Material, read: ReadAnswers) -> list[dict[str, Any]]:
    """What reviewers read of the letters given; one without a text for them is left out."""
    texts = ((each, _text_for_reviewers(each, material.forms[each.kind])) for each in given)
    return [
        {
            "kind": letter.kind,
            "from": letter.full_name if read.has(letter.question_key) else "",
            "text": text,
        }
        for letter, text in texts
        if text
    ]


def _text_for_reviewers(letter: Letter, form: Form) -> str:
    said = read_by(form, letter.answers, REVIEWERS)
    long = (each.key for each in said.form.questions() if each.type == "longtext")
    return "\n\n".join(str(said.answers[key]) for key in long if said.answers.get(key))
