"""Texts of a draft that still speak of the year of the edition as which it began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from anso.calls.models import Call
from anso.calls.queries.editions import begun_from
from anso.kernel.faults import DesignFault, DesignPart
from anso.kernel.questions import Form
from anso.kernel.terms import Terms, to_plain
from anso.kernel.terms.differences import is_text
from anso.kernel.wording import Message, Text
from anso.kernel.wording import gettext_noop as _

# Where the texts of a part of the terms are mended.
PARTS: Mapping[str, DesignPart] = {
    "levels": DesignPart.LEVELS,
    "hosts": DesignPart.HOSTS,
    "groups": DesignPart.GROUPS,
    "stages": DesignPart.NAMES_OF_STAGES,
    "letters": DesignPart.LETTERS,
    "benefits": DesignPart.BENEFITS,
    "rules": DesignPart.RULES,
    "rubric": DesignPart.RUBRIC,
    "rubrics": DesignPart.RUBRIC,
    "nouns": DesignPart.NOUNS,
}


def faults_of_last_year(
    call: Call, terms: Terms, forms: Mapping[str, Form]
) -> Iterator[DesignFault]:
    """Each text that names the earlier year; they do not prevent publication, since a text may mean
    it.
    """
    source = begun_from(call)
    if source is None or source.edition_year == call.edition_year:
        return
    year = str(source.edition_year)
    for words in (call.title, call.summary):
        yield from _told(DesignPart.TEXT, words, year)
    for name, part in to_plain(terms).items():
        yield from _told(PARTS.get(name, DesignPart.OUTCOME), part, year)
    for purpose, form in forms.items():
        yield from _told(DesignPart.QUESTIONS, form.to_dict(), year, (purpose,))


def _told(
    part: DesignPart, plain: Any, year: str, at: tuple[str, ...] = ()
) -> Iterator[DesignFault]:
    for words in _texts_in(plain):
        if any(year in each for each in words.values()):
            text = _("“%(text)s” speaks of %(year)s, the year of the edition as which it began.")
            message = Message("last_year", text, {"text": Text(words), "year": year})
            yield DesignFault(part, message, is_blocking=False, at=at)


def _texts_in(plain: Any) -> Iterator[dict[str, str]]:
    if isinstance(plain, Mapping) and plain and is_text(plain):
        yield dict(plain)
        return
    inside = plain.values() if isinstance(plain, Mapping) else plain
    for each in inside if isinstance(plain, Mapping | list) else ():
        yield from _texts_in(each)
