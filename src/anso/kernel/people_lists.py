"""Lists of people as officers paste them: names and addresses, one person a line, with what else is
known of each.

Here: which cell means what, and what is wrong with a line; every line keeps its text, so that
nothing typed is lost. Not here: what people are to the alliance.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from anso.kernel.addresses import address_fault, clean_address
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line, fold, mailbox
from anso.kernel.wording import Message, gettext_noop

MOST_LINES = 200
MOST_SIGNS = 200_000
SEPARATORS = (",", ";", "\t", "|")
COLUMNS = ("name", "email", "organisation", "country", "expertise")
# What heads a column, as people and their spreadsheets write it; compared without case and accents.
HEADINGS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"name", "full name", "reviewer", "nom", "nombre", "الاسم", "姓名"}),
    "email": frozenset(
        {"email", "e-mail", "mail", "address", "email address", "mail address", "البريد", "邮箱"}
    ),
    "organisation": frozenset(
        {"organisation", "organization", "institution", "affiliation", "employer", "المؤسسة"}
    ),
    "country": frozenset({"country", "pays", "pais", "البلد", "国家"}),
    "expertise": frozenset({"expertise", "subject", "field", "keywords", "التخصص"}),
}
_FOLDED = {fold(word): key for key, words in HEADINGS.items() for word in words}
# "Amina Yusuf <amina@example.org>", as mail programs copy it.
_COPIED = re.compile(r"\s*\"?([^<>\"]*)\"?\s*<([^<>]+@[^<>]+)>\s*[,;]?\s*")


@dataclass(frozen=True)
class PersonLine:
    """One person of a list: what was understood, and what was typed."""

    number: int
    typed: str
    name: str = ""
    email: str = ""
    organisation: str = ""
    country: str = ""
    expertise: str = ""
    fault: Message | None = None

    @property
    def box(self) -> str:
        """The mailbox by which people are compared."""
        return mailbox(self.email)


@dataclass(frozen=True)
class PeopleList:
    """The lines of a list, and the line that heads its columns, if there is one."""

    heading: str
    lines: tuple[PersonLine, ...]

    def kept(self, numbers: Sequence[int]) -> str:
        """The text of some lines as it was typed, under its heading."""
        chosen = [each.typed for each in self.lines if each.number in numbers]
        return "\n".join(([self.heading] if self.heading and chosen else []) + chosen)


def read_people(text: str) -> PeopleList:
    """Read a list. A line that cannot be understood has its fault; of two lines with one mailbox
    the second has.

    Refuses an empty list and one that is too long, whole.
    """
    if len(text) > MOST_SIGNS:
        raise BadInput(gettext_noop("The list is too long. Give at most 200 people at once."))
    rows = list(_rows(text))
    heading = rows[0] if rows and _columns_named(rows[0][2]) else None
    people = rows[1:] if heading else rows
    if not people:
        raise BadInput(gettext_noop("The list is empty. Give a name and an address on each line."))
    if len(people) > MOST_LINES:
        raise BadInput(
            gettext_noop("The list has %(count)s people. Give at most %(most)s at once."),
            count=len(people),
            most=MOST_LINES,
        )
    columns = _columns_named(heading[2]) if heading else None
    lines = [_line(number, typed, cells, columns) for number, typed, cells in people]
    return PeopleList(heading[1] if heading else "", tuple(_without_doubles(lines)))


def _rows(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Each line that says something: its number, its text, its cells."""
    typed = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = _separator("\n".join(typed))
    for number, line in enumerate(typed, 1):
        copied = _COPIED.fullmatch(line)
        if copied:
            yield number, line, [clean_line(copied[1], limit=MOST_SIGNS), copied[2].strip()]
        elif line.strip(' \t;,|"'):
            # One line at a time: a quotation mark that is never closed spoils its own line alone.
            cells = next(csv.reader(io.StringIO(line), delimiter=separator, skipinitialspace=True))
            yield number, line, [clean_line(cell, limit=MOST_SIGNS) for cell in cells]


def _separator(text: str) -> str:
    """What parts the cells: whatever leaves an address standing alone in most lines."""
    lines = [line for line in text.split("\n") if "@" in line and "<" not in line]
    counts = [
        sum(any(clean_address(cell.strip('" ')) for cell in line.split(sign)) for line in lines)
        for sign in SEPARATORS
    ]
    return SEPARATORS[counts.index(max(counts))]


def _columns_named(cells: Sequence[str]) -> list[str] | None:
    """Which column each cell heads; None for a line that heads nothing."""
    found = [_FOLDED.get(fold(cell), "") for cell in cells]
    return found if "email" in found and not any("@" in cell for cell in cells) else None


def _line(
    number: int, typed: str, cells: Sequence[str], columns: Sequence[str] | None
) -> PersonLine:
    named = dict(zip(columns, cells, strict=False)) if columns else _by_place(cells)
    facts = {key: named.get(key, "") for key in COLUMNS}
    fault = _fault_of(facts)
    spelled = facts["email"] if fault else clean_address(facts["email"]) or ""
    return PersonLine(number, typed, **(facts | {"email": spelled}), fault=fault)


def _by_place(cells: Sequence[str]) -> dict[str, str]:
    """Without a heading: the address is the cell that looks like one, the others in their order."""
    at = next((place for place, cell in enumerate(cells) if "@" in cell), None)
    others = [cell for place, cell in enumerate(cells) if place != at]
    named = dict(zip(("name", "organisation", "country"), others, strict=False))
    # Whoever writes several subjects parts them as the cells are parted.
    named["expertise"] = ", ".join(cell for cell in others[3:] if cell)
    return named | {"email": cells[at] if at is not None else ""}


def _fault_of(facts: Mapping[str, str]) -> Message | None:
    if not facts["email"]:
        return Message("no_address", gettext_noop("There is no mail address on this line."))
    wrong = address_fault(facts["email"])
    if wrong is not None:
        return wrong
    if not facts["name"]:
        return Message("no_name", gettext_noop("There is no name on this line."))
    return _length_fault(facts)


def _length_fault(facts: Mapping[str, str]) -> Message | None:
    for key, limit in (("name", 200), ("organisation", 200), ("expertise", 300)):
        if len(facts[key]) > limit:
            text = gettext_noop("“%(start)s…” is longer than %(limit)s characters.")
            return Message("too_long", text, {"start": facts[key][:30], "limit": limit})
    return None


def _without_doubles(lines: Sequence[PersonLine]) -> Iterator[PersonLine]:
    first: dict[str, int] = {}
    for each in lines:
        if each.fault is None and each.box in first:
            text = gettext_noop("The same address stands on line %(line)s already.")
            fault = Message("double", text, {"line": first[each.box]})
            yield PersonLine(**{**each.__dict__, "fault": fault})
            continue
        if each.fault is None:
            first[each.box] = each.number
        yield each
