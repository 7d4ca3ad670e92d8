"""In a real browser: the server learns the reader's zone, and the first page tells their time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
CLOSES = datetime(2027, 2, 15, 15, 59, tzinfo=UTC)


def page_in(language: str) -> str:
    time = Template("{% instant at 'UTC' %}").render(Context({"at": CLOSES}))
    return (
        f'<!doctype html><html lang="{language}"><script src="/static/ui/zone.js" defer></script>'
        f"<p id=own data-reader-time>{time}</p><p id=other>{time}</p></html>"
    )


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page({"/": page_in("en"), "/ar": page_in("ar")}, timezone_id="America/New_York")


def test_the_zone_is_told_to_the_server_for_all_pages(page: Page) -> None:
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["path"], cookie["sameSite"]) == (
        "zone",
        "America%2FNew_York",
        "/",
        "Lax",
    )
    assert cookie["expires"] > CLOSES.timestamp() - 365 * 86400


def test_the_first_page_tells_the_readers_own_time_where_it_is_asked_for(page: Page) -> None:
    expect(page.locator("#own")).to_have_text("15 February 2027, 10:59 (New York)")
    expect(page.locator("#other")).to_have_text("15 February 2027, 15:59 (UTC)")


def test_it_is_told_in_the_language_of_the_page(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("http://anso.test/ar")
    expect(page.locator("#own")).to_contain_text("فبراير")


def test_a_zone_that_the_server_knows_is_left_to_the_server(page: Page) -> None:
    page.reload()
    expect(page.locator("#own")).to_have_text("15 February 2027, 15:59 (UTC)")


def test_a_reader_who_moved_gets_the_new_zone(open_page: Callable[..., Page], page: Page) -> None:
    page.evaluate("document.cookie = 'zone=Africa%2FNairobi; path=/'")
    page.reload()
    expect(page.locator("#own")).to_contain_text("New York")
    assert page.context.cookies()[0]["value"].startswith("America")
