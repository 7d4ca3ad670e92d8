"""The living style guide in a real browser: axe finds nothing, and nothing scrolls sideways on a
phone.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Page

from tests.ui.test_views import ADDRESSES, page_of

pytestmark = [pytest.mark.browser, pytest.mark.database]
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
# Contrast of every pair of colours is proved in test_style_sheet; here dark pages stand for those
# that colour most.
DARK = ("fields", "status", "errors", "table", "charts", "dialog")
VARIANTS = ["theme=light&dir=ltr", "theme=dark&dir=rtl"]


@pytest.fixture(scope="module", autouse=True)
def guide(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> dict[str, str]:
    """All pages, rendered before the browser starts: its event loop and the database do not mix."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": PLAIN},
    }
    with django_db_blocker.unblock(), override_settings(STORAGES=storages):  # type: ignore[attr-defined]
        return {
            f"{address}?{variant}": page_of(f"{address}?{variant}")
            for address in ADDRESSES
            for variant in VARIANTS
        }


@pytest.mark.parametrize("variant", VARIANTS)
def test_axe_finds_nothing(
    open_page: Callable[..., Page], guide: dict[str, str], variant: str
) -> None:
    page = open_page(guide, viewport={"width": 1280, "height": 800})
    faults = {}
    for address in (
        a for a in guide if variant in a and ("light" in variant or any(name in a for name in DARK))
    ):
        page.goto(f"http://anso.test{address}")
        for fault in Axe().run(page).response["violations"]:
            faults[f"{address} {fault['id']}"] = fault["nodes"][0]["html"][:160]
    assert faults == {}


def test_nothing_scrolls_sideways_on_a_phone(
    open_page: Callable[..., Page], guide: dict[str, str]
) -> None:
    page = open_page(guide, viewport={"width": 320, "height": 640})
    wide = []
    for address in guide:
        page.goto(f"http://anso.test{address}")
        if page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ):
            wide.append(address)
    assert wide == []
