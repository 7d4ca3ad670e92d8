"""In a real browser: rows are chosen by keyboard, and the bulk bar says how many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from anso.ui.examples import content_for

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    table = render_to_string("ui/style/ranking.html", content_for("table"))
    bar = render_to_string("ui/bulk_bar.html", {"acts": [{"label": "Assign", "value": "assign"}]})
    return open_page(f'<!doctype html><html lang="en"><form>{table}{bar}</form></html>')


def chosen(page: Page) -> list[str]:
    values: list[str] = page.eval_on_selector_all(
        "tbody input:checked", "boxes => boxes.map(box => box.value)"
    )
    return values


def test_space_chooses_and_shift_extends(page: Page) -> None:
    page.locator("tbody tr").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+j")
    assert chosen(page)[:2] == ["1", "2"]
    expect(page.locator("[data-bulk-count]")).to_contain_text("selected")


def test_one_click_with_shift_chooses_all_between(page: Page) -> None:
    page.locator("tbody input").nth(1).click()
    page.locator("tbody input").nth(4).click(modifiers=["Shift"])
    assert chosen(page) == ["2", "3", "4", "5"]
    expect(page.locator("[data-bulk-count]")).to_have_text("4 selected")


def test_all_and_none(page: Page) -> None:
    page.locator("tbody tr").first.focus()
    page.keyboard.press("Control+a")
    assert len(chosen(page)) == 7
    expect(page.locator("[data-select-all]")).to_be_checked()
    page.keyboard.press("Escape")
    assert chosen(page) == []
    page.locator("[data-select-all]").check()
    assert len(chosen(page)) == 7


def test_enter_opens_the_first_link_of_a_row(page: Page) -> None:
    page.locator("tbody tr").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("http://anso.test/#")


def test_one_row_is_reached_by_the_tab_key_and_the_arrows_move_it(page: Page) -> None:
    page.locator("tbody tr").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("k")
    reached = page.eval_on_selector_all("tbody tr", "rows => rows.map(row => row.tabIndex)")
    assert reached == [0, -1, -1, -1, -1, -1, -1]
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-count]")).to_have_text("One selected")
    assert page.locator("[data-select-all]").evaluate("box => box.indeterminate")
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-count]")).to_contain_text("Choose rows")
