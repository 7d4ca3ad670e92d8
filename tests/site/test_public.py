"""The home page, the pages every site must have, what goes wrong, and how much of it is sent over
the line.
"""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import re
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from anso.calls import actions
from anso.calls.models import Call
from anso.site import context
from tests.cast import Cast
from tests.factories.calls import make_call
from tests.factories.directory import make_organisation
from tests.pages import queries_of, squeezed

pytestmark = pytest.mark.django_db
FIRST_VISIT, LATER_VISIT, REQUESTS = 30_000, 10_000, 5
PAGES = (
    "/",
    "/calls/",
    "/calls/fellowship-2027/",
    "/calls/fellowship-2027/check/",
    "/members/",
    "/governance/",
    "/governance/governing-board/",
    "/privacy/",
    "/accessibility/",
)


@pytest.fixture(autouse=True)
def frozen_clock(now: dt.datetime) -> object:
    with time_machine.travel(now, tick=False):
        yield


def static_size(path: str) -> int:
    found = finders.find(path)
    assert isinstance(found, str), path
    return len(gzip.compress(Path(found).read_bytes(), 6))


def test_every_public_page_keeps_its_budget_on_the_first_and_on_later_visits(
    client: Client,
) -> None:
    call_command("load_reference", verbosity=0)
    make_call(slug="fellowship-2027")
    for path in PAGES:
        answer = client.get(path, headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200, path
        page = (
            gzip.decompress(answer.content).decode()
            if answer.headers.get("Content-Encoding") == "gzip"
            else answer.content.decode()
        )
        parts = set(re.findall(r'(?:src|href)="/static/([^"]+\.(?:css|js|svg))"', page))
        first = len(answer.content) + sum(static_size(part) for part in parts)
        assert first <= FIRST_VISIT, (path, first)
        assert len(answer.content) <= LATER_VISIT, (path, len(answer.content))
        assert 1 + len(parts) <= REQUESTS, (path, parts)
        assert not re.search(r'(?:src|<link[^>]+href)="https?://', page), path


def test_home_shows_members_open_calls_and_what_was_lately_decided(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call_command("load_reference", verbosity=0)
    call = make_call(officer=cast.programme_officer)
    make_call(title={"en": "Secret draft"}, state="draft")
    actions.extend_call(
        call=call,
        base_revision=call.revision,
        closes_at=call.closes_at + dt.timedelta(days=1),
        because="Storm",
        actor=cast.programme_officer,
        now=now,
    )
    page = squeezed(client.get("/"))
    assert page.count("<circle") >= 37
    assert "Fellowship for Young Talents 2027" in page
    assert "Deadline moved: Storm" in page
    assert ">500<" in page
    assert "Secret draft" not in page


def test_home_of_an_empty_house_says_so(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "No call is open now" in page
    assert "Nothing has happened yet." in page


def test_home_asks_the_database_as_often_for_three_calls_as_for_one(
    client: Client, django_assert_max_num_queries: object
) -> None:
    call = make_call()
    with django_assert_max_num_queries(12) as one:  # type: ignore[operator]
        client.get("/")
    make_call(programme=call.programme)
    make_call(programme=call.programme)
    make_organisation()
    with django_assert_max_num_queries(len(one)):  # type: ignore[operator]
        client.get("/")


def test_a_cancelled_call_is_told_among_the_decisions(client: Client) -> None:
    make_call(state="cancelled", title={"en": "Stopped call"})
    page = client.get("/").content.decode()
    assert "Stopped call" in page
    assert "Cancelled" in page


def test_machines_find_what_they_look_for(client: Client) -> None:
    assert client.get("/healthz").json()["ok"] is True
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in robots
    assert client.get("/favicon.ico").headers["Location"].endswith("mark.svg")


def test_what_is_not_there_leads_on(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


def test_a_form_opened_too_long_ago_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/language/", {"language": "ar"}, headers={"referer": "http://testserver/members/"}
    )
    assert answer.status_code == 403
    assert "This page was open for too long" in answer.content.decode()
    assert '<a class="btn" href="http://testserver/members/">' in answer.content.decode()


def test_a_form_that_another_site_posted_leads_home_and_not_back_there() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/language/", {"language": "ar"}, headers={"referer": "http://evil.example/members/"}
    )
    assert answer.status_code == 403
    assert "evil.example" not in answer.content.decode()
    assert '<a class="btn" href="/">' in answer.content.decode()


def test_our_own_mistakes_have_a_page_that_needs_no_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(request: object) -> None:
        raise RuntimeError("made for a test")

    monkeypatch.setattr("anso.site.views.public.lately_happened", fail)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "It is not your fault" in answer.content.decode()


def test_the_language_is_chosen_at_the_foot_of_the_page(client: Client) -> None:
    client.post("/language/", {"language": "ar", "next": "/"})
    assert 'dir="rtl"' in client.get("/").content.decode()


def test_the_latest_seal_stands_at_the_foot(client: Client, cast: Cast, now: dt.datetime) -> None:
    from anso.audit.actions import seal_entries
    from anso.audit.models import Entry

    assert not Entry.objects.exists()
    call = make_call(officer=cast.programme_officer)
    actions.cancel_call(
        call=Call.objects.get(pk=call.pk), because="x", actor=cast.programme_officer, now=now
    )
    seal = seal_entries(now=now)
    assert seal is not None
    assert seal.root[:4] in client.get("/").content.decode()


def test_the_seal_is_read_once_in_some_seconds(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(context, "get_latest_checkpoint", lambda: asked.append(True))
    for _ in range(3):
        client.get("/")
    assert len(asked) == 1
    monkeypatch.setattr(context, "SECONDS_KEPT", -1.0)
    client.get("/")
    assert len(asked) == 2


def test_what_a_page_costs_does_not_depend_on_how_long_a_machine_takes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cost, minutes = queries_of(client, "/"), itertools.count(0, 60)
    monkeypatch.setattr(context.time, "monotonic", lambda: float(next(minutes)))
    assert queries_of(client, "/") == cost


NUL_PAGES = ("/members/?words=a%00b", "/calls/?x=%00", "/members/?region=%00&kind=%00")


@pytest.mark.parametrize("path", NUL_PAGES)
def test_the_zero_character_breaks_no_page(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "\x00" not in page.content.decode()
    assert "<h1" in page.content.decode()
