"""The record as auditors read it, and the seals that everybody may read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anso.accounts.models import Account
from anso.audit.actions import record_entry, seal_entries
from anso.audit.queries import entry_fields
from anso.audit.views.staff import PAGE
from anso.audit.wording import kind_words, label_words, verb_words
from anso.directory.models import Person
from anso.kernel.actors import CLOCK
from anso.kernel.sealing import entry_hash
from anso.kernel.verdict import ALLOWED, refuse
from tests.factories.directory import make_account, make_person
from tests.pages import squeezed

pytestmark = pytest.mark.django_db


def may_read_record(actor: object, now: object) -> object:
    """Whoever's address begins with auditor."""
    return ALLOWED if str(actor).startswith("auditor") else refuse("no", "The record is not yours.")


@pytest.fixture(autouse=True)
def reader(settings: Any) -> None:
    settings.RECORD_READER = "tests.audit.test_pages.may_read_record"


@pytest.fixture
def auditor(client: Client) -> Account:
    account = make_account("auditor@example.org")
    client.force_login(account)
    return account


@pytest.fixture
def amina(now: dt.datetime) -> Account:
    account = make_account("amina@example.org")
    record_entry(
        account,
        "submit_application",
        actor=account,
        now=now,
        because="in time",
        changes={"state": ["draft", "submitted"], "passport": "changed"},
    )
    seal_entries(now=now)
    record_entry(account, "withdraw_application", actor=account, now=now + dt.timedelta(days=1))
    return account


def test_record_is_closed_to_everybody_else(client: Client, amina: Account) -> None:
    addresses = [
        reverse("audit:record"),
        reverse("audit:verification"),
        reverse("audit:chain", args=["accounts.account", amina.pk]),
    ]
    for address in addresses:
        assert client.get(address)["Location"] == f"{reverse('account_login')}?next={address}"
    client.force_login(amina)
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 403
        assert "The record is not yours." in squeezed(page)


def test_event_reads_as_a_sentence(client: Client, auditor: Account, amina: Account) -> None:
    page = squeezed(client.get(reverse("audit:record")))
    assert "<bdi>amina@example.org</bdi> submitted it" in page
    assert "in time" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?verb=submit_application", 1),
        ("?kind=accounts.account", 2),
        ("?kind=calls.call", 0),
        ("?q=AMINA", 2),
        ("?actor=somebody", 0),
        ("?on=2026-12-01", 1),
        ("?on=yesterday&q=%00", 2),
    ],
)
def test_record_is_narrowed(
    query: str, count: int, client: Client, auditor: Account, amina: Account
) -> None:
    page = squeezed(client.get(f"{reverse('audit:record')}{query}"))
    assert page.count("<bdi>amina@example.org</bdi>") == 2 * count


def test_record_is_read_back_in_pages_that_share_nothing_and_leave_nothing_out(
    client: Client, auditor: Account, now: dt.datetime
) -> None:
    entries = [record_entry(auditor, f"step_{n}", actor=auditor, now=now) for n in range(PAGE + 2)]
    newest = squeezed(client.get(reverse("audit:record")))
    assert f"?before={entries[2].pk}" in newest
    assert "Newest" not in newest
    older = squeezed(client.get(f"{reverse('audit:record')}?before={entries[2].pk}"))
    assert "Older" not in older
    assert "Newest" in older
    shown = [set(re.findall(r"</bdi> step (\d+)", page)) for page in (newest, older)]
    assert [len(page) for page in shown] == [PAGE, 2]
    assert shown[0] | shown[1] == {str(n) for n in range(PAGE + 2)}
    assert "step 0" in squeezed(client.get(f"{reverse('audit:record')}?before=x&verb=step_0"))


def test_chain_tells_the_story_of_one_object(
    client: Client, auditor: Account, amina: Account
) -> None:
    page = squeezed(client.get(reverse("audit:chain", args=["accounts.account", amina.pk])))
    assert page.index("submitted it") < page.index("withdrew it")
    assert "<bdi>draft</bdi> → <bdi>submitted</bdi>" in page
    assert "sealed by checkpoint 1" in page
    assert "not sealed yet" in page
    assert client.get(reverse("audit:chain", args=["accounts.account", 999_999])).status_code == 404


def test_verification_page_says_intact_and_asks_for_a_noted_root(
    client: Client, auditor: Account, amina: Account
) -> None:
    assert "The record is intact" in squeezed(client.get(reverse("audit:verification")))
    assert "The record was tampered with" in squeezed(
        client.get(f"{reverse('audit:verification')}?root={'a' * 64}")
    )


