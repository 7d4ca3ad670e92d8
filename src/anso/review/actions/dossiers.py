"""Making the redacted copy that reviewers read. What a blind reviewer must not see is not in it, so that no page can leak it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db import transaction

from anso.applications.models import Application, Snapshot
from anso.audit.actions import record_event
from anso.calls.models import FormVersion
from anso.calls.queries import get_terms
from anso.directory.models import Person
from anso.kernel.actors import Actor
from anso.kernel.canonical import content_hash
from anso.kernel.questions import Audience, Form, Question
from anso.review.models import Dossier

BLACKED_OUT = "█████"
SHORTEST_NAME = 3


@transaction.atomic
def make_dossier(*, actor: Actor, application: Application, now: dt.datetime) -> Dossier:
    """The dossier of the latest submission: made once, made anew only when a newer snapshot exists.

    Holds the answers whose questions name reviewers among their readers; in a blind call the applicant's names are blacked out of all
    text, and letters and their writers are left out.
    """
    snapshot = application.snapshots.order_by("-version").first()
    if snapshot is None:
        raise ValueError(f"{application} was never submitted")
    existing = Dossier.objects.filter(application=application).first()
    if existing and existing.snapshot_sha256 == snapshot.sha256:
        return existing
    body = dossier_body(application, snapshot, is_blind=get_terms(application.call).rubric.is_blind)
    dossier, _ = Dossier.objects.update_or_create(
        application=application,
        defaults={"snapshot_sha256": snapshot.sha256, "body": body, "sha256": content_hash(body), "made_at": now},
    )
    record_event(dossier, "make_dossier", actor=actor, now=now, changes={"sha256": ["", dossier.sha256]})
    return dossier


def dossier_body(application: Application, snapshot: Snapshot, *, is_blind: bool) -> dict[str, Any]:
    """What reviewers may read of a submission, as plain values in the order of the form."""
    form = Form.from_dict(FormVersion.objects.get(pk=application.form_version_id).definition)
    answers = snapshot.body["answers"]
    hidden = name_pattern(application.applicant) if is_blind else None
    sections = [
        {
            "title": section.title.to_dict(),
            "answers": [
                {
                    "key": question.key,
                    "type": question.type,
                    "label": question.label.to_dict(),
                    "options": {option.value: option.label.to_dict() for option in question.options},
                    "value": redacted(answers[question.key], hidden),
                }
                for question in section.questions
                if _is_for_reviewers(question) and answers.get(question.key) not in (None, "", [])
            ],
        }
        for section in form.sections
    ]
    return {
        "number": application.number,
        "level": application.level,
        "is_blind": is_blind,
        "sections": [section for section in sections if section["answers"]],
        "letters": [] if is_blind else _letters(application),
    }


def name_pattern(person: Person) -> re.Pattern[str] | None:
    """A pattern of all names of a person that are long enough to be told from other words; None where there are none."""
    words: set[str] = {person.full_name, person.given_name, person.family_name, person.latin_name}
    words |= set(person.full_name.split()) | set(person.latin_name.split())
    long_enough = sorted(
        (word for word in words if len(word) >= SHORTEST_NAME or (not word.isascii() and len(word) > 1)), key=len, reverse=True
    )
    return re.compile("|".join(re.escape(word) for word in long_enough), re.IGNORECASE) if long_enough else None


def redacted(value: Any, hidden: re.Pattern[str] | None) -> Any:
    """The value with every name blacked out, in lists and mappings too."""
    if hidden is None:
        return value
    if isinstance(value, str):
        return hidden.sub(BLACKED_OUT, value)
    if isinstance(value, list):
        return [redacted(part, hidden) for part in value]
    if isinstance(value, dict):
        return {key: redacted(part, hidden) for key, part in value.items()}
    return value


def _is_for_reviewers(question: Question) -> bool:
    return Audience.REVIEWERS in question.who_sees


def _letters(application: Application) -> list[dict[str, Any]]:
    found = application.letters.filter(state="completed").order_by("kind", "position")
    return [{"kind": letter.kind, "from": letter.full_name, "text": letter.text, "answers": letter.answers} for letter in found]
