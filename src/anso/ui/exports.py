"""Rows as a file: CSV and a spreadsheet, both written while the rows are read."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter
from django.http import FileResponse, Http404, StreamingHttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Rows = Iterable[Sequence[Any]]


def export_response(
    kind: str, name: str, headings: Sequence[str], rows: Rows
) -> StreamingHttpResponse | FileResponse:
    """The rows as a file of this kind, ``csv`` or ``xlsx``, called by this name; 404 for others."""
    if kind not in EXPORTS:
        raise Http404("no such kind of file")
    return EXPORTS[kind](name, headings, rows)


def csv_response(name: str, headings: Sequence[str], rows: Rows) -> StreamingHttpResponse:
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


def xlsx_response(name: str, headings: Sequence[str], rows: Rows) -> FileResponse:
    """The rows as a spreadsheet, written row by row to a file on disk."""
    made = tempfile.TemporaryFile(prefix="anso-export-")  # noqa: SIM115 - the response closes it
    # What people typed stays text, also where it looks like a formula or an address; row by row,
    # since a call may have two hundred thousand.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        bold, instant = (
            book.add_format(style)
            for style in ({"bold": True}, {"num_format": "yyyy-mm-dd hh:mm:ss"})
        )
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                write_cell(sheet, (line, column), cell, instant)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=f"{name}.xlsx")


def write_cell(sheet: Any, place: tuple[int, int], cell: Any, instant: Any) -> None:
    """Write one cell by its type: a text is a text and no formula, so nothing needs a guard."""
    if isinstance(cell, dt.datetime):
        sheet.write_datetime(*place, cell.astimezone(dt.UTC).replace(tzinfo=None), instant)
    elif isinstance(cell, int | float):
        sheet.write_number(*place, cell)
    elif cell not in (None, ""):
        sheet.write_string(*place, str(cell))


EXPORTS: Mapping[str, Callable[..., Any]] = {"csv": csv_response, "xlsx": xlsx_response}
