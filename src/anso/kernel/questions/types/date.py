"""A day of the calendar, kept as ISO: from one date field, or from day, month and year."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from anso.kernel.periods import days_in
from anso.kernel.questions.model import Meaning, Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, first_of
from anso.kernel.wording import Message, gettext_noop


class DateType:
    """One day between `earliest` and `latest`, both allowed."""

    code = "date"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the day as ISO, or the error that there is no such day or it is out of bounds.

        Accepts "1994-03-07", a date, or day, month and year under those names, in digits of any
        script. Of a birth the year is enough, or year and month: not everybody knows more.
        """
        typed = _spell(first_of(raw))
        if not typed:
            return EMPTY
        part = days_in(typed) if Meaning.BIRTH_DATE in question.means else None
        if part:
            return Cleaned(typed, None if _touches(question, *part) else _no_birth_date(typed))
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            return Cleaned(
                typed[:100],
                Message(
                    "no_such_day", gettext_noop("Give a day that exists, as day, month and year.")
                ),
            )
        return Cleaned(day.isoformat(), _check_bounds(question, day))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when no day can satisfy the bounds."""
        if question.earliest and question.latest and question.latest < question.earliest:
            yield Message(
                "empty_bounds",
                gettext_noop("Question “%(key)s” allows no day at all."),
                {"key": question.key},
            )


def _spell(raw: Any) -> str:
    if not isinstance(raw, Mapping):
        return "" if raw is None else str(raw).strip()
    typed = [_plain_digits(str(raw.get(name) or "").strip()) for name in ("year", "month", "day")]
    while typed and not typed[-1]:
        typed.pop()
    # What is missing in the middle stays so: a day without its month is no part of a date.
    return "-".join(
        f"{part:>0{width}}" if part else "" for part, width in zip(typed, (4, 2, 2), strict=False)
    )


def _plain_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)


def _touches(question: Question, first: date, last: date) -> bool:
    """Whether any day of a month or year lies within the bounds."""
    return first <= (question.latest or date.max) and last >= (question.earliest or date.min)


def _is_within(question: Question, day: date) -> bool:
    return (question.earliest or date.min) <= day <= (question.latest or date.max)


def _check_bounds(question: Question, day: date) -> Message | None:
    if Meaning.BIRTH_DATE in question.means and not _is_within(question, day):
        return _no_birth_date(day)
    if question.earliest and day < question.earliest:
        return Message(
            "too_early",
            gettext_noop("Give a day on or after %(limit)s."),
            {"limit": question.earliest},
        )
    if question.latest and day > question.latest:
        return Message(
            "too_late",
            gettext_noop("Give a day on or before %(limit)s."),
            {"limit": question.latest},
        )
    return None


def _no_birth_date(day: date | str) -> Message:
    return Message(
        "no_birth_date",
        gettext_noop(
            "Nobody who applies was born on %(day)s. If that is a day of another calendar, give"
            " it in the Gregorian one."
        ),
        {"day": day},
    )


DATE = DateType()
