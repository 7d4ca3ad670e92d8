"""Officers' pages of applications: the long list, its exports, and one application with everything about it."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.applications import queries
from anso.applications.forms import answer_rows, file_line
from anso.applications.models import Application, Letter, SaveReceipt
from anso.applications.queries import desk
from anso.applications.queries.letters import is_letter_readable_by, letter_form_of, letter_statuses
from anso.applications.queries.progress import STANDING_WORDS, standing_in_words
from anso.applications.rules import may_screen_application
from anso.audit.queries import events_about
from anso.calls.models import Call
from anso.calls.queries import desk_crumbs, get_desk_call_for, get_terms
from anso.directory.queries import country_name
from anso.files.queries import file_response_for
from anso.notifications.queries import messages_about
from anso.ui.asked import in_reader_language

STATES = ("draft", "submitted", "eligible", "ineligible", "decided", "withdrawn")
TONES = {"draft": "", "submitted": "act", "eligible": "good", "ineligible": "stop", "decided": "good", "withdrawn": ""}


def state_word(state: str) -> str:
    """A state as staff read it."""
    words = {
        "draft": _("draft"),
        "submitted": _("submitted"),
        "eligible": _("eligible"),
        "ineligible": _("not eligible"),
        "decided": _("decided"),
        "withdrawn": _("withdrawn"),
    }
    return words.get(state, state)


def read_filter(request: HttpRequest, **fixed: str) -> desk.ListFilter:
    """The filter that stands in the address."""
    names = ("state", "level", "host", "country", "standing", "sort")
    given = {name: request.GET.get(name, "")[:40] for name in names} | {"text": request.GET.get("q", "")[:100]}
    return desk.ListFilter(**(given | fixed))


@login_required
@require_safe
def application_table(request: HttpRequest, reference: str) -> HttpResponse:
    """The applications of a call: filter, search, sort, page; exports give exactly what is filtered."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    found, wanted = queries.applications_of_call(call, request.user, now), read_filter(request)
    facets = desk.count_facets(found, wanted)
    page = desk.get_list_page(found, wanted, facets, request.GET.get("page", ""))
    context = desk_context(call, _("Applications")) | {
        "wanted": wanted,
        "page": page,
        "rows": table_rows(page.object_list, call),
        "chips": state_chips(request, facets.by_state, wanted),
        "selects": selects_for(call, facets, wanted),
        "kept": [(name, value) for name, value in (("state", wanted.state), ("sort", wanted.sort)) if value],
        "csv_url": f"{reverse('applications:export_csv', args=[reference])}?{request.GET.urlencode()}",
        "xlsx_url": f"{reverse('applications:export_xlsx', args=[reference])}?{request.GET.urlencode()}",
        "is_capped": page.paginator.count > desk.LAST_PAGE * desk.PAGE_SIZE,
        "now": now,
    }
    return render(request, "applications/desk/table.html", context)


def desk_context(call: Call, heading: str) -> dict[str, Any]:
    """What every page of a call's desk shows."""
    title = in_reader_language(call.title)
    return {"call": call, "heading": heading, "subheading": title, "crumbs": desk_crumbs(call, heading)}


def table_rows(applications: Iterable[Application], call: Call) -> list[dict[str, Any]]:
    """The lines of the list."""
    levels = {level.key: in_reader_language(level.label) for level in get_terms(call).levels}
    return [
        {
            "application": application,
            "name": application.full_name or application.applicant.full_name,
            "url": reverse("applications:desk_detail", args=[application.reference]),
            "country": country_name(application.country_id) if application.country_id else "",
            "level": levels.get(application.level, application.level),
            "state": state_word(application.state),
            "tone": TONES[application.state],
            "standing": standing_in_words(application.standing),
            "standing_tone": STANDING_WORDS.get(application.standing, ""),  # type: ignore[call-overload]  # a str enum: its text is its key
        }
        for application in applications
    ]


def state_chips(request: HttpRequest, counts: dict[str, int], wanted: desk.ListFilter) -> list[dict[str, Any]]:
    """One chip per state with its number, and one for all."""
    chips = [{"label": _("All"), "url": chip_url(request, ""), "count": sum(counts.values()), "is_current": not wanted.state}]
    shown = [state for state in STATES if counts.get(state) or wanted.state == state]
    chips += [
        {"label": state_word(state), "url": chip_url(request, state), "count": counts.get(state, 0), "is_current": wanted.state == state}
        for state in shown
    ]
    return chips


