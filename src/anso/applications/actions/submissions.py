"""Submitting, submitting again and withdrawing: each is one decision of the applicant, happens
once, and leaves a receipt.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.actions.applicant_mail import notify_applicant
from anso.applications.actions.batches import as_of_arrival
from anso.applications.actions.collaborators import tell_collaborators
from anso.applications.actions.drafts import adopt_form_version
from anso.applications.actions.letters import ask_outstanding_letters, cancel_letters
from anso.applications.actions.list_columns import list_columns
from anso.applications.actions.participants import name_participants
from anso.applications.actions.screening import note_eligibility
from anso.applications.models import Application, Document, Letter, Submission
from anso.applications.notices import DRAFT_REMINDER, INVITED_REMINDER, RECEIPT, WITHDRAWN
from anso.applications.queries.answers import (
    answers_with_documents,
    documents_by_slot,
    missing_answers,
    plain_answers,
)
from anso.applications.queries.eligibility import judge_draft
from anso.applications.queries.letters import letter_slots
from anso.applications.queries.required_letters import Lack, lacks_of_draft
from anso.applications.queries.visibility import letters_of
from anso.applications.queries.windows import WRITTEN, deadline_of, earlier_facts
from anso.applications.rules import may_come_in, may_submit_application, may_withdraw_application
from anso.applications.wording import after_close, lack_told, submission_told
from anso.audit.actions import record_entry, transition
from anso.calls.queries import get_frozen_terms
from anso.directory.models import Person
from anso.files.models import StoredFile
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.questions import Meaning
from anso.kernel.reasons import fitting
from anso.kernel.terms import LetterNeed
from anso.kernel.verdict import Reason, Verdict
from anso.questionnaires.actions import freeze_answers
from anso.ui.question_fields import sentence

LAST_DAY = dt.timedelta(hours=36)
RECEIPT_TASK = "applications.make_receipt"


@transaction.atomic
def submit_application(
    *, application: Application, actor: Account, arrived_at: dt.datetime, now: dt.datetime
) -> Submission:
    """Submit the application as it stands, or submit it again after changes, and freeze exactly
    that.

    The deadline is decided by ``arrived_at``, the instant at which the request reached the server.
    Writes a submission with its hash, asks for letters not yet asked for, notes the eligibility
    check, queues the receipt and the making of its PDF. After the cut-off of a batch it belongs to
    the next one. Repeated, or in parallel, the same
    submission is returned. A draft of an earlier form follows the form first, so that no new
    question is passed by. Refused after the close and, with one reason for each, while something is
    missing.
    """
    locked = locking.lock_application(application)
    latest = locked.submission
    # Before any rule: who clicked twice, or repeats the request after the close, gets their
    # submission and no refusal.
    if latest and locked.state == "submitted" and locked.revision == locked.submitted_revision:
        return latest
    locked = as_of_arrival(locked, actor=actor, arrived_at=arrived_at, now=now)
    may_submit_application(actor, locked, arrived_at).require()
    # The form first: what is missing is missing by the questions that the call asks now.
    locked = adopt_form_version(application=locked, actor=actor, now=arrived_at)
    submission = submit_locked(locked, actor=actor, arrived_at=arrived_at, now=now)
    # The caller's object was not the locked one; it is told what its page shows.
    told = ("state", "revision", "submitted_revision", "submitted_at", "submission", "call", "step")
    for name in told:
        setattr(application, name, getattr(locked, name))
    return submission


def submit_locked(
    locked: Application,
    *,
    actor: Account,
    arrived_at: dt.datetime,
    now: dt.datetime,
    on_behalf: Mapping[str, str] | None = None,
) -> Submission:
    """Freeze a locked application, which follows the newest form, as it stands and take it in,
    once it is clear that this actor may. ``on_behalf`` says, in the submission for good, that an
    officer did it and why.
    """
    locking.lock_queue(locked.call)
    may_come_in(locked).require()
    documents = documents_by_slot(locked)
    has_all_answers(locked, documents).require()
    standing = list(letters_of(locked))
    lacks = lacks_of_draft(locked, standing)
    has_required_letters(locked, lacks).require()
    beside = _beside(locked, documents, standing, version=next_version(locked.submission))
    beside |= {"arrived_at": arrived_at} | ({"by_officer": on_behalf} if on_behalf else {})
    submission = _freeze(locked, documents, beside, now=now)
    # Frozen before the state changes: the database takes no submitted application without its
    # submission.
    because = on_behalf["because"] if on_behalf else ""
    _take_in(locked, submission, lacks, because=because, actor=actor, now=now)
    letters = ask_outstanding_letters(application=locked, actor=actor, now=now, standing=standing)
    name_participants(locked, letters)
    tell_collaborators(locked, submission, actor=actor, now=now)
    notify_applicant(
        RECEIPT,
        locked,
        key=submission.reference,
        actor=actor,
        now=now,
        say=lambda: submission_told(locked, submission, lacks),
        is_first=True,
    )
    order_receipt(submission)
    return submission


def order_receipt(submission: Submission) -> None:
    """Have the PDF of a submission made. In this transaction: no submission without the job for
    its PDF, and no job for one that failed. The PDF itself takes too long to be made here.
    """
    app.configure_task(RECEIPT_TASK, allow_unknown=True).defer(submission_id=submission.pk)


def next_version(latest: Submission | None) -> int:
    """How the next submission of an application counts."""
    return latest.version + 1 if latest else 1


@transaction.atomic
def remind_draft(*, application: Application, now: dt.datetime, actor: Actor = CLOCK) -> None:
    """Remind an applicant of what is not submitted yet a week before the close of its window and
    again on the last day, each once.
    """
    closes_at = deadline_of(application).closes_at
    if application.state not in WRITTEN or now >= closes_at:
        return
    moment = "day" if closes_at - now <= LAST_DAY else "week"
    notice = DRAFT_REMINDER if application.state == "draft" else INVITED_REMINDER
    key = f"{application.reference}:{application.step_id}:{moment}"
    notify_applicant(
        notice,
        application,
        key=key,
        actor=actor,
        now=now,
        say=lambda: after_close(application, now),
    )


def has_all_answers(application: Application, documents: Mapping[str, list[Document]]) -> Verdict:
    """Allowed when nothing is missing; otherwise one reason for each thing to add or correct, with
    its section and question.
    """
    return Verdict(
        tuple(
            Reason(
                "missing",
                sentence(problem.message),
                {"section": problem.section, "key": problem.key, "label": problem.label.to_dict()},
            )
            for problem in missing_answers(application, documents)
        )
    )


def has_required_letters(application: Application, lacks: Sequence[Lack]) -> Verdict:
    """Allowed when every letter is there that the call requires before submission; otherwise one
    reason for each that is not.
    """
    return Verdict(
        tuple(
            Reason("letter_missing", lack_told(lack, application), {"letter": lack.code})
            for lack in lacks
            if lack.rule.need is LetterNeed.SUBMISSION
        )
    )


@transaction.atomic
def withdraw_application(
    *, application: Application, actor: Account, now: dt.datetime, because: str = ""
) -> Application:
    """Take the application out of the call for good, with a reason if the applicant gives one.
    Waiting letters are called off.

    Refused once the selection is over.
    """
    locked = locking.lock_application(application)
    may_withdraw_application(actor, locked, now).require()
    transition(locked, "withdraw_application", actor=actor, now=now, because=fitting(because))
    cancel_letters(application=locked, actor=actor, now=now)
    notify_applicant(WITHDRAWN, locked, key=locked.reference, actor=actor, now=now)
    application.refresh_from_db(fields=["state", "withdrawn_at"])
    return application


@transaction.atomic
def attach_receipt(
    *, submission: Submission, stored: StoredFile, actor: Actor, now: dt.datetime
) -> Submission:
    """Keep the PDF that was made from a submission; the first one stays."""
    # Two workers may make the PDF at once when the first was thought dead; one of them is kept.
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if locked.pdf_id is None:
        locked.pdf = stored
        locked.save(update_fields=["pdf"])
        record_entry(
            locked, "attach_receipt", actor=actor, now=now, changes={"pdf": [None, stored.sha256]}
        )
    return locked


def _take_in(
    application: Application,
    submission: Submission,
    lacks: Sequence[Lack],
    *,
    because: str,
    actor: Account,
    now: dt.datetime,
) -> None:
    """Make it submitted: the new submission counts, and lists show what it means and lacks. The
    instant of the first submission of its step stays.
    """
    is_first = application.state in WRITTEN
    verb = "submit_application" if is_first else "resubmit_application"
    stamps: dict[str, Any] = {"submitted_at": submission.arrived_at} if is_first else {}
    stamps |= {"submitted_revision": application.revision, "submission": submission}
    transition(application, verb, actor=actor, now=now, because=because, **stamps)
    application.submission = submission  # nobody needs to fetch again what was just frozen
    account, person = application.applicant.account, application.applicant
    _learn_name(person, submission.facts.get(Meaning.APPLICANT_NAME, ""))
    columns = list_columns(
        submission.facts,
        name=person.full_name,
        number=application.number,
        email=account.email if account else "",
    )
    columns["lacks"] = [lack.code for lack in lacks]
    note_eligibility(application, submission.body["eligibility"], now, columns)


def _learn_name(person: Person, name: str) -> None:
    """Somebody who came with an address only is known by the name they gave from now on; a name
    once given is not touched.
    """
    account = person.account
    if account is not None and person.full_name == account.email.partition("@")[0] and name:
        person.full_name = name
        person.save(update_fields=["full_name", "search_text"])


def _freeze(
    application: Application,
    documents: Mapping[str, list[Document]],
    beside: Mapping[str, Any],
    *,
    now: dt.datetime,
) -> Submission:
    answers = answers_with_documents(application, documents)
    frozen = freeze_answers(application.form_version, answers, beside, earlier_facts(application))
    return Submission.objects.create(
        application=application,
        step=application.step,
        version=beside["version"],
        form_version=application.form_version,
        body=frozen.body,
        sha256=frozen.sha256,
        submitted_at=now,
        arrived_at=beside["arrived_at"],
    )


def _beside(
    application: Application,
    documents: Mapping[str, list[Document]],
    standing: Sequence[Letter],
    *,
    version: int,
) -> dict[str, Any]:
    """What stands in a submission beside the answers."""
    applicant = application.applicant
    return {
        "number": application.number,
        "version": version,
        "call": _call_in(application),
        "step": application.step.key,
        "applicant": {"reference": applicant.reference, "name": applicant.full_name},
        "documents": documents_in(documents),
        "letters": _letters_in(application, standing),
        "eligibility": judge_draft(application).to_dict(),
        "revision": application.revision,
    }


def _call_in(application: Application) -> dict[str, Any]:
    call = application.call
    terms = get_frozen_terms(call)
    return {"slug": call.slug, "title": call.title, "terms_sha256": terms.sha256 if terms else ""}


def documents_in(documents: Mapping[str, Sequence[Document]]) -> list[dict[str, Any]]:
    """Documents as a submission lists them."""
    return [
        {
            "slot": slot,
            "reference": each.reference,
            "name": each.file.name,
            "bytes": each.file.size_bytes,
            "sha256": each.file.sha256,
        }
        for slot, listed in documents.items()
        for each in listed
    ]


def _letters_in(application: Application, standing: Sequence[Letter]) -> list[dict[str, Any]]:
    """Whom the answers name as writers; who was not asked before is asked with the submission."""
    answers = plain_answers(application)
    named = [
        (slot, slot.letter_among(standing, answers), slot.person_in(answers).get("name", ""))
        for slot in letter_slots(application)
    ]
    return [
        {
            "kind": slot.kind,
            "position": slot.position,
            "host": slot.host.key if slot.host else "",
            "name": letter.full_name if letter else name,
            "state": letter.state if letter else "asked",
        }
        for slot, letter, name in named
        if letter or name
    ]
