"""Amending a published call: a working copy that officers edit on the pages of the design, and the
announcement, which makes a further version of the terms with its reason.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.actions.locking import lock_call, write_columns
from anso.calls.actions.publication import compose_terms, freeze_terms
from anso.calls.actions.steps import lay_out_steps
from anso.calls.models import Call, CallTerms
from anso.calls.queries.amendments import (
    WATCHERS,
    changes_between,
    is_amending,
    reasons_against,
    standing_terms,
)
from anso.calls.queries.readiness import faults_of_amendment
from anso.calls.queries.terms import forms_to_come, get_frozen_terms
from anso.calls.rules import may_amend_call
from anso.kernel.actors import Actor
from anso.kernel.canonical import content_hash
from anso.kernel.drafts import Merge
from anso.kernel.errors import BadInput
from anso.kernel.terms import Terms, to_plain
from anso.kernel.wording import gettext_noop
from anso.programmes.outcomes import read_terms

CHANGED = gettext_noop(
    "The amendment was changed after you opened this page. Look at it again before announcing it."
)


@transaction.atomic
def begin_amendment(*, call: Call, actor: Actor, now: dt.datetime) -> Call:
    """Open the pages of the design for an amendment. What the call promises stays in force until it
    is announced. Begun twice, it goes on as it was.
    """
    locked = lock_call(call)
    may_amend_call(actor, locked, now).require()
    if is_amending(locked):
        return call
    columns = {
        "amending_since": now,
        "design": to_plain(standing_terms(locked)),
        "amendment": {"title": locked.title, "summary": locked.summary},
    }
    # No older page may write into the new working copy: it showed the terms.
    write_columns(call, locked, columns, Merge(locked.revision + 1, locked.revisions))
    record_entry(locked, "begin_amendment", actor=actor, now=now)
    return call


@transaction.atomic
def discard_amendment(*, call: Call, actor: Actor, now: dt.datetime) -> Call:
    """Throw the working copy of an amendment away; the call stays as it was announced."""
    locked = lock_call(call)
    may_amend_call(actor, locked, now).require()
    _require_amending(locked)
    forms_to_come(locked).delete()
    _close(call, locked, standing_terms(locked))
    record_entry(locked, "discard_amendment", actor=actor, now=now)
    return call


@transaction.atomic
def announce_amendment(
    *, call: Call, because: str, expected_sha256: str, actor: Actor, now: dt.datetime
) -> CallTerms:
    """Put the working copy in force as a further version of the terms, with the reason that
    everyone reads; whom it touches is told.

    Refuses one without a change or without a reason, what contradicts itself, and what something
    stands against: nobody is judged by terms that they could not know. ``expected_sha256`` is the
    hash that the officer looked at.
    """
    locked = lock_call(call)
    may_amend_call(actor, locked, now).require()
    _require_amending(locked)
    frozen = get_frozen_terms(locked)
    if frozen is None:
        raise BadInput(gettext_noop("This call has no terms that could be amended."))
    before = amended_body(locked, to_plain(standing_terms(locked)), is_before=True)
    body = amended_body(locked, locked.design)
    if expected_sha256 != content_hash(body):
        raise BadInput(CHANGED, code="changed")
    changes = changes_between(before, body)
    if not changes:
        raise BadInput(gettext_noop("Nothing differs from what the call promises."))
    if not because.strip():
        raise BadInput(gettext_noop("Say why: everyone reads it beside what was changed."))
    faults = [fault.message for fault in faults_of_amendment(locked) if fault.is_blocking]
    for message in (*reasons_against(locked, changes, now), *faults):
        raise BadInput.of(message)
    words = locked.amendment
    terms = freeze_terms(
        locked,
        body,
        version=frozen.version + 1,
        now=now,
        because=because.strip(),
        told_before={**words_of(before), **before["terms"]},
        announced_by_id=actor.pk,
    )
    forms_to_come(locked).update(published_at=now)
    Call.objects.filter(pk=locked.pk).update(title=words["title"], summary=words["summary"])
    locked.title, locked.summary = words["title"], words["summary"]
    lay_out_steps(locked)  # as they stand, they follow what was amended
    _close(call, locked, read_terms(locked.design))
    call.title, call.summary, call.terms_sha256 = locked.title, locked.summary, terms.sha256
    told = {".".join(each.path): [each.before, each.after] for each in changes}
    record_entry(locked, "amend_call", actor=actor, now=now, changes=told, because=terms.because)
    for watcher in WATCHERS.values():
        watcher.follow(terms, changes, actor, now)
    return terms


def amended_body(call: Call, design: dict[str, Any], *, is_before: bool = False) -> dict[str, Any]:
    """What the call promises with another design, and with the words of the amendment; or, before
    it, with its own.
    """
    body = compose_terms(call) | {"terms": design}
    return body if is_before else body | {"call": body["call"] | call.amendment}


def words_of(body: dict[str, Any]) -> dict[str, Any]:
    """Title and summary in a body."""
    return {name: body["call"][name] for name in ("title", "summary")}


def _require_amending(locked: Call) -> None:
    if not is_amending(locked):
        raise BadInput(gettext_noop("No amendment of this call is being prepared."))


def _close(call: Call, locked: Call, terms: Terms) -> None:
    columns = {"amending_since": None, "amendment": {}, "design": to_plain(terms)}
    write_columns(call, locked, columns, Merge(locked.revision + 1, locked.revisions))
