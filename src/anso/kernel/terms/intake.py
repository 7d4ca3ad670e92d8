"""How long a call takes what comes in, and how much: once, until its day, or again and again, with
a cut-off after each batch; at most so many.

Here: the terms and the calendar of cut-offs. Not here: the calls that are batches.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from anso.kernel.wording import Message, gettext_noop

DAY_OF_YEAR = re.compile(r"\d\d-\d\d", re.ASCII)
# A year in which there is no 29th of February: a cut-off comes every year.
COMMON_YEAR = 2001
# Each batch of a year is a round of it, which has a letter.
MOST = 24


@dataclass(frozen=True)
class Intake:
    """What comes in until a day of ``cut_offs`` (such as "03-31", of every year) is judged
    together, and the call stays open for what comes after it. Without cut-offs it closes once.

    ``last_on`` is the day after which no further batch begins; None: there is no end yet.

    ``most_waiting`` is how many wait for a decision at a time, in all batches, and ``most`` how
    many come in to one batch; 0: there is no such limit. ``by_invitation`` says that only whoever
    was invited may start,
    ``with_others`` that whoever started may ask others to fill in parts of it.
    """

    cut_offs: tuple[str, ...] = ()
    last_on: dt.date | None = None
    most_waiting: int = 0
    most: int = 0
    by_invitation: bool = False
    with_others: bool = False

    @property
    def is_rolling(self) -> bool:
        """Whether another batch follows each."""
        return bool(self.cut_offs)

    def next_after(self, day: dt.date) -> dt.date | None:
        """The first cut-off that comes after a day; None where no further batch begins."""
        if not self.is_rolling:
            return None
        days = (
            dt.date(year, int(each[:2]), int(each[3:]))
            for year in (day.year, day.year + 1)
            for each in sorted(self.cut_offs)
        )
        found = next(each for each in days if each > day)
        return None if self.last_on and found > self.last_on else found


def read_intake(plain: Mapping[str, Any]) -> Intake:
    """What ``to_plain`` wrote; a call that was frozen before there were batches closes once."""
    last_on = plain.get("last_on")
    return Intake(
        tuple(plain.get("cut_offs", ())),
        dt.date.fromisoformat(last_on) if last_on else None,
        int(plain.get("most_waiting", 0)),
        int(plain.get("most", 0)),
        bool(plain.get("by_invitation", False)),
        bool(plain.get("with_others", False)),
    )


def check_intake(intake: Intake) -> Iterator[Message]:
    """Days that do not come every year, or are said twice, are no cut-offs."""
    for each in intake.cut_offs:
        if not _is_day(each):
            text = gettext_noop(
                "“%(day)s” is no day of every year. Write cut-offs as month and day, such as 03-31."
            )
            yield Message("no_cut_off", text, {"day": each})
    if len(set(intake.cut_offs)) < len(intake.cut_offs):
        yield Message("cut_off_twice", gettext_noop("A cut-off is said twice."))
    if len(intake.cut_offs) > MOST:
        text = gettext_noop("At most %(most)s cut-offs a year.")
        yield Message("many_cut_offs", text, {"most": MOST})


def _is_day(written: str) -> bool:
    if not DAY_OF_YEAR.fullmatch(written):
        return False
    try:
        dt.date(COMMON_YEAR, int(written[:2]), int(written[3:]))
    except ValueError:
        return False
    return True
