"""Members and bodies as everyone reads them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client

from anso.governance import actions
from anso.governance.models import Membership
from anso.kernel.actors import SETUP
from tests.cast import Cast
from tests.factories.directory import make_organisation
from tests.factories.governance import NOW, make_body, make_mandate, make_membership
from tests.pages import squeezed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(request: pytest.FixtureRequest) -> None:
    """The shipped facts; the cast, where there is one, brings bodies of its own first."""
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
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


@pytest.fixture
def member() -> Membership:
    """An invented member that was suspended, left and came back."""
    facts = {"actor": SETUP, "now": NOW}
    organisation = make_organisation(name="Example Academy of Sciences", acronym="EAS")
    first = make_membership(organisation)
    day = dt.date.fromisoformat
    actions.suspend_member(
        membership=first, on=day("2021-04-01"), because="Dues of 2020 are unpaid", **facts
    )
    wrong = actions.waive_suspension(
        membership=first, on=day("2021-05-01"), because="Hardship", **facts
    )
    actions.revoke_membership_event(event=wrong, because="Another member was meant.", **facts)
    actions.end_membership(
        membership=first, on=day("2022-01-01"), because="Notice.", source="Letter", **facts
    )
    return make_membership(organisation, on=day("2024-06-01"), source="Fourth Assembly")


def test_a_member_page_tells_where_it_stands_and_its_whole_history(
    client: Client, member: Membership
) -> None:
    address = f"/members/{member.organisation.reference}/"
    page = squeezed(client.get(address))
    assert "In good standing since 1 June 2024." in page
    assert "1 January 2019</time> – <time" in page
    assert page.index("Fourth Assembly") < page.index("Left the alliance")
    assert page.index("Left the alliance") < page.index("Suspended</b>")
    assert page.index("Suspension waived") < page.index(">revoked</span>")
    actions.suspend_member(
        membership=member,
        on=dt.date(2026, 1, 1),
        because="Dues of 2025 are unpaid",
        actor=SETUP,
        now=NOW,
    )
    page = squeezed(client.get(address))
    assert "Suspended since 1 January 2026." in page
    actions.end_membership(
        membership=member, on=dt.date(2026, 6, 1), because="Notice.", actor=SETUP, now=NOW
    )
    page = squeezed(client.get(address))
    assert "It left the alliance on 1 June 2026." in page
    assert "no member now" in page


def test_why_a_member_was_suspended_is_read_by_those_who_may(
    client: Client, cast: Cast, member: Membership
) -> None:
    why, address = "Dues of 2020 are unpaid", f"/members/{member.organisation.reference}/"
    make_mandate(
        cast.stranger.person, "delegate", make_body("assembly"), organisation=member.organisation
    )
    assert why not in client.get(address).content.decode()
    readers = {"programme_officer", "auditor", "stranger"}
    for role, account in cast.everyone().items():
        client.force_login(account)
        assert (why in client.get(address).content.decode()) == (role in readers), role


def test_a_suspended_member_is_marked_in_the_list_and_one_that_left_is_not_there(
    client: Client, member: Membership
) -> None:
    assert "38 members of 38" in client.get("/members/").content.decode()
    assert "suspended" not in client.get("/members/?words=example").content.decode()
    facts = {"because": "Dues", "actor": SETUP, "now": NOW}
    actions.suspend_member(membership=member, on=dt.date(2026, 1, 1), **facts)
    page = client.get("/members/?words=example").content.decode()
    assert "1 member of 38" in page
    assert ">suspended</span>" in page
    actions.end_membership(membership=member, on=dt.date(2026, 6, 1), **facts)
    assert "No member fits" in client.get("/members/?words=example").content.decode()
    assert "37 members of 37" in client.get("/members/").content.decode()


def test_membership_begins_with_the_day_in_the_alliances_zone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_membership(make_organisation(name="Example Academy"), on=dt.date(2027, 1, 1))
    for hour, counted in ((15, "37 members of 37"), (16, "38 members of 38")):
        at = dt.datetime(2026, 12, 31, hour, tzinfo=dt.UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda at=at: at)
        assert counted in client.get("/members/").content.decode()


def test_history_in_arabic(client: Client, member: Membership) -> None:
    address = f"/members/{member.organisation.reference}/"
    page = client.get(address, headers={"accept-language": "ar"}).content.decode()
    assert "غادر التحالف" in page


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
