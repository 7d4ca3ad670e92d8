"""Drafts: starting an application, and saving answers so that nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from psycopg.types.json import Jsonb

from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.actions.participants import applicant_row
from anso.applications.models import Application, SaveReceipt
from anso.applications.queries.answers import get_form_of, plain_answers
from anso.applications.queries.visibility import current_applications_of
from anso.applications.queries.windows import WRITTEN
from anso.applications.rules import (
    is_state_open,
    may_change_application,
    may_start_another_application,
    may_start_application,
)
from anso.audit.actions import record_entry
from anso.calls.models import Call
from anso.calls.queries import get_form
from anso.calls.queries.steps import steps_of_block
from anso.database import Statement
from anso.directory.models import Person
from anso.directory.queries import get_person_of
from anso.kernel.drafts import TwoTexts
from anso.kernel.names import clean_line, search_text
from anso.kernel.questions import Form, migrate_answers
from anso.kernel.questions.versions import AnswerMigration
from anso.kernel.references import CallNumber
from anso.kernel.wording import Message
from anso.questionnaires.actions import clean_fields
from anso.questionnaires.models import FormVersion

TOKEN_LENGTH = 64
# A save whose texts are all disputed has no new revision: its receipt is kept and the row left
# alone. Otherwise "||" replaces the answers that came and touches no other.
WRITE_ANSWERS = Statement(
    "write_answers",
    """
