"""Prepared queries give what the query they were made of gives, and are made once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.audit.queries import Prepared, run_prepared
from tests.factories.applications import make_application
from tests.factories.directory import make_account

pytestmark = pytest.mark.django_db


def own(reference: str) -> QuerySet[Application]:
    joined = (
        Application.objects.select_related("call__programme", "country")
        .defer("search_text")
        .annotate(year=F("call__edition_year"))
    )
    return joined.filter(reference=reference)


def plain(row: models.Model) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_rows_are_those_of_the_query_with_what_it_joins_annotates_and_leaves_out() -> None:
    reference = make_application().reference
    (expected,), (found,) = (list(own(reference)), Prepared(own, str).rows(reference))
    assert plain(found) == plain(expected)
    with CaptureQueriesContext(connection) as seen:
        assert (found.call.programme, found.country) == (expected.call.programme, expected.country)
    assert len(seen) == 0
    assert isinstance(found.answers, dict)
    assert found.get_deferred_fields() == {"search_text"}


def test_a_query_is_made_once_and_its_plan_kept() -> None:
    made: list[str] = []

    def by_address(email: str, since: dt.datetime) -> QuerySet[Account]:
        made.append(email)
        return Account.objects.filter(email=email, created_at__gt=since)

    prepared, since = Prepared(by_address, str, dt.datetime), dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    accounts = [make_account(f"one-{number}@example.org") for number in range(5)]
    assert [prepared.first(account.email, since) for account in accounts] == accounts
    assert prepared.first("nobody@example.org", since) is None
    assert len(made) == 1
    kept = run_prepared(
        "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
        ["%accounts_account%created_at%"],
    )
    assert kept == [(1,)]


def test_it_is_counted_like_every_query() -> None:
    with CaptureQueriesContext(connection) as seen:
        Prepared(own, str).rows("none")
    assert len(seen) == 1


def test_every_value_must_be_part_of_the_statement() -> None:
    with pytest.raises(ValueError, match="not every value"):
        Prepared(lambda _pk: Account.objects.all(), int).rows(1)
