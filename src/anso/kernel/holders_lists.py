"""Lists of those who received something in earlier years, as officers paste them or bring them in a
file: a line for each, with a line that heads the columns.

Here: which cell means what, and what is wrong with a line. Not here: what becomes of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line, fold
from anso.kernel.wording import Message, gettext_noop

MOST_LINES = 500
MOST_SIGNS = 400_000
SEPARATORS = ("\t", ";", ",")
COLUMNS = ("year", "award", "name", "organisation", "country", "citation", "not given because")
LONGEST = {"citation": 400, "not given because": 400}
USUAL_LENGTH = 200
FIRST_YEAR = 1900


@dataclass(frozen=True)
class HolderLine:
    """One line that is understood: who received what in which year, or why nobody did."""

    number: int
    year: int
    award: str
    name: str = ""
    organisation: str = ""
    country: str = ""
    citation: str = ""
    not_given_because: str = ""

    @property
    def key(self) -> tuple[int, str, str]:
        """By what two lines are the same."""
        return self.year, self.award, self.name


def read_holders(
    text: str, countries: Collection[str], last_year: int
) -> tuple[list[HolderLine], list[Message]]:
    """The lines of a list, and what is wrong with any of them, each with its number.

    Refuses whole what is empty, too long, or has no line that heads its columns.
    """
    if len(text) > MOST_SIGNS:
        raise BadInput(gettext_noop("The list is too long. Give at most 500 lines at once."))
    typed = text.removeprefix("\ufeff").strip()
    heading = typed.partition("\n")[0]
    separator = next((each for each in SEPARATORS if each in heading), SEPARATORS[-1])
    rows = [row for row in csv.reader(io.StringIO(typed), delimiter=separator) if any(row)]
    columns = [fold(cell.strip()) for cell in rows[0]] if rows else []
    if not {"year", "award"} <= set(columns) or not set(columns) <= set(COLUMNS):
        text = gettext_noop("The first line heads the columns, by these words: %(columns)s.")
        raise BadInput(text, columns=COLUMNS)
    if not 1 < len(rows) <= MOST_LINES + 1:
        raise BadInput(gettext_noop("Give at least one line below the heading, and at most 500."))
    lines: list[HolderLine] = []
    faults: list[Message] = []
    for number, row in enumerate(rows[1:], 2):
        cells = dict.fromkeys(COLUMNS, "") | dict(zip(columns, row, strict=False))
        cells = {name: clean_line(cell, limit=MOST_SIGNS) for name, cell in cells.items()}
        found = list(_faults(number, cells, countries, last_year))
        faults += found
        if not found:
            lines.append(_line(number, cells))
    return lines, [*faults, *_doubles(lines)]


def _line(number: int, cells: dict[str, str]) -> HolderLine:
    named = {name: cells[name] for name in ("award", "name", "organisation", "citation")}
    return HolderLine(
        number,
        int(cells["year"]),
        country=cells["country"].upper(),
        not_given_because=cells["not given because"],
        **named,
    )


def _faults(
    number: int, cells: dict[str, str], countries: Collection[str], last_year: int
) -> Iterator[Message]:
    year, where = cells["year"], {"line": number}
    if not (year.isascii() and year.isdecimal() and FIRST_YEAR <= int(year) <= last_year):
        text = gettext_noop("Line %(line)s: “%(year)s” is no year until %(last)s.")
        yield Message("no_year", text, where | {"year": year, "last": str(last_year)})
    if not cells["award"]:
        yield Message("no_award", gettext_noop("Line %(line)s: say what was given."), where)
    if bool(cells["name"]) == bool(cells["not given because"]):
        text = gettext_noop(
            "Line %(line)s: give either who received it, or why nobody did, and not both."
        )
        yield Message("who_or_why", text, where)
    if cells["country"] and cells["country"].upper() not in countries:
        text = gettext_noop(
            "Line %(line)s: “%(country)s” is no country. Write the two letters of one."
        )
        yield Message("no_country", text, where | {"country": cells["country"]})
    for name, cell in cells.items():
        most = LONGEST.get(name, USUAL_LENGTH)
        if len(cell) > most:
            text = gettext_noop("Line %(line)s: “%(column)s” has more than %(most)s characters.")
            yield Message("long_cell", text, where | {"column": name, "most": most})


def _doubles(lines: list[HolderLine]) -> Iterator[Message]:
    seen: dict[tuple[int, str, str], int] = {}
    for line in lines:
        first = seen.setdefault(line.key, line.number)
        if first != line.number:
            text = gettext_noop("Line %(line)s says the same as line %(first)s.")
            yield Message("said_twice", text, {"line": line.number, "first": first})
