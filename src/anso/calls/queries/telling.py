"""Whom a change of a whole call is told to, and in which words: known to the apps above, which
write to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from anso.calls.models import Call, CallTerms, Extension
from anso.kernel.registers import Register

Cause = Call | CallTerms | Extension


@dataclass(frozen=True)
class Told:
    """Readers of one mail about a change: who, how many, the ``code`` of the mail, and ``write``,
    which writes it to the first of them as it will be written to all.
    """

    who: Promise
    count: int
    code: str
    write: Callable[[], object]


# Each app says whom it tells of a cancelled call, of announced terms, of a move of days.
TELLERS: Register[Callable[[Cause, dt.datetime], Iterable[Told]]] = Register(
    "who is told of a change of a call"
)


@dataclass(frozen=True)
class MailPreview:
    """One mail as its first reader would get it, and how many get one like it."""

    who: Promise
    count: int
    subject: str
    body: str
    language: str
