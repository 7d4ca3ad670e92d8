"""Country classes as dated facts: who was on which list on which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anso.kernel.periods import DatePeriod

ALWAYS = DatePeriod()


@dataclass(frozen=True)
class ClassMembership:
    """A country was in a class during a half-open period."""

    class_code: str
    country: str
    period: DatePeriod = ALWAYS


class CountryClasses:
    """All memberships known. A class without any membership is unknown, not empty."""

    def __init__(self, memberships: Iterable[ClassMembership] = ()) -> None:
        self._periods: dict[tuple[str, str], list[DatePeriod]] = {}
        self._known: set[str] = set()
        for membership in memberships:
            self._known.add(membership.class_code)
            self._periods.setdefault((membership.class_code, membership.country), []).append(
                membership.period
            )

    def contains(self, country: str, class_code: str, day: date) -> bool | None:
        """Say whether the country was in the class on that day; None when nothing is known."""
        if class_code not in self._known:
            return None
        return any(day in period for period in self._periods.get((class_code, country), ()))

    def members(self, class_code: str, day: date) -> frozenset[str] | None:
        """All countries that were in a class on a day; None when nothing is known of the class."""
        if class_code not in self._known:
            return None
        return frozenset(
            country
            for (code, country), periods in self._periods.items()
            if code == class_code and any(day in period for period in periods)
        )


NO_CLASSES = CountryClasses()
