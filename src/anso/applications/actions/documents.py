"""Documents of an application: added, replaced and removed until the call closes; what was replaced
stays for the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.models import Application, Document, SaveReceipt
from anso.applications.queries.answers import get_form_of
from anso.applications.queries.collaborators import get_application_to_fill_in
from anso.applications.queries.visibility import documents_of
from anso.applications.rules import may_fill_in
from anso.files.models import StoredFile
from anso.kernel.errors import BadInput
from anso.kernel.questions import FileSlot
from anso.kernel.questions.types.file import check_file
from anso.kernel.wording import gettext_noop

RECEIPT_LENGTH = 4


@transaction.atomic
def add_document(
    *, application: Application, slot: str, stored: StoredFile, actor: Account, now: dt.datetime
) -> Document:
    """Put a stored file into a slot of the application, such as the passport, and give a receipt.

    In a slot for one file it replaces the one before, which stays for the record. Refused after the
    close, for a slot the form does not have, for the wrong kind or size, and where the slot is
    full. The same file again changes nothing.
    """
    locked = locking.lock_application(application)
    may_fill_in(actor, locked, [slot], now).require()
    asked = find_slot(locked, slot)
    require_kind(asked, stored)
    standing = list(documents_of(locked).filter(slot=slot))
    same = next((document for document in standing if document.file.sha256 == stored.sha256), None)
    if same:
        return same
    if asked.max_count == 1:
        Document.objects.filter(pk__in=[document.pk for document in standing]).update(
            removed_at=now
        )
    elif len(standing) >= asked.max_count:
        raise BadInput(
            gettext_noop("Upload at most %(limit)s files here."),
            code="too_many",
            limit=asked.max_count,
        )
    document = Document.objects.create(application=locked, slot=slot, file=stored, added_at=now)
    note_change(
        locked,
        {slot: {"added": stored.name, "sha256": stored.sha256}},
        f"add-{document.reference}",
        now,
    )
    return document


@transaction.atomic
def remove_document(*, document: Document, actor: Account, now: dt.datetime) -> Document:
    """Take a document out of the application; it stays for the record. Refused after the close;
    again, it changes nothing.
    """
    locked = locking.lock_application(document.application)
    may_fill_in(actor, locked, [document.slot], now).require()
    current = Document.objects.select_related("file").get(pk=document.pk)
    if current.removed_at:
        return current
    current.removed_at = now
    current.save(update_fields=["removed_at"])
    note_change(
        locked, {current.slot: {"removed": current.file.name}}, f"remove-{current.reference}", now
    )
    return current


def attach_upload(
    *, purpose: str, stored: StoredFile, actor: Account, now: dt.datetime
) -> Mapping[str, Any]:
    """Take over an upload that arrived in pieces; ``purpose`` reads application:REFERENCE:slot.
    Returns what the sender is told.
    """
    _kind, reference, slot = purpose.split(":", 2)
    application = get_application_to_fill_in(actor, reference)
    document = add_document(application=application, slot=slot, stored=stored, actor=actor, now=now)
    return {"receipt": receipt_of(document), "name": stored.name, "document": document.reference}


def receipt_of(document: Document) -> str:
    """The short receipt shown beside a document."""
    return document.reference[:RECEIPT_LENGTH]


def find_slot(application: Application, slot: str) -> FileSlot:
    """What may be uploaded under a question of the form; refuses a question that asks for no
    file.
    """
    question = next(
        (q for q in get_form_of(application).questions() if q.key == slot and q.type == "file"),
        None,
    )
    if question is None:
        raise BadInput(
            gettext_noop("This form does not ask for that document."), code="unknown_slot"
        )
    return question.file or FileSlot()


def require_kind(asked: FileSlot, stored: StoredFile) -> None:
    """Refuse a file of another kind, or larger, than its slot takes."""
    fault = check_file(asked, media_type=stored.media_type, size=stored.size_bytes)
    if fault:
        raise BadInput.of(fault)


def note_change(
    application: Application, changes: Mapping[str, Any], token: str, now: dt.datetime
) -> None:
    """Count a change of the documents as a save, with its receipt."""
    revision = application.revision + 1
    Application.objects.filter(pk=application.pk).update(revision=revision, saved_at=now)
    SaveReceipt.objects.create(
        application=application, revision=revision, saved_at=now, changes=dict(changes), token=token
    )
