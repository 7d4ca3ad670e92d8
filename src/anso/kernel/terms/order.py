"""The order of days: which steps must be over, or have begun, before another one may begin.

Here: what each block needs, and which days of a call break it. Stages of terms and the rows of
steps as they stand are both read. Not here: whether an act may be done now, which the rules of the
apps say by the same table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from anso.kernel.wording import Message, Text, gettext_noop

JUDGING = ("review", "interviews", "rebuttal", "hosts")
JUDGED_AFTER = ("applications", "screening", *JUDGING)
# A step of the block may begin on the day after the last day of every earlier step of these.
NEEDS_ENDED: Mapping[str, tuple[str, ...]] = {
    "applications": ("applications", "review", "rebuttal"),
    "screening": ("applications",),
    "review": ("applications", "review", "rebuttal"),
    "interviews": ("applications",),
    "hosts": ("applications",),
    "rebuttal": ("applications", "review"),
    "panel": ("applications", *JUDGING),
    "decision": ("applications", *JUDGING, "panel"),
    "release": ("applications", "letters", *JUDGING, "panel", "decision"),
}
# Where all steps of these are over, nothing that is judged afterwards would be decided.
DECIDING = ("panel", "decision", "release")
# It may begin on the same day as these, and never before.
NEEDS_BEGUN: Mapping[str, tuple[str, ...]] = {
    "offers": ("release",),
    "announcement": ("release",),
    "letters": ("applications",),
}
# People are asked for letters until they are due: that is never before the window closes.
NEEDS_LAST: Mapping[str, tuple[str, ...]] = {"letters": ("applications",)}


class Dated(Protocol):
    """A stage of the terms, or a step as it stands."""

    @property
    def key(self) -> str: ...
    @property
    def block(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def starts_on(self) -> dt.date: ...
    @property
    def ends_on(self) -> dt.date: ...


D = TypeVar("D", bound=Dated)


def in_order_of_days(steps: Sequence[D]) -> list[D]:
    """The steps by their first days, behind the window that everybody applies in; those that begin
    on one day stay as they stood.
    """
    return [*steps[:1], *sorted(steps[1:], key=lambda each: each.starts_on)]


def order_faults(steps: Sequence[Dated]) -> Iterator[Message]:
    """What comes before something that it needs, step by step in their order."""
    for place, later in enumerate(steps):
        for earlier in steps[:place]:
            yield from _faults_between(earlier, later)
    yield from _undecided(steps)


def _undecided(steps: Sequence[Dated]) -> Iterator[Message]:
    """What is written or judged when everything is decided already."""
    for block in DECIDING:
        places = [place for place, each in enumerate(steps) if each.block == block]
        for later in steps[places[-1] + 1 :] if places else ():
            if later.block in JUDGED_AFTER:
                text = gettext_noop("“%(later)s” comes after “%(earlier)s”: nothing decides on it.")
                earlier = steps[places[-1]]
                facts = {"later": later.label, "earlier": earlier.label}
                yield Message("undecided", text, facts | {"keys": (later.key, earlier.key)})


def _faults_between(earlier: Dated, later: Dated) -> Iterator[Message]:
    facts = {
        "later": later.label,
        "earlier": earlier.label,
        "day": earlier.ends_on,
        "keys": (later.key, earlier.key),
    }
    if earlier.block in NEEDS_ENDED.get(later.block, ()) and later.starts_on <= earlier.ends_on:
        text = gettext_noop(
            "“%(later)s” begins before “%(earlier)s” is over, which lasts to %(day)s."
        )
        yield Message("too_early", text, facts)
    if earlier.block in NEEDS_BEGUN.get(later.block, ()) and later.starts_on < earlier.starts_on:
        text = gettext_noop("“%(later)s” begins before “%(earlier)s”, on %(day)s.")
        yield Message("before_beginning", text, facts | {"day": earlier.starts_on})
    if earlier.block in NEEDS_LAST.get(later.block, ()) and later.ends_on < earlier.ends_on:
        text = gettext_noop("“%(later)s” ends before “%(earlier)s”, which lasts to %(day)s.")
        yield Message("ends_too_early", text, facts)
