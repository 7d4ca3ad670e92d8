"""Asking for work on many things, doing it a part at a time, stopping it and letting it go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.translation import override
from procrastinate.contrib.django import app

from anso.audit.actions import record_entry, transition
from anso.audit.queries import type_label
from anso.bulk.models import BulkAction
from anso.bulk.queries import BULK_WORKS, BulkWork, Part
from anso.bulk.rules import may_run_bulk
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput, Refusal
from anso.kernel.wording import gettext_noop as _
from anso.notifications.queries import require_context
from anso.ui.refusals import words_of_refusal

AT_ONCE = 100
TASK = "bulk.run"


@transaction.atomic
def start_bulk(
    *, code: str, context: Model, items: Sequence[Any], said: Mapping[str, Any], key: str,
    actor: Any, now: dt.datetime,
) -> BulkAction:  # fmt: skip
    """Do one verb on many things: at once where they are a hundred at most, else by the worker. The
    same ``key`` gives what was asked for before. Refused for nothing, and where it may not be asked
    for now.
    """
    BULK_WORKS[code].may(actor, context, now).require()
    if not items:
        raise BadInput(_("Choose at least one first."), code="nothing_chosen")
    action, is_new = BulkAction.objects.get_or_create(
        key=key[:120],
        defaults={
            "code": code,
            "context_type": type_label(context),
            "context_id": context.pk,
            "said": dict(said),
            "items": list(items),
            "asked_by": actor,
            "asked_at": now,
            "moved_at": now,
        },
    )
    if is_new:
        changes = {"items": [0, len(items)], "code": ["", code]}
        record_entry(action, "start_bulk", actor=actor, now=now, changes=changes, is_first=True)
        if len(items) <= AT_ONCE:
            run_part(action=action, now=now)
        else:
            app.configure_task(TASK, allow_unknown=True).defer(action_id=action.pk)
    return action


@transaction.atomic
def run_part(*, action: BulkAction, now: dt.datetime) -> bool:
    """Do the next part, as whoever asked for it; whether more is left. Safe to be run twice: what
    is done is counted in the same transaction.
    """
    # Before any of the things: of two workers on one action the second waits, and finds it done.
    locked = BulkAction.objects.select_for_update(of=("self",)).select_related("asked_by")
    row = locked.get(pk=action.pk)
    if row.state == "running":
        _run(row, now)
    action.__dict__.update({key: each for key, each in row.__dict__.items() if key != "_state"})
    return row.state == "running"


def _run(row: BulkAction, now: dt.datetime) -> None:
    work, first = BULK_WORKS[row.code], row.done
    items = row.items[first : _end_of_part(row, work)]
    left = work.run(Part(require_context(row), items, row.said, row.asked_by, now))
    by_item = {_as_key(item): _in_all_languages(why) for item, why in left.items()}
    row.refused += [
        [first + place, by_item[_as_key(item)]]
        for place, item in enumerate(items)
        if _as_key(item) in by_item
    ]
    row.done, row.moved_at = first + len(items), now
    row.save(update_fields=["refused", "done", "moved_at"])
    if row.done >= row.total:
        transition(row, "finish_bulk", actor=WORKER, now=now)


def _end_of_part(row: BulkAction, work: BulkWork) -> int:
    end = min(row.done + AT_ONCE, row.total)
    while end < row.total and work.group(row.items[end]) == work.group(row.items[end - 1]):
        end += 1
    return end


def _in_all_languages(refusal: Refusal) -> dict[str, str]:
    """Why something was left, for whoever reads it: that may be a colleague of whoever asked."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = words_of_refusal(refusal)
    return said


def _as_key(item: Any) -> Any:
    """An item as a key: a pair is a list where it was kept."""
    return tuple(item) if isinstance(item, list) else item


def stop_bulk(*, action: BulkAction, actor: Any, now: dt.datetime) -> BulkAction:
    """Stop after the part that is being done; what is settled stays so."""
    may_run_bulk(actor, action, now).require()
    return transition(action, "stop_bulk", actor=actor, now=now)


@transaction.atomic
def resume_bulk(*, action: BulkAction, actor: Any, now: dt.datetime) -> BulkAction:
    """Let it go on where it was stopped, or where its worker has gone."""
    may_run_bulk(actor, action, now).require()
    if action.state == "stopped":
        transition(action, "resume_bulk", actor=actor, now=now, moved_at=now, seen_at=None)
    app.configure_task(TASK, allow_unknown=True).defer(action_id=action.pk)
    return action


def undo_bulk(*, action: BulkAction, actor: Any, now: dt.datetime) -> BulkAction:
    """Take back what was settled, as work on many of its own."""
    said = BULK_WORKS[action.code].undo(action.said)
    if said is None:
        raise BadInput(_("This cannot be taken back."), code="no_way_back")
    return start_bulk(
        code=action.code,
        context=require_context(action),
        items=action.settled,
        said=said,
        key=f"undo:{action.reference}:{action.done}",
        actor=actor,
        now=now,
    )


def mark_seen(*, action: BulkAction, actor: Any, now: dt.datetime) -> None:
    """Whoever asked for it has looked at how it ended."""
    own = BulkAction.objects.filter(pk=action.pk, asked_by=actor, ended_at__isnull=False)
    own.filter(seen_at__isnull=True).update(seen_at=now)
