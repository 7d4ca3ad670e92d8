"""A connection that has just answered is not asked whether it lives; one that rested, or failed,
is.
"""

from __future__ import annotations

import time

import pytest
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse

from anso.database import recent


@pytest.fixture
def asked(db: None, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """How often the connection was asked whether it lives."""
    connection.ensure_connection()
    asked: list[bool] = []
    # The thing itself and not its proxy, which the monkeypatch could not undo.
    here = connections["default"]
    monkeypatch.setattr(here, "health_check_enabled", True)
    monkeypatch.setattr(here, "health_check_done", False)
    monkeypatch.setattr(here, "errors_occurred", False)
    monkeypatch.setattr(here, recent.ANSWERED_AT, float("-inf"), raising=False)
    monkeypatch.setattr(here, "is_usable", lambda: not asked.append(True))
    return asked


def serve(*, fails: bool = False) -> None:
    """One request, begun as Django begins each."""

    def page(_request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.errors_occurred = fails
        return HttpResponse()

    connection.health_check_done = False  # type: ignore[attr-defined]  # not in the stubs
    recent.RecentConnectionMiddleware(page)(HttpRequest())


@pytest.mark.django_db
def test_a_connection_that_has_just_answered_is_not_asked_again(asked: list[bool]) -> None:
    for _ in range(5):
        serve()
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_connection_that_rested_is_asked(
    asked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    serve()
    rested = time.monotonic() - recent.RECENT_SECONDS
    monkeypatch.setattr(connections["default"], recent.ANSWERED_AT, rested)
    serve()
    assert len(asked) == 2


@pytest.mark.django_db
def test_a_connection_that_failed_is_asked(asked: list[bool]) -> None:
    serve(fails=True)
    connection.errors_occurred = False
    serve()
    assert len(asked) == 2
