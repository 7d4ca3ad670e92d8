"""When and where what a call gives takes place: a course, a meeting, a stay.

Here: the terms, and how they follow from what a selected proposal said. Not here: who may change
them, and how they are said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from anso.kernel.questions import Meaning
from anso.kernel.questions.types.number import read_number
from anso.kernel.terms.outcome import OutcomePart
from anso.kernel.wording import Message, gettext_noop


@dataclass(frozen=True)
class Occasion:
    """What everybody reads of it; what is blank is not said. Names stand as they were written, in
    whichever language. ``project`` is the number of the project that it belongs to.
    """

    host: str = ""
    country: str = ""
    city: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    language: str = ""
    contact: str = ""
    project: str = ""


# Each column that stands in a proposal as it is, by what its answer means there.
TAKEN = {
    "host": Meaning.APPLICANT_ORGANISATION,
    "country": Meaning.HELD_COUNTRY,
    "city": Meaning.HELD_CITY,
    "language": Meaning.SPOKEN,
    "project": Meaning.PROJECT,
}


def read_occasion(plain: Mapping[str, Any]) -> Occasion:
    """What ``to_plain`` wrote; a call that was frozen before there were occasions says nothing."""
    read: dict[str, Any] = {name: str(value or "") for name, value in plain.items()}
    for name in ("starts_on", "ends_on"):
        read[name] = dt.date.fromisoformat(read[name]) if read.get(name) else None
    return Occasion(**read)


def occasion_meant(facts: Mapping[str, Any]) -> Occasion:
    """The occasion that a proposal means, as its submission froze what was answered."""
    first = facts.get(Meaning.FIRST_DAY)
    starts_on = dt.date.fromisoformat(first) if first else None
    days = whole(facts.get(Meaning.DAYS))
    ends_on = starts_on + dt.timedelta(days=days - 1) if starts_on and days else None
    person = facts.get(Meaning.IN_CHARGE) or {}
    words = (str(person.get(part) or "") for part in ("name", "email"))
    said = {name: str(facts.get(meaning) or "") for name, meaning in TAKEN.items()}
    return Occasion(
        **said, starts_on=starts_on, ends_on=ends_on, contact=", ".join(filter(None, words))
    )


def whole(answer: Any) -> int | None:
    """A number of days or places as it was answered; None where that is no such number."""
    number = read_number(str(answer)) if answer is not None else None
    return int(number) if number is not None and number >= 1 else None


def with_places(outcome: OutcomePart, places: int) -> OutcomePart:
    """The same with so many places, and of them as large a share kept for groups as before, rounded
    down; an outcome with several numbers stays as it is, since nothing says which is meant.
    """
    if len(outcome.counted()) != 1:
        return outcome
    (key,) = outcome.counted()
    before = outcome.capacity()
    kept = tuple(
        replace(each, places=each.places * places // before) for each in outcome.reserves if before
    )
    return outcome.with_counts({key: places}).with_reserves(kept)


def check_occasion(occasion: Occasion, told_on: dt.date | None) -> Iterator[Message]:
    """It does not end before it begins, nor begins before anybody knows of being selected."""
    starts_on, ends_on = occasion.starts_on, occasion.ends_on
    if ends_on and (starts_on is None or ends_on < starts_on):
        yield Message("occasion_reversed", gettext_noop("It ends before it begins."))
    if starts_on and told_on and starts_on <= told_on:
        text = gettext_noop("It begins on %(day)s, before the results of this call are told.")
        yield Message("occasion_early", text, {"day": starts_on})
