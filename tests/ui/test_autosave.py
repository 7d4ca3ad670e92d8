"""In a real browser: what is typed is sent in part, kept while the line is down, and never
overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

from anso.kernel.text_length import count_characters, count_words
from anso.ui.fields import fields_for
from tests.kernel.test_text_length import CHARACTERS, WORDS

pytestmark = pytest.mark.browser
MARKS = '{"title":"0a","idea":"0b"}'
TYPE_WHILE_SENDING = """() => {
    const plain = window.fetch;
    window.fetch = async (...request) => {
        const answer = await plain(...request), idea = document.getElementById("f-idea");
        if (idea.value === "one two") idea.value = "typing on";
        return answer;
    };
}"""
ENTRIES: list[dict[str, Any]] = [
    {"key": "title", "type": "text", "label": "Title", "required": True, "value": "Salt"},
    {
        "key": "idea",
        "type": "longtext",
        "label": "Idea",
        "required": True,
        "limit": {"words": 5},
        "value": "one two",
    },
    {
        "key": "tongues",
        "type": "multichoice",
        "label": "Languages",
        "options": ["en", "ar"],
        "value": ["en"],
    },
    {
        "key": "hosts",
        "type": "ranking",
        "label": "Hosts",
        "options": ["ucas", "ustc"],
        "value": ["ucas"],
    },
    {"key": "referee", "type": "person", "label": "Referee", "value": {}},
]


def form(revision: int = 3, saved_at: str = "2027-02-01T00:00:00Z", **values: Any) -> str:
    entries = [{**entry, "value": values.get(entry["key"], entry["value"])} for entry in ENTRIES]
    body = render_to_string("ui/fields.html", {"fields": fields_for(entries)}) + render_to_string(
        "ui/save_state.html"
    )
    return (
        '<!doctype html><html lang="en"><script src="/static/ui/autosave.js" defer></script><form'
        f' method="post" action="/done" data-autosave="/save/" data-revision="{revision}"'
        f' data-saved-at="{saved_at}" data-sign-in="/in/"><input type="hidden"'
        ' name="csrfmiddlewaretoken" value="tok"><input type="hidden" name="revision"'
        f' value="{revision}"><input type="hidden" name="marks" value=\'{MARKS}\'>'
        '<input type="hidden" name="unseen" value="">'
        f"{body}</form></html>"
    )


class Server:
    """Answers saves as told, and keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[tuple[int, dict[str, Any]] | None] = []

    def __call__(self, route: Route) -> None:
        """Take one save; with no answer prepared it is accepted, with None the line is down."""
        body = json.loads(route.request.post_data or "{}")
        answer = (
            self.answers.pop(0)
            if self.answers
            else (
                200,
                {
                    "saved_at": "2027-02-09T14:02:07Z",
                    "receipt": "8d41",
                    "revision": body["base"] + 1,
                },
            )
        )
        self.sent.append(body)
        self.headers.append(route.request.headers)
        if answer is None:
            route.abort()
        else:
            route.fulfill(
                status=answer[0], body=json.dumps(answer[1]), content_type="application/json"
            )


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(open_page: Callable[..., Page], server: Server) -> Page:
    opened = open_page(
        {
            "/": form(),
            "/?newer": form(revision=9, saved_at="2999-01-01T00:00:00Z", title="Other tab"),
            "/two": form(),
            "/done": "<p id=done>Done</p>",
        },
        {"/save/": server},
        timezone_id="UTC",
    )
    opened.clock.install()
    opened.reload()
    return opened


def later(page: Page, seconds: int = 4) -> None:
    """Let the page's clock run: the first save leaves two seconds after the last key."""
    page.clock.run_for(seconds * 1000)


def state(page: Page) -> Any:
    return page.locator("[data-save-state]")


def copies(page: Page) -> list[dict[str, Any]]:
    """The copies that the device keeps of what has not reached the server."""
    kept = page.evaluate("Object.entries(localStorage).filter(([name]) => name[0] === 'a').sort()")
    return [json.loads(text) for _name, text in kept]


