"""Writing entries: ``record_entry`` for what happened to one object, ``record_entries`` for what
happened to many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from anso.audit.models import Entry
from anso.audit.queries import entry_fields, type_label
from anso.database import Prepared, Statement
from anso.kernel.actors import Actor
from anso.kernel.sealing import GENESIS, entry_hash

# The second half of an advisory lock is a signed 32-bit number. Two objects whose keys leave the
# same rest take turns without need; that costs a moment and breaks nothing.
CHAIN_LOCKS = 2_147_483_647
# Sent for every entry.
LOCK_OF_CHAIN = Statement(
    "lock_of_chain", "SELECT pg_advisory_xact_lock(hashtext($1), $2)::text", values=2
)
HEAD_OF_CHAIN = Prepared(
    "head_of_chain",
    lambda kind, key: Entry.objects.filter(object_type=kind, object_id=key).order_by("-sequence")[
        :1
    ],
    str,
    int,
)


@transaction.atomic(savepoint=False)  # a failure ends the change that it records
def record_entry(
    obj: Model,
    verb: str,
    *,
    actor: Actor,
    now: dt.datetime,
    changes: Mapping[str, Any] | None = None,
    because: str = "",
    mandate: str = "",
    is_first: bool = False,
) -> Entry:
    """Append one entry to the chain of ``obj``, in the caller's transaction.

    ``changes`` maps field names to ``[before, after]`` or to the word "changed" for sensitive
    values. ``is_first`` says that the same transaction made ``obj``: nobody else can write to its
    chain yet, so there is nothing to lock and no entry before.
    """
    # The head is read under the chain's lock, which is kept until the transaction ends: whoever
    # waits for it reads the entry that was written meanwhile, so that no two entries follow the
    # same one.
    last = None if is_first else _head_of_chain(obj)
    details = {"changes": jsonable(changes or {}), "because": because, "mandate": mandate}
    entry = _entry(obj, verb, last, actor=actor, now=now, details=details)
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def record_entries(
    objects: Sequence[Model],
    verb: str,
    *,
    actor: Actor,
    now: dt.datetime,
    changes: Mapping[str, Any] | None = None,
    because: str = "",
) -> None:
    """The same as :func:`record_entry` for many objects of one kind to which the same happened, in
    a fixed number of statements.
    """
    if objects:
        record_each(
            objects,
            verb,
            {obj.pk: changes or {} for obj in objects},
            actor=actor,
            now=now,
            because=because,
        )


def record_each(
    rows: Sequence[Model],
    verb: str,
    changes: Mapping[int, Mapping[str, Any]],
    *,
    actor: Actor,
    now: dt.datetime,
    because: str | Mapping[int, str],
) -> None:
    """One entry for each row, with its own changes and reason, in a fixed number of statements."""
    reasons = dict.fromkeys(changes, because) if isinstance(because, str) else because
    kind = type_label(rows[0])
    _lock_chains(kind, rows)
    chains = Entry.objects.filter(object_type=kind, object_id__in=[row.pk for row in rows])
    # All heads in one statement, by the index of the constraint "one per sequence".
    heads = {
        head.object_id: head
        for head in chains.order_by("object_id", "-sequence").distinct("object_id")
    }
    Entry.objects.bulk_create(
        (
            _entry(
                row,
                verb,
                heads.get(row.pk),
                actor=actor,
                now=now,
                details={"changes": jsonable(changes[row.pk]), "because": reasons[row.pk]},
            )
            for row in rows
        ),
        batch_size=1000,
    )


def _entry(
    obj: Model,
    verb: str,
    last: Entry | None,
    *,
    actor: Actor,
    now: dt.datetime,
    details: Mapping[str, Any],
) -> Entry:
    """The next entry of a chain, hashed but not yet saved."""
    entry = Entry(
        object_type=type_label(obj),
        object_id=obj.pk,
        # As it was called then: a name that is changed later changes no entry.
        object_label=str(obj)[:200],
        sequence=(last.sequence if last else 0) + 1,
        verb=verb,
        actor_id=actor.pk,
        actor_label=str(actor)[:200],
        # The hash covers its spelling, and the database gives instants back in UTC.
        at=now.astimezone(dt.UTC),
        previous_hash=last.hash if last else GENESIS,
        **details,
    )
    entry.hash = entry_hash(entry_fields(entry), entry.previous_hash)
    return entry


def jsonable(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes as plain JSON: instants as ISO text, rows as their text, decimals as text."""
    return {name: _plain(value) for name, value in changes.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _lock_chains(kind: str, rows: Sequence[Model]) -> None:
    """The same as :func:`_lock_chain` for many objects of one kind, always in the same order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), key) FROM unnest(%s::int[]) AS key",
            # In order, so that two who share some of these objects cannot wait for each other in a
            # circle.
            [kind, sorted(int(row.pk) % CHAIN_LOCKS for row in rows)],
        )


def _head_of_chain(obj: Model) -> Entry | None:
    """The last entry about ``obj``, once it is this writer's turn."""
    _lock_chain(obj)
    return HEAD_OF_CHAIN.first(type_label(obj), obj.pk)


def _lock_chain(obj: Model) -> None:
    """Writers of one object's chain take turns until the transaction ends; other objects are not
    touched.
    """
    # Not a lock of a row: the first entry of a chain has none before it to lock, and the object
    # itself may be locked for other reasons by somebody who records nothing.
    LOCK_OF_CHAIN.rows(type_label(obj), int(obj.pk) % CHAIN_LOCKS)
