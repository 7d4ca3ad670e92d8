"""Reading what an officer asked of the outbox: the filter, and the rows with what is to happen to
them.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict

from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop as _
from anso.notifications.enums import MessageState
from anso.notifications.queries import OutboxFilter

MOST_ROWS = 500


def read_filter(asked: Mapping[str, str]) -> OutboxFilter:
    """The filter of the address; what makes no sense counts as blank."""
    kind, _, key = asked.get("of", "").partition(":")
    state = asked.get("state", "")
    return OutboxFilter(
        context_type=kind[:60],
        context_id=int(key) if kind and key.isascii() and key.isdigit() and len(key) < 18 else None,
        state=state if state in MessageState.values else "",
        code=asked.get("code", "")[:60],
        text=asked.get("q", "").strip()[:100],
        mailing=asked.get("mailing", "")[:16],
    )


def context_key(wanted: OutboxFilter) -> str:
    """The kind of object, and its key where one object is meant, as an address says them."""
    key = "" if wanted.context_id is None else f":{wanted.context_id}"
    return f"{wanted.context_type}{key}"


def filter_pairs(wanted: OutboxFilter) -> dict[str, str]:
    """The filter as it stands in an address, blank parts left out."""
    pairs = {
        "of": context_key(wanted),
        "state": wanted.state,
        "code": wanted.code,
        "q": wanted.text,
        "mailing": wanted.mailing,
    }
    return {name: value for name, value in pairs.items() if value}


def read_choice(posted: QueryDict) -> list[str] | None:
    """The ticked references; None when all rows that match are meant."""
    return None if posted.get("all_rows") else posted.getlist("message")[:MOST_ROWS]


def read_how_many(asked: Mapping[str, str]) -> int | None:
    """How many letters are meant; None, which is all, where nothing was typed. What is no number
    never counts as all.
    """
    typed = "".join(asked.get("how_many", "").split())
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 6 or int(typed) == 0:
        raise BadInput(_("“%(typed)s” is no number of letters."), typed=typed[:20])
    return int(typed)
