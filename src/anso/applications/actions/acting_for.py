"""What an officer does in an applicant's place, where these cannot: hand in a complete draft, put a
file in. Each with a reason that the applicant reads and that the submission says for good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.actions.applicant_mail import notify_applicant
from anso.applications.actions.documents import note_change, require_kind
from anso.applications.actions.drafts import adopt_form_version
from anso.applications.actions.submissions import (
    documents_in,
    next_version,
    order_receipt,
    submit_locked,
)
from anso.applications.models import Application, Document, Submission
from anso.applications.notices import FILE_PUT_IN, HANDED_IN
from anso.applications.queries.acting_for import OpenSlot, open_slots
from anso.applications.queries.answers import document_value
from anso.applications.queries.visibility import documents_of, has_unsubmitted_changes
from anso.applications.queries.windows import earlier_facts
from anso.applications.rules import may_hand_in_for, may_put_file_in
from anso.audit.actions import record_entry, transition
from anso.files.models import StoredFile
from anso.kernel.actors import name_of_account
from anso.kernel.errors import BadInput
from anso.kernel.reasons import READ_BY_APPLICANT, fitting, required_reason
from anso.kernel.wording import gettext_noop
from anso.questionnaires.actions import freeze_answers
from anso.ui.question_fields import in_reader_language

ASKED_AT_MOST = 300
WHO_ASKED = gettext_noop("Say who asked for it, and how.")


@transaction.atomic
def hand_in_for(
    *, application: Application, because: str, asked: str, actor: Account, now: dt.datetime
) -> Submission:
    """Submit a complete draft for its applicant, who gets the receipt and reads who did it, why,
    and who asked for it how (``asked``).

    Refused without both, with what lacks where it is not complete, and after its window has closed,
    where this one was not given more time.
    """
    locked = locking.lock_application(application)
    may_hand_in_for(actor, locked, now).require()
    reason = required_reason(because, READ_BY_APPLICANT)
    request = fitting(
        required_reason(asked, WHO_ASKED), ASKED_AT_MOST, gettext_noop("Who asked for it, and how")
    )
    on_behalf = {
        "what": "handed_in",
        "name": name_of_account(actor),
        "because": reason,
        "asked": request,
    }
    locked = adopt_form_version(application=locked, actor=actor, now=now)
    submission = submit_locked(locked, actor=actor, arrived_at=now, now=now, on_behalf=on_behalf)
    told = {"reason": reason, "asked": request, "officer": on_behalf["name"]}
    notify_applicant(
        HANDED_IN, locked, key=submission.reference, actor=actor, now=now, say=lambda: told
    )
    application.refresh_from_db()
    return submission


@transaction.atomic
def put_file_in(
    *,
    application: Application,
    slot: str,
    stored: StoredFile,
    because: str,
    actor: Account,
    now: dt.datetime,
    replaces: Document | None = None,
) -> Document:
    """Put a file in for an applicant. In a slot for one file it takes the place of the one there;
    in a slot for several that of ``replaces``, or stands beside them. What it replaces stays, and
    stays readable to whoever could read it.

    After submission it makes a new version that differs from the one before in this file alone and
    says that an officer made it; what the applicant changed since and did not submit stays
    unsubmitted. Refused without a reason, for the wrong kind or size, where the slot is full, and
    for what is screened, withdrawn, decided, or a draft whose window has closed.
    """
    locked = locking.lock_application(application)
    may_put_file_in(actor, locked, now).require()
    reason = required_reason(because, READ_BY_APPLICANT)
    slots = open_slots(locked)
    before = _replaced(slots.get(slot), stored, replaces)
    document = _add(locked, slots[slot], stored, before, (actor, now, reason))
    if locked.state == "submitted":
        _freeze_with(locked, slots, document, actor=actor, now=now)
    changes = {"document": [before.file.sha256 if before else None, stored.sha256], "slot": slot}
    record_entry(locked, "put_file_in", actor=actor, now=now, changes=changes, because=reason)
    told = {
        "reason": reason,
        "file": stored.name,
        "replaced": before.file.name if before else "",
        "officer": name_of_account(actor),
        "version": locked.submission.version if locked.state == "submitted" else "",  # type: ignore[union-attr]  # a submitted one has its submission
    }
    question = slots[slot].question.label
    notify_applicant(
        FILE_PUT_IN,
        locked,
        key=document.reference,
        actor=actor,
        now=now,
        say=lambda: told | {"question": in_reader_language(question)},
    )
    application.refresh_from_db()
    return document


def _replaced(
    slot: OpenSlot | None, stored: StoredFile, chosen: Document | None
) -> Document | None:
    """Which file the new one takes the place of; refuses what does not fit the slot."""
    if slot is None:
        raise BadInput(
            gettext_noop("This form does not ask for that document."), code="unknown_slot"
        )
    require_kind(slot.asked, stored)
    if any(each.file.sha256 == stored.sha256 for each in slot.standing):
        raise BadInput(gettext_noop("This very file is there already."))
    if slot.asked.max_count == 1:
        return next(iter(slot.standing), None)
    if chosen is None and len(slot.standing) >= slot.asked.max_count:
        text = gettext_noop("Upload at most %(limit)s files here.")
        raise BadInput(text, code="too_many", limit=slot.asked.max_count)
    if chosen is not None and chosen not in slot.standing:
        raise BadInput(gettext_noop("This file does not stand there any more; look again."))
    return chosen


def _add(
    application: Application,
    slot: OpenSlot,
    stored: StoredFile,
    before: Document | None,
    by: tuple[Account, dt.datetime, str],
) -> Document:
    """Add the file. It stands in the draft too, unless the applicant has put another one there
    since they submitted: theirs is not touched.
    """
    (actor, now, reason), key = by, slot.question.key
    live = list(documents_of(application).filter(slot=key))
    room = len(live) < slot.asked.max_count
    stands = before in live if before is not None else room
    if before is not None and stands:
        Document.objects.filter(pk=before.pk).update(removed_at=now)
    document = Document.objects.create(
        application=application,
        slot=key,
        file=stored,
        added_at=now,
        removed_at=None if stands else now,
        added_by=actor,
        because=reason,
        replaces=before,
    )
    if stands:
        is_changed = has_unsubmitted_changes(application)
        change = {key: {"added": stored.name, "sha256": stored.sha256}}
        note_change(application, change, f"put-in-{document.reference}", now)
        application.refresh_from_db(fields=["revision", "saved_at"])
        if application.state == "submitted" and not is_changed:
            application.submitted_revision = application.revision
    return document


def _freeze_with(
    application: Application,
    slots: Mapping[str, OpenSlot],
    document: Document,
    *,
    actor: Account,
    now: dt.datetime,
) -> None:
    """Make the next version of what was submitted: the same but for this file."""
    latest: Submission = application.submission  # type: ignore[assignment]  # a submitted one has its submission
    slot = slots[document.slot]
    standing = [document if each.pk == document.replaces_id else each for each in slot.standing]
    if document.replaces_id is None:
        standing.append(document)
    answers = latest.answers | {document.slot: [document_value(each) for each in standing]}
    beside = _kept(latest.body) | {
        "version": next_version(latest),
        "arrived_at": now,
        "documents": _listed(slots, document.slot, standing),
        "by_officer": {
            "what": "file",
            "name": name_of_account(actor),
            "because": document.because,
            "slot": document.slot,
        },
    }
    version = latest.form_version
    frozen = freeze_answers(version, answers, beside, earlier_facts(application))
    submission = Submission.objects.create(
        application=application,
        step=application.step,
        version=beside["version"],
        form_version=version,
        body=frozen.body,
        sha256=frozen.sha256,
        submitted_at=now,
        arrived_at=now,
    )
    stamps = {
        "submission": submission,
        "submitted_revision": application.submitted_revision,
    }
    because = document.because
    transition(application, "mend_submission", actor=actor, now=now, because=because, **stamps)
    application.submission = submission
    order_receipt(submission)


def _kept(body: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside the answers in a submission and stays as it was."""
    names = ("number", "call", "step", "applicant", "letters", "eligibility", "revision")
    return {name: body[name] for name in names}


def _listed(
    slots: Mapping[str, OpenSlot], changed: str, standing: Sequence[Document]
) -> list[dict[str, Any]]:
    now_there = {key: list(each.standing) for key, each in slots.items()} | {
        changed: list(standing)
    }
    return documents_in({key: listed for key, listed in now_there.items() if listed})
