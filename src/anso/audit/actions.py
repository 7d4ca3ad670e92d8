"""Writing the record: ``record_entry`` for what happened, ``transition`` as the only code that
changes a state, ``seal_entries``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model

from anso.audit.models import Checkpoint, Entry, SealedEntry
from anso.audit.queries import entry_fields, type_label
from anso.kernel.actors import Actor
from anso.kernel.lifecycle import Lifecycle
from anso.kernel.sealing import GENESIS, checkpoint_root, entry_hash, merkle_root

M = TypeVar("M", bound=Model)
SEAL_LOCK = 7_310_001
CHAIN_LOCKS = 2_147_483_647


@transaction.atomic
def record_entry(
    obj: Model,
    verb: str,
    *,
    actor: Actor,
    now: dt.datetime,
    changes: Mapping[str, Any] | None = None,
    because: str = "",
    mandate: str = "",
) -> Entry:
    """Append one entry to the chain of ``obj``, in the caller's transaction.

    ``changes`` maps field names to ``[before, after]`` or to the word "changed" for sensitive
    values.
    """
    _lock_chain(obj)
    last = (
        Entry.objects.filter(object_type=type_label(obj), object_id=obj.pk)
        .order_by("-sequence")
        .first()
    )
    details = {"changes": jsonable(changes or {}), "because": because, "mandate": mandate}
    entry = _entry(obj, verb, last, actor=actor, now=now, details=details)
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def transition(
    obj: M, verb: str, *, actor: Actor, now: dt.datetime, because: str = "", **facts: Any
) -> M:
    """Carry out one verb of the object's life cycle: lock, refuse a stale one, set state and facts,
    write the entry.

    ``obj`` is refreshed from its locked row before anything is set. Raises StaleTransition where
    the state has moved on.
    """
    lifecycle: Lifecycle = type(obj).lifecycle  # type: ignore[attr-defined]  # every model given here declares one
    locked = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    before: str = locked.state  # type: ignore[attr-defined]
    step = lifecycle.find(verb, before)
    values = {
        "state": step.target,
        **dict.fromkeys(step.stamps, now),
        **dict.fromkeys(step.clears),
        **facts,
    }
    changes = {
        name: [getattr(locked, name), value]
        for name, value in values.items()
        if getattr(locked, name) != value
    }
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    record_entry(locked, verb, actor=actor, now=now, changes=changes, because=because)
    obj.__dict__.update({key: value for key, value in locked.__dict__.items() if key != "_state"})
    return obj


@transaction.atomic
def transition_many(
    objects: Sequence[M],
    verb: str,
    *,
    actor: Actor,
    now: dt.datetime,
    because: str = "",
    **facts: Any,
) -> None:
    """The same as :func:`transition` for many objects of one kind, in a fixed number of statements:
    all of them or none.

    Rows are locked in the order of their keys. Raises StaleTransition when any of them has moved
    on. The objects given are refreshed.
    """
    if not objects:
        return
    model = type(objects[0])
    lifecycle: Lifecycle = model.lifecycle  # type: ignore[attr-defined]  # every model given here declares one
    given = {obj.pk: obj for obj in objects}
    locked = list(
        model._default_manager.select_for_update(of=("self",)).filter(pk__in=given).order_by("pk")
    )
    changes: dict[int, dict[str, Any]] = {}
    names: set[str] = set()
    for row in locked:
        step = lifecycle.find(verb, row.state)  # type: ignore[attr-defined]
        values = {
            "state": step.target,
            **dict.fromkeys(step.stamps, now),
            **dict.fromkeys(step.clears),
            **facts,
        }
        changes[row.pk] = {
            name: [getattr(row, name), value]
            for name, value in values.items()
            if getattr(row, name) != value
        }
        names |= values.keys()
        for name, value in values.items():
            setattr(row, name, value)
            setattr(given[row.pk], name, value)
    model._default_manager.bulk_update(locked, sorted(names), batch_size=1000)
    _record_many(locked, verb, changes, actor=actor, now=now, because=because)


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
        _record_many(
            objects,
            verb,
            {obj.pk: changes or {} for obj in objects},
            actor=actor,
            now=now,
            because=because,
        )


def _record_many(
    rows: Sequence[Model],
    verb: str,
    changes: Mapping[int, Mapping[str, Any]],
    *,
    actor: Actor,
    now: dt.datetime,
    because: str,
) -> None:
    kind = type_label(rows[0])
    _lock_chains(kind, rows)
    chains = Entry.objects.filter(object_type=kind, object_id__in=[row.pk for row in rows])
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
                details={"changes": jsonable(changes[row.pk]), "because": because},
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
        object_label=str(obj)[:200],
        sequence=(last.sequence if last else 0) + 1,
        verb=verb,
        actor_id=actor.pk,
        actor_label=str(actor)[:200],
        at=now.astimezone(dt.UTC),
        previous_hash=last.hash if last else GENESIS,
        **details,
    )
    entry.hash = entry_hash(entry_fields(entry), entry.previous_hash)
    return entry


@transaction.atomic
def seal_entries(*, now: dt.datetime) -> Checkpoint | None:
    """Seal all entries that no checkpoint covers yet. One process seals at a time; writers never
    wait. None when there is nothing new.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    unsealed = list(
        Entry.objects.filter(seal__isnull=True).order_by("id").values_list("id", "hash")
    )
    if not unsealed:
        return None
    last = Checkpoint.objects.order_by("-number").first()
    number, previous = (last.number + 1, last.root) if last else (1, GENESIS)
    merkle = merkle_root([leaf for _, leaf in unsealed])
    checkpoint = Checkpoint.objects.create(
        number=number,
        sealed_at=now,
        entry_count=len(unsealed),
        merkle_root=merkle,
        previous_root=previous,
        root=checkpoint_root(number, merkle, previous),
    )
    SealedEntry.objects.bulk_create(
        (
            SealedEntry(entry_id=pk, checkpoint=checkpoint, position=place)
            for place, (pk, _) in enumerate(unsealed)
        ),
        batch_size=5000,
    )
    return checkpoint


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
            [kind, sorted(int(row.pk) % CHAIN_LOCKS for row in rows)],
        )


def _lock_chain(obj: Model) -> None:
    """Writers of one object's chain take turns until the transaction ends; other objects are not
    touched.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), %s)",
            [type_label(obj), int(obj.pk) % CHAIN_LOCKS],
        )