def chip_url(request: HttpRequest, state: str) -> str:
    """The same list in another state, first page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    kept["state"] = state
    return f"?{urlencode([(name, str(value)) for name, value in kept.items() if value])}"


def selects_for(call: Call, facets: desk.Facets, wanted: desk.ListFilter) -> list[dict[str, Any]]:
    """The choices of the filter bar."""
    terms, language = get_terms(call), get_language() or "en"
    levels = [(level.key, level.label.in_language(language)) for level in terms.levels]
    hosts = [(host.key, host.key) for host in terms.hosts]
    countries = sorted(((code, f"{country_name(code)} ({count})") for code, count in facets.by_country.items()), key=lambda pair: pair[1])
    verdicts = [(standing, standing_in_words(standing)) for standing in ("eligible", "ask_us", "not_eligible")]
    rows = (
        ("level", _("Level"), levels, wanted.level),
        ("host", _("First host"), hosts, wanted.host),
        ("country", _("Country"), countries, wanted.country),
        ("standing", _("Machine's verdict"), verdicts, wanted.standing),
    )
    return [
        {"name": name, "label": label, "options": [("", _("all")), *options], "value": value}
        for name, label, options, value in rows
        if options
    ]


@login_required
@require_safe
def export_csv(request: HttpRequest, reference: str) -> StreamingHttpResponse:
    """The filtered list as CSV, sent while it is read."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rows = desk.export_rows(queries.applications_of_call(call, request.user, now), read_filter(request))
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
        yield writer.writerow([desk.neutral(cell) for cell in row])


@login_required
@require_safe
def export_xlsx(request: HttpRequest, reference: str) -> FileResponse:
    """The filtered list as a spreadsheet, written row by row to a file on disk."""
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rows = desk.export_rows(queries.applications_of_call(call, request.user, now), read_filter(request))
    made = tempfile.TemporaryFile(prefix="anso-export-")  # noqa: SIM115 - the response closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("Applications")
        for column, heading in enumerate(desk.EXPORT_HEADINGS):
            sheet.write_string(0, column, heading, book.add_format({"bold": True}))
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write(line, column, desk.neutral(cell))
    made.seek(0)
    return FileResponse(made, as_attachment=True, filename=f"{call.slug}-applications.xlsx")


@login_required
@require_safe
def application_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One application for staff: answers, documents, letters, the machine's verdict, receipts, messages, and the record."""
    now = timezone.now()
    application = queries.get_application_for(request.user, reference, now)
    return show_application(request, application, now)


def show_application(request: HttpRequest, application: Application, now: Any, because: str = "", *, status: int = 200) -> HttpResponse:
    """Draw that page, with a reason that was typed and not used yet."""
    if application.applicant.account_id == request.user.pk:
        raise Http404
    progress, language = queries.get_progress(application), get_language() or "en"
    name = application.full_name or application.applicant.full_name
    table_url = reverse("applications:table", args=[application.call.reference])
    context = (
        desk_context(application.call, name)
        | {
            "application": application,
            "subheading": f"{application.number} · {state_word(application.state)}",
            "status": state_word(application.state),
            "tone": TONES[application.state],
            "crumbs": desk_crumbs(application.call, application.number, (_("Applications"), table_url)),
            "sections": [
                {"title": section.title.in_language(language), "rows": answer_rows(progress.form, section, progress.answers)}
                for section in progress.form.sections
            ],
            "files": [file_line(each, is_fixed=True) for listed in progress.documents.values() for each in listed],
            "letters": [letter_row(status) for status in letter_statuses(application)],
            "judged": desk.judged_applications([application], queries.latest_checks([application.pk]))[0],
            "standing": standing_in_words(application.standing),
            "standing_tone": STANDING_WORDS.get(application.standing, ""),  # type: ignore[call-overload]  # a str enum: its text is its key
            "snapshots": list(application.snapshots.order_by("-version")),
            "receipts": list(SaveReceipt.objects.filter(application=application).order_by("-revision", "-id")[:20]),
            "sent": list(messages_about(application)),
            "events": list(events_about(application)),
            "may_screen": may_screen_application(request.user, application, now),
            "because": because,
            "now": now,
        }
    )
    return render(request, "applications/desk/application.html", context, status=status)


def letter_row(status: Any) -> dict[str, Any]:
    """A letter with what it says, for staff."""
    letter = status.letter
    rows = []
    if letter and letter.state == "completed":
        form = letter_form_of(letter)
        rows = [row for section in form.sections for row in answer_rows(form, section, letter.answers) if row["words"]]
    file_url = (
        reverse("applications:letter_file", args=[letter.reference]) if letter and letter.file_id and letter.state == "completed" else ""
    )
    return {"status": status, "rows": rows, "file_url": file_url}


@login_required
@require_safe
def letter_file(request: HttpRequest, reference: str) -> FileResponse:
    """An uploaded letter, for those who may read what letters say."""
    letter = Letter.objects.select_related("file").filter(reference=reference, state="completed").first()
    if letter is None or letter.file is None or not is_letter_readable_by(request.user, letter, timezone.now()):
        raise Http404
    return file_response_for(letter.file)