def open_beside(page: Page, path: str = "/") -> Page:
    """Another tab of the same browser, on the same form."""
    other = page.context.new_page()
    other.clock.install()
    other.goto(f"http://anso.test{path}")
    return other


def test_only_what_changed_is_sent_with_base_and_token(page: Page, server: Server) -> None:
    page.fill("#f-title", "Salt water")
    later(page)
    expect(state(page)).to_have_text("✓ saved 14:02:07 (UTC) · receipt 8d41")
    assert server.sent[0]["fields"] == {"title": "Salt water"}
    assert server.sent[0]["base"] == 3
    assert len(server.sent[0]["token"]) == 36
    assert server.headers[0]["x-csrftoken"] == "tok"
    assert page.locator("input[name=revision]").input_value() == "4"
    assert page.evaluate("localStorage.length") == 0


def test_choices_orders_and_persons_travel_in_the_shape_of_the_question_bank(
    page: Page, server: Server
) -> None:
    page.check("input[value=ar]")
    page.select_option("select[name='hosts:ucas']", "2")
    page.select_option("select[name='hosts:ustc']", "1")
    page.fill("#f-referee-name", "Ann")
    later(page)
    expect(state(page)).to_contain_text("saved")
    assert server.sent[0]["fields"] == {
        "tongues": ["en", "ar"],
        "hosts": ["ustc", "ucas"],
        "referee": {"name": "Ann", "email": "", "position": "", "organisation": ""},
    }


def test_while_the_line_is_down_the_text_stays_on_the_device_and_the_same_save_is_tried_again(
    page: Page, server: Server
) -> None:
    server.answers = [None]
    page.fill("#f-title", "Offline words")
    later(page)
    expect(state(page)).to_contain_text("kept on this device")
    assert [copy["fields"] for copy in copies(page)] == [{"title": "Offline words"}]
    page.evaluate("window.dispatchEvent(new Event('online'))")
    later(page, 20)
    expect(state(page)).to_contain_text("saved")
    assert server.sent[0] == server.sent[1]


def test_a_reload_restores_what_had_not_reached_the_server(page: Page, server: Server) -> None:
    server.answers = [None, None, None]
    page.fill("#f-idea", "kept words")
    later(page)
    expect(state(page)).to_contain_text("kept on this device")
    page.reload()
    expect(page.locator("#f-idea")).to_have_value("kept words")
    expect(page.locator("#count-idea")).to_have_text("2 of 5 words")


def test_two_sections_of_one_form_keep_their_own_copies(page: Page, server: Server) -> None:
    """Offline in one section, back online in another: the first one's text is still there."""
    server.answers = [None]
    page.fill("#f-title", "Typed offline")
    later(page)
    expect(state(page)).to_contain_text("kept on this device")
    server.answers = []
    other = open_beside(page, "/two")
    expect(other.locator("#f-title")).to_have_value("Salt")
    other.fill("#f-idea", "online again")
    later(other)
    expect(state(other)).to_contain_text("saved")
    page.close()
    again = open_beside(other)
    expect(again.locator("#f-title")).to_have_value("Typed offline")
    later(again)
    expect(state(again)).to_contain_text("saved")
    assert server.sent[-1]["fields"] == {"title": "Typed offline"}
    assert copies(again) == []


def test_two_tabs_of_one_section_without_a_line_both_keep_their_text(
    page: Page, server: Server
) -> None:
    server.answers = [None] * 9
    other = open_beside(page)
    page.fill("#f-title", "From the first")
    page.fill("#f-idea", "first")
    later(page)
    expect(state(page)).to_contain_text("kept on this device")
    other.clock.run_for(60_000)
    other.fill("#f-title", "From the second")
    later(other)
    expect(state(other)).to_contain_text("kept on this device")
    page.goto("http://anso.test/two")
    other.close()
    server.answers = []
    again = open_beside(page)
    expect(again.locator("#f-title")).to_have_value("From the second")
    expect(again.locator("#f-idea")).to_have_value("first")
    expect(again.locator(".two")).to_contain_text("From the first")
    again.get_by_role("button", name="Keep mine").click()
    later(again)
    expect(state(again)).to_contain_text("saved")
    later(again, 60)
    sent: dict[str, Any] = {}
    for save in server.sent:
        sent |= save["fields"]
    assert sent == {"title": "From the first", "idea": "first"}
    assert copies(again) == []


