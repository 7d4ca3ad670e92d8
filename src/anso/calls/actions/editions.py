"""Where a call belongs: its parent, or a selected proposal of its parent; and that no two calls are
called alike.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.actions.locking import lock_call, merge_parts, write_columns
from anso.calls.models import Call
from anso.calls.queries.editions import find_call_beside, find_selected_proposal, has_ancestor
from anso.calls.rules import may_edit_call, may_open_part
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.wording import Text, gettext_noop
from anso.programmes.catalogue import find_kind
from anso.programmes.models import Programme

PART = "parent"


@dataclass(frozen=True)
class Parent:
    """Of which call another is a part, and of which of its selected proposals, by its number."""

    call: Call
    proposal: str = ""

    def __str__(self) -> str:
        return self.proposal or self.call.number_prefix


def require_parent(programme: Programme, parent: Parent, actor: Actor, now: dt.datetime) -> None:
    """Refuse a parent of a programme under which none of this kind is opened, a proposal that was
    not selected, and a call that takes no parts any more.
    """
    above, facts = parent.call, {"parent": str(parent)}
    may_open_part(actor, above, now, is_of_proposal=bool(parent.proposal)).require()
    kinds = find_kind(programme.kind).parts_of
    if above.programme_id != programme.pk and above.programme.kind not in kinds:
        text = gettext_noop(
            "%(parent)s is of another programme; a call of this one cannot be a part of it."
        )
        raise BadInput(text, **facts)
    if parent.proposal and find_selected_proposal(above, parent.proposal) is None:
        text = gettext_noop("%(parent)s is not a proposal that was selected.")
        raise BadInput(text, **facts)


@transaction.atomic
def change_parent(
    *, call: Call, parent: Parent | None, base_revision: int, actor: Actor, now: dt.datetime
) -> Call:
    """Make a draft call a part of another, or of a selected proposal of it, or of none.

    Refuses a circle, and what `require_parent` refuses. Raises Disputed where another officer chose
    one since ``base_revision``.
    """
    # Of two officers who put two calls under each other, the second must see what the first did.
    # Such changes are rare: they take turns for the whole house, whichever calls stand between.
    list(Programme.objects.select_for_update().order_by("pk"))
    locked = lock_call(call)
    may_edit_call(actor, locked, now).require()
    before = Parent(locked.parent, locked.proposal) if locked.parent else None
    words = [str(each) if each else "" for each in (before, parent)]
    merge = merge_parts(locked, {PART: words[0]}, {PART: words[1]}, base_revision)
    if not merge.accepted:
        return call
    if parent is not None:
        require_parent(locked.programme, parent, actor, now)
        if has_ancestor(Call.objects.get(pk=parent.call.pk), locked):
            text = gettext_noop("%(parent)s is itself a part of this call.")
            raise BadInput(text, parent=str(parent))
    columns = {
        "parent": parent.call if parent else None,
        "proposal": parent.proposal if parent else "",
    }
    write_columns(call, locked, columns, merge)
    changes = {PART: [word or None for word in words]}
    record_entry(call, "change_parent", actor=actor, now=now, changes=changes)
    return call


def require_own_title(call: Call) -> None:
    """Refuse a title that another call bears: lists, mails and searches know calls by it."""
    other = find_call_beside(call)
    if other is not None:
        text = gettext_noop("%(number)s is called “%(title)s” already. Name this call apart.")
        raise BadInput(text, number=other.number_prefix, title=Text(other.title))
