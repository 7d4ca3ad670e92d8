"""Makers of applications, documents and letters; complete answers of a fellowship that pass every
check.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from anso.accounts.models import Account
from anso.applications.actions import (
    complete_letter,
    save_letter_draft,
    start_application,
    submit_application,
)
from anso.applications.actions.participants import applicant_row, name_participants
from anso.applications.actions.required_letters import note_lacks
from anso.applications.models import Application, Document, Letter, Submission
from anso.applications.queries import (
    file_questions,
    get_form_of,
    get_submitted_form,
    letters_of,
)
from anso.applications.queries.letters import (
    get_letter_slot,
    letter_statuses,
    new_letter_due_at,
)
from anso.calls.models import Call
from anso.files.models import StoredFile
from anso.kernel.canonical import content_hash
from anso.kernel.questions import facts_meant, shown_questions
from anso.kernel.terms import LetterNeed
from tests.factories.calls import make_call, step_of
from tests.factories.directory import make_country, make_person

AGREEING = ("supervisor", "nominee", "partner")
NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)


def fellowship_answers(**changes: Any) -> dict[str, Any]:
    """Answers to everything the fellowship asks, documents aside, of somebody who is eligible at
    both hosts.
    """
    words = (
        "Salt water moves up the Lower Tana further each dry season and spoils the maize of those"
        " who farm there. "
    )
    answers: dict[str, Any] = {
        "level": "phd",
        "hosts": ["USTC"],
        "subject": "07",
        "full_name": "Amina Yusuf",
        "gender": "woman",
        "date_of_birth": "1998-05-12",
        "citizenship": "KE",
        "residence": "KE",
        "passport_valid_until": "2031-01-01",
        "highest_degree": "master",
        "degree_awarded_on": "2024-06-30",
        "degree_institution": "University of Nairobi",
        "degree_country": "KE",
        "is_degree_expected": "no",
        "academic_record": words * 3,
        "is_doctoral_student_in_china": "no",
        "language_proofs": ["en"],
        "title": "Groundwater salinity and smallholder maize in the Lower Tana",
        "keywords": "groundwater, salinity, maize",
        "proposal": words * 20,
        "relevance": words * 2,
        "experience": words * 2,
        "referee_1": {"name": "Wanjiru Kamau", "email": "kamau@example.org"},
        "referee_2": {"name": "Рустам Каримов", "email": "karimov@example.org"},
        "commits_full_time": "yes",
        "statement_true": "yes",
        "statement_data": "yes",
    }
    return answers | changes


def make_stored_file(
    name: str = "passport.pdf", content: bytes = b"%PDF-1.4 made for a test", **fields: Any
) -> StoredFile:
    """A row for a file that passed all checks; its content is not on disk."""
    digest = hashlib.sha256(name.encode() + content).hexdigest()
    defaults: dict[str, Any] = {
        "sha256": digest,
        "size_bytes": len(content),
        "media_type": "application/pdf",
        "name": name,
        "storage_key": f"content/{digest[:2]}/{digest}",
        "scan_result": "not_scanned",
        "received_at": NOW,
        "scanned_at": NOW,
    }
    return StoredFile.objects.create(**(defaults | fields))


def make_application(
    call: Call | None = None,
    *,
    applicant: Account | None = None,
    answers: dict[str, Any] | None = None,
    now: dt.datetime = NOW,
) -> Application:
    """A draft with complete answers but no documents, started by the same action that users
    call.
    """
    make_country("KE")
    account = applicant or make_person("Amina Yusuf").account
    given = fellowship_answers() if answers is None else answers
    return start_application(call=call or make_call(), actor=account, now=now, answers=given)


def add_documents(application: Application, now: dt.datetime = NOW) -> None:
    """Put a file into every slot that the answers call for."""
    form = get_form_of(application)
    shown = {
        question.key
        for question in shown_questions(
            form, {key: cell["value"] for key, cell in application.answers.items()}
        )
    }
    asked = [each for each in file_questions(form) if each.key in shown and each.required]
    Document.objects.bulk_create(
        Document(
            application=application,
            slot=question.key,
            file=make_stored_file(f"{question.key}.pdf"),
            added_at=now,
        )
        for question in asked
    )


def make_complete_application(call: Call | None = None, **fields: Any) -> Application:
    """A draft to which nothing is missing."""
    application = make_application(call, **fields)
    add_documents(application)
    return application


def make_submitted_application(
    call: Call | None = None, *, now: dt.datetime = NOW, **fields: Any
) -> Application:
    """A submitted application, with its submission, receipt and letters asked for."""
    application = make_complete_application(call, now=now, **fields)
    account = application.applicant.account
    assert account is not None
    agree_before_submission(application, now)
    submit_application(application=application, actor=account, arrived_at=now, now=now)
    application.refresh_from_db()
    return application


def store_application(state: str, **fields: Any) -> Application:
    """A row in any state, with an empty submission where the state calls for one; no action ran."""
    step = fields.pop("step", None) or step_of(fields["call"], "applications")
    application = Application.objects.create(step=step, started_at=NOW, saved_at=NOW, **fields)
    applicant_row(application).save()
    return put_in_state(application, state)


def put_in_state(application: Application, state: str, at: dt.datetime = NOW) -> Application:
    """The application in another state, with the facts that the state calls for; no action ran."""
    stamps = {
        "submitted_at": state != "draft",
        "screened_at": state in ("eligible", "ineligible"),
        "decided_at": state == "decided",
        "invited_at": state == "invited",
        "withdrawn_at": state == "withdrawn",
    }
    changes: dict[str, Any] = {name: at for name, is_set in stamps.items() if is_set}
    if state != "draft":
        body: dict[str, Any] = {"answers": {}, "facts": {}, "documents": [], "letters": []}
        changes["submission"] = Submission.objects.create(
            application=application,
            step=application.step,
            version=1,
            form_version=application.form_version,
            body=body,
            sha256=content_hash(body),
            submitted_at=NOW,
            arrived_at=NOW,
        )
    Application.objects.filter(pk=application.pk).update(state=state, **changes)
    application.refresh_from_db()
    return application


def make_later_submission(application: Application, **changes: Any) -> Submission:
    """A further submission with other answers, as if it had been made before the call closed."""
    earlier = application.submission
    assert earlier is not None
    form, answers = get_submitted_form(earlier), earlier.answers | changes
    body = earlier.body | {"answers": answers, "facts": facts_meant(form, answers)}
    later = Submission.objects.create(
        application=application,
        step=earlier.step,
        version=earlier.version + 1,
        form_version=earlier.form_version,
        body=body,
        sha256=content_hash(body),
        submitted_at=earlier.submitted_at,
        arrived_at=earlier.arrived_at,
    )
    Application.objects.filter(pk=application.pk).update(submission=later)
    application.refresh_from_db(fields=["submission"])
    name_participants(application, letters_of(application))
    return later


def make_letter(
    application: Application,
    question_key: str = "referee_1",
    *,
    now: dt.datetime = NOW,
    **fields: Any,
) -> Letter:
    """A letter asked for, without a mail or a link."""
    slot = get_letter_slot(application, question_key)
    assert slot is not None
    defaults: dict[str, Any] = {
        "kind": slot.kind,
        "question_key": question_key,
        "position": slot.position,
        "full_name": "Wanjiru Kamau",
        "email": f"{question_key}@example.org",
        "due_at": new_letter_due_at(application, slot.rule),
        "asked_at": now,
        "last_sent_at": now,
    }
    return Letter.objects.create(application=application, **(defaults | fields))


def write_letter(letter: Letter, fields: dict[str, Any], *, now: dt.datetime) -> Letter:
    """What a writer types on a page that shows the letter as it stands."""
    base = Letter.objects.values_list("revision", flat=True).get(pk=letter.pk)
    saved = save_letter_draft(letter=letter, fields=fields, base_revision=base, now=now)
    return saved.letter


def give_letter(letter: Letter, *, now: dt.datetime) -> Letter:
    """A writer gives the letter that the page shows."""
    base = Letter.objects.values_list("revision", flat=True).get(pk=letter.pk)
    return complete_letter(letter=letter, base_revision=base, now=now)


def agree_before_submission(application: Application, at: dt.datetime = NOW) -> None:
    """Whoever must have agreed before the submission has agreed; written by no action, for
    speed.
    """
    for status in letter_statuses(application):
        if status.slot.rule.need is LetterNeed.SUBMISSION and status.letter is None:
            who = {"full_name": status.name, "email": status.email}
            given = {"state": "completed", "completed_at": at, "is_acceptance": True}
            host = status.slot.host.key if status.slot.host else ""
            make_letter(application, status.slot.key, now=at, host=host, **who, **given)


def give_all_letters(application: Application, *, at: dt.datetime = NOW) -> None:
    """Everybody who was asked has given what was asked for; written by no action, for speed."""
    agreeing = application.letters.filter(kind__in=AGREEING, state__in=("asked", "opened"))
    agreeing.update(state="completed", completed_at=at, is_acceptance=True)
    others = application.letters.filter(state__in=("asked", "opened"))
    others.update(state="completed", completed_at=at)
    note_lacks(application)
