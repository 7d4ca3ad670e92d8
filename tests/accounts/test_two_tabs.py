"""The settings of one account held open in two tabs: neither undoes the other unseen."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse_lazy

from anso.accounts.models import Account
from anso.notifications.queries import wants_reminders
from tests.factories.directory import make_account
from tests.tabs import Tab

pytestmark = pytest.mark.django_db
ADDRESS = reverse_lazy("accounts:account")


@pytest.fixture
def owner(client: Client) -> Account:
    account = make_account(zone="Africa/Nairobi")
    client.force_login(account)
    return account


def open_tab(client: Client) -> Tab:
    return Tab(client, str(ADDRESS), field="zone")


def test_a_tab_that_was_opened_before_undoes_nothing(owner: Account, client: Client) -> None:
    early = open_tab(client)
    open_tab(client).fill(zone="Asia/Kathmandu", language="ar").send()
    early.fill({"reminders": []}).send()
    owner.refresh_from_db()
    assert (owner.zone, owner.language) == ("Asia/Kathmandu", "ar")
    assert not wants_reminders(owner.pk)


def test_two_zones_are_both_shown_and_the_owner_chooses(owner: Account, client: Client) -> None:
    first, second = open_tab(client), open_tab(client)
    first.fill(zone="Asia/Kathmandu").send()
    answer = second.fill(zone="America/Lima").send()
    assert answer.status_code == 409
    owner.refresh_from_db()
    assert owner.zone == "Asia/Kathmandu"
    second.read(answer)
    assert second.shown("zone") == "Asia/Kathmandu"
    assert "America/Lima" in second.words()
    assert second.fill({"keep-zone": "mine"}).send().status_code == 302
    owner.refresh_from_db()
    assert owner.zone == "America/Lima"


def test_a_zone_that_does_not_exist_is_kept_on_the_page_and_refused(
    owner: Account, client: Client
) -> None:
    tab = open_tab(client)
    answer = tab.fill(zone="Mars/Base").send()
    assert answer.status_code == 422
    assert tab.read(answer).shown("zone") == "Mars/Base"
    tab.fill(zone="Asia/Tokyo").send()
    owner.refresh_from_db()
    assert owner.zone == "Asia/Tokyo"
