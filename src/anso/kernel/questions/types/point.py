"""A point on the map, typed as latitude and longitude in one of the usual ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.places import read_point
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit, first_of
from anso.kernel.questions.types.number import plain_digits
from anso.kernel.wording import Message, gettext_noop

NO_POINT = gettext_noop(
    "This could not be understood as a point. Write latitude and longitude like -1.2921, 36.8219 or"
    " 1°17′32″S 36°49′19″E, with a point for decimals."
)
OFF_EARTH = gettext_noop(
    "There is no such point: a latitude is at most 90 degrees and comes first, a longitude at most"
    " 180."
)
AT_MOST = 100


class PointType:
    """Latitude and longitude in decimal degrees, up to six decimals, however they were typed."""

    code = "point"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the point in its one spelling, or the error that it is none."""
        typed = str(first_of(raw) or "")[:AT_MOST].strip()
        if not typed:
            return EMPTY
        point = read_point(plain_digits(typed).replace("\u066b", ".").replace("\u060c", ","))
        if point is None:
            return Cleaned(typed, Message("no_point", NO_POINT))
        if not point.is_on_earth:
            return Cleaned(typed, Message("off_earth", OFF_EARTH))
        return Cleaned(str(point))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault where a limit is set: there is nothing to count."""
        yield from check_unit(question)


POINT = PointType()
