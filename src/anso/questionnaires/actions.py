"""Answering a form, whoever asks it: saving a draft so that nothing typed is lost, and freezing
what is submitted.

The app that asks keeps the row, locks it and requires its rule; what happens to answers is here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anso.kernel.canonical import canonical_json, content_hash
from anso.kernel.drafts import Merge
from anso.kernel.questions import Form, clean_answer, facts_meant, shown_answers
from anso.kernel.wording import Message
from anso.questionnaires.models import DraftedAnswers, FormVersion
from anso.questionnaires.queries import form_of

TEXT_AT_MOST = 200_000


@dataclass(frozen=True)
class DraftSave:
    """What became of one save: what is wrong in what was saved, and where another tab had written
    meanwhile.
    """

    errors: Mapping[str, Message]
    merge: Merge


def save_drafted_answers(
    *,
    drafted: DraftedAnswers,
    form: Form,
    fields: Mapping[str, Any],
    base_revision: int,
    now: dt.datetime,
) -> DraftSave:
    """Keep what somebody changed on a page that showed revision ``base_revision``. Errors never
    prevent saving.

    An answer that another tab changed meanwhile stays; both texts are told. The caller has locked
    the row and required its own rule under that lock.
    """
    values, errors = clean_fields(form, fields)
    merge = drafted.draft.merge(values, base_revision)
    keep_merge(drafted=drafted, merge=merge, now=now)
    return DraftSave(errors, merge)


def keep_merge(
    *, drafted: DraftedAnswers, merge: Merge, now: dt.datetime, also: tuple[str, ...] = ()
) -> None:
    """Write what a merge accepted into the locked row, and further columns that came with it."""
    drafted.take_in(merge)
    drafted.saved_at = now
    drafted.save(update_fields=["answers", "revision", "revisions", "saved_at", *also])


@dataclass(frozen=True)
class Frozen:
    """What is submitted, as it is stored: the body and the hash of its canonical spelling."""

    body: dict[str, Any]
    sha256: str


def freeze_answers(
    version: FormVersion,
    answers: Mapping[str, Any],
    beside: Mapping[str, Any],
    earlier_facts: Mapping[str, Any] | None = None,
) -> Frozen:
    """Freeze the answers to the questions that are shown, with what they mean, the form, and what
    the app that asks puts beside them. ``earlier_facts`` hold on where this form does not ask anew.
    """
    form = form_of(version)
    shown = shown_answers(form, answers)
    content = {
        "form": {"number": version.number, "sha256": version.sha256},
        "answers": shown,
        "facts": {**(earlier_facts or {}), **facts_meant(form, shown)},
        **beside,
    }
    # Stored as its canonical spelling is read back, so that the hash can be checked from the row
    # alone.
    return Frozen(json.loads(canonical_json(content)), content_hash(content))


def clean_fields(
    form: Form, fields: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Message]]:
    """The values to keep and what is wrong with them; questions the form does not ask, and
    documents, are left aside.
    """
    values: dict[str, Any] = {}
    errors: dict[str, Message] = {}
    for question in form.questions():
        if question.key not in fields or question.type == "file":
            continue
        cleaned = clean_answer(question, fields[question.key])
        values[question.key] = storable(cleaned.value)
        if cleaned.error:
            errors[question.key] = cleaned.error
    return values, errors


def storable(value: Any) -> Any:
    """A value that the database can keep: no zero signs, no halves of characters, no endless texts.
    Only wrong input is touched.
    """
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()[:TEXT_AT_MOST]
    if isinstance(value, Mapping):
        return {str(storable(str(key))): storable(part) for key, part in list(value.items())[:50]}
    if isinstance(value, list | tuple):
        return [storable(part) for part in value[:500]]
    return str(value) if isinstance(value, float) else value
