"""In a real browser as wide as a phone: no page of the desk is wider than its window, and the
outbox reads as cards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from anso.accounts.models import Account
from tests.factories.decisions import SELECTED, computed, make_contest
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate
from tests.shared import clock_at, made_for_module
from tests.ui.conftest import launched

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PHONE = {"width": 360, "height": 740}
OF_A_CALL = (
    "", "edit/", "timeline/", "outcome/", "questions/", "rubric/", "people/", "applications/",
    "screening/", "screening/?state=eligible", "reviewers/", "reviewers/find/", "assignments/",
    "ranking/", "decisions/", "offers/",
)  # fmt: skip
AS_CARDS = ("/desk/outbox/", "/record/")
LISTS = ("/desk/", "/desk/outbox/", "/desk/letters/")
SIDEWAYS = """() => {
  const root = document.documentElement
  const regions = [...document.querySelectorAll(".scroll")]
  const wide = regions.filter(each => each.scrollWidth > each.clientWidth + 1)
  return [root.scrollWidth - root.clientWidth, wide.map(each => each.ariaLabel || each.id)]
}"""


def desk_pages() -> dict[str, str]:
    """The lists of one call that is being selected, and those of the whole desk, as its officer
    reads them, and the record as an auditor does.
    """
    contest = make_contest((6, 5))
    computed(contest)
    auditor = make_person("An auditor")
    make_mandate(auditor, "auditor", make_body("audit"))
    pages = {}
    with clock_at(SELECTED):
        officer = Client()
        officer.force_login(contest.officer)
        of_call = [f"/desk/calls/{contest.call.reference}/{each}" for each in OF_A_CALL]
        for address in (*LISTS, *of_call):
            answer = officer.get(address)
            assert answer.status_code == 200, address
            pages[address] = answer.content.decode()
        reader = Client()
        reader.force_login(cast("Account", auditor.account))
        pages["/record/"] = reader.get("/record/").content.decode()
    return pages


pages = made_for_module(desk_pages)


@pytest.fixture
def browser(db: None, pages: dict[str, str]) -> Iterator[Browser]:
    """Begun after the database and ended before it: its event loop and the database do not mix."""
    with launched() as started:
        yield started


def test_no_page_of_the_desk_is_wider_than_a_phone(
    pages: dict[str, str], open_page: Callable[..., Page]
) -> None:
    page, found = open_page(pages, viewport=PHONE), {}
    for address in pages:
        page.goto(f"http://anso.test{address}")
        found[address] = page.evaluate(SIDEWAYS)
    assert {each: wide for each, (wide, _regions) in found.items() if wide} == {}
    assert {each: found[each][1] for each in AS_CARDS if found[each][1]} == {}
