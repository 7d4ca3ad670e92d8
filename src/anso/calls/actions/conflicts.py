"""Changing what a draft call says of conflicts of interest, or the working copy of an amendment."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import TypedDict

from django.db import transaction

from anso.calls.actions.design import lock_for_editing, write_terms
from anso.calls.actions.locking import merge_parts
from anso.calls.models import Call
from anso.kernel.actors import Actor
from anso.kernel.terms import Strictness
from anso.programmes.outcomes import read_terms


class ConflictChanges(TypedDict, total=False):
    """What may be changed of it; each tie is a part of its own."""

    organisation: Strictness
    named: Strictness
    supervision: Strictness
    joint_work: Strictness
    family_name: Strictness
    country: Strictness
    joint_work_years: int
    countries: tuple[str, ...]
    names_first: bool


@transaction.atomic
def change_conflicts(
    *, call: Call, changes: ConflictChanges, base_revision: int, actor: Actor, now: dt.datetime
) -> Call:
    """Change which ties keep somebody from judging. Refuses to let pass what a file or a reviewer
    says themselves, and years without number.
    """
    locked = lock_for_editing(call, actor, now)
    terms = read_terms(locked.design)
    kept = {each.name: getattr(terms.conflicts, each.name) for each in fields(terms.conflicts)}
    merge = merge_parts(locked, kept, dict(changes), base_revision)
    changed = replace(terms, conflicts=replace(terms.conflicts, **merge.accepted))
    return write_terms(call, locked, changed, merge, "change_conflicts", actor=actor, now=now)
