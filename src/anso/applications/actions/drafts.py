"""Drafts: starting an application, and saving answers so that nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from psycopg.types.json import Jsonb

from anso.accounts.models import Account
from anso.applications.actions.locking import (
    KeptAnswers,
    answers_as_read,
    lock_answers,
    lock_application,
)
from anso.applications.actions.participants import applicant_row
from anso.applications.models import Application, SaveReceipt
from anso.applications.queries.answers import get_form_of, plain_answers
from anso.applications.queries.collaborators import helper_of, keys_shared_with
from anso.applications.queries.visibility import current_applications_of
from anso.applications.queries.windows import WRITTEN
from anso.applications.rules import (
    is_state_open,
    may_change_application,
    may_fill_in,
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
from anso.kernel.actors import Actor
from anso.kernel.drafts import TwoTexts
from anso.kernel.names import clean_line, search_text
from anso.kernel.questions import Form, migrate_answers
from anso.kernel.questions.versions import AnswerMigration
from anso.kernel.references import CallNumber
from anso.kernel.wording import Message
from anso.questionnaires.actions import clean_fields
from anso.questionnaires.models import FormVersion

TOKEN_LENGTH = 64
# Writes only while the row is at the revision and in the state that the merge was made for, and
# only once for each token; else it gives no row. "||" replaces the answers that came and touches no
# other. A save whose texts are all disputed has no new revision: its receipt is kept and the time
# of the row left alone. That the insert may meet its token is for two such saves at once: the
# update, which otherwise tells them apart, finds the same revision for both.
WRITE_ANSWERS = Statement(
    "write_answers",
    """
WITH kept AS (
    UPDATE applications_application AS kept
    SET answers = answers || $8, revision = $3,
        saved_at = CASE WHEN revision < $3 THEN $4 ELSE saved_at END
    WHERE id = $2 AND revision = $9 AND state = $10 AND NOT EXISTS (
        SELECT 1 FROM applications_savereceipt AS earlier
        WHERE earlier.application_id = kept.id AND earlier.token = $7
    )
    RETURNING id
)
INSERT INTO applications_savereceipt
    (reference, application_id, revision, saved_at, changes, set_aside, token, saved_by_id)
SELECT $1, id, $3, $4, $5, $6, $7, $11 FROM kept
ON CONFLICT (application_id, token) DO NOTHING RETURNING id
""",
    values=11,
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
    person = person_of(actor, full_name)
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
    may_fill_in(actor, application, fields, now).require()
    form, by = get_form_of(application), helper_of(actor, application)
    asked = _Asked(application, *clean_fields(form, fields), base=base, now=now, saved_by=by)
    chosen = token[:TOKEN_LENGTH] or secrets.token_hex(16)
    # What was read a moment ago nearly always still stands: it is written on that condition, in one
    # statement. Only where something came between is the row locked and read again.
    saved = _write_answers(asked, answers_as_read(application), chosen) or _save_locked(
        asked, chosen
    )
    return saved if by is None else _as_shared(saved, keys_shared_with(actor, application))


def _as_shared(saved: SaveResult, keys: Collection[str]) -> SaveResult:
    """Whoever fills in parts is told of changes in these alone."""
    return replace(saved, unseen={key: saved.unseen[key] for key in saved.unseen if key in keys})


@dataclass(frozen=True)
class _Asked:
    """A save that was asked for: the cleaned values, what is wrong with them, the revision that the
    page showed, and when it arrived.
    """

    application: Application
    values: Mapping[str, Any]
    errors: Mapping[str, Message]
    base: int
    now: dt.datetime
    saved_by: int | None


@transaction.atomic
def _save_locked(asked: _Asked, token: str) -> SaveResult:
    """The same under a lock. A token that was used before is a request that the browser repeated,
    or, with other words, another save.
    """
    kept = lock_answers(asked.application, asked.values.keys(), asked.base)
    # Read under the lock: the application may have been withdrawn while this request waited. The
    # close is not asked again: what counts is the instant at which the request arrived.
    is_state_open(kept.state).require()
    saved = _write_answers(asked, kept, token) or _saved_before(asked, token)
    return saved or _write_answers(asked, kept, secrets.token_hex(16))  # type: ignore[return-value]  # the lock is held and the token new


def _write_answers(asked: _Asked, kept: KeptAnswers, token: str) -> SaveResult | None:
    """Keep the receipt and the answers in it; None where the row no longer stands as ``kept`` says,
    or the token was used.
    """
    merge = kept.draft.merge(asked.values, asked.base)
    receipt = SaveReceipt(
        application_id=asked.application.pk,
        revision=merge.revision,
        saved_at=asked.now,
        changes=merge.accepted,
        set_aside={key: both.yours for key, both in merge.disputed.items()},
        token=token,
        saved_by_id=asked.saved_by,
    )
    patch = {
        key: _cell(value, asked.application.form_version, receipt.revision)
        for key, value in receipt.changes.items()
    }
    written = WRITE_ANSWERS.rows(
        receipt.reference,
        receipt.application_id,
        receipt.revision,
        receipt.saved_at,
        Jsonb(receipt.changes),
        Jsonb(receipt.set_aside),
        receipt.token,
        Jsonb(patch),
        kept.revision,
        kept.state,
        receipt.saved_by_id,
    )
    if not written:
        return None
    ((receipt.pk,),) = written
    return SaveResult(receipt, merge.revision, asked.errors, merge.disputed, merge.unseen)


def _saved_before(asked: _Asked, token: str) -> SaveResult | None:
    """The browser repeated a request whose answer it did not get: tell it again what happened. None
    where the words are others.
    """
    values = asked.values
    receipt = SaveReceipt.objects.get(application_id=asked.application.pk, token=token)
    current = Application.objects.only("answers", "revision").get(pk=asked.application.pk)
    known = plain_answers(current) | receipt.set_aside | receipt.changes
    if any(value != known.get(key) for key, value in values.items()):
        return None
    theirs = {key: cell.get("value") for key, cell in current.answers.items()}
    disputed = {key: TwoTexts(value, theirs.get(key)) for key, value in receipt.set_aside.items()}
    unseen = {
        key: cell.get("value")
        for key, cell in current.answers.items()
        if cell.get("revision", 0) > asked.base and key not in values
    }
    return SaveResult(receipt, current.revision, asked.errors, disputed, unseen)


def adopt_form_version(*, application: Application, actor: Actor, now: dt.datetime) -> Application:
    """Carry an unfinished application over to the form that the call asks now, by the declared
    steps; nothing else happens otherwise.

    Answers that are asked again or dropped are kept in a receipt. Refused after the close; what was
    submitted is never touched.
    """
    newest, form = get_form(application.call, application.step.form)
    if newest.pk == application.form_version_id:
        application.form_version = newest  # so that nobody reads it a second time
        return application
    if application.state not in WRITTEN:
        return application
    may_change_application(actor, application, now).require()
    return _move_to_form(application, newest, form, actor, now)


@transaction.atomic
def _move_to_form(
    application: Application, newest: FormVersion, form: Form, actor: Actor, now: dt.datetime
) -> Application:
    locked = lock_application(application)
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


def person_of(actor: Account, full_name: str) -> Person:
    """The person behind an account; one who has none yet is written down by that name."""
    person = get_person_of(actor)
    if person:
        return person
    name = clean_line(full_name) or actor.email.partition("@")[0]
    return Person.objects.create(account=actor, full_name=name)
