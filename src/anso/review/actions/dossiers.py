"""Making the redacted copy that reviewers read. What a blind reviewer must not see is not in it, so
that no page can leak it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db import transaction

from anso.applications.models import Application, Snapshot
from anso.audit.actions import record_entry
from anso.calls.models import FormVersion
from anso.calls.queries import form_of, get_terms
from anso.kernel.actors import Actor
from anso.kernel.canonical import content_hash
from anso.kernel.questions import Audience, Question
from anso.review.actions.redaction import name_pattern, redacted
from anso.review.models import Dossier


@transaction.atomic
def make_dossier(*, actor: Actor, application: Application, now: dt.datetime) -> Dossier:
    """The dossier of the latest submission: made once, made anew only when a newer snapshot exists.

    Holds the answers whose questions name reviewers among their readers, files by slot only; in a
    blind call the applicant's names and address are blacked out of all text, and letters and their
    writers are left out.
    """
    snapshot = application.snapshots.latest("version")
    existing = Dossier.objects.filter(application=application).first()
    if existing and existing.snapshot_sha256 == snapshot.sha256:
        return existing
    body = dossier_body(application, snapshot, is_blind=get_terms(application.call).rubric.is_blind)
    dossier, _ = Dossier.objects.update_or_create(
        application=application,
        defaults={
            "snapshot_sha256": snapshot.sha256,
            "body": body,
            "sha256": content_hash(body),
            "made_at": now,
        },
    )
    record_entry(
        dossier, "make_dossier", actor=actor, now=now, changes={"sha256": ["", dossier.sha256]}
    )
    return dossier


def dossier_body(application: Application, snapshot: Snapshot, *, is_blind: bool) -> dict[str, Any]:
    """What reviewers may read of a submission, as plain values in the order of the form."""
    form = form_of(FormVersion.objects.get(pk=application.form_version_id))
    answers = snapshot.body["answers"]
    hidden = _names_hidden(application, snapshot) if is_blind else None
    sections = [
        {
            "title": section.title.to_dict(),
            "answers": [
                _part(question, snapshot, hidden)
                for question in section.questions
                if Audience.REVIEWERS in question.who_sees
                and answers.get(question.key) not in (None, "", [])
            ],
        }
        for section in form.sections
    ]
    return {
        "number": application.number,
        "title": redacted(answers.get("title") or "", hidden),
        "level": application.level,
        "is_blind": is_blind,
        "sections": [section for section in sections if section["answers"]],
        "letters": [] if is_blind else _letters(application),
    }


def _part(question: Question, snapshot: Snapshot, hidden: re.Pattern[str] | None) -> dict[str, Any]:
    files = [
        each["reference"] for each in snapshot.body["documents"] if each["slot"] == question.key
    ]
    return {
        "key": question.key,
        "type": question.type,
        "label": question.label.to_dict(),
        "options": {option.value: option.label.to_dict() for option in question.options},
        "value": (
            files
            if question.type == "file"
            else redacted(snapshot.body["answers"][question.key], hidden)
        ),
    }


def _names_hidden(application: Application, snapshot: Snapshot) -> re.Pattern[str] | None:
    """Every name under which the applicant is known to us, and their address."""
    person, account = application.applicant, application.applicant.account
    submitted = (
        snapshot.body["answers"].get("full_name") or "",
        snapshot.body["applicant"]["name"],
    )
    known = (
        person.full_name,
        person.given_name,
        person.family_name,
        person.latin_name,
        application.full_name,
    )
    return name_pattern(
        (*known, *submitted), (account.email, person.orcid) if account else (person.orcid,)
    )


def _letters(application: Application) -> list[dict[str, Any]]:
    found = application.letters.filter(state="completed").order_by("kind", "position")
    return [
        {
            "kind": letter.kind,
            "from": letter.full_name,
            "text": letter.text,
            "answers": letter.answers,
        }
        for letter in found
    ]
