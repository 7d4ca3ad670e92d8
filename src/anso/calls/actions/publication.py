"""Publishing a call freezes what it promises; cancelling and completing end it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from anso.audit.actions import transition
from anso.calls.models import Call, CallTerms
from anso.calls.queries import bodies_of, find_faults, form_of
from anso.calls.queries.terms import forms_to_come
from anso.calls.rules import may_cancel_call, may_complete_call, may_publish_call
from anso.kernel.actors import Actor
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.questionnaires.queries import versions_of


def compose_terms(call: Call) -> dict[str, Any]:
    """Everything a call promises and asks, as it is frozen at publication: its hash covers all of
    it.
    """
    forms = (
        versions_of(call).filter(published_at__isnull=True)
        if call.state == "draft"
        else versions_of(call).filter(published_at__isnull=False) | forms_to_come(call)
    )
    # The layout is what the hash covers. The hash is told to everyone and is the seed of all draws.
    return {
        "call": {
            "reference": call.reference,
            "slug": call.slug,
            "programme": call.programme.code,
            "edition_year": call.edition_year,
            "number_prefix": call.number_prefix,
            "title": call.title,
            "summary": call.summary,
            "opens_at": call.opens_at.astimezone(dt.UTC).isoformat(),
            "closes_at": call.closes_at.astimezone(dt.UTC).isoformat(),
            "zone": call.zone,
            "round": call.round,
            "parent": call.parent.slug if call.parent else "",
            "proposal": call.proposal,
            "bodies": {function: body.code for function, body in bodies_of(call).items()},
        },
        "terms": call.design,
        "forms": {
            version.purpose: form_of(version).hash
            for version in forms.order_by("purpose", "number")
        },
    }


def freeze_terms(
    call: Call, body: dict[str, Any], *, version: int, now: dt.datetime, **announced: Any
) -> CallTerms:
    """Write what a call promises from now on; the caller holds the lock of its row.

    The hash stands on the call too: almost every page asks for the terms, and what has that hash is
    in memory already.
    """
    frozen = CallTerms.objects.create(
        call=call,
        version=version,
        body=body,
        sha256=content_hash(body),
        frozen_at=now,
        **announced,
    )
    Call.objects.filter(pk=call.pk).update(terms_sha256=frozen.sha256)
    call.terms_sha256 = frozen.sha256
    return frozen


@transaction.atomic
def publish_call(*, call: Call, expected_sha256: str = "", actor: Actor, now: dt.datetime) -> Call:
    """Freeze the terms with their hash, put the forms in force, and show the call to everyone.

    Refuses while the readiness list has a fault that prevents it. ``expected_sha256`` is the hash
    that the officer saw on the confirmation page: publication refuses if the draft has changed
    since.
    """
    locked = (
        Call.objects.select_for_update(of=("self",))
        .select_related("programme", "parent")
        .get(pk=call.pk)
    )
    # Rule, faults and hash are taken from the row under its lock: what another officer saves
    # meanwhile waits, and is then refused because the call is no draft any more.
    may_publish_call(actor, locked, now).require()
    for fault in find_faults(locked, now):
        if fault.is_blocking:
            raise BadInput.of(fault.message, code="not_ready")
    body = compose_terms(locked)
    sha256 = content_hash(body)
    if expected_sha256 and expected_sha256 != sha256:
        raise BadInput(
            gettext_noop(
                "The call was changed after you opened this page. Look at it again before"
                " publishing."
            ),
            code="changed",
        )
    freeze_terms(call, body, version=1, now=now)
    versions_of(locked).filter(published_at__isnull=True).update(published_at=now)
    transition(call, "publish_call", actor=actor, now=now, because=f"terms {sha256}")
    return call


@transaction.atomic
def cancel_call(*, call: Call, because: str, actor: Actor, now: dt.datetime) -> Call:
    """End a call that will not be carried out, with the reason that everyone reads. Refuses without
    a reason.
    """
    may_cancel_call(actor, call, now).require()
    if not because.strip():
        raise BadInput(
            gettext_noop("Say why the call is cancelled: everybody concerned will read it.")
        )
    return transition(call, "cancel_call", actor=actor, now=now, because=because.strip())


@transaction.atomic
def complete_call(*, call: Call, actor: Actor, now: dt.datetime) -> Call:
    """Mark a closed call as carried out in full."""
    may_complete_call(actor, call, now).require()
    return transition(call, "complete_call", actor=actor, now=now)