def test_seals_are_public(client: Client, amina: Account) -> None:
    listed = client.get(reverse("audit:checkpoints_json")).json()["checkpoints"]
    assert [(seal["number"], seal["entry_count"]) for seal in listed] == [(1, 1)]
    assert listed[0]["root"] in squeezed(client.get(reverse("audit:checkpoints")))
    assert client.get(f"{reverse('audit:checkpoints_json')}?before=1").json()["checkpoints"] == []
    assert "amina" not in squeezed(client.get(reverse("audit:checkpoints_json")))


def test_verb_and_kind_without_words_name_themselves() -> None:
    assert verb_words("eat_cake") == "eat cake"
    assert kind_words("bakery.cake") == "bakery.cake"


def test_filters_offer_what_the_apps_registered_without_reading_the_record(
    client: Client, auditor: Account, amina: Account
) -> None:
    with CaptureQueriesContext(connection) as seen:
        page = squeezed(client.get(reverse("audit:record")))
    assert '<option value="calls.call">call</option>' in page
    assert '<option value="submit_review">submitted a review</option>' in page
    asked = [query["sql"] for query in seen if "audit_entry" in query["sql"]]
    assert len(asked) == 1
    assert asked[0].endswith(f"LIMIT {PAGE + 1}")


@pytest.mark.parametrize(
    ("kind", "label", "told"),
    [
        ("notifications.message", "awards.offer to a@example.org", "offer, to a@example.org"),
        ("notifications.message", "old.code to a@example.org", "old.code, to a@example.org"),
        ("notifications.mailing", "decisions.outcomes:RV397K97CM", "Decisions and offers"),
        ("notifications.mailing", "To all who wait", "To all who wait"),
        ("awards.offer", "grants to R27-00001", "R27-00001"),
        ("decisions.decision", "R27-00003 ineligible", "R27-00003: not eligible"),
        ("decisions.decision", "R27-00003 of old", "R27-00003 of old"),
        ("calls.call", "R27", "R27"),
    ],
)
def test_names_on_the_record_are_in_words(kind: str, label: str, told: str) -> None:
    assert label_words(kind, label) == told


def test_people_are_called_by_their_name_and_by_their_address_where_two_share_one(
    client: Client, auditor: Account, now: dt.datetime
) -> None:
    one, other, unnamed = (
        make_person("Li Wei").account,
        make_person("Li Wei").account,
        make_account("new@example.org"),
    )
    assert one is not None
    assert other is not None
    about = make_person("Amina Diallo").account
    assert about is not None
    first = record_entry(about, "submit_application", actor=one, now=now)
    hashed = first.hash
    record_entry(about, "withdraw_application", actor=unnamed, now=now)
    record_entry(about, "close_offer", actor=CLOCK, now=now)
    chain = reverse("audit:chain", args=["accounts.account", about.pk])
    for address in (f"{reverse('audit:record')}?actor=Li+W", chain):
        page = squeezed(client.get(address))
        assert "<bdi>Li Wei</bdi> submitted it" in page
        assert one.email not in page
    told = squeezed(client.get(chain))
    assert "<bdi>new@example.org</bdi> withdrew it" in told
    assert "<bdi>the clock of the system</bdi>" in told
    record_entry(about, "restore_application", actor=other, now=now)
    told = squeezed(client.get(chain))
    assert f"<bdi>Li Wei ({one.email})</bdi>" in told
    assert f"<bdi>Li Wei ({other.email})</bdi>" in told
    Person.objects.filter(account=one).update(full_name="Li Weiwei")
    assert "<bdi>Li Weiwei</bdi> submitted" in squeezed(client.get(chain))
    first.refresh_from_db()
    assert (first.actor_label, first.hash) == (one.email, hashed)
    assert entry_hash(entry_fields(first), first.previous_hash) == hashed


def test_whoever_was_made_one_with_another_is_called_by_the_name_that_is_left(
    client: Client, auditor: Account, now: dt.datetime
) -> None:
    kept, gone = make_person("Amina Diallo").account, make_account("old@example.org")
    record_entry(gone, "submit_application", actor=gone, now=now)
    Account.objects.filter(pk=gone.pk).update(is_active=False, merged_into=kept)
    page = squeezed(client.get(reverse("audit:record")))
    assert "<bdi>Amina Diallo</bdi> submitted it" in page
