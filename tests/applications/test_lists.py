"""The officers' long list: filters, search, counts, pages and exports."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from anso.applications.models import Application
from anso.applications.queries import desk
from anso.calls.models import Call
from anso.ui.exports import escape_formula
from tests.cast import Cast
from tests.factories.applications import (
    fellowship_answers,
    make_application,
    make_submitted_application,
    put_in_state,
)
from tests.factories.calls import make_call, make_unlike_calls
from tests.pages import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(cast: Cast) -> Call:
    return make_call(officer=cast.programme_officer, number_prefix="F27")


def numbers(call: Call, **wanted: str) -> list[str]:
    found = desk.applications_matching(
        Application.objects.filter(call=call), desk.ListFilter(**wanted)
    )
    return [application.number for application in found]


def test_search_finds_names_of_any_script_without_regard_to_case_and_accents(
    cast: Cast, call: Call
) -> None:
    make_submitted_application(
        call, applicant=cast.applicant, answers=fellowship_answers(full_name="María Quispe")
    )
    make_submitted_application(
        call, applicant=cast.stranger, answers=fellowship_answers(full_name="李雨桐")
    )
    assert numbers(call, text="maria QUI") == ["F27-00001"]
    assert numbers(call, text="李雨") == ["F27-00002"]
    assert numbers(call, text="f27-00002") == ["F27-00002"]
    assert numbers(call, text="100%_\\") == []


def test_filters_and_orders_narrow_together(cast: Cast, call: Call) -> None:
    make_submitted_application(
        call, applicant=cast.applicant, answers=fellowship_answers(level="master")
    )
    make_submitted_application(call, applicant=cast.stranger)
    assert numbers(call, level="master") == ["F27-00001"]
    assert numbers(call, state="submitted", host="USTC", level="phd") == ["F27-00002"]
    assert numbers(call, sort="-number") == ["F27-00002", "F27-00001"]
    assert numbers(call, sort="nonsense") == ["F27-00001", "F27-00002"]


def test_counts_of_states_and_countries_do_not_depend_on_each_other(cast: Cast, call: Call) -> None:
    make_application(call, applicant=cast.applicant)
    make_submitted_application(call, applicant=cast.stranger)
    found = Application.objects.filter(call=call)
    facets = desk.count_facets(found, desk.ListFilter(state="submitted"))
    assert facets.by_state == {"draft": 1, "submitted": 1}
    assert facets.by_country == {"KE": 1}, "a draft tells no country"


def test_the_list_reads_the_same_number_of_times_for_one_and_three(
    cast: Cast, call: Call, client: Client
) -> None:
    client.force_login(cast.programme_officer)
    url = reverse("applications:table", args=[call.reference])
    make_submitted_application(call, applicant=cast.applicant)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    make_submitted_application(call, applicant=cast.stranger)
    make_submitted_application(call, applicant=cast.co_applicant)
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(three) == len(one)


@pytest.mark.parametrize("state", ["draft", "submitted", "eligible", "decided"])
def test_ones_own_list_costs_the_same_for_one_three_and_ten(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    after = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: after)
    client.force_login(cast.applicant)
    address, costs = reverse("applications:list"), {}
    for number, call in enumerate(make_unlike_calls(10), 1):
        application = make_application(call, applicant=cast.applicant)
        put_in_state(application, state, call.closes_at)
        if number in (1, 3, 10):
            costs[number] = queries_of(client, address)
            assert client.get(address).content.decode().count("<h2>") == number
    assert len(set(costs.values())) == 1, costs


def test_counting_and_paging_read_the_index_alone(cast: Cast, call: Call) -> None:
    make_application(call, applicant=cast.applicant)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    found = Application.objects.filter(call=call)
    counting = (
        desk.narrowed(found, desk.ListFilter(level="phd"))
        .order_by()
        .values_list("state", "country_id")
        .explain()
    )
    paging = (
        desk.narrowed(found, desk.ListFilter(state="draft"))
        .order_by("number")
        .values_list("pk")
        .explain()
    )
    assert "Index Only Scan" in counting
    assert "Seq Scan" not in paging


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_exports_give_exactly_the_filtered_rows_and_no_formulas(
    cast: Cast, call: Call, client: Client, kind: str
) -> None:
    make_submitted_application(
        call,
        applicant=cast.applicant,
        answers=fellowship_answers(title='=HYPERLINK("http://evil.example")'),
    )
    make_submitted_application(
        call, applicant=cast.stranger, answers=fellowship_answers(level="master", title="+1 other")
    )
    client.force_login(cast.programme_officer)
    address = reverse("applications:export", args=[call.reference, kind])
    response = client.get(address, {"level": "phd"})
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(part) for part in book.namelist())
        assert b"<f>" not in content
    # A cell with a type needs no guard; a file without types does.
    assert (b"'=HYPERLINK" in content) is (kind == "csv")
    assert b"=HYPERLINK" in content
    assert b"Kenya" in content
    assert b"Doctoral" in content
    assert b"F27-00001" in content
    assert b"F27-00002" not in content


def test_an_export_speaks_the_language_of_its_reader_and_keeps_codes_and_instants(
    cast: Cast, call: Call, client: Client
) -> None:
    make_submitted_application(call, applicant=cast.applicant)
    client.force_login(cast.programme_officer)
    client.cookies["django_language"] = "ar"
    cast.programme_officer.language = "ar"
    cast.programme_officer.save(update_fields=["language"])
    response = client.get(reverse("applications:export", args=[call.reference, "csv"]))
    translation.deactivate()  # as it is when the lines leave
    heading, row = csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig")))  # type: ignore[arg-type]
    assert (len(heading), heading[0]) == (len(row), "الرقم")
    assert (row[1], *row[3:6]) == ("submitted", "Amina Yusuf", "KE", "كينيا")
    assert row[11].startswith("2026-12-01 09:00")
    book = client.get(reverse("applications:export", args=[call.reference, "xlsx"]))
    with zipfile.ZipFile(io.BytesIO(b"".join(book))) as parts:  # type: ignore[arg-type]
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<c r="L2" s="\d+"><v>46357\.375', sheet), (
        "an instant is a number with a format"
    )


def test_only_those_on_the_desk_of_the_call_see_list_and_exports(
    cast: Cast, call: Call, client: Client
) -> None:
    number = make_submitted_application(call, applicant=cast.applicant).number
    for role, account in cast.everyone().items():
        client.force_login(account)
        is_theirs = role in {"programme_officer", "auditor"}
        for address in (
            reverse("applications:table", args=[call.reference]),
            reverse("applications:screening", args=[call.reference]),
            reverse("applications:export", args=[call.reference, "csv"]),
            reverse("applications:export", args=[call.reference, "xlsx"]),
        ):
            response = client.get(address)
            content = b"".join(response)
            assert response.status_code == (200 if is_theirs else 404), (role, address)
            if not address.endswith("xlsx"):  # whose cells are packed
                assert (number.encode() in content) == is_theirs, (role, address)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\tx", "\rx"])
def test_a_cell_that_begins_like_a_formula_is_neutralised(cell: str) -> None:
    assert escape_formula(cell) == f"'{cell}"
    assert escape_formula("plain = text") == "plain = text"


def test_counts_of_states_follow_the_country_that_is_looked_at(cast: Cast, call: Call) -> None:
    make_submitted_application(call, applicant=cast.applicant)
    facets = desk.count_facets(Application.objects.filter(call=call), desk.ListFilter(country="ET"))
    assert (facets.by_state, facets.by_country) == ({}, {"KE": 1})
