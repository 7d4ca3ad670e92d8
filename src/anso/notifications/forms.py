"""Reading what an officer asked of the outbox: the filter, and the rows with what is to happen to
them.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict

from anso.notifications.enums import MessageState
from anso.notifications.queries import OutboxFilter

MOST_ROWS = 500


def read_filter(asked: Mapping[str, str]) -> OutboxFilter:
    """The filter of the address; what makes no sense counts as blank."""
    call, state = asked.get("call", ""), asked.get("state", "")
    return OutboxFilter(
        call_id=int(call) if call.isascii() and call.isdigit() and len(call) < 18 else None,
        state=state if state in MessageState.values else "",
        code=asked.get("code", "")[:60],
        text=asked.get("q", "").strip()[:100],
        batch=asked.get("batch", "")[:80],
    )


def filter_pairs(wanted: OutboxFilter) -> dict[str, str]:
    """The filter as it stands in an address, blank parts left out."""
    pairs = {
        "call": "" if wanted.call_id is None else str(wanted.call_id),
        "state": wanted.state,
        "code": wanted.code,
        "q": wanted.text,
        "batch": wanted.batch,
    }
    return {name: value for name, value in pairs.items() if value}


def read_choice(posted: QueryDict) -> list[str] | None:
    """The ticked references; None when all rows that match are meant."""
    return None if posted.get("all_rows") else posted.getlist("message")[:MOST_ROWS]
