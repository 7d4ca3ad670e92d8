"""Changing what a call asks. A draft's form is edited in place; a published form never changes: a
new version takes its place.

Each action changes one thing of the form as it stands under the lock of the call, so that what
another officer changed meanwhile stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.actions.locking import (
    lock_call,
    merge_parts,
    parts_changed_since,
    write_columns,
)
from anso.calls.models import BankQuestion, Call
from anso.calls.queries import NoForm, forms_to_come, get_form, get_working_form
from anso.calls.rules import may_change_questions
from anso.kernel.actors import Actor
from anso.kernel.drafts import Merge
from anso.kernel.errors import BadInput, Stale
from anso.kernel.questions import (
    AnswerMigration,
    Form,
    Question,
    check_migration,
    editing,
    find_differences,
    require_sound_form,
)
from anso.kernel.questions.parts import parts_of_question, with_parts
from anso.kernel.wording import gettext_noop
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import owned_by

CHANGED_SINCE = gettext_noop(
    "Somebody changed this after you opened the page; nothing was done now. This is how it stands:"
    " look at it again."
)


@dataclass(frozen=True)
class Working:
    """The version of a form that officers edit."""

    purpose: str
    version: FormVersion
    form: Form


def fill_question_bank(forms: Iterable[Form]) -> None:
    """Keep every question of these forms in the bank under its key; what is there already stays as
    it is.
    """
    questions = {question.key: question for form in forms for question in form.questions()}
    BankQuestion.objects.bulk_create(
        (
            BankQuestion(key=key, definition=question.to_dict())
            for key, question in questions.items()
        ),
        ignore_conflicts=True,  # what an office has worded for itself is never written over
    )


@transaction.atomic
def change_question(
    *,
    call: Call,
    purpose: str,
    key: str,
    changes: Mapping[str, Any],
    base_revision: int,
    actor: Actor,
    now: dt.datetime,
) -> FormVersion:
    """Change parts of one question, named as ``kernel.questions.parts`` names them; ``section``
    puts it at the end of another section.

    Refuses what is not sound, naming the question; raises Disputed where another officer changed
    one of the parts since ``base_revision``. Once the call is published the change makes a new
    version.
    """
    locked, working = _lock_form(call, purpose, actor, now)
    question = editing.find_question(working.form, key)
    here = working.form.section_of(key).key
    parts = dict.fromkeys(changes, "") | parts_of_question(question) | {"section": here}
    start = f"{purpose}.{key}."
    given = {start + name: value for name, value in changes.items()}
    known = {start + name: value for name, value in parts.items()}
    merge = merge_parts(locked, known, given, base_revision)
    taken = {name.removeprefix(start): value for name, value in merge.accepted.items()}
    changed = editing.replace_question(working.form, with_parts(question, taken))
    changed = editing.place_question(changed, key, taken.get("section", here))
    return write_form(call, locked, working, changed, merge, actor=actor, now=now)


@transaction.atomic
def move_question(
    *,
    call: Call,
    purpose: str,
    key: str,
    steps: int,
    base_revision: int,
    actor: Actor,
    now: dt.datetime,
) -> FormVersion:
    """Move a question some places down in its section (up, below zero). Refused (Stale) when
    another officer changed the order since ``base_revision``.
    """
    locked, working = _lock_form(call, purpose, actor, now)
    changed = editing.move_question(working.form, key, steps)
    order = _order_key(purpose, changed.section_of(key).key)
    _require_seen(locked, order, base_revision)
    merge = _stamp(locked, [order])
    return write_form(call, locked, working, changed, merge, actor=actor, now=now)


@transaction.atomic
def remove_question(
    *,
    call: Call,
    purpose: str,
    key: str,
    base_revision: int,
    actor: Actor,
    now: dt.datetime,
) -> FormVersion:
    """Take a question out of a form. Refused (Stale) when another officer changed it since
    ``base_revision``: their words would go unseen.
    """
    locked, working = _lock_form(call, purpose, actor, now)
    changed = editing.remove_question(working.form, key)
    _require_seen(locked, f"{purpose}.{key}.", base_revision)
    merge = _stamp(locked, _question_keys(purpose, working.form, [key]))
    return write_form(call, locked, working, changed, merge, actor=actor, now=now)


@transaction.atomic
def add_question(
    *,
    call: Call,
    purpose: str,
    section: str,
    question: Question,
    actor: Actor,
    now: dt.datetime,
) -> FormVersion:
    """Ask one more question, at the end of a section. Refuses one that is asked already."""
    locked, working = _lock_form(call, purpose, actor, now)
    changed = editing.add_question(working.form, section, question)
    merge = _stamp(locked, _question_keys(purpose, changed, [question.key]))
    return write_form(call, locked, working, changed, merge, actor=actor, now=now)


def _lock_form(call: Call, purpose: str, actor: Actor, now: dt.datetime) -> tuple[Call, Working]:
    """The rule is required of the locked row, and the form read after it is locked."""
    locked = lock_call(call)
    may_change_questions(actor, locked, now, purpose=purpose).require()
    return locked, get_working(locked, purpose)


def get_working(locked: Call, purpose: str) -> Working:
    """The version of a form that is changed under the lock of its call; NoForm without one."""
    version, form = get_working_form(locked, purpose)
    if version is None:
        raise NoForm(purpose)
    return Working(purpose, version, form)


def _require_seen(locked: Call, start: str, base_revision: int) -> None:
    if parts_changed_since(locked, start, base_revision):
        raise Stale(CHANGED_SINCE)


def _order_key(purpose: str, section: str) -> str:
    return f"{purpose}.order.{section}"


def _question_keys(purpose: str, form: Form, keys: Iterable[str]) -> list[str]:
    known = set(form.keys())
    return [
        f"{purpose}.{key}.{name}"
        for key in keys
        if key in known
        for name in parts_of_question(form.question(key))
    ]


def _stamp(locked: Call, keys: Iterable[str]) -> Merge:
    """Mark parts as changed whatever stood in them: a page that showed them is stale."""
    revision = locked.revision + 1
    revisions = {**locked.revisions, **dict.fromkeys(keys, revision)}
    return Merge(revision, revisions)


def write_form(
    call: Call,
    locked: Call,
    working: Working,
    form: Form,
    merge: Merge,
    *,
    actor: Actor,
    now: dt.datetime,
) -> FormVersion:
    require_sound_form(form, is_draft=True)
    version, purpose = working.version, working.purpose
    # Somebody else did the same, or a question was moved and is back: no version is made for
    # nothing.
    if form == working.form:
        return version
    if version.published_at is not None:
        number = version.number + 1
        version = FormVersion(**owned_by(locked), purpose=purpose, number=number, created_at=now)
    version.definition, version.sha256 = form.to_dict(), form.hash
    version.save()
    write_columns(call, locked, {}, merge)
    changes = {
        difference.key: [difference.kind, list(difference.parts)]
        for difference in find_differences(working.form, form)
    }
    record_entry(
        call, "change_questions", actor=actor, now=now, changes={purpose: [version.number, changes]}
    )
    return version


@transaction.atomic
def publish_questions(
    *,
    call: Call,
    purpose: str,
    migration: Mapping[str, AnswerMigration],
    base_revision: int,
    actor: Actor,
    now: dt.datetime,
) -> FormVersion:
    """Put the working version of a published call in force, with what becomes of the answers to
    every old question in drafts under way.

    What was submitted is never touched. Refuses missing or impossible declarations, a call that has
    no changed questions, and (Stale) questions that were changed since ``base_revision``.
    """
    locked, working = _lock_form(call, purpose, actor, now)
    version = _require_waiting(locked, working)
    _require_seen(locked, f"{purpose}.", base_revision)
    require_sound_form(working.form)
    old = get_form(locked, purpose)[1]
    for fault in check_migration(old, working.form, migration):
        raise BadInput.of(fault)
    version.migration = {key: str(declared) for key, declared in migration.items()}
    version.published_at = now
    version.save(update_fields=["migration", "published_at"])
    record_entry(
        call,
        "publish_questions",
        actor=actor,
        now=now,
        changes={purpose: [None, version.number], "sha256": [old.hash, version.sha256]},
    )
    return version


@transaction.atomic
def discard_questions(
    *, call: Call, purpose: str, base_revision: int, actor: Actor, now: dt.datetime
) -> None:
    """Throw away the working version of a published call; what people fill stays as it is. Refused
    (Stale) when another officer changed it since ``base_revision``.
    """
    locked, working = _lock_form(call, purpose, actor, now)
    version = _require_waiting(locked, working)
    _require_seen(locked, f"{purpose}.", base_revision)
    old, number = get_form(locked, purpose)[1], version.number
    version.delete()
    # What stands now differs from what the pages of others show, though no older revision says so.
    differing = [difference.key for difference in find_differences(working.form, old)]
    orders = [_order_key(purpose, section.key) for section in old.sections]
    stamped = _stamp(locked, [*_question_keys(purpose, old, differing), *orders])
    write_columns(call, locked, {}, stamped)
    record_entry(call, "discard_questions", actor=actor, now=now, changes={purpose: [number, None]})


def _require_waiting(locked: Call, working: Working) -> FormVersion:
    if locked.state != "published" or working.version.published_at is not None:
        raise BadInput(gettext_noop("No changed questions wait to be put in force."))
    if forms_to_come(locked).filter(purpose=working.purpose).exists():
        raise BadInput(gettext_noop("These questions come into force with the amendment."))
    return working.version
