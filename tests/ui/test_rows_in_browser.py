"""In a real browser: rows of partners travel as a list, there is always one more to fill, and rows
that another tab saved find room.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from anso.kernel.questions import ColumnKind, Option, Rate, TableColumn
from anso.kernel.wording import both
from anso.ui.fields import fields_for
from tests.ui.test_autosave import Server, later

pytestmark = pytest.mark.browser

NAMES = ("organisation", "country", "name", "email", "part")


def row(organisation: str, country: str = "NP") -> dict[str, str]:
    return dict.fromkeys(NAMES, "") | {"organisation": organisation, "country": country}


def form() -> str:
    entry: dict[str, Any] = {
        "key": "partners",
        "type": "partners",
        "label": "Partners",
        "options": (("KE", "Kenya"), ("NP", "Nepal")),
        "value": [row("Tribhuvan University")],
    }
    cost = TableColumn(
        "cost", both("Cost", "كلفة"), ColumnKind.MONEY, currency="EUR", has_total=True
    )
    options = (Option("lab", both("Laboratory", "مختبر")), Option("trip", both("Trip", "سفر")))
    kind = TableColumn(
        "kind", both("Kind", "نوع"), ColumnKind.CHOICE, options=options, has_subtotals=True
    )
    rates = (Rate("JPY", Decimal("0.006"), dt.date(2026, 10, 1)),)
    paid_in = TableColumn(
        "paid_in", both("In", "بـ"), ColumnKind.CURRENCY, currency="EUR", rates=rates
    )
    costs = {"key": "costs", "type": "table", "label": "Costs", "columns": (cost, kind, paid_in)}
    costs["value"] = [{"cost": "1200.5"}]
    body = render_to_string("ui/fields.html", {"fields": fields_for([entry, costs])})
    state = render_to_string("ui/save_state.html")
    return (
        '<!doctype html><html lang="en"><script src="/static/ui/autosave.js" defer></script>'
        '<form method="post" data-autosave="/save/" data-revision="3" data-saved-at=""'
        f' data-sign-in="/in/"><input type="hidden" name="revision" value="3">{body}{state}'
        "</form></html>"
    )


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(open_page: Callable[..., Page], server: Server) -> Page:
    opened = open_page(form(), {"/save/": server}, timezone_id="UTC")
    opened.clock.install()
    opened.reload()
    return opened


def test_rows_travel_as_a_list_without_those_left_empty(page: Page, server: Server) -> None:
    page.fill("[name='partners:2:organisation']", "Kenyatta University")
    page.select_option("[name='partners:2:country']", "KE")
    for _ in range(
        20
    ):  # the request follows the clock, and reaches us when the browser has sent it
        later(page)
        if server.sent:
            break
    kept = [row("Tribhuvan University"), row("Kenyatta University", "KE")]
    assert server.sent[-1]["fields"] == {"partners": kept}


def test_a_total_is_added_up_while_it_is_typed(page: Page) -> None:
    total = page.locator("[data-total='costs:cost']:not([data-by])")
    assert total.text_content() == "1,200.50"
    page.fill("[name='costs:1:cost']", "٣٤٫٢٥")
    assert total.text_content() == "1,234.75"
    page.fill("[name='costs:2:cost']", "999999999999999.99")
    assert total.text_content() == "1,000,000,000,001,234.74"
    page.fill("[name='costs:1:cost']", "1.234,50")
    assert total.text_content() == "–"


def test_amounts_by_what_is_chosen_are_added_up_too_and_a_foreign_one_waits_for_its_rate(
    page: Page,
) -> None:
    lab = page.locator("[data-total='costs:cost'][data-of=lab]")
    whole = page.locator("[data-total='costs:cost']:not([data-by])")
    page.fill("[name='costs:1:cost']", "0.01")
    assert lab.text_content() == "0.00"
    page.select_option("[name='costs:1:kind']", "lab")
    assert (lab.text_content(), whole.text_content()) == ("0.01", "1,200.51")
    page.select_option("[name='costs:1:paid_in']", "JPY")
    assert (lab.text_content(), whole.text_content()) == ("–", "–")
    page.select_option("[name='costs:1:paid_in']", "EUR")
    assert lab.text_content() == "0.01"


def test_whoever_fills_the_last_row_gets_another_one(page: Page) -> None:
    rows = page.locator("[data-rows=partners] > fieldset")
    assert rows.count() == 3
    page.fill("[name='partners:1:organisation']", "Second")
    assert rows.count() == 3
    page.fill("[name='partners:2:organisation']", "Third")
    assert rows.count() == 4
    assert page.input_value("[name='partners:3:organisation']") == ""
    assert page.locator("legend", has_text="Partner 4").count() == 1
    page.get_by_label("Organisation").nth(3).fill("Fourth")
    assert page.input_value("[name='partners:3:organisation']") == "Fourth"


def test_rows_that_another_tab_saved_find_room_and_are_not_sent_back(
    page: Page, server: Server
) -> None:
    theirs = [row(f"Institute {number}") for number in range(5)]
    reply = {"saved_at": "2027-02-09T14:02:07Z", "receipt": "8d41", "revision": 5}
    server.answers = [(200, reply | {"unseen": {"partners": theirs}})]
    page.evaluate(
        "document.querySelector('form').insertAdjacentHTML('beforeend', '<input name=title>')"
    )
    page.fill("[name=title]", "Salt")
    later(page)
    assert page.input_value("[name='partners:4:organisation']") == "Institute 4"
    later(page, 60)
    assert [sorted(each["fields"]) for each in server.sent] == [["title"]]
