"""In a real browser: a question that depends on another answer comes and goes at once, and only
what is shown is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

from anso.ui.fields import fields_for

pytestmark = pytest.mark.browser
YES = {"key": "agrees", "equals": "yes"}
ENTRIES: list[dict[str, Any]] = [
    {"key": "agrees", "type": "yesno", "label": "Agree?"},
    {"key": "place", "type": "text", "label": "Place", "when": YES, "is_closed": True},
    {
        "key": "room",
        "type": "text",
        "label": "Room",
        "when": {"all": [YES, {"key": "place", "answered": True}]},
        "is_closed": True,
    },
]


def form() -> str:
    fields = render_to_string("ui/fields.html", {"fields": fields_for(ENTRIES)})
    base = render_to_string("ui/draft_base.html", {"draft": {"revision": 1, "marks": "{}"}})
    state = render_to_string("ui/save_state.html")
    return (
        '<!doctype html><html lang="en"><script src="/static/ui/autosave.js" defer></script>'
        '<link rel="stylesheet" href="/static/ui/anso.css"><form method="post" action="/done"'
        ' data-autosave="/save/" data-revision="1" data-saved-at="2027-02-01T00:00:00Z"'
        f' data-sign-in="/in/">{base}{fields}{state}<button name="act" value="continue"'
        ' data-at-end="give" data-at-end-label="Send">Continue</button></form></html>'
    )


def test_questions_come_and_go_at_once_and_what_is_hidden_is_not_sent(
    open_page: Callable[..., Page],
) -> None:
    sent: list[dict[str, list[str]]] = []

    def receive(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or "", keep_blank_values=True))
        route.fulfill(body="done")

    def refuse(route: Route) -> None:
        route.fulfill(status=403, body="{}")

    page = open_page({"/": form()}, {"/done": receive, "/save/": refuse})
    place, room = page.locator("#f-place"), page.locator("#f-room")
    expect(page.get_by_role("button")).to_have_text("Send")
    expect(place).to_be_hidden()
    page.get_by_label("Yes").check()
    expect(place).to_be_visible()
    expect(room).to_be_hidden()
    place.fill("Nairobi")
    expect(room).to_be_visible()
    page.get_by_label("No").check()
    expect(place).to_be_hidden()
    expect(room).to_be_hidden()
    page.get_by_label("Yes").check()
    expect(place).to_have_value("Nairobi")
    room.fill("4")
    page.get_by_label("No").check()
    page.get_by_role("button").click()
    page.wait_for_url("**/done")
    (posted,) = sent
    assert posted["act"] == ["give"]
    assert "place" not in posted
    assert posted["closed"] == ["place room"]
    assert posted["opened"] == [""]
