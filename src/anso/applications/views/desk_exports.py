"""The filtered list of applications as CSV and as a spreadsheet: codes, and beside them what they
mean in the reader's language.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.applications import queries
from anso.applications.queries import desk
from anso.applications.views.desk_table import STATES, filter_for
from anso.applications.wording import eligibility_in_words, state_word
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, get_terms
from anso.directory.wording import country_choices
from anso.ui.question_fields import in_reader_language

STATE, COUNTRY, LEVEL, CHECK = 1, 3, 4, 9
STANDINGS = ("eligible", "ask_us", "not_eligible")


def export_headings() -> list[str]:
    """The first line, in the reader's language."""
    return [
        _("Number"), _("State, code"), _("State"), _("Name"), _("Country, code"), _("Country"),
        _("Level, code"), _("Level"), _("First host"), _("Title"), _("Started (UTC)"),
        _("Submitted (UTC)"), _("Eligibility check, code"), _("Eligibility check"),
        _("Screening reason"), _("Letters given"), _("Required letters lacking"),
    ]  # fmt: skip


def labels_of(call: Call) -> dict[int, Mapping[str, str]]:
    """What codes mean, by the column that they stand in."""
    levels = {level.key: in_reader_language(level.label) for level in get_terms(call).levels}
    standings = {standing: str(eligibility_in_words(standing)) for standing in STANDINGS}
    states = {state: state_word(state) for state in STATES}
    return {STATE: states, COUNTRY: dict(country_choices()), LEVEL: levels, CHECK: standings}


def labelled_rows(request: HttpRequest, call: Call) -> Iterator[list[Any]]:
    """The filtered list, row by row, each code followed by what it means. The words are fixed now:
    rows are read when the answer leaves, after the language of the request.
    """
    applications = queries.applications_of_call(call, request.user, timezone.now())
    labels, rows = labels_of(call), desk.export_rows(applications, filter_for(request, call))
    return (_labelled(row, labels) for row in rows)


def _labelled(row: tuple[Any, ...], labels: Mapping[int, Mapping[str, str]]) -> list[Any]:
    cells: list[Any] = []
    for column, cell in enumerate(row):
        cells.append(" ".join(cell) if isinstance(cell, list) else cell)
        if column in labels:
            cells.append(labels[column].get(cell or "", cell))
    return cells


@login_required
@require_safe
def export_csv(request: HttpRequest, reference: str) -> StreamingHttpResponse:
    """The filtered list as CSV, sent while it is read."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rows = labelled_rows(request, call)
    response = StreamingHttpResponse(
        csv_lines(export_headings(), rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{call.slug}-applications.csv"'
    return response


class Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def csv_lines(headings: list[str], rows: Iterator[list[Any]]) -> Iterator[str]:
    """Lines of CSV with a mark that makes spreadsheets read every script; in a file without types
    what looks like a formula is guarded.
    """
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([desk.escape_formula(_spelled(cell)) for cell in row])


def _spelled(cell: Any) -> Any:
    if isinstance(cell, dt.datetime):
        return cell.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
    return "" if cell is None else cell


@login_required
@require_safe
def export_xlsx(request: HttpRequest, reference: str) -> FileResponse:
    """The filtered list as a spreadsheet, written row by row to a file on disk."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rows = labelled_rows(request, call)
    made = tempfile.TemporaryFile(prefix="anso-export-")  # noqa: SIM115 - the response closes it
    # What people typed stays text, also where it looks like a formula or an address; row by row,
    # since a call may have two hundred thousand.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("Applications")
        bold, instant = (
            book.add_format(style)
            for style in ({"bold": True}, {"num_format": "yyyy-mm-dd hh:mm:ss"})
        )
        for column, heading in enumerate(export_headings()):
            sheet.write_string(0, column, heading, bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                write_cell(sheet, (line, column), cell, instant)
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=f"{call.slug}-applications.xlsx")


def write_cell(sheet: Any, place: tuple[int, int], cell: Any, instant: Any) -> None:
    """Write one cell by its type: a text is a text and no formula, so nothing needs a guard."""
    if isinstance(cell, dt.datetime):
        sheet.write_datetime(*place, cell.astimezone(dt.UTC).replace(tzinfo=None), instant)
    elif isinstance(cell, int):
        sheet.write_number(*place, cell)
    elif cell:
        sheet.write_string(*place, str(cell))
