"""In a real browser: files travel in pieces and go on where the line broke."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

from anso.ui.fields import fields_for

pytestmark = pytest.mark.browser
ENTRY: dict[str, Any] = {
    "key": "cv",
    "type": "file",
    "label": "CV",
    "required": True,
    "upload_url": "/up/",
    "max_bytes": 1_000_000,
}
FORM = (
    '<!doctype html><html lang="en"><script src="/static/ui/upload.js" defer></script><form><input'
    ' type="hidden" name="csrfmiddlewaretoken" value="tok">%s</form></html>'
)


class Store:
    """A server that takes pieces in order and breaks as often as it is told."""

    def __init__(self) -> None:
        self.content = b""
        self.length = 0
        self.calls: list[str] = []
        self.purposes: list[str] = []
        self.reply: dict[str, Any] = {"receipt": "8d41"}
        self.breaks = 0
        self.pieces_before_a_break = 0
        self.refusal = ""

    def __call__(self, route: Route) -> None:
        """Answer one call of the protocol."""
        request = route.request
        self.calls.append(request.method)
        if request.method == "POST":
            if self.refusal:
                route.fulfill(
                    status=422,
                    body=json.dumps({"reason": self.refusal}),
                    content_type="application/json",
                )
                return
            self.purposes.append(parse_qs(urlsplit(request.url).query).get("purpose", [""])[0])
            self.length = int(request.headers["upload-length"])
            self.content = b""
            route.fulfill(status=201, headers={"Location": "/up/7"})
        elif request.method == "HEAD":
            route.fulfill(status=200, headers={"Upload-Offset": str(len(self.content))})
        elif self.breaks and not self.pieces_before_a_break:
            self.breaks -= 1
            route.abort()
        else:
            assert int(request.headers["upload-offset"]) == len(self.content)
            self.pieces_before_a_break = max(0, self.pieces_before_a_break - 1)
            self.content += request.post_data_buffer or b""
            route.fulfill(
                status=200,
                headers={"Upload-Offset": str(len(self.content))},
                body=json.dumps(self.reply),
                content_type="application/json",
            )


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def page(open_page: Callable[..., Page], store: Store) -> Page:
    return open_page(
        FORM % render_to_string("ui/fields.html", {"fields": fields_for([ENTRY])}), {"/up/": store}
    )


def choose(page: Page, content: bytes) -> None:
    page.set_input_files(
        "#f-cv", {"name": "cv β.pdf", "mimeType": "application/pdf", "buffer": content}
    )


def test_a_file_arrives_whole_in_pieces(page: Page, store: Store) -> None:
    content = bytes(range(256)) * 2400
    choose(page, content)
    expect(page.locator(".file")).to_contain_text("receipt 8d41")
    assert store.content == content
    assert store.calls == ["POST", "PATCH", "PATCH", "PATCH"]
    assert page.evaluate("localStorage.length") == 0


def test_the_next_file_is_sent_by_a_page_that_knows_the_one_before(
    page: Page, store: Store
) -> None:
    page.eval_on_selector("#f-cv", "each => { each.dataset.upload = '/up/?purpose=shown:0'; }")
    store.reply = {"receipt": "8d41", "purpose": "shown:7&x"}
    for content in (b"one", b"other"):
        choose(page, content)
        expect(page.locator(".file .tag")).to_have_count(len(store.purposes))
    assert store.purposes == ["shown:0", "shown:7&x"]


def test_a_broken_line_is_resumed_where_it_stopped(page: Page, store: Store) -> None:
    store.breaks = 1
    content = b"x" * 300_000
    choose(page, content)
    expect(page.locator(".tag.good")).to_be_visible(timeout=10_000)
    assert store.content == content
    assert "HEAD" in store.calls


def test_the_same_file_chosen_after_a_reload_goes_on_where_it_stopped(
    page: Page, store: Store, tmp_path: Path
) -> None:
    content = b"y" * 600_000
    chosen = tmp_path / "thesis.pdf"
    chosen.write_bytes(content)
    store.pieces_before_a_break, store.breaks = 1, 99
    page.set_input_files("#f-cv", chosen)
    expect(page.locator(".file")).to_contain_text("The line is down")
    assert len(store.content) == 262_144
    store.breaks = 0
    store.calls.clear()
    page.reload()
    page.set_input_files("#f-cv", chosen)
    expect(page.locator(".tag.good")).to_be_visible()
    assert store.content == content
    assert store.calls == ["HEAD", "PATCH", "PATCH"]
    assert page.evaluate("localStorage.length") == 0


def test_an_upload_that_the_server_forgot_is_begun_anew(page: Page, store: Store) -> None:
    page.evaluate("Storage.prototype.getItem = () => '/gone/'")
    choose(page, b"z" * 10)
    expect(page.locator(".tag.good")).to_be_visible()
    assert store.content == b"z" * 10
    assert store.calls == ["POST", "PATCH"]


def test_a_file_that_is_too_large_is_refused_before_it_travels(page: Page, store: Store) -> None:
    choose(page, b"x" * 1_000_001)
    expect(page.locator(".file .error")).to_contain_text("larger than")
    assert store.calls == []


def test_a_refusal_of_the_server_is_shown_in_its_words(page: Page, store: Store) -> None:
    store.refusal = "Upload a file of this kind: PDF."
    choose(page, b"x")
    expect(page.locator(".file .error")).to_have_text("Upload a file of this kind: PDF.")


def test_an_empty_file_is_sent_so_that_the_server_can_say_why_not(page: Page, store: Store) -> None:
    store.refusal = "This file is empty. Choose it again."
    choose(page, b"")
    expect(page.locator(".file .error")).to_have_text("This file is empty. Choose it again.")


def test_a_button_pressed_while_a_file_is_on_its_way_waits_for_it(page: Page, store: Store) -> None:
    store.breaks = 1
    content = b"x" * 300_000
    choose(page, content)
    expect(page.locator(".file")).to_contain_text("The line is down")
    page.evaluate("document.querySelector('form').requestSubmit()")
    expect(page.locator("[data-upload-waiting]")).to_contain_text("goes on by itself")
    assert "?" not in page.url
    with page.expect_request("**/?csrfmiddlewaretoken=tok*", timeout=15_000):
        pass
    assert store.content == content


def test_a_button_pressed_before_a_file_is_refused_does_not_pass_over_the_refusal(
    page: Page, store: Store
) -> None:
    store.breaks, store.refusal = 0, "Upload a file of this kind: PDF."
    page.evaluate(
        """() => {
            const plain = window.fetch;
            window.fetch = async (...request) => {
                document.querySelector("form").requestSubmit();
                return plain(...request);
            };
        }"""
    )
    choose(page, b"x")
    expect(page.locator(".file .error")).to_have_text("Upload a file of this kind: PDF.")
    expect(page.locator("[data-upload-waiting]")).to_have_count(0)
    assert "?" not in page.url