def test_the_button_without_a_line_stays_on_the_page_and_goes_on_with_it(
    page: Page, server: Server
) -> None:
    server.answers = [None, None]
    page.fill("#f-title", "Pressed offline")
    later(page)
    expect(state(page)).to_contain_text("kept on this device")
    page.evaluate("document.querySelector('form').requestSubmit()")
    expect(state(page)).to_contain_text("kept on this device")
    expect(page.locator("#f-title")).to_have_value("Pressed offline")
    page.evaluate("document.querySelector('form').requestSubmit()")
    expect(page.locator("#done")).to_be_visible()


def test_the_button_of_a_browser_that_knows_it_is_offline_sends_nothing(
    page: Page, server: Server
) -> None:
    page.context.set_offline(True)
    page.fill("#f-title", "On a plane")
    page.evaluate("document.querySelector('form').requestSubmit()")
    expect(state(page)).to_contain_text("kept on this device")
    expect(page.locator("#f-title")).to_have_value("On a plane")
    page.context.set_offline(False)


def test_an_older_copy_never_overwrites_a_newer_answer_but_is_shown_beside_it(
    page: Page, server: Server
) -> None:
    server.answers = [None] * 9
    page.fill("#f-title", "Mine")
    later(page)
    expect(state(page)).to_contain_text("kept on this device")
    page.goto("http://anso.test/?newer")
    expect(page.locator("#f-title")).to_have_value("Other tab")
    expect(page.locator(".two")).to_contain_text("Mine")


@pytest.mark.parametrize(
    ("choice", "kept"), [("Keep mine", "Mine"), ("Keep the one on the server", "Theirs")]
)
def test_two_tabs_get_both_texts(page: Page, server: Server, choice: str, kept: str) -> None:
    server.answers = [
        (409, {"disputed": {"title": {"yours": "Mine", "theirs": "Theirs"}}, "revision": 7})
    ]
    page.fill("#f-title", "Mine")
    later(page)
    expect(page.locator(".two")).to_contain_text("Theirs")
    page.get_by_role("button", name=choice).click()
    expect(page.locator("#f-title")).to_have_value(kept)
    if kept == "Mine":
        later(page)
        expect(state(page)).to_contain_text("saved")
        assert server.sent[1]["fields"] == {"title": "Mine"}
        assert server.sent[1]["base"] == 7
    else:
        later(page, 60)
        assert len(server.sent) == 1


def test_codes_are_read_in_words_and_nothing_as_a_dash(page: Page, server: Server) -> None:
    server.answers = [
        (
            409,
            {
                "disputed": {
                    "title": {"yours": "Mine", "theirs": None},
                    "tongues": {"yours": ["en", "ar"], "theirs": []},
                },
                "revision": 7,
            },
        )
    ]
    page.fill("#f-title", "Mine")
    later(page)
    expect(page.locator(".two").first).to_be_visible()
    read = [text.split("\n") for text in page.locator(".two").all_inner_texts()]
    assert sorted(read) == [["Mine", "–"], ["en, ar", "–"]]


def test_a_save_counts_as_having_seen_only_what_this_tab_shows(page: Page, server: Server) -> None:
    page.fill("#f-title", "Mine")
    later(page)
    expect(state(page)).to_contain_text("saved")
    assert json.loads(page.locator("input[name=marks]").input_value()) == {"idea": "0b"}


def test_what_another_tab_saved_comes_into_a_field_that_nobody_touched(
    page: Page, server: Server
) -> None:
    news = {"idea": "theirs", "tongues": ["ar"], "referee": {"name": "Bo"}, "file": ["a.pdf"]}
    receipt = {"saved_at": "2027-02-09T14:02:07Z", "receipt": "8d41", "revision": 9}
    server.answers = [(200, receipt | {"unseen": news})]
    page.fill("#f-title", "Mine")
    later(page)
    expect(page.locator("#f-idea")).to_have_value("theirs")
    expect(page.locator("input[value=ar]")).to_be_checked()
    expect(page.locator("input[value=en]")).not_to_be_checked()
    expect(page.locator("#f-referee-name")).to_have_value("Bo")
    expect(page.locator("input[name=unseen]")).to_have_value("file")
    later(page, 60)
    assert len(server.sent) == 1, "what came from the server is not sent back"


