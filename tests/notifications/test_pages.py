"""The outbox as officers see it, and the mailbox of a demonstration."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.notifications.models import Delivery, Mailing, Message
from tests.factories.directory import make_account
from tests.factories.governance import make_body, make_secretary
from tests.factories.notifications import NOW, make_mailing, make_message

pytestmark = pytest.mark.django_db
OUTBOX = "/desk/outbox/"


@pytest.fixture
def officer(client: Client) -> Account:
    account = make_secretary()
    client.force_login(account)
    return account


def test_outbox_is_closed_to_everybody_else(client: Client) -> None:
    message = make_message()
    addresses = (OUTBOX, f"{OUTBOX}{message.reference}/")
    assert {client.get(address).status_code for address in addresses} == {302}
    client.force_login(make_account())
    assert {client.get(address).status_code for address in addresses} == {403}
    for name in ("ask", "carry_out"):
        answer = client.post(
            reverse(f"notifications:{name}"), {"act": "cancel", "message": message.reference}
        )
        assert answer.status_code == 403
    message.refresh_from_db()
    assert message.state == "waiting"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b", "c"}),
        ("?of=governance.body", {"a"}),
        ("?state=held", {"b"}),
        ("?code=test.other", {"c"}),
        ("?q=CCC", {"c"}),
        ("?mailing=R1", {"b"}),
        ("?of=governance.body&state=held", set()),
        ("?of=&state=nothing", {"a", "b", "c"}),
        ("?q=%00&of=:99999999999999999999999", {"a", "b", "c"}),
    ],
)
def test_outbox_is_narrowed(query: str, found: set[str], client: Client, officer: Account) -> None:
    body = make_body("board")
    make_message(subject="subject-a", context_type="governance.body", context_id=body.pk)
    make_message(subject="subject-b", state="held", held_at=NOW, mailing=make_mailing(body))
    Mailing.objects.update(reference="R1")
    make_message(subject="subject-c", code="test.other", recipient_label="ccc")
    page = client.get(f"{OUTBOX}{query}")
    assert page.status_code == 200
    assert {name for name in ("a", "b", "c") if f"subject-{name}".encode() in page.content} == found


def test_message_is_read_without_its_link(client: Client, officer: Account) -> None:
    message = make_message(body="Open {link}\n\n<b>bold</b>", secret="https://x.example/SECRET/")
    Delivery.objects.create(message=message, at=NOW, is_accepted=False, answer="greylisted")
    page = client.get(f"{OUTBOX}{message.reference}/")
    assert b"SECRET" not in page.content
    assert b"&lt;b&gt;bold" in page.content
    assert b"greylisted" in page.content
    assert client.get(f"{OUTBOX}nothing/").status_code == 404


def test_officer_is_asked_before_anything_happens(client: Client, officer: Account) -> None:
    messages = [make_message(recipient_label=f"Reader {n}") for n in range(7)]
    sent = make_message(state="sent", sent_at=NOW)
    chosen = {
        "act": "cancel",
        "message": [message.reference for message in (*messages, sent)],
        "state": "",
    }
    asked = client.post(reverse("notifications:ask"), chosen)
    assert b"Cancel 7 messages?" in asked.content
    assert b"and 2 more" in asked.content
    assert Message.objects.filter(state="waiting").count() == 7
    done = client.post(reverse("notifications:carry_out"), chosen, follow=True)
    assert b"7 messages changed." in done.content
    assert Message.objects.filter(state="cancelled").count() == 7


def test_all_rows_of_the_filter_are_meant_when_asked_for(client: Client, officer: Account) -> None:
    bodies = [make_body("board"), make_body("board")]
    for n in range(60):
        make_message(context_type="governance.body", context_id=bodies[n % 2].pk)
    body = {"act": "hold", "all_rows": "1", "of": f"governance.body:{bodies[1].pk}"}
    client.post(reverse("notifications:carry_out"), body)
    held = Message.objects.filter(state="held").values_list("context_id", flat=True)
    assert list(held) == [bodies[1].pk] * 30


def test_what_moved_on_meanwhile_is_left_and_counted(client: Client, officer: Account) -> None:
    from django.utils import timezone

    claimed = make_message(claimed_at=timezone.now())
    done = client.post(
        reverse("notifications:carry_out"),
        {"act": "cancel", "message": claimed.reference},
        follow=True,
    )
    assert b"1 message had moved on." in done.content


def test_nothing_to_change_is_said(client: Client, officer: Account) -> None:
    answer = client.post(
        reverse("notifications:ask"),
        {"act": "retry", "message": make_message().reference},
        follow=True,
    )
    assert b"None of the chosen messages" in answer.content
    assert client.post(reverse("notifications:ask"), {"act": "eat"}).status_code == 404


def test_queries_of_the_outbox_do_not_grow_with_its_rows(
    client: Client, officer: Account, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        make_message()
    with django_assert_max_num_queries(13):
        client.get(OUTBOX)


def test_mailbox_of_a_demonstration_has_links_that_work(client: Client, settings: Any) -> None:
    settings.DEMONSTRATION = True
    message = make_message(
        body="Open {link} soon.",
        secret="https://anso.example/letters/TOKEN/",
        recipient_label="Wanjiru",
    )
    assert b"Wanjiru" in client.get("/mailbox/").content
    assert b"Wanjiru" not in client.get("/mailbox/?q=somebody").content
    page = client.get(f"/mailbox/{message.reference}/")
    assert b'href="https://anso.example/letters/TOKEN/"' in page.content


def test_links_in_the_mailbox_lead_to_where_the_demonstration_runs_today(
    client: Client, settings: Any
) -> None:
    settings.DEMONSTRATION = True
    message = make_message(
        body="See http://localhost:8000/calls/ and https://example.org/ and {link}",
        secret="http://[::1]:9/letters/x/",
    )
    page = client.get(
        f"/mailbox/{message.reference}/", headers={"host": "127.0.0.1:8123"}
    ).content.decode()
    for link in (
        "http://127.0.0.1:8123/calls/",
        "http://127.0.0.1:8123/letters/x/",
        "https://example.org/",
    ):
        assert f'href="{link}"' in page


def test_there_is_no_mailbox_on_a_real_installation(client: Client, settings: Any) -> None:
    settings.DEMONSTRATION = False
    message = make_message(body="See {link}", secret="https://anso.example/letters/TOKEN/")
    for address in ("/mailbox/", f"/mailbox/{message.reference}/"):
        page = client.get(address)
        assert page.status_code == 404
        assert "TOKEN" not in page.content.decode()
    settings.DEMONSTRATION = True
    assert "TOKEN" in client.get(f"/mailbox/{message.reference}/").content.decode()
