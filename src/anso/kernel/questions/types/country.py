"""One country or territory, or several, by ISO 3166 code. Names are found at display time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from anso.kernel.citizenships import NO_COUNTRY
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_limit, check_unit, list_of
from anso.kernel.wording import Message, gettext_noop

_CODE = re.compile(r"[A-Z]{2}")


def is_country_code(text: str) -> bool:
    """Whether a text could be the code of a country."""
    return bool(_CODE.fullmatch(text))


class CountryType:
    """One code, kept as text; with a limit on choices several codes, kept as a list.

    Options, where given, restrict the codes; those that stand for no country are taken only where
    the question says so. Whether a code is a country is the directory's
    to know: its form offers only those.
    """

    code = "country"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the code or codes, or the error that one is not a country of the list."""
        codes = list(
            dict.fromkeys(str(item).strip().upper() for item in list_of(raw) if str(item).strip())
        )
        if not codes:
            return EMPTY
        options = question.option_values()
        allowed = {*options, *question.also} if options else set()
        refused = NO_COUNTRY - set(question.also)
        if any(
            not _CODE.fullmatch(code) or code in refused or (allowed and code not in allowed)
            for code in codes
        ):
            return Cleaned(
                raw, Message("not_a_country", gettext_noop("Choose a country from the list."))
            )
        if question.limit is None:
            return Cleaned(codes[0])
        return Cleaned(codes, check_limit(question.limit, len(codes)))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when the limit is not on choices."""
        yield from check_unit(question, "choices")


COUNTRY = CountryType()