def test_what_another_tab_saved_stands_beside_what_is_being_typed(
    page: Page, server: Server
) -> None:
    receipt = {"saved_at": "2027-02-09T14:02:07Z", "receipt": "8d41", "revision": 9}
    server.answers = [(200, receipt | {"unseen": {"idea": "theirs"}})]
    page.evaluate(TYPE_WHILE_SENDING)
    page.fill("#f-title", "Mine")
    later(page)
    expect(page.locator(".two")).to_contain_text("theirs")
    expect(page.locator("#f-idea")).to_have_value("typing on")
    page.get_by_role("button", name="Keep mine").click()
    with page.expect_response("**/save/"):
        later(page, 60)
    assert [sent["fields"] for sent in server.sent] == [{"title": "Mine"}, {"idea": "typing on"}]
    assert server.sent[1]["base"] == 9


@pytest.mark.parametrize(("told", "built_on"), [(4, "4"), (6, "3")])
def test_a_file_that_this_tab_sent_is_no_change_of_another(
    page: Page, told: int, built_on: str
) -> None:
    page.eval_on_selector(
        "form",
        "(form, revision) => form.dispatchEvent("
        "new CustomEvent('anso:uploaded', {detail: {revision}}))",
        told,
    )
    assert page.locator("input[name=revision]").input_value() == built_on


def test_an_expired_sign_in_keeps_the_text_and_shows_the_way(page: Page, server: Server) -> None:
    server.answers = [(401, {"reason": "You have been signed out."})]
    page.fill("#f-title", "Still here")
    link = page.get_by_role("link", name="Sign in in a new tab")
    later(page)
    expect(link).to_have_attribute("href", "/in/")
    assert link.get_attribute("target") == "_blank"
    expect(page.locator("#f-title")).to_have_value("Still here")
    assert [copy["fields"] for copy in copies(page)] == [{"title": "Still here"}]


def test_a_refusal_shows_its_reason(page: Page, server: Server) -> None:
    server.answers = [(403, {"reason": "The call closed at 23:59."})]
    page.fill("#f-title", "Late")
    later(page)
    expect(state(page)).to_contain_text("The call closed at 23:59.")
    expect(page.locator("#f-title")).to_have_value("Late")


def test_errors_are_shown_and_do_not_prevent_saving(page: Page, server: Server) -> None:
    server.answers = [
        (
            422,
            {
                "errors": {"idea": "Use at most 5 words."},
                "saved_at": "2027-02-09T14:02:07Z",
                "receipt": "77f0",
                "revision": 4,
            },
        )
    ]
    page.fill("#f-idea", "a b c d e f")
    page.locator("#f-title").focus()
    later(page)
    expect(state(page)).to_contain_text("receipt 77f0")
    expect(page.locator("p.error")).to_have_text("Use at most 5 words.")
    expect(page.locator("#count-idea")).to_have_class("num over")


def test_saves_keep_their_distance(page: Page, server: Server) -> None:
    page.fill("#f-title", "First")
    later(page)
    expect(state(page)).to_contain_text("saved")
    page.fill("#f-title", "Second")
    later(page, 12)
    assert len(server.sent) == 1
    with page.expect_response("**/save/"):  # the page says “saved” of the first one already
        later(page, 15)
    assert [sent["fields"]["title"] for sent in server.sent] == ["First", "Second"]


def test_browser_and_server_count_alike(page: Page) -> None:
    counts = page.evaluate(
        """async (texts) => {
            const rule = await import("/src/ui/scripts/autosave/text_length.js");
            return texts.map((text) => [rule.countWords(text), rule.countCharacters(text)]);
        }""",
        [text for text, _ in WORDS + CHARACTERS],
    )
    for (text, _), counted in zip(WORDS + CHARACTERS, counts, strict=True):
        assert counted == [count_words(text), count_characters(text)], text
