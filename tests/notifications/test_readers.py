"""Who reads a message on the desk follows from the object that it belongs to: a call, a body, a
membership, an account."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.kernel.actors import CLOCK, SETUP
from anso.kernel.notices import Notice
from anso.kernel.verdict import Refused
from anso.notifications import actions
from anso.notifications.models import Message
from anso.notifications.queries import messages_visible_to
from anso.notifications.rules import may_read_outbox
from tests.cast import Cast
from tests.factories.calls import make_call
from tests.factories.directory import make_account, make_organisation
from tests.factories.governance import make_body, make_mandate, make_membership, make_secretary
from tests.factories.notifications import make_message

pytestmark = pytest.mark.django_db
PLAIN = Notice(code="test.plain", audience="reader", template="t/plain.txt", fields=())


@pytest.fixture
def other_officer(now: dt.datetime) -> Account:
    """An officer of the Secretariat who works on no call yet."""
    return make_secretary("other@example.org")


def about(context: Any, **fields: Any) -> Message:
    return make_message(
        context_type=context._meta.label_lower, context_id=context.pk, about_id=1, **fields
    )


def test_mail_of_a_call_is_read_by_its_own_officers_only(
    cast: Cast, other_officer: Account, now: dt.datetime, client: Client
) -> None:
    call = make_call(officer=cast.programme_officer)
    message = about(call, subject="Of this call", state="held", held_at=now)
    assert message in messages_visible_to(cast.programme_officer, now)
    client.force_login(other_officer)
    assert b"Of this call" not in client.get(reverse("notifications:outbox")).content
    page = client.get(reverse("notifications:message", args=[message.reference]))
    assert page.status_code == 404
    body = {"act": "cancel", "message": message.reference}
    client.post(reverse("notifications:carry_out"), body)
    message.refresh_from_db()
    assert message.state == "held"
    for act in (actions.release_message, actions.cancel_message, actions.hold_message):
        with pytest.raises(Refused, match="another"):
            act(message=message, actor=other_officer, now=now)


def test_mail_of_a_body_is_read_by_its_chair_who_is_not_of_the_secretariat(
    cast: Cast, other_officer: Account, now: dt.datetime, client: Client
) -> None:
    body = make_body("board", name={"en": "The Board", "ar": "المجلس"})
    make_mandate(cast.stranger.person, "chair", body)
    message = about(body, subject="Minutes of the Board")
    another = about(make_body("board"), subject="Of another board")
    client.force_login(cast.stranger)
    page = client.get(reverse("notifications:outbox"))
    assert b"Minutes of the Board" in page.content
    assert b"Of another board" not in page.content
    shown = client.get(reverse("notifications:message", args=[message.reference]))
    assert b"The Board" in shown.content
    assert {message, another} <= set(messages_visible_to(other_officer, now))


def test_mail_of_a_membership_is_read_by_the_secretariat(
    cast: Cast, other_officer: Account, now: dt.datetime
) -> None:
    message = about(make_membership(make_organisation()))
    assert set(messages_visible_to(other_officer, now)) == {message}
    for role, account in cast.everyone().items():
        seen = messages_visible_to(account, now).exists()
        assert seen is (role == "programme_officer"), role


def test_the_outbox_is_closed_to_who_reads_no_kind_of_message(cast: Cast, now: dt.datetime) -> None:
    assert may_read_outbox(cast.stranger, now).reasons[0].code == "no_messages"
    assert may_read_outbox(cast.programme_officer, now)
    assert may_read_outbox(CLOCK, now)


def test_a_message_belongs_to_what_it_is_about_unless_told_and_must_have_readers(
    now: dt.datetime,
) -> None:
    facts: dict[str, Any] = {"fields": {}, "email": "a@b.example", "actor": SETUP, "now": now}
    account, body = make_account(), make_body()
    own, _ = actions.enqueue_notice(PLAIN, about=account, dedupe_key="1", **facts)
    assert (own.context_type, own.context_id) == ("accounts.account", account.pk)
    told, _ = actions.enqueue_notice(PLAIN, about=account, context=body, dedupe_key="2", **facts)
    assert (told.context_type, told.context_id) == ("governance.body", body.pk)
    with pytest.raises(LookupError, match=r"directory\.organisation"):
        actions.enqueue_notice(PLAIN, about=make_organisation(), dedupe_key="3", **facts)


def test_the_outbox_is_narrowed_to_a_kind_of_object_and_to_one(
    cast: Cast, now: dt.datetime, client: Client
) -> None:
    mine, other = (make_call(officer=cast.programme_officer) for _ in range(2))
    about(mine, subject="subject-mine")
    about(other, subject="subject-other")
    about(make_body(), subject="subject-body")
    client.force_login(cast.programme_officer)
    found = {
        query: {
            word
            for word in ("mine", "other", "body")
            if f"subject-{word}".encode()
            in client.get(f"{reverse('notifications:outbox')}?of={query}").content
        }
        for query in ("", "calls.call", f"calls.call:{mine.pk}", "nothing.here", "calls.call:x")
    }
    assert found == {
        "": {"mine", "other", "body"},
        "calls.call": {"mine", "other"},
        f"calls.call:{mine.pk}": {"mine"},
        "nothing.here": set(),
        "calls.call:x": {"mine", "other"},
    }
