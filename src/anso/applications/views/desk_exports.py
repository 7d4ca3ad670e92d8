"""The filtered list of applications as CSV and as a spreadsheet."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from anso.applications import queries
from anso.applications.queries import desk
from anso.applications.views.desk_table import read_filter
from anso.calls.queries import get_desk_call_for


@login_required
@require_safe
def export_csv(request: HttpRequest, reference: str) -> StreamingHttpResponse:
    """The filtered list as CSV, sent while it is read."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rows = desk.export_rows(
        queries.applications_of_call(call, request.user, now), read_filter(request)
    )
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{call.slug}-applications.csv"'
    return response


class Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def csv_lines(rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    """Lines of CSV with a mark that makes spreadsheets read every script."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(desk.EXPORT_HEADINGS)
    for row in rows:
        yield writer.writerow([desk.escape_formula(cell) for cell in row])


@login_required
@require_safe
def export_xlsx(request: HttpRequest, reference: str) -> FileResponse:
    """The filtered list as a spreadsheet, written row by row to a file on disk."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rows = desk.export_rows(
        queries.applications_of_call(call, request.user, now), read_filter(request)
    )
    made = tempfile.TemporaryFile(prefix="anso-export-")  # noqa: SIM115 - the response closes it
    # What people typed stays text, also where it looks like a formula or an address; row by row,
    # since a call may have two hundred thousand.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("Applications")
        for column, heading in enumerate(desk.EXPORT_HEADINGS):
            sheet.write_string(0, column, heading, book.add_format({"bold": True}))
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write(line, column, desk.escape_formula(cell))
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=f"{call.slug}-applications.xlsx")
