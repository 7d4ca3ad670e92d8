"""One review in two tabs of a real browser: each saves by itself, both texts are shown, and the one
that the reviewer chooses is submitted.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, expect, sync_playwright

from anso.review.models import Assignment, Review
from tests.factories.review import IN_REVIEW, account_of, make_assignment, review_entries

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIELD = "#f-comment_for_panel"
PATIENCE = 30_000


@pytest.fixture
def assignment(monkeypatch: pytest.MonkeyPatch) -> Assignment:
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW)
    return make_assignment(accepted=True)


def test_two_tabs_of_one_review_show_both_texts_and_submit_the_chosen_one(
    assignment: Assignment, live_server: Any
) -> None:
    address = f"{live_server.url}/reviews/{assignment.reference}/"
    scores = review_entries(assignment.application.call)
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(account_of(assignment))
    cookie: Any = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context()
        context.set_default_timeout(PATIENCE)
        context.add_cookies([cookie])
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        first_text = write_in_two_tabs(context, address, scores)
        browser.close()
    assert faults == []
    assert first_text == "Words of the first tab"
    review = Review.objects.get(assignment=assignment)
    assert review.comment_for_panel == "Words of the second tab"
    assert review.scores.count() == sum(key.startswith("score") for key in scores)


def write_in_two_tabs(context: BrowserContext, address: str, scores: dict[str, str]) -> str:
    """What the first tab still shows when the second was submitted with its own text."""
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(address)
    first.fill(FIELD, "Words of the first tab")
    expect(first.locator("[data-save-state]").first).to_contain_text("saved", timeout=PATIENCE)
    second.fill(FIELD, "Words of the second tab")
    both = second.locator(".call", has_text="Words of the first tab")
    expect(both).to_contain_text("Words of the second tab", timeout=PATIENCE)
    both.get_by_role("button", name="Keep mine").click()
    for name, value in scores.items():
        if name.startswith("score"):
            second.check(f"input[name='{name}'][value='{value}']")
    with second.expect_navigation():
        second.get_by_role("button", name="Submit review").click()
    return first.input_value(FIELD)
