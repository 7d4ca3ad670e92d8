"""The search of the desk: it finds what apps registered, and of it what the reader may read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.audit.actions import record_entry
from anso.audit.queries import RecordFilter, entries_matching
from anso.kernel.actors import SETUP
from anso.kernel.finding import MOST_FOUND, SEARCHABLES, Found, Searchable, find_everywhere
from anso.kernel.registers import Register
from tests.factories.calls import make_call
from tests.factories.directory import make_organisation
from tests.factories.governance import make_body, make_membership, make_secretary
from tests.factories.notifications import make_message
from tests.factories.review import make_eligible_application

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/find/"


@pytest.fixture
def named(db: None) -> Application:
    """An application of María Quispe in a call of an officer, with a mail to her, and a member of
    that name.
    """
    call = make_call(officer=make_secretary())
    application = make_eligible_application(call)
    Application.objects.filter(pk=application.pk).update(
        subject_name="María Quispe", search_text=f" {application.number.lower()} maria quispe"
    )
    of_call = {"context_type": "calls.call", "context_id": call.pk}
    make_message(recipient_label="María Quispe", subject="Your receipt", **of_call)
    make_membership(make_organisation(name="Universidad María Quispe"))
    return application


def kinds_found(account: Account, text: str, now: dt.datetime) -> dict[str, list[str]]:
    found = find_everywhere(account, text, now)
    return {str(label): [each.title for each in things] for label, things in found}


@pytest.mark.parametrize("text", ["maria quispe", "QUISPE María", "Quíspe"])
def test_an_officer_finds_everything_of_that_name_however_it_is_accented(
    named: Application, text: str, now: dt.datetime
) -> None:
    officer = named.call.officers.get().account
    assert kinds_found(officer, text, now) == {
        "What came in": [f"{named.number} · María Quispe"],
        "Members": ["Universidad María Quispe"],
        "Messages": ["Your receipt"],
    }
    assert kinds_found(officer, named.call.number_prefix, now)["Calls"] == [named.call.title["en"]]
    assert kinds_found(officer, "   ", now) == {}


def test_others_find_only_what_they_may_read(named: Application, now: dt.datetime) -> None:
    elsewhere = make_secretary("elsewhere@example.org")
    applicant = named.applicant.account
    assert applicant is not None
    for account in (elsewhere, applicant):
        assert set(kinds_found(account, "quispe", now)) == {"Members"}
        assert kinds_found(account, named.call.number_prefix, now) == {}


def test_the_page_leads_to_what_was_found(named: Application, client: Client) -> None:
    client.force_login(named.call.officers.get().account)
    page = client.get(ADDRESS, {"q": "quispe"}).content.decode()
    assert reverse("applications:desk_detail", args=[named.reference]) in page
    assert ADDRESS in client.get("/desk/").content.decode()
    none = client.get(ADDRESS, {"q": "nobody of this name"}).content.decode()
    assert "Nothing that you may read has these words" in none


def test_an_app_of_its_own_is_found_once_it_registers(
    client: Client, named: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kind of thing that no page knows: it is asked with the words, and its finds are shown."""

    def find_rocks(account: Any, text: str, now: dt.datetime) -> list[Found]:
        return [Found(f"{text} {number}", "a rock", "/rocks/") for number in range(MOST_FOUND + 3)]

    widened: Register[Searchable] = Register("for this test")
    for key, searchable in SEARCHABLES.items():
        widened.add(key, searchable)
    widened.add("rocks", Searchable("Rocks", find_rocks), order=900)
    monkeypatch.setattr("anso.kernel.finding.SEARCHABLES", widened)
    client.force_login(named.call.officers.get().account)
    page = client.get(ADDRESS, {"q": "granite"}).content.decode()
    assert page.count("/rocks/") == MOST_FOUND
    assert "Only the first 8 are shown" in page


def test_the_queries_of_a_search_do_not_grow_with_what_is_found(
    named: Application, now: dt.datetime, django_assert_max_num_queries: Any
) -> None:
    officer = named.call.officers.get().account
    for number in range(3):
        other = make_eligible_application(named.call)
        Application.objects.filter(pk=other.pk).update(search_text=" maria quispe")
        make_membership(make_organisation(name=f"Quispe {number}"))
    with django_assert_max_num_queries(17):
        assert len(kinds_found(officer, "quispe", now)["What came in"]) == 4


@pytest.mark.parametrize("typed", ["dang", "Đặng", "ĐẶNG minh"])
def test_the_record_finds_a_name_however_it_is_accented(typed: str, now: dt.datetime) -> None:
    body = make_body("board", code="Đặng Minh Châu")
    record_entry(body, "set_up_body", actor=SETUP, now=now)
    assert entries_matching(RecordFilter(label=typed)).count() == 1
    assert entries_matching(RecordFilter(label="minh")).count() == 0
