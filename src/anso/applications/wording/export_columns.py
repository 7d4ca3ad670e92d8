"""The columns that an export of a call's applications can have: those of the list, the answers that
the reader reads, and what the apps above know of each application.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.accounts.models import Account
from anso.applications.models import Application, Submission
from anso.applications.queries.exports import (
    latest_submissions_of,
    letters_given_to,
    rows_of_list,
    writers_of,
)
from anso.applications.queries.readers import answers_read_by, audiences_of
from anso.applications.wording.answers import value_in_words
from anso.applications.wording.screening import state_word
from anso.applications.wording.tasks import eligibility_in_words
from anso.calls.models import Call
from anso.calls.queries import form_of, get_terms, has_titles, is_officer_of
from anso.calls.queries.steps import steps_of_block
from anso.calls.wording import outcome_word
from anso.directory.wording import country_choices
from anso.kernel.questions import Audience, Question, is_read_by
from anso.kernel.registers import Register
from anso.questionnaires.queries import versions_of
from anso.ui.question_fields import in_reader_language

CHUNK = 500
NOT_IN_A_CELL = frozenset({"file", "statement", "heading"})
Cells = Mapping[int, Mapping[str, Any]]


def export_address(call: Call, *columns: str) -> str:
    """The page on which columns are chosen, with these ticked."""
    asked = urlencode([("columns", each) for each in columns])
    return f"{reverse('applications:export_columns', args=[call.reference])}?{asked}"


@dataclass(frozen=True)
class ExportGroup:
    """Columns that belong together: key to heading, in the reader's language, and where the cells
    come from: ids of applications to id, key, value, in a fixed number of queries.
    """

    heading: str
    headings: Mapping[str, str]
    cells: Callable[[Sequence[int]], Cells]


NO_COLUMNS = ExportGroup("", {}, lambda _ids: {})
Source = Callable[[Call, Account, dt.datetime], ExportGroup]
EXPORT_COLUMNS: Register[Source] = Register("columns of an export of applications")


def export_groups(call: Call, account: Account, now: dt.datetime) -> list[ExportGroup]:
    """All columns that this reader may choose, in the order of the file."""
    found = (source(call, account, now) for source in EXPORT_COLUMNS.values())
    return [group for group in found if group.headings]


def usual_columns(groups: Sequence[ExportGroup]) -> list[str]:
    """Those of a file for which nobody chose any: what the list shows."""
    return list(groups[0].headings)


def export_table(
    groups: Sequence[ExportGroup], columns: Sequence[str], ids: Iterable[int]
) -> tuple[list[str], Iterator[list[Any]]]:
    """The headings and, chunk by chunk, the rows of these applications with the columns asked for;
    columns that nobody knows, or that are not this reader's, are left out.
    """
    wanted = set(columns)
    used = [
        (group, [key for key in group.headings if key in wanted])
        for group in groups
        if not wanted.isdisjoint(group.headings)
    ]
    headings = [str(group.headings[key]) for group, keys in used for key in keys]
    # Rows are read when the answer leaves, after the language of the request.
    return headings, _rows(used, iter(ids), translation.get_language() or "en")


def _rows(
    used: Sequence[tuple[ExportGroup, list[str]]], ids: Iterator[int], language: str
) -> Iterator[list[Any]]:
    while chunk := list(islice(ids, CHUNK)):
        with translation.override(language):
            known = [(group.cells(chunk), keys) for group, keys in used]
        for pk in chunk:
            yield [cells.get(pk, {}).get(key) for cells, keys in known for key in keys]


LIST_HEADINGS = {
    "number": gettext_lazy("Number"),
    "state_code": gettext_lazy("State, code"),
    "state": gettext_lazy("State"),
    "name": gettext_lazy("Name"),
    "country_code": gettext_lazy("Country, code"),
    "country": gettext_lazy("Country"),
    "level_code": gettext_lazy("%(asked)s, code"),
    "level": "%(asked)s",
    "host_code": gettext_lazy("First host, code"),
    "host": gettext_lazy("First host"),
    "title": gettext_lazy("Title"),
    "started": gettext_lazy("Started (UTC)"),
    "submitted": gettext_lazy("Submitted (UTC)"),
    "check_code": gettext_lazy("Eligibility check, code"),
    "check": gettext_lazy("Eligibility check"),
    "screening": gettext_lazy("Screening reason"),
    "letters": gettext_lazy("Letters given"),
    "lacks": gettext_lazy("Required letters lacking"),
}


def columns_of_list(call: Call, account: Account, now: dt.datetime) -> ExportGroup:
    """What the list shows, codes with what they mean beside them."""
    terms = get_terms(call)
    levels = {level.key: in_reader_language(level.label) for level in terms.levels}
    hosts = {host.key: in_reader_language(host.label) for host in terms.hosts}
    countries = dict(country_choices())

    def cells_of(each: Application, letters: int) -> dict[str, Any]:
        return {
            "number": each.number,
            "state_code": each.state,
            "state": state_word(each.state),
            "name": each.subject_name,
            "country_code": each.country_id,
            "country": countries.get(each.country_id or "", each.country_id),
            "level_code": each.category,
            "level": levels.get(each.category, each.category),
            "host_code": each.first_preference,
            "host": hosts.get(each.first_preference, each.first_preference),
            "title": each.title,
            "started": each.started_at,
            "submitted": each.submitted_at,
            "check_code": each.eligibility,
            "check": str(eligibility_in_words(each.eligibility)) if each.eligibility else "",
            "screening": each.screening_reason,
            "letters": letters,
            "lacks": " ".join(each.lacks),
        }

    def cells(ids: Sequence[int]) -> Cells:
        letters = letters_given_to(ids)
        return {each.pk: cells_of(each, letters.get(each.pk, 0)) for each in rows_of_list(ids)}

    without = columns_without_meaning(call)
    asked = {"asked": outcome_word(call, "asked")}
    headings = {
        key: str(heading) % asked for key, heading in LIST_HEADINGS.items() if key not in without
    }
    return ExportGroup(_("Of the list"), headings, cells)


def columns_without_meaning(call: Call) -> frozenset[str]:
    """The columns of the list that would be empty for every application of a call, or repeat
    another.
    """
    terms = get_terms(call)
    empty = {
        ("level_code", "level"): not terms.levels,
        ("host_code", "host"): not terms.hosts,
        ("title",): not has_titles(call),
        ("letters",): not terms.letters,
        ("lacks",): not any(rule.is_required for rule in terms.letters),
    }
    return frozenset(key for keys, is_empty in empty.items() if is_empty for key in keys)


def columns_of_applicant(call: Call, account: Account, now: dt.datetime) -> ExportGroup:
    """How the person who wrote is reached, for the officers of the call alone."""
    is_theirs = bool(is_officer_of(account, call, now))
    headings = {"mail": _("Mail address"), "applicant": _("Name of the account")}

    def cells(ids: Sequence[int]) -> Cells:
        return {pk: {"mail": email, "applicant": name} for pk, email, name in writers_of(ids)}

    return ExportGroup(_("Who wrote"), headings if is_theirs else {}, cells)


def columns_of_answers(call: Call, account: Account, now: dt.datetime) -> ExportGroup:
    """What was submitted, as far as it is this reader's: a column for each question that any
    published form asks. Each row is read by the form that was submitted.
    """
    audiences = audiences_of(account, call, now)
    asked = {
        column_of_answer(each): in_reader_language(each.label)
        for each in questions_exported(call, audiences)
    }

    def cells(ids: Sequence[int]) -> Cells:
        found = latest_submissions_of(ids)
        return {each.application_id: _answers_of(each, audiences) for each in found}

    return ExportGroup(_("Answers"), asked, cells)


OWN_COLUMNS: dict[str, Source] = {
    "list": columns_of_list,
    "applicant": columns_of_applicant,
    "answers": columns_of_answers,
}


def questions_exported(call: Call, audiences: frozenset[Audience]) -> list[Question]:
    """The questions of all published forms of a call whose answers these readers may have as
    columns, each once, as its newest form asks it.
    """
    forms = {step.form for step in steps_of_block(call, "applications")}
    versions = versions_of(call).filter(purpose__in=forms, published_at__isnull=False)
    newest_first = versions.order_by("purpose", "-number")
    found: dict[str, Question] = {}
    for version in newest_first:
        for question in form_of(version).questions():
            if _is_column(question) and is_read_by(question, audiences):
                found.setdefault(question.key, question)
    return list(found.values())


def _answers_of(submission: Submission, audiences: frozenset[Audience]) -> dict[str, str]:
    read = answers_read_by(submission, audiences)
    return {
        column_of_answer(question): value_in_words(question, read.answers[question.key])
        for question in read.form.questions()
        if _is_column(question) and question.key in read.answers
    }


def _is_column(question: Question) -> bool:
    return question.type not in NOT_IN_A_CELL


def column_of_answer(question: Question) -> str:
    """The key of the column: apart from those above, whose names a question may have too."""
    return f"answer.{question.key}"
