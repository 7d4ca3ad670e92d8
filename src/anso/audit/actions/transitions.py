"""The only code that changes a state: ``transition`` for one object, ``transition_many`` for
many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from anso.audit.actions.entries import record_each, record_entry
from anso.kernel.actors import Actor
from anso.kernel.lifecycle import Lifecycle

M = TypeVar("M", bound=Model)


@transaction.atomic
def transition(
    obj: M, verb: str, *, actor: Actor, now: dt.datetime, because: str = "", **facts: Any
) -> M:
    """Carry out one verb of the object's life cycle: lock, refuse a stale one, set state and facts,
    write the entry.

    ``obj`` is refreshed from its locked row before anything is set. Raises StaleTransition where
    the state has moved on.
    """
    # Rows before chains, here and in ``transition_many``: everybody who changes a state waits in
    # the same order.
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
    # What is recorded is compared with the locked row, not with the caller's copy of it, which may
    # be older.
    changes = {
        name: [getattr(locked, name), value]
        for name, value in values.items()
        if getattr(locked, name) != value
    }
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    record_entry(locked, verb, actor=actor, now=now, changes=changes, because=because)
    # The caller's object keeps the related objects that it has loaded, which live in ``_state``.
    obj.__dict__.update({key: value for key, value in locked.__dict__.items() if key != "_state"})
    return obj


@transaction.atomic
def transition_many(
    objects: Sequence[M],
    verb: str,
    *,
    actor: Actor,
    now: dt.datetime,
    because: str | Mapping[int, str] = "",
    **facts: Any,
) -> None:
    """The same as :func:`transition` for many objects of one kind, in a fixed number of statements:
    all of them or none. ``because`` may be one reason for all, or one for each key.

    Rows are locked in the order of their keys. Raises StaleTransition when any of them has moved
    on. The objects given are refreshed.
    """
    if not objects:
        return
    model = type(objects[0])
    lifecycle: Lifecycle = model.lifecycle  # type: ignore[attr-defined]  # every model given here declares one
    given = {obj.pk: obj for obj in objects}
    locked = list(
        # By key, so that two who share some of the rows never wait for each other in a circle.
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
        # Rows may come from different states and get different stamps. All columns are written for
        # all of them: where a row has no new value, the one that was read under the lock.
        names |= values.keys()
        for name, value in values.items():
            setattr(row, name, value)
            setattr(given[row.pk], name, value)
    model._default_manager.bulk_update(locked, sorted(names), batch_size=1000)
    record_each(locked, verb, changes, actor=actor, now=now, because=because)