WITH receipt AS (
    INSERT INTO applications_savereceipt
        (reference, application_id, revision, saved_at, changes, set_aside, token)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id, application_id, revision, saved_at
), kept AS (
    UPDATE applications_application AS kept
    SET answers = kept.answers || $8, revision = receipt.revision, saved_at = receipt.saved_at
    FROM receipt WHERE kept.id = receipt.application_id AND kept.revision < receipt.revision
)
SELECT id FROM receipt
""",
    values=8,
)


@dataclass(frozen=True)
class SaveResult:
    """What became of one save: its receipt, what is still wrong with what was saved, texts that
    stand against newer ones, and what other tabs saved that this one has not shown.
    """

    receipt: SaveReceipt
    revision: int
    errors: Mapping[str, Message]
    disputed: Mapping[str, TwoTexts]
    unseen: Mapping[str, Any]


@transaction.atomic
def start_application(
    *,
    call: Call,
    actor: Account,
    now: dt.datetime,
    answers: Mapping[str, Any] | None = None,
    full_name: str = "",
    ordinal: int = 1,
) -> Application:
    """Begin the application of a signed-in person and give it the next number of the call, such as
    F27-00001.

    ``answers`` of the eligibility check are carried over. One person has one application per call,
    or as many as its kind takes, told apart by ``ordinal``: asked again, the same one is returned.
    Refused while the call is not open and beyond that number.
    """
    may_start_application(actor, call, now).require()
    # Locked before anything is read: two tabs that start at once then see each other.
    last_number = (
        Call.objects.select_for_update().values_list("last_number", flat=True).get(pk=call.pk)
    )
    standing = {each.ordinal: each for each in current_applications_of(actor, call)}
    if ordinal in standing:
        return standing[ordinal]
    may_start_another_application(standing.values(), ordinal, call).require()
    step = steps_of_block(call, "applications")[0]
    version, form = get_form(call, step.form)
    Call.objects.filter(pk=call.pk).update(last_number=last_number + 1)
    cells, _errors = clean_fields(form, answers or {})
    number = str(CallNumber(call.number_prefix, last_number + 1))
    person = _person_of(actor, full_name)
    kept = {key: _cell(value, version, 1) for key, value in cells.items()}
    application = Application.objects.create(
        number=number,
        call=call,
        step=step,
        applicant=person,
        ordinal=ordinal,
        form_version=version,
        answers=kept,
        revision=1 if kept else 0,
        started_at=now,
        saved_at=now,
        subject_name=person.full_name,
        search_text=search_text(number, person.full_name, actor.email, names=[person.full_name]),
    )
    applicant_row(application).save(force_insert=True)
    changes = {"call": [None, call.slug]}
    record_entry(application, "start_application", actor=actor, now=now, changes=changes)
    return application


def save_answers(
    *,
    application: Application,
    fields: Mapping[str, Any],
    base: int,
    token: str,
    actor: Account,
    now: dt.datetime,
) -> SaveResult:
    """Save the answers that changed since revision ``base`` and give a receipt. Errors in them
    never prevent saving.

    Where another tab has meanwhile saved a different answer to the same question, that one stays,
    and the one that came late is kept in the receipt and returned, so that the person can choose.
    The same words with the same ``token`` are saved once; other words with it, from a page that the
    browser took out of its memory, are saved as any others. Refused after the close. Leaves no row
    in the record: receipts are the record of saves.
    """
    may_change_application(actor, application, now).require()
    chosen = token[:TOKEN_LENGTH] or secrets.token_hex(16)
    # The rule was asked without a lock; whether the state still allows it is asked again under it.
    # The close is not: what counts is the instant at which the request arrived.
    try:
        return _save_once(application, fields, base, chosen, now)
    # Nearly never is a token used twice, so it is not looked for first: the constraint says so, and
    # the transaction that it ended has written nothing.
    except IntegrityError:
        return _saved_before(application, fields, base, chosen) or _save_once(
            application, fields, base, secrets.token_hex(16), now
        )


@transaction.atomic
def _save_once(
    application: Application, fields: Mapping[str, Any], base: int, token: str, now: dt.datetime
) -> SaveResult:
    values, errors = clean_fields(get_form_of(application), fields)
    kept = locking.lock_answers(application, values.keys(), base)
    # Read under the lock: the application may have been withdrawn while this request waited.
    is_state_open(kept.state).require()
    merge = kept.draft.merge(values, base)
    receipt = SaveReceipt(
        application_id=application.pk,
        revision=merge.revision,
        saved_at=now,
        changes=merge.accepted,
        set_aside={key: both.yours for key, both in merge.disputed.items()},
        token=token,
    )
    _write_answers(application, receipt)
    return SaveResult(receipt, merge.revision, errors, merge.disputed, merge.unseen)


def _write_answers(application: Application, receipt: SaveReceipt) -> None:
    """Keep the receipt and, where it raises the revision, the answers in it: one statement, since
    nothing is done as often.
    """
    patch = {
        key: _cell(value, application.form_version, receipt.revision)
        for key, value in receipt.changes.items()
    }
    written = [Jsonb(receipt.changes), Jsonb(receipt.set_aside), receipt.token, Jsonb(patch)]
    values = [
        receipt.reference,
        receipt.application_id,
        receipt.revision,
        receipt.saved_at,
        *written,
    ]
    ((receipt.pk,),) = WRITE_ANSWERS.rows(*values)


def _saved_before(
    application: Application, fields: Mapping[str, Any], base: int, token: str
) -> SaveResult | None:
    """The browser repeated a request whose answer it did not get: tell it again what happened. None
    where the words are others.
    """
    receipt = SaveReceipt.objects.get(application_id=application.pk, token=token)
    values, errors = clean_fields(get_form_of(application), fields)
    current = Application.objects.only("answers", "revision").get(pk=application.pk)
    known = plain_answers(current) | receipt.set_aside | receipt.changes
    if any(value != known.get(key) for key, value in values.items()):
        return None
    theirs = {key: cell.get("value") for key, cell in current.answers.items()}
    disputed = {key: TwoTexts(value, theirs.get(key)) for key, value in receipt.set_aside.items()}
    unseen = {
        key: cell.get("value")
        for key, cell in current.answers.items()
        if cell.get("revision", 0) > base and key not in values
    }
    return SaveResult(receipt, current.revision, errors, disputed, unseen)


def adopt_form_version(
    *, application: Application, actor: Account, now: dt.datetime
) -> Application:
    """Carry an unfinished application over to the form that the call asks now, by the declared
    steps; nothing else happens otherwise.

    Answers that are asked again or dropped are kept in a receipt. Refused after the close; what was
    submitted is never touched.
    """
    newest, form = get_form(application.call, application.step.form)
    if newest.pk == application.form_version_id or application.state not in WRITTEN:
        return application
    may_change_application(actor, application, now).require()
    return _move_to_form(application, newest, form, actor, now)


@transaction.atomic
def _move_to_form(
    application: Application, newest: FormVersion, form: Form, actor: Account, now: dt.datetime
) -> Application:
    locked = locking.lock_application(application)
    if locked.form_version_id == newest.pk:
        return locked  # another tab came first; to carry once more could drop what it answered
    migration = {key: AnswerMigration(declared) for key, declared in newest.migration.items()}
    values = {key: cell["value"] for key, cell in locked.answers.items()}
    moved = migrate_answers(
        get_form_of(locked), form, migration or dict.fromkeys(values, AnswerMigration.CARRY), values
    )
    revision = locked.revision + 1
    answers = {key: locked.answers[key] for key in moved.answers}
    locked.answers, locked.form_version, locked.revision, locked.saved_at = (
        answers,
        newest,
        revision,
        now,
    )
    locked.save(update_fields=["answers", "form_version", "revision", "saved_at"])
    token = f"form-{newest.pk}"
    SaveReceipt.objects.create(
        application=locked,
        revision=revision,
        saved_at=now,
        changes={},
        set_aside=dict(moved.earlier),
        token=token,
    )
    record_entry(
        locked,
        "adopt_form_version",
        actor=actor,
        now=now,
        changes={"form_version": [application.form_version.number, newest.number]},
    )
    return locked


def _cell(value: Any, version: FormVersion, revision: int) -> dict[str, Any]:
    return {"value": value, "form": version.number, "revision": revision}


def _person_of(actor: Account, full_name: str) -> Person:
    person = get_person_of(actor)
    if person:
        return person
    name = clean_line(full_name[:400])[:200] or actor.email.partition("@")[0]
    return Person.objects.create(account=actor, full_name=name)
