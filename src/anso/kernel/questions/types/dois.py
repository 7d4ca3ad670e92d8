"""A list of DOIs, one on each line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anso.kernel.identifiers import clean_doi
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_limit, check_unit, list_of
from anso.kernel.wording import Message, gettext_noop

NO_DOI = gettext_noop("Line %(line)s: “%(typed)s” is no DOI. It looks like 10.1000/182.")
TWICE = gettext_noop("Line %(line)s: the DOI %(doi)s stands in line %(first)s already.")
AT_MOST, SHOWN = 500, 100


class DoisType:
    """DOIs as they are kept, in the order given; lines left empty are none. With an error the lines
    stay as they were typed.
    """

    code = "dois"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the DOIs, or the first line that is none or stands there twice."""
        lines = [line.strip() for part in list_of(raw) for line in str(part).splitlines()]
        typed = [line for line in lines if line][:AT_MOST]
        if not typed:
            return EMPTY
        found = [clean_doi(line) or line for line in typed]
        fault = next(_faults(found), None) or check_limit(question.limit, len(found))
        return Cleaned(found, fault)

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when the limit is not on entries."""
        yield from check_unit(question, "entries")


def _faults(found: list[str]) -> Iterator[Message]:
    seen: dict[str, int] = {}
    for number, doi in enumerate(found, 1):
        if clean_doi(doi) is None:
            yield Message("no_doi", NO_DOI, {"line": number, "typed": doi[:SHOWN]})
        first = seen.setdefault(doi, number)
        if first != number:
            yield Message("doi_twice", TWICE, {"line": number, "doi": doi, "first": first})


DOIS = DoisType()
