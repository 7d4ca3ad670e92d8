"""What stands above a call, as officers choose it: a call they work on, or a proposal that was
selected there.
"""

from __future__ import annotations

import datetime as dt

from anso.calls.actions import Parent
from anso.calls.models import Call
from anso.calls.queries import parents_for, selected_proposals_of
from anso.calls.rules import may_open_part
from anso.calls.wording import desk_name
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop


def parent_value(parent: Call | None, proposal: str) -> str:
    """How a choice of the parent is sent: by references, blank for none."""
    if parent is None:
        return ""
    return f"{parent.reference}:{proposal}" if proposal else parent.reference


def parent_options(account: Actor, call: Call | None, now: dt.datetime) -> list[tuple[str, str]]:
    """What a call may be a part of, as choices with their words: what would be refused as closed is
    left out, unless it is what stands there now.
    """
    chosen = parent_value(call.parent, call.proposal) if call else ""
    options: list[tuple[str, str]] = []
    for parent in parents_for(account, call, now):
        name, own = desk_name(parent), parent_value(parent, "")
        if own == chosen or may_open_part(account, parent, now):
            options.append((own, name))
        options += [
            (parent_value(parent, each.number), f"{each.number} · {each.title} ({name})")
            for each in selected_proposals_of(parent)
        ]
    known = {value for value, _words in options}
    if chosen and call and call.parent and chosen not in known:
        options.append((chosen, call.proposal or desk_name(call.parent)))
    return options


def read_parent(account: Actor, value: str, call: Call | None, now: dt.datetime) -> Parent | None:
    """The parent that was chosen; refuses one that the reader does not work on."""
    if not value:
        return None
    reference, _colon, proposal = value.partition(":")
    parent = parents_for(account, call, now).filter(reference=reference).first()
    if parent is None:
        text = gettext_noop("Choose a call that you work on, or a proposal selected there.")
        raise BadInput(text, parent=reference)
    return Parent(parent, proposal)
