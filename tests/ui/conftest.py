"""A browser without a network: pages are rendered first, then handed to it, and everything else is
refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route, sync_playwright

import anso

SITE = "http://anso.test"
SOURCE = Path(anso.__file__).parent
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
Answer = Callable[[Route], None]


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a module."""
    with launched() as started:
        yield started


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of markup, with our static files, the modules that scripts are built from under
    `/src/` and the answers a test gives; a script error fails the test.
    """
    contexts: list[Any] = []
    faults: list[str] = []

    def opened(
        markup: str | dict[str, str], answers: dict[str, Answer] | None = None, **options: Any
    ) -> Page:
        pages = markup if isinstance(markup, dict) else {"/": markup}
        context = browser.new_context(**options)
        contexts.append(context)

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(SITE)
            own = next(
                (act for start, act in (answers or {}).items() if path.startswith(start)), None
            )
            if own:
                own(route)
            elif path in pages:
                route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
            elif path.startswith("/static/") and (
                found := finders.find(path.removeprefix("/static/"))
            ):
                route.fulfill(
                    path=str(found), content_type=TYPES.get(path.rsplit(".", 1)[-1], "text/plain")
                )
            elif path.startswith("/src/") and path.endswith(".js"):
                route.fulfill(path=SOURCE / path.removeprefix("/src/"), content_type=TYPES["js"])
            else:
                route.fulfill(status=404, body="")

        context.route("**/*", answer)
        page: Page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(f"{SITE}{next(iter(pages))}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
