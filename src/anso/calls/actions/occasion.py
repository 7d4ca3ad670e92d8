"""When and where what a draft call gives takes place: taken from a selected proposal as the call is
opened under it, and changed by officers, also in the working copy of an amendment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from django.db import transaction

from anso.calls.actions.design import lock_for_editing, write_terms
from anso.calls.actions.locking import merge_parts
from anso.calls.models import Call
from anso.kernel.actors import Actor
from anso.kernel.questions import Meaning
from anso.kernel.terms import Terms
from anso.kernel.terms.occasion import occasion_meant, whole, with_places
from anso.programmes.outcomes import read_terms


def taken_from_proposal(terms: Terms, facts: Mapping[str, Any]) -> Terms:
    """The terms of a call with what the proposal said under which it is opened."""
    places = whole(facts.get(Meaning.PLACES))
    outcome = with_places(terms.outcome, places) if places else terms.outcome
    return replace(terms, outcome=outcome, occasion=occasion_meant(facts))


@transaction.atomic
def change_occasion(
    *, call: Call, changes: Mapping[str, Any], base_revision: int, actor: Actor, now: dt.datetime
) -> Call:
    """Change what everybody reads of when and where it takes place; columns of
    ``kernel.terms.occasion``.
    """
    locked = lock_for_editing(call, actor, now)
    terms = read_terms(locked.design)
    kept = {each.name: getattr(terms.occasion, each.name) for each in fields(terms.occasion)}
    merge = merge_parts(locked, kept, dict(changes), base_revision)
    changed = replace(terms, occasion=replace(terms.occasion, **merge.accepted))
    return write_terms(call, locked, changed, merge, "change_occasion", actor=actor, now=now)
