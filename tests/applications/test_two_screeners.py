"""Two officers screen one application: the second is told what the first decided, and what they
wrote is not lost.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.calls.models import CallOfficer
from anso.kernel.drafts import mark_of
from tests.factories.applications import make_submitted_application
from tests.factories.calls import make_call
from tests.factories.governance import make_secretary
from tests.tabs import Tab

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(monkeypatch: pytest.MonkeyPatch) -> Application:
    call = make_call(officer=make_secretary())
    later = call.closes_at + dt.timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    return make_submitted_application(call)


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def officers(application: Application) -> tuple[Client, Client]:
    call, second = application.call, make_secretary("second@example.org")
    CallOfficer.objects.create(call=call, account=second, since_at=call.created_at)
    first = call.officers.exclude(account=second).get().account
    return signed_in(first), signed_in(second)


def open_page(client: Client, application: Application) -> Tab:
    address = reverse("applications:desk_detail", args=[application.reference])
    tab = Tab(client, address, field="because")
    tab.address = reverse("applications:screen_one", args=[application.reference])
    return tab


def test_the_second_officer_is_told_and_their_reason_is_kept(
    application: Application, officers: tuple[Client, Client]
) -> None:
    early, late = (open_page(client, application) for client in officers)
    early.fill(because="The degree is recognised.").send(verb="confirm_eligible")
    answer = late.fill(because="No degree was shown.").send(verb="reject_ineligible")
    assert answer.status_code == 409
    application.refresh_from_db()
    assert application.state == "eligible"
    late.read(answer)
    assert "Another officer screened this" in late.words()
    assert late.shown("because") == "No degree was shown."
    assert late.send(verb="reopen_screening").status_code == 302
    application.refresh_from_db()
    assert application.state == "submitted"


def test_a_result_taken_back_and_given_anew_meanwhile_is_noticed_too(
    application: Application, officers: tuple[Client, Client]
) -> None:
    """The state is the same as on the second page, yet not the result that its officer read."""
    early, late = officers
    open_page(early, application).fill(because="First").send(verb="reject_ineligible")
    stale = open_page(late, application)
    open_page(early, application).send(verb="reopen_screening")
    open_page(early, application).fill(because="Second").send(verb="reject_ineligible")
    answer = stale.send(verb="reopen_screening")
    assert answer.status_code == 409
    assert "Second" in stale.read(answer).words()
    application.refresh_from_db()
    assert (application.state, application.screening_reason) == ("ineligible", "Second")


def test_a_page_that_remembers_nothing_counts_as_opened_just_now(
    application: Application, officers: tuple[Client, Client]
) -> None:
    page = open_page(officers[0], application)
    assert page.shown("shown") == mark_of(["submitted", "", ""])
    page.client.post(page.address, {"verb": "confirm_eligible", "because": ""})
    application.refresh_from_db()
    assert application.state == "eligible"
