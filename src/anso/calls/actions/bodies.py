"""Saying which bodies judge, propose and confirm in a call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.actions.locking import lock_call, merge_parts, write_columns
from anso.calls.enums import BodyFunction
from anso.calls.models import Call, CallBody
from anso.calls.queries.bodies import bodies_of
from anso.calls.rules import may_name_body, may_serve_in_call
from anso.governance.actions import set_up_body
from anso.governance.enums import BodyKind
from anso.governance.models import Body
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.references import new_reference
from anso.kernel.wording import gettext_noop as _
from anso.programmes.kinds import ProgrammeKind


def lay_out_bodies(call: Call, kind: ProgrammeKind) -> None:
    """Give a new call the standing bodies that its kind names; panels are named by officers."""
    known = {body.code: body for body in Body.objects.filter(code__in=kind.bodies.values())}
    CallBody.objects.bulk_create(
        CallBody(call=call, body=known[code], function=function, order=order)
        for order, (function, code) in enumerate(kind.bodies.items(), 1)
        if code in known
    )


@transaction.atomic
def name_body(
    *,
    call: Call,
    function: BodyFunction,
    body: Body | None,
    base_revision: int,
    actor: Actor,
    now: dt.datetime,
) -> Call:
    """Say which body has a function in a draft call, or that none has; in a published one only
    where none had it. Whoever presides over it acts for it. Raises Disputed where another officer
    named one since ``base_revision``.
    """
    locked = lock_call(call)
    may_name_body(actor, locked, function, now).require()
    may_serve_in_call(locked, function, body, now).require()
    before = bodies_of(locked).get(function)
    codes = [each.code if each else "" for each in (before, body)]
    part = body_part(function)
    merge = merge_parts(locked, {part: codes[0]}, {part: codes[1]}, base_revision)
    if not merge.accepted:
        return call
    if body is None:
        CallBody.objects.filter(call=locked, function=function).delete()
    else:
        order = list(BodyFunction).index(function) + 1
        CallBody.objects.update_or_create(
            call=locked, function=function, defaults={"body": body, "order": order}
        )
    write_columns(call, locked, {}, merge)
    changes = {str(function): [code or None for code in codes]}
    record_entry(call, "name_body", actor=actor, now=now, changes=changes)
    return call


@transaction.atomic
def set_up_panel(
    *,
    call: Call,
    function: BodyFunction,
    name: Mapping[str, str],
    actor: Actor,
    now: dt.datetime,
) -> Body:
    """Make a panel or jury, with its name by language, and have it judge in a call where none does.
    Nobody serves in it yet. Refused without a name.
    """
    locked = lock_call(call)
    may_name_body(actor, locked, function, now).require()
    if bodies_of(locked).get(function) is not None:
        raise BadInput(_("This call has one already."), code="has_one")
    if not any(clean_line(text) for text in name.values()):
        raise BadInput(_("Say what it is called."), code="nameless")
    code = f"{function}-{new_reference().lower()}"
    body = set_up_body(code=code, kind=BodyKind.PANEL, name=name, actor=actor, now=now)
    name_body(
        call=call,
        function=function,
        body=body,
        base_revision=locked.revision,
        actor=actor,
        now=now,
    )
    return body


def body_part(function: str) -> str:
    """How the part of a draft is called that says which body has a function."""
    return f"body:{function}"
