"""Lists of rows within plain content, such as the benefits in the terms of a call: which columns a
row has, and reading and changing one row by the parts that people edit.

Belongs here: columns and tables as data, and pure changes of plain rows. Does not: whether the
result is sound (`terms.checking`, `eligibility`), nor words and fields of pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from anso.kernel.faults import DesignPart

Row = dict[str, Any]


class ColumnKind(StrEnum):
    """How a cell is edited and kept. ``WORDS`` and ``LINES`` are texts by language; a ``DAY`` may
    be one of the call itself; a ``CONDITION`` is kept as `questions.conditions` writes it.
    """

    WORDS = "words"
    LINES = "lines"
    NOTE = "note"
    WHOLE = "whole"
    AMOUNT = "amount"
    YES_NO = "yes_no"
    ONE = "one"
    SEVERAL = "several"
    DAY = "day"
    CONDITION = "condition"


BY_LANGUAGE = frozenset({ColumnKind.WORDS, ColumnKind.LINES})


@dataclass(frozen=True)
class Column:
    """One cell of a row. Dots in ``name`` lead into what stands in it: ``words.request``.

    ``label`` and ``hint`` are for the translation catalogue. ``choices`` names the list that
    may be chosen from, where it is one of questions those of the ``types`` alone. ``is_listed``
    says that a list of rows shows it; ``shared`` is the part of another page that changes the same;
    ``about`` is the question that the label names as ``%(question)s``, ``none`` what it means
    when nothing is chosen.
    """

    name: str
    label: str
    kind: ColumnKind = ColumnKind.NOTE
    hint: str = ""
    choices: str = ""
    types: tuple[str, ...] = ()
    is_required: bool = False
    is_listed: bool = False
    shared: str = ""
    about: str = ""
    none: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is a text by language."""
        return self.kind in BY_LANGUAGE


@dataclass(frozen=True)
class RowTable:
    """One list of rows: where it stands in the content, what its columns are, which of them tells
    rows apart and which names them.

    With ``inner`` the rows stand in lists of that name, one in each row at ``path``, told apart by
    ``identity`` too; a row then names the one around it in ``of``. ``one`` is a single row in
    words. Where ``is_fixed``, rows are neither added nor removed; where ``is_single``, the content
    itself is the only row. ``within`` is what the names of
    its parts begin with, where the list stands in something that has parts of its own.
    """

    key: str
    part: DesignPart
    label: str
    one: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]
    identity: str = "key"
    name: str = "label"
    inner: str = ""
    hint: str = ""
    is_fixed: bool = False
    is_single: bool = False
    within: str = ""

    @property
    def start(self) -> str:
        """With what the revisions of its parts begin."""
        return f"{self.within or f'rows.{self.key}'}."

    def rows(self, content: Mapping[str, Any]) -> list[Row]:
        """All rows, in their order."""
        if self.is_single:
            return [dict(content)]
        found = [dict(row) for row in self._outer(content)]
        if not self.inner:
            return found
        return [
            {**row, "of": outer[self.identity]}
            for outer in found
            for row in outer.get(self.inner, ())
        ]

    def key_of(self, row: Mapping[str, Any]) -> str:
        """By what a row is told apart from all others."""
        return self.key if self.is_single else str(row[self.identity])

    def row(self, content: Mapping[str, Any], key: str) -> Row | None:
        """The row with that key, or None."""
        return next((row for row in self.rows(content) if self.key_of(row) == key), None)

    def with_rows(self, content: Mapping[str, Any], rows: Iterable[Row]) -> dict[str, Any]:
        """The content with other rows."""
        if self.is_single:
            return {name: value for row in rows for name, value in row.items()}
        if not self.inner:
            return with_cell(content, ".".join(self.path), list(rows))
        given = list(rows)
        outer = [
            {**row, self.inner: list(_without_of(given, row[self.identity]))}
            for row in self._outer(content)
        ]
        return with_cell(content, ".".join(self.path), outer)

    def column(self, name: str) -> Column | None:
        """The column with that name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    def split(self, path: tuple[str, ...]) -> tuple[str, str] | None:
        """The key of the row and the name of the cell to which a path in the content leads; None
        where it leads into another list, or to no cell.
        """
        if self.is_single:
            return (self.key, path[0]) if self.column(path[0]) else None
        above = len(self.path)
        if path[:above] != self.path:
            return None
        inside = path[above:]
        if self.inner:
            if len(inside) < 2 or inside[1] != self.inner:
                return None
            inside = inside[2:]
        return (inside[0], ".".join(inside[1:])) if len(inside) > 1 else None

    def _outer(self, content: Mapping[str, Any]) -> Sequence[Row]:
        return cell(content, ".".join(self.path)) or ()


def _without_of(rows: Iterable[Row], outer: str) -> Iterator[Row]:
    for row in rows:
        if row["of"] == outer:
            yield {name: value for name, value in row.items() if name != "of"}


def cell(row: Mapping[str, Any], name: str) -> Any:
    """What stands in a cell; None where there is nothing."""
    found: Any = row
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def with_cell(row: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The row with something else in a cell; None takes the cell away."""
    first, _, rest = name.partition(".")
    if rest:
        within = row.get(first)
        value = with_cell(within if isinstance(within, Mapping) else {}, rest, value)
    changed = {**row, first: value}
    if value is None:
        del changed[first]
    return changed


def parts_of_row(columns: Iterable[Column], row: Mapping[str, Any]) -> dict[str, Any]:
    """What of a row is changed by itself: each text in each language as ``label_en``, and every
    other cell.
    """
    parts: dict[str, Any] = {}
    for column in columns:
        value = cell(row, column.name)
        if column.is_text:
            parts |= {f"{column.name}_{code}": words for code, words in (value or {}).items()}
        elif column.kind is ColumnKind.SEVERAL:
            parts[column.name] = _listed(value)
        else:
            parts[column.name] = value
    return parts


def with_parts(
    columns: Iterable[Column], row: Mapping[str, Any], changes: Mapping[str, Any]
) -> Row:
    """The row with other parts, named as `parts_of_row` names them; a blank text goes."""
    changed = dict(row)
    for column in columns:
        if column.is_text:
            start = f"{column.name}_"
            given = {
                name.removeprefix(start): words
                for name, words in changes.items()
                if name.startswith(start)
            }
            words = (cell(changed, column.name) or {}) | given
            kept = {code: text for code, text in words.items() if text}
            changed = with_cell(changed, column.name, kept) if given else changed
        elif column.name in changes:
            changed = with_cell(changed, column.name, changes[column.name])
    return changed


def moved(table: RowTable, rows: Sequence[Row], key: str, steps: int) -> list[Row]:
    """The rows with one some places further down (or up, below zero) among those that stand in one
    list with it; stops at the ends.
    """
    row = next(row for row in rows if table.key_of(row) == key)
    beside = [other for other in rows if other.get("of") == row.get("of")]
    place = min(max(beside.index(row) + steps, 0), len(beside) - 1)
    beside.remove(row)
    beside.insert(place, row)
    left = iter(beside)
    return [next(left) if other.get("of") == row.get("of") else other for other in rows]


def missing_languages(
    columns: Iterable[Column], row: Mapping[str, Any], languages: Iterable[str]
) -> tuple[str, ...]:
    """The languages in which a text of the row is missing that stands in another one."""
    texts = [cell(row, column.name) for column in columns if column.is_text]
    return tuple(code for code in languages if any(text and not text.get(code) for text in texts))


def _listed(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
