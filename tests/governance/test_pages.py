"""Members and bodies as everyone reads them."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from anso.governance.models import Membership
from tests.factories.governance import make_body

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded() -> None:
    call_command("load_reference", verbosity=0)


def test_all_members_stand_on_the_map_and_in_the_table(client: Client) -> None:
    page = client.get("/members/").content.decode()
    assert page.count("<circle") >= 37
    assert "37 members of 37" in page
    assert "Jomo Kenyatta University of Agriculture and Technology" in page


def test_members_are_narrowed_by_words_region_and_kind(client: Client) -> None:
    page = client.get("/members/?words=jkuat&region=Africa&kind=university").content.decode()
    assert "1 member of 37" in page
    assert "No member fits" in client.get("/members/?words=atlantis").content.decode()


def test_a_member_shows_its_seats(client: Client) -> None:
    member = Membership.objects.get(organisation__acronym="CAS")
    page = client.get(f"/members/{member.organisation.reference}/").content.decode()
    assert "Governing Board" in page
    assert "president" in page


def test_a_body_shows_its_terms_and_a_panel_has_no_page(client: Client) -> None:
    page = client.get("/governance/governing-board/").content.decode()
    assert "5 November 2018" in page
    assert "Chunli Bai" in page
    make_body("panel", code="jury")
    assert client.get("/governance/jury/").status_code == 404
    assert client.get("/members/NOBODY/").status_code == 404


def test_governance_names_the_bodies_and_who_sits_on_the_board_now(client: Client) -> None:
    page = client.get("/governance/").content.decode()
    assert "General Assembly" in page
    assert "Serbian Academy of Sciences and Arts" in page


def test_more_members_ask_no_more_of_the_database(
    client: Client, django_assert_max_num_queries: object
) -> None:
    client.get("/members/")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get("/members/")


def test_arabic_names_the_bodies_in_arabic(client: Client) -> None:
    page = client.get("/governance/", headers={"accept-language": "ar"}).content.decode()
    assert 'dir="rtl"' in page
    assert "مجلس الإدارة" in page
