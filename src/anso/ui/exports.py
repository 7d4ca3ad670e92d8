"""Rows as a file: CSV and a spreadsheet, both written while the rows are read."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse, Http404, StreamingHttpResponse

# More digits than a spreadsheet's numbers keep exactly.
DIGITS_OF_A_NUMBER = 15
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Sheet:
    """Rows of their own beside those of a file, such as those of a table that many answered."""

    name: str
    headings: Sequence[str]
    rows: Rows


def export_response(
    kind: str, name: str, headings: Sequence[str], rows: Rows, beside: Iterable[Sheet] = ()
) -> StreamingHttpResponse | FileResponse:
    """The rows as a file of this kind, ``csv`` or ``xlsx``, called by this name; 404 for others.
    Sheets ``beside`` them stand in a spreadsheet alone: CSV has room for one.
    """
    if kind not in EXPORTS:
        raise Http404("no such kind of file")
    return EXPORTS[kind](name, headings, rows, beside)


def csv_response(
    name: str, headings: Sequence[str], rows: Rows, _beside: Iterable[Sheet] = ()
) -> StreamingHttpResponse:
    """The rows as CSV, sent while they are read."""
    response = StreamingHttpResponse(
        csv_lines(headings, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def csv_lines(headings: Sequence[str], rows: Rows) -> Iterator[str]:
    """Lines of CSV with a mark that makes spreadsheets read every script; in a file without types
    what looks like a formula is guarded.
    """
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([escape_formula(_spelled(cell)) for cell in row])


def escape_formula(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _spelled(cell: Any) -> Any:
    if isinstance(cell, dt.datetime):
        return cell.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
    return "" if cell is None else cell


def xlsx_response(
    name: str, headings: Sequence[str], rows: Rows, beside: Iterable[Sheet] = ()
) -> FileResponse:
    """The rows as a spreadsheet, written row by row to a file on disk."""
    made = tempfile.TemporaryFile(prefix="anso-export-")  # noqa: SIM115 - the response closes it
    # What people typed stays text, also where it looks like a formula or an address; row by row,
    # since a call may have two hundred thousand.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        styles = {
            kind: book.add_format(style)
            for kind, style in (
                ("heading", {"bold": True}),
                ("instant", {"num_format": "yyyy-mm-dd hh:mm:ss"}),
                ("day", {"num_format": "yyyy-mm-dd"}),
                ("amount", {"num_format": "#,##0.00#"}),
            )
        }
        taken: list[str] = []
        for sheet in (Sheet("", headings, rows), *beside):
            taken.append(sheet_name(sheet.name, taken))
            write_sheet(book.add_worksheet(taken[-1] or None), sheet, styles)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=f"{name}.xlsx")


def sheet_name(name: str, taken: Sequence[str]) -> str:
    """A name that a spreadsheet lets a sheet have, and that none of these has: at most 31 signs,
    and none of those that its formulas read.
    """
    plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")
    known = {each.lower() for each in taken}
    tries = (plain[:31], *(f"{plain[:27]} {number}".strip() for number in range(2, 100)))
    return next(each for each in tries if each.lower() not in known or not taken)


def write_sheet(sheet: Any, content: Sheet, styles: Mapping[str, Any]) -> None:
    """Write headings and rows, one after the other."""
    for column, heading in enumerate(content.headings):
        sheet.write_string(0, column, heading, styles["heading"])
    for line, row in enumerate(content.rows, 1):
        for column, cell in enumerate(row):
            write_cell(sheet, (line, column), cell, styles)


def write_cell(sheet: Any, place: tuple[int, int], cell: Any, styles: Mapping[str, Any]) -> None:
    """Write one cell by its type: a text is a text and no formula, so nothing needs a guard. An
    amount is a number as long as it stays exact as one.
    """
    if isinstance(cell, dt.datetime):
        plain = cell.astimezone(dt.UTC).replace(tzinfo=None)
        sheet.write_datetime(*place, plain, styles["instant"])
    elif isinstance(cell, dt.date):
        sheet.write_datetime(*place, cell, styles["day"])
    elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= DIGITS_OF_A_NUMBER:
        sheet.write_number(*place, cell, styles["amount"])
    elif isinstance(cell, int | float):
        sheet.write_number(*place, cell)
    elif cell not in (None, ""):
        sheet.write_string(*place, str(cell))


EXPORTS: Mapping[str, Callable[..., Any]] = {"csv": csv_response, "xlsx": xlsx_response}
