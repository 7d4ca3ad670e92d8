"""What is somebody's own: an application, letters given, reviews, an offer. Apps list theirs; home,
the page of a call and "What I have to do" show where each stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from anso.kernel.registers import Register


@dataclass(frozen=True)
class Matter:
    """One line: what it is, where it stands in words, and where it is read. It asks for nothing;
    what does is a to-do.

    ``is_over`` says that nothing more comes of it; ``is_entry`` that it is an application of the
    reader's own to the call with the key ``call_id``.
    """

    title: Any
    words: Any
    url: str
    status: Any
    tone: str
    at: dt.datetime
    call_id: int
    is_over: bool = False
    is_entry: bool = False


# By app: what is an account's own at an instant. Each of them asks a fixed number of queries.
MATTER_SOURCES: Register[Callable[[Any, dt.datetime], list[Matter]]] = Register("own matters")


def matters_of(account: Any, now: dt.datetime) -> list[Matter]:
    """Everything that is somebody's own: what goes on first, then what is over, each the newest
    first.
    """
    found = [each for source in MATTER_SOURCES.values() for each in source(account, now)]
    found.sort(key=lambda each: each.at, reverse=True)
    return sorted(found, key=lambda each: each.is_over)
