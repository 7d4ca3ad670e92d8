"""The one place where a call's row is locked so that officers who work on it at once take turns.

A call has one revision, for its design and its forms alike; each part of either has the revision at
which it last changed. Every action that changes a part locks the row first, then compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anso.calls.models import Call
from anso.kernel.drafts import Draft, Merge


def lock_call(call: Call) -> Call:
    """The call as it is now, locked until the transaction ends. What stands on ``call`` was read
    before and may have been changed by another officer since.
    """
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)


def merge_parts(
    locked: Call, parts: Mapping[str, Any], changes: Mapping[str, Any], base_revision: int
) -> Merge:
    """What becomes of changes on a page that showed ``base_revision``; raises Disputed where
    another officer has changed one of them since.
    """
    draft = Draft(locked.revision, locked.revisions, parts)
    return draft.merge(changes, base_revision).require_undisputed()


def parts_changed_since(locked: Call, start: str, base_revision: int) -> list[str]:
    """The parts whose names begin so and that somebody changed after ``base_revision``."""
    return [
        key
        for key, revision in locked.revisions.items()
        if key.startswith(start) and revision > base_revision
    ]


def write_columns(call: Call, locked: Call, columns: Mapping[str, Any], merge: Merge) -> None:
    """Write columns of the locked row with their revision, and show them on the caller's object."""
    written = {**columns, "revision": merge.revision, "revisions": dict(merge.revisions)}
    for name, value in written.items():
        setattr(locked, name, value)
        setattr(call, name, value)
    locked.save(update_fields=list(written))
