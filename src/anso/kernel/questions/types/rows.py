"""Lists of rows of parts, such as degrees and publications: one mapping for each row, in the order
given; rows without anything in them are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from anso.kernel.errors import TooLarge
from anso.kernel.identifiers import clean_doi
from anso.kernel.names import clean_line
from anso.kernel.questions.model import Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_limit, check_unit, list_of
from anso.kernel.questions.types.country import is_country_code
from anso.kernel.wording import Message, gettext_noop

DEGREE_PARTS = ("degree", "institution", "country", "year", "grade", "best", "passing")
PUBLICATION_PARTS = ("doi", "reference")
FIRST_YEAR, LAST_YEAR = 1900, 2100
Row = Mapping[str, str]


@dataclass(frozen=True)
class RowsType:
    """Rows of these parts: how each is tidied, and what is the first thing wrong with one."""

    code: str
    parts: tuple[str, ...]
    tidy: Callable[[dict[str, str]], dict[str, str]]
    fault_of: Callable[[int, Row], Message | None]

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the rows, or the first thing that is missing or wrong in one of them."""
        given = [row for row in list_of(raw) if isinstance(row, Mapping)]
        typed = [{part: str(row.get(part) or "") for part in self.parts} for row in given]
        try:
            lines = [{part: clean_line(text) for part, text in row.items()} for row in typed]
        except TooLarge as refusal:
            return Cleaned(typed, refusal.message)
        filled = [{part: text for part, text in row.items() if text} for row in lines]
        rows = [self.tidy(row) for row in filled if row]
        if not rows:
            return EMPTY
        faults = (self.fault_of(number, row) for number, row in enumerate(rows, 1))
        fault = next(filter(None, faults), None)
        return Cleaned(rows, fault or check_limit(question.limit, len(rows)))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield a fault when the limit is not on entries."""
        yield from check_unit(question, "entries")


ASKED = {
    "degree": gettext_noop("Degree %(row)s: say which degree it is."),
    "institution": gettext_noop("Degree %(row)s: give the university."),
    "country": gettext_noop("Degree %(row)s: choose the country."),
    "year": gettext_noop("Degree %(row)s: give the year, like 2024."),
}
WITHOUT_SCALE = gettext_noop(
    "Degree %(row)s: say of which scale the grade is: the best grade and the lowest that passes."
)
OFF_SCALE = gettext_noop(
    "Degree %(row)s: the grade %(grade)s is not between %(best)s and %(passing)s."
)


def _tidy_degree(row: dict[str, str]) -> dict[str, str]:
    return row | ({"country": row["country"].upper()} if "country" in row else {})


def _fault_of_degree(number: int, row: Row) -> Message | None:
    year = row.get("year", "")
    usable = {
        "degree": "degree" in row,
        "institution": "institution" in row,
        "country": is_country_code(row.get("country", "")),
        "year": year.isdecimal() and FIRST_YEAR <= int(year) <= LAST_YEAR,
    }
    lacking = next((part for part, is_there in usable.items() if not is_there), None)
    if lacking:
        return Message(f"no_{lacking}", ASKED[lacking], {"row": number})
    return _fault_of_grade(number, row)


def _fault_of_grade(number: int, row: Row) -> Message | None:
    """A grade stands on its scale, whichever end of it is the best."""
    if "grade" not in row:
        return None
    if "best" not in row or "passing" not in row:
        return Message("no_scale", WITHOUT_SCALE, {"row": number})
    facts = {part: row[part] for part in ("grade", "best", "passing")}
    grade, *ends = (_number(text) for text in facts.values())
    known = [end for end in ends if end is not None]
    if grade is None or len(known) < 2 or min(known) <= grade <= max(known):
        return None  # words, such as "first class", are read by people
    return Message("off_scale", OFF_SCALE, {"row": number} | facts)


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", ".").rstrip("% "))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


NO_DOI = gettext_noop(
    "Publication %(row)s: “%(doi)s” is no DOI. It looks like 10.1000/182; without one, give"
    " authors, title and year instead."
)


def _tidy_publication(row: dict[str, str]) -> dict[str, str]:
    doi = clean_doi(row.get("doi", ""))
    return row | ({"doi": doi} if doi else {})


def _fault_of_publication(number: int, row: Row) -> Message | None:
    doi = row.get("doi", "")
    if doi and clean_doi(doi) is None:
        return Message("no_doi", NO_DOI, {"row": number, "doi": doi})
    return None


DEGREES = RowsType("degrees", DEGREE_PARTS, _tidy_degree, _fault_of_degree)
PUBLICATIONS = RowsType("publications", PUBLICATION_PARTS, _tidy_publication, _fault_of_publication)
