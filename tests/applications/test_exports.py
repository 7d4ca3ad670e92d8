"""Which columns a file of applications has: chosen, kept under a name, and never more than is the
reader's.
"""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anso.applications.models import Application, ExportView
from anso.applications.wording.export_columns import EXPORT_COLUMNS, export_groups, export_table
from anso.audit.models import Entry
from anso.calls.models import Call
from tests.cast import Cast
from tests.factories.applications import (
    NOW,
    fellowship_answers,
    make_application,
    make_submitted_application,
)
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(cast: Cast) -> Call:
    return make_call(officer=cast.programme_officer, number_prefix="F27")


def lines(client: Client, call: Call, *columns: str, **wanted: str) -> list[list[str]]:
    asked = urlencode([*(("columns", each) for each in columns), *wanted.items()])
    response = client.get(f"{reverse('applications:export', args=[call.reference, 'csv'])}?{asked}")
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))  # type: ignore[arg-type]


def choose(client: Client, call: Call, **posted: Any) -> Any:
    return client.post(reverse("applications:export_columns", args=[call.reference]), posted)


def test_a_ministry_gets_the_columns_that_it_asks_for(
    cast: Cast, call: Call, client: Client
) -> None:
    make_submitted_application(call, applicant=cast.applicant)
    client.force_login(cast.programme_officer)
    heading, row = lines(
        client,
        call,
        "answer.gender",
        "number",
        "mail",
        "answer.date_of_birth",
        "answer.degree_institution",
    )
    told = dict(zip(heading, row, strict=True))
    assert told["Number"] == "F27-00001"
    assert told["Mail address"] == cast.applicant.email
    assert told["Gender"] == "Woman"
    assert "1998" in told["Date of birth"]
    assert heading[0] == "Number", "columns stand in one order, however they were asked for"
    assert len(heading) == 5


def test_a_file_speaks_of_what_was_submitted_and_not_of_what_is_being_typed(
    cast: Cast, call: Call, client: Client
) -> None:
    application = make_submitted_application(call, applicant=cast.applicant)
    typed = application.answers | {"gender": application.answers["gender"] | {"value": "man"}}
    Application.objects.filter(pk=application.pk).update(answers=typed)
    make_application(call, applicant=cast.stranger, answers=fellowship_answers(gender="man"))
    client.force_login(cast.programme_officer)
    _heading, *rows = lines(client, call, "number", "answer.gender")
    assert rows == [["F27-00001", "Woman"], ["F27-00002", ""]]


def test_nobody_gets_a_column_that_is_not_theirs(cast: Cast, call: Call, client: Client) -> None:
    """An auditor reads the list and no address of an applicant; what they ask for beside it is
    left out, also through a view that an officer kept.
    """
    make_submitted_application(call, applicant=cast.applicant)
    client.force_login(cast.auditor)
    heading, row = lines(client, call, "number", "mail", "answer.date_of_birth", "nonsense")
    assert (heading, row) == (["Number"], ["F27-00001"])
    page = client.get(reverse("applications:export_columns", args=[call.reference])).content
    assert b"Mail address" not in page
    assert b"Date of birth" not in page
    assert b"Keep these columns" not in page
    refused = choose(client, call, **{"columns-0": "number", "name": "Mine", "do": "keep"})
    assert refused.status_code == 403
    assert not ExportView.objects.exists()


def test_a_view_is_kept_written_over_and_removed(cast: Cast, call: Call, client: Client) -> None:
    make_submitted_application(call, applicant=cast.applicant)
    client.force_login(cast.programme_officer)
    posted = {"columns-0": ["number", "name"], "columns-1": ["mail"], "do": "keep"}
    choose(client, call, name="  Ministry of\nScience ", **posted)
    page = client.get(reverse("applications:export_columns", args=[call.reference]))
    assert "Ministry of Science" in page.content.decode()
    choose(client, call, name="Ministry of Science", **{"columns-0": "number", "do": "keep"})
    view = ExportView.objects.get()
    assert view.columns == ["number"]
    client.post(reverse("applications:remove_export_view", args=[call.reference, view.pk]))
    assert not ExportView.objects.exists()
    verbs = Entry.objects.filter(verb__endswith="export_view").values_list("verb", flat=True)
    assert sorted(verbs) == ["keep_export_view", "keep_export_view", "remove_export_view"]


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ({"columns-0": "number", "name": " ", "do": "keep"}, "Give the view a name"),
        (
            {"columns-0": "number", "name": "x" * 81, "do": "keep"},
            "“Name of the view”: use at most 80",
        ),
        ({"name": "Empty", "do": "keep"}, "Choose at least one column."),
        ({"do": "csv"}, "Choose at least one column."),
    ],
)
def test_what_cannot_be_is_said_and_what_was_ticked_stays(
    cast: Cast, call: Call, client: Client, posted: dict, told: str
) -> None:
    client.force_login(cast.programme_officer)
    response = choose(client, call, **posted)
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert page.count(" checked") == len({"columns-0"} & posted.keys())


def test_what_was_chosen_leads_to_the_file_of_the_filtered_list(
    cast: Cast, call: Call, client: Client
) -> None:
    client.force_login(cast.programme_officer)
    address = reverse("applications:export_columns", args=[call.reference])
    sent = client.post(f"{address}?level=phd&page=2", {"columns-0": ["number"], "do": "xlsx"})
    file = reverse("applications:export", args=[call.reference, "xlsx"])
    assert sent["Location"] == f"{file}?level=phd&columns=number"
    book = client.get(sent["Location"])
    assert b"".join(book).startswith(b"PK")  # type: ignore[arg-type]  # a packed file, as such books are
    assert client.get(file.replace("xlsx", "pdf")).status_code == 404


def test_a_view_of_another_call_is_not_removed(cast: Cast, call: Call, client: Client) -> None:
    other = make_call()
    view = ExportView.objects.create(
        call=other, name="Theirs", columns=["number"], kept_by=cast.stranger, kept_at=NOW
    )
    client.force_login(cast.programme_officer)
    for reference in (call.reference, other.reference):
        address = reverse("applications:remove_export_view", args=[reference, view.pk])
        assert client.post(address).status_code == 404
    assert ExportView.objects.count() == 1


def test_hundreds_of_rows_cost_no_more_statements_than_one(cast: Cast, call: Call) -> None:
    def statements() -> int:
        groups = export_groups(call, cast.programme_officer, NOW)
        ids = list(Application.objects.values_list("pk", flat=True))
        columns = [key for group in groups for key in group.headings]
        with CaptureQueriesContext(connection) as asked:
            headings, rows = export_table(groups, columns, ids)
            assert {len(row) for row in rows} == {len(headings)}
        return len(asked)

    make_submitted_application(call, applicant=cast.applicant)
    statements()  # forms and terms are read into memory
    one = statements()
    make_submitted_application(call, applicant=cast.stranger)
    make_submitted_application(call, applicant=cast.co_applicant)
    assert statements() == one
    assert {"list", "applicant", "answers", "decisions", "awards"} <= set(EXPORT_COLUMNS)
