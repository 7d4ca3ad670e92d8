"""Changing how a call speaks of what comes in: words of its own, or the usual ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from anso.calls.actions.design import lock_for_editing, write_terms
from anso.calls.actions.locking import merge_parts
from anso.calls.models import Call
from anso.kernel.actors import Actor
from anso.kernel.drafts import Disputed
from anso.kernel.terms.nouns import nouns_of, parts_of_nouns
from anso.programmes.outcomes import read_terms

START = "nouns."


@transaction.atomic
def change_nouns(
    *, call: Call, changes: Mapping[str, str], base_revision: int, actor: Actor, now: dt.datetime
) -> Call:
    """Change words for what comes in, named as ``kernel.terms.nouns`` names them; the others stay.

    Refuses some without the others; raises Disputed where another officer changed one of them since
    ``base_revision``.
    """
    locked = lock_for_editing(call, actor, now)
    terms = read_terms(locked.design)
    known = dict.fromkeys(changes, "") | parts_of_nouns(terms.nouns)
    given = {START + name: words for name, words in changes.items()}
    kept = {START + name: words for name, words in known.items()}
    try:
        merge = merge_parts(locked, kept, given, base_revision)
    except Disputed as refusal:
        parts = {name.removeprefix(START): both for name, both in refusal.parts.items()}
        raise Disputed(parts) from refusal
    taken = {name.removeprefix(START): words for name, words in merge.accepted.items()}
    changed = replace(terms, nouns=nouns_of(known | taken))
    return write_terms(call, locked, changed, merge, "change_nouns", actor=actor, now=now)
