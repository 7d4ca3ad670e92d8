"""Changing what a call asks. A draft's form is edited in place; a published form never changes: a
new version takes its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.models import BankQuestion, Call, FormVersion
from anso.calls.queries import get_form, get_working_form
from anso.calls.rules import may_change_questions
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.questions import (
    AnswerMigration,
    Form,
    check_migration,
    find_differences,
    require_sound_form,
)
from anso.kernel.wording import gettext_noop


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
        ignore_conflicts=True,
    )


@transaction.atomic
def change_questions(
    *, call: Call, purpose: str, form: Form, actor: Actor, now: dt.datetime
) -> FormVersion:
    """Keep another form as the working version; nobody fills it before it is published.

    Refuses a form that is not sound, naming the question. Once the call is published the change
    makes a new version.
    """
    Call.objects.select_for_update().get(pk=call.pk)
    may_change_questions(actor, call, now).require()
    require_sound_form(form)
    version, before = get_working_form(call, purpose)
    if form == before and version is not None:
        return version
    if version is None or version.published_at is not None:
        number = version.number + 1 if version else 1
        version = FormVersion(call=call, purpose=purpose, number=number, created_at=now)
    version.definition, version.sha256 = form.to_dict(), form.hash
    version.save()
    changes = {
        difference.key: [difference.kind, list(difference.parts)]
        for difference in find_differences(before, form)
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
    actor: Actor,
    now: dt.datetime,
) -> FormVersion:
    """Put the working version of a published call in force, with what becomes of the answers to
    every old question in drafts under way.

    What was submitted is never touched. Refuses missing or impossible declarations, and a call that
    has no changed questions.
    """
    may_change_questions(actor, call, now).require()
    working, form = get_working_form(call, purpose)
    if call.state != "published" or working is None or working.published_at is not None:
        raise BadInput(gettext_noop("No changed questions wait to be put in force."))
    old = get_form(call, purpose)[1]
    for fault in check_migration(old, form, migration):
        raise BadInput.of(fault)
    working.migration = {key: str(declared) for key, declared in migration.items()}
    working.published_at = now
    working.save(update_fields=["migration", "published_at"])
    record_entry(
        call,
        "publish_questions",
        actor=actor,
        now=now,
        changes={purpose: [None, working.number], "sha256": [old.hash, working.sha256]},
    )
    return working


@transaction.atomic
def discard_questions(*, call: Call, purpose: str, actor: Actor, now: dt.datetime) -> None:
    """Throw away the working version of a published call; what people fill stays as it is."""
    may_change_questions(actor, call, now).require()
    working, _ = get_working_form(call, purpose)
    if call.state == "draft" or working is None or working.published_at is not None:
        raise BadInput(gettext_noop("No changed questions wait to be put in force."))
    number = working.number
    working.delete()
    record_entry(call, "discard_questions", actor=actor, now=now, changes={purpose: [number, None]})
