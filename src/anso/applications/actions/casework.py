"""What officers keep beside an application for themselves: notes, flags, and whose file it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Model

from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.enums import Flag
from anso.applications.models import Application, CaseNote
from anso.applications.rules import may_keep_case, may_remove_note
from anso.audit.actions import record_entries, record_entry
from anso.calls.models import Call
from anso.calls.queries import is_officer_of
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.reasons import required_reason
from anso.kernel.wording import gettext_noop

NOTE_AT_MOST = 4000


@transaction.atomic
def write_note(
    *, application: Application, text: str, actor: Account, now: dt.datetime
) -> CaseNote:
    """Keep a note beside an application for the officers of its call. The record says who wrote one
    and when, never what: more people read the record.
    """
    may_keep_case(actor, application, now).require()
    words = required_reason(text, gettext_noop("Write the note first."), NOTE_AT_MOST)
    note = CaseNote.objects.create(
        application=application, text=words, written_by=actor, written_at=now
    )
    changes = {"note": [None, note.reference]}
    record_entry(application, "write_note", actor=actor, now=now, changes=changes)
    return note


@transaction.atomic
def remove_note(*, note: CaseNote, actor: Account, now: dt.datetime) -> CaseNote:
    """Take one's own note away. Its words are gone, that it was there stays; again, it changes
    nothing.
    """
    locked = CaseNote.objects.select_for_update(of=("self",)).select_related("application__call")
    current = locked.get(pk=note.pk)
    may_remove_note(actor, current, now).require()
    if current.removed_at is None:
        current.text, current.removed_at = "", now
        current.save(update_fields=["text", "removed_at"])
        changes = {"note": [current.reference, None]}
        record_entry(current.application, "remove_note", actor=actor, now=now, changes=changes)
    return current


@transaction.atomic
def set_flags(
    *, application: Application, flags: Collection[str], actor: Account, now: dt.datetime
) -> Application:
    """Put these flags on an application and take all others away. Refuses one that there is not."""
    locked = locking.lock_application(application)
    may_keep_case(actor, locked, now).require()
    if not set(flags) <= set(Flag.values):
        raise BadInput(gettext_noop("There is no such flag."))
    before, after = locked.flags, [flag for flag in Flag.values if flag in flags]
    if before != after:
        locked.flags = after
        locked.save(update_fields=["flags"])
        changes = {"flags": [before, after]}
        record_entry(locked, "flag_application", actor=actor, now=now, changes=changes)
    application.flags = after
    return locked


@transaction.atomic
def name_owner(
    *, application: Application, owner: Account | None, actor: Account, now: dt.datetime
) -> Application:
    """Say which officer looks after an application, or that nobody does alone. Refuses anybody who
    does not work on its call today.
    """
    locked = locking.lock_application(application)
    may_keep_case(actor, locked, now).require()
    if owner is not None and not is_officer_of(owner, locked.call, now):
        text = gettext_noop("%(email)s does not work on this call.")
        raise BadInput(text, email=owner.email)
    before, application.owner = locked.owner, owner
    if before != owner:
        locked.owner = owner
        locked.save(update_fields=["owner"])
        changes = {"owner": [str(before or ""), str(owner or "")]}
        record_entry(locked, "name_owner", actor=actor, now=now, changes=changes)
    return locked


@transaction.atomic
def pass_files_on(
    *, call: Call, account: Model, to: Account | None, actor: Actor, now: dt.datetime
) -> None:
    """Give the files of an officer who leaves a call to the colleague who takes it over; to nobody
    where there is none.
    """
    # In the order of their keys, as all that lock several applications do.
    owned = locking.locked_applications().filter(call=call, owner_id=account.pk).order_by("pk")
    files = list(owned.defer("answers", "search_text"))
    Application.objects.filter(pk__in=[each.pk for each in files]).update(owner=to)
    changes = {"owner": [str(account), str(to or "")]}
    record_entries(files, "name_owner", actor=actor, now=now, changes=changes)
