"""Changing until when a draft call takes what comes in, or the working copy of an amendment."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import TypedDict

from django.db import transaction

from anso.calls.actions.design import lock_for_editing, write_terms
from anso.calls.actions.locking import merge_parts
from anso.calls.models import Call
from anso.kernel.actors import Actor
from anso.programmes.outcomes import read_terms


class IntakeChanges(TypedDict, total=False):
    """What may be changed of it; each is a part of its own."""

    cut_offs: tuple[str, ...]
    last_on: dt.date | None
    most_waiting: int
    most: int
    by_invitation: bool
    with_others: bool


@transaction.atomic
def change_intake(
    *, call: Call, changes: IntakeChanges, base_revision: int, actor: Actor, now: dt.datetime
) -> Call:
    """Change whether batch after batch is taken, until when, and how many. Refuses days that do not
    come every year.
    """
    locked = lock_for_editing(call, actor, now)
    terms = read_terms(locked.design)
    kept = {each.name: getattr(terms.intake, each.name) for each in fields(terms.intake)}
    merge = merge_parts(locked, kept, dict(changes), base_revision)
    changed = replace(terms, intake=replace(terms.intake, **merge.accepted))
    return write_terms(call, locked, changed, merge, "change_intake", actor=actor, now=now)
