"""What a call promised when it was published stands, whatever becomes of the catalogue later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions import start_application
from anso.applications.queries import current_applications_of, next_ordinal_of
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.kernel.terms import EntryKind
from anso.programmes.catalogue import KINDS
from tests.factories.calls import make_call, make_programme
from tests.factories.directory import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def prize(now: dt.datetime) -> Call:
    """A published call of the prize: by nomination, two of each nominator, with a check."""
    return make_call(make_programme("prize"), slug="prize-2027")


@pytest.fixture
def _changed_catalogue(prize: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day after, the prize of the catalogue is applied for, five times each, unchecked."""
    changed = replace(KINDS["prize"], entry=EntryKind.APPLICATION, entries_each=5, check_keys=())
    monkeypatch.setitem(KINDS._placed, "prize", (0, changed))


@pytest.mark.usefixtures("_changed_catalogue")
def test_the_words_of_entry_stay_as_published(prize: Call, client: Client) -> None:
    page = client.get("/calls/prize-2027/").content.decode()
    assert "Who can nominate, and whom" in page
    assert "Start nomination" in page
    assert "Start application" not in page


@pytest.mark.usefixtures("_changed_catalogue")
def test_the_check_asks_what_it_asked_when_the_call_was_published(
    prize: Call, client: Client
) -> None:
    assert "/calls/prize-2027/check/" in client.get("/calls/prize-2027/").content.decode()
    page = client.get("/calls/prize-2027/check/").content.decode()
    for label in ("Who is nominated", "Award", "Gender of the nominee"):
        assert label in page
    judged = client.post(
        "/calls/prize-2027/check/", {"level": "women", "nominee_gender": "man"}, follow=True
    ).content.decode()
    assert "Your nomination cannot count in this call" in judged
    assert "The Outstanding Women Award is for women." in judged


@pytest.mark.usefixtures("_changed_catalogue")
def test_nobody_may_hand_in_more_than_the_call_said(prize: Call, now: dt.datetime) -> None:
    account = make_person("Wanjiru Kamau").account
    assert isinstance(account, Account)
    taken = []
    for ordinal in (1, 2):
        taken.append(next_ordinal_of(current_applications_of(account, prize), prize))
        start_application(call=prize, actor=account, now=now, ordinal=ordinal)
    assert taken == [1, 2]
    assert next_ordinal_of(current_applications_of(account, prize), prize) is None


def test_a_draft_takes_what_its_kind_declared_when_it_was_created(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = make_call(make_programme("prize"), state="draft")
    monkeypatch.setitem(KINDS._placed, "prize", (0, replace(KINDS["prize"], entries_each=9)))
    terms = get_terms(draft)
    assert (terms.entry, terms.entries_each) == (EntryKind.NOMINATION, 2)
    assert terms.check_keys == KINDS["prize"].check_keys
