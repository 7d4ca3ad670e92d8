"""Prepared queries give what the query they were made of gives, and are made once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.postgres.signals import get_hstore_oids
from django.db import connection, models
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from anso.accounts.models import Account
from anso.applications.models import Application, Document
from anso.database import STATEMENTS, Prepared, Statement, prepared
from anso.kernel.registers import AlreadyRegisteredError, Register
from tests.factories.applications import make_application, make_complete_application
from tests.factories.directory import make_account

pytestmark = pytest.mark.django_db
JOINED, LEFT_OUT = ("call__programme", "country"), ("call__design", "search_text")


def of(reference: str) -> QuerySet[Application]:
    return Application.objects.filter(reference=reference)


def by_address(email: str, since: dt.datetime) -> QuerySet[Account]:
    return Account.objects.filter(email=email, created_at__gt=since)


APPLICATION = Prepared("test_application", of, str, joined=JOINED, without=LEFT_OUT)
ACCOUNT = Prepared("test_account", by_address, str, dt.datetime)
STATES = Prepared("test_states", of, str, only=("state",))
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def plain(row: models.Model) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


@pytest.mark.parametrize("has_country", [True, False])
def test_rows_are_those_of_the_query_with_what_it_joins_and_leaves_out(has_country: bool) -> None:
    application = make_application()
    if not has_country:
        Application.objects.filter(pk=application.pk).update(country=None)
    reference = application.reference
    (expected,) = of(reference).select_related(*JOINED).defer(*LEFT_OUT)
    (found,) = APPLICATION.rows(reference)
    with CaptureQueriesContext(connection) as seen:
        assert plain(found) == plain(expected)
        assert plain(found.call) == plain(expected.call)
        assert plain(found.call.programme) == plain(expected.call.programme)
        assert found.country == expected.country
    assert len(seen) == 0
    assert isinstance(found.answers, dict)
    assert found.get_deferred_fields() == {"search_text"}
    assert found.call.get_deferred_fields() == {"design"}
    found.save(update_fields=["state"])  # it is known to come from the database


def test_only_some_columns_are_read() -> None:
    application = make_application()
    (found,) = STATES.rows(application.reference)
    assert vars(found).keys() == {"_state", "id", "state"}
    assert found.title == application.title  # the rest is fetched where it is asked for


def test_the_plan_is_kept_by_the_connection_under_its_name() -> None:
    accounts = [make_account(f"one-{number}@example.org") for number in range(5)]
    assert [ACCOUNT.first(account.email, LONG_AGO) for account in accounts] == accounts
    assert ACCOUNT.first("nobody@example.org", LONG_AGO) is None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans + custom_plans >= 6 FROM pg_prepared_statements WHERE name = %s",
            ["test_account"],
        )
        assert cursor.fetchall() == [(True,)]


def test_a_connection_that_does_not_hold_it_is_told_again() -> None:
    account = make_account()
    assert ACCOUNT.first(account.email, LONG_AGO) == account
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE test_account")  # as a new connection, which holds nothing
        prepared._held[cursor.connection].discard("test_account")
    assert ACCOUNT.first(account.email, LONG_AGO) == account


def test_values_are_values_whatever_stands_in_them() -> None:
    for odd in ("' OR 1 = 1 --", "100 %s", "$1", "a\\b"):
        assert ACCOUNT.first(odd, LONG_AGO) is None
    percent = Statement("test_percent", "SELECT 'a%b' || $1::text", values=1)
    assert percent.rows("%s") == [("a%b%s",)]


def test_it_is_counted_like_every_query() -> None:
    with CaptureQueriesContext(connection) as seen:
        APPLICATION.rows("none")
    assert [query["sql"] for query in seen] == ["EXECUTE test_application ('none')"]


def test_every_value_must_be_part_of_the_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    # Not among those of the product, which other tests compile.
    monkeypatch.setattr(prepared, "STATEMENTS", Register("statements of this test"))
    forgetful = Prepared("test_forgetful", lambda _pk: Account.objects.all(), int)
    with pytest.raises(ValueError, match="not every value"):
        forgetful.rows(1)


def test_it_can_be_the_first_thing_that_a_connection_is_asked() -> None:
    """Opening a connection sends statements of its own, which are not the one to compile."""
    first = Prepared("test_first", lambda key: Account.objects.filter(pk=key), int)

    def ask() -> list[Account]:
        get_hstore_oids.cache_clear()  # as in a process that has just started
        try:
            return first.rows(0)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(ask).result(timeout=30) == []


def test_the_database_takes_every_statement_of_the_product() -> None:
    """On the oldest PostgreSQL too, which is given the tests of this folder."""
    with connection.cursor() as cursor:
        for name, each in STATEMENTS.items():
            kept = each._kept if isinstance(each, Statement) else each.compile()
            kept = kept[0] if isinstance(kept, tuple) else kept
            cursor.connection.execute(f"PREPARE tried AS {kept._sql}", kept._fixed)
            cursor.execute("DEALLOCATE tried")
            assert name in kept._execute


def test_two_statements_cannot_have_one_name() -> None:
    with pytest.raises(AlreadyRegisteredError, match="test_application"):
        Prepared("test_application", of, str)


def test_documents_come_with_their_files() -> None:
    application = make_complete_application()
    found = STATEMENTS["current_documents"]
    assert isinstance(found, Prepared)
    expected = list(
        Document.objects.filter(application=application, removed_at__isnull=True)
        .select_related("file")
        .order_by("added_at", "id")
    )
    assert expected
    rows = found.rows(application.pk)
    assert [plain(row) for row in rows] == [plain(row) for row in expected]
    assert [plain(row.file) for row in rows] == [plain(row.file) for row in expected]
