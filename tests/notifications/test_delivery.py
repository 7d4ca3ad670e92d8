"""Messages leave once, with their link, and are tried again when the mail system fails."""

from __future__ import annotations

import datetime as dt
import smtplib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from anso.audit.models import Entry
from anso.kernel.actors import WORKER
from anso.notifications import actions
from anso.notifications.models import Delivery, Message
from anso.notifications.queries import messages_due
from tests.factories.notifications import make_message

HERE = "tests.notifications.test_delivery"


class SilentSystem(BaseEmailBackend):
    """A mail system that cannot be reached."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError("nobody listens")


class RefusingSystem(BaseEmailBackend):
    """A mail system that knows no such reader."""

    def send_messages(self, email_messages: object) -> int:
        raise smtplib.SMTPRecipientsRefused({"nobody@example.org": (550, b"no such user")})


class MeddlingSystem(BaseEmailBackend):
    """A mail system that takes so long that somebody changed the message meanwhile."""

    def send_messages(self, email_messages: object) -> int:
        Message.objects.update(state="cancelled")
        return 1


@pytest.mark.django_db
@pytest.mark.parametrize("label", ["", "Иван"])
def test_a_host_in_letters_of_its_own_is_written_to(now: dt.datetime, label: str) -> None:
    message = make_message(email="ivan@пример.рф", recipient_label=label)
    assert actions.deliver_message(message_id=message.pk, now=now)
    [sent] = mail.outbox
    assert "ivan@xn--e1afmkfd.xn--p1ai" in sent.to[0]
    message.refresh_from_db()
    assert (message.state, message.email) == ("sent", "ivan@пример.рф")


@pytest.mark.django_db
def test_link_stands_in_the_mail_and_nowhere_else(now: dt.datetime) -> None:
    secret = "https://x.example/letters/SECRET/"
    message = make_message(
        body="Dear Amina,\n\n{link}\n", secret=secret, recipient_label="Đặng, “Minh”"
    )
    assert actions.deliver_message(message_id=message.pk, now=now)
    [sent] = mail.outbox
    assert secret in sent.body
    assert sent.to == [f"=?utf-8?b?xJDhurduZywg4oCcTWluaOKAnQ==?= <{message.email}>"]
    html, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert f'href="{secret}"' in html
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.secret) == ("sent", now, "")
    assert "SECRET" not in message.body
    assert "SECRET" not in str(
        list(Entry.objects.values_list("changes", "because", "object_label"))
    )


@pytest.mark.django_db
def test_a_link_within_a_sentence_has_a_button_at_the_end_too(now: dt.datetime) -> None:
    secret = "https://x.example/letters/SECRET/"
    message = make_message(body="Dear Amina,\n\nit is at {link} until Friday.\n", secret=secret)
    assert actions.deliver_message(message_id=message.pk, now=now)
    html = str(mail.outbox[0].alternatives[0][0])
    sentence, _, button = html.partition("until Friday.")
    assert secret in sentence
    assert f'<a class="act" href="{secret}">Open the page</a>' in button


@pytest.mark.django_db
def test_demonstration_keeps_the_link_for_its_mailbox(now: dt.datetime, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    message = make_message(body="{link}", secret="https://x.example/SECRET/")
    actions.deliver_message(message_id=message.pk, now=now)
    message.refresh_from_db()
    assert message.secret == "https://x.example/SECRET/"


@pytest.mark.django_db
def test_message_leaves_once(now: dt.datetime) -> None:
    message = make_message()
    assert actions.deliver_message(message_id=message.pk, now=now)
    assert not actions.deliver_message(message_id=message.pk, now=now)
    assert len(mail.outbox) == 1
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{message.reference}@")


@pytest.mark.django_db(transaction=True)
def test_of_ten_workers_at_once_one_sends(now: dt.datetime) -> None:
    message, start = make_message(), Barrier(10)

    def work(_: int) -> bool:
        start.wait()
        try:
            return actions.deliver_message(message_id=message.pk, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as workers:
        assert sum(workers.map(work, range(10))) == 1
    assert len(mail.outbox) == 1
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"state": "held"},
        {"state": "cancelled"},
        {"send_after": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_message_that_is_not_due_stays(fields: dict[str, object], now: dt.datetime) -> None:
    message = make_message(held_at=now, **fields)
    assert not actions.deliver_message(message_id=message.pk, now=now)
    assert mail.outbox == []


@pytest.mark.django_db
def test_message_left_by_a_dead_worker_is_due_again(now: dt.datetime) -> None:
    message = make_message(claimed_at=now, attempts=1)
    assert not actions.deliver_message(message_id=message.pk, now=now + dt.timedelta(minutes=9))
    assert actions.deliver_message(message_id=message.pk, now=now + dt.timedelta(minutes=10))


@pytest.mark.django_db
def test_silent_mail_system_is_asked_again_after_growing_pauses(
    now: dt.datetime, settings: object
) -> None:
    settings.EMAIL_BACKEND = f"{HERE}.SilentSystem"  # type: ignore[attr-defined]
    message, moment, pauses = make_message(), now, []
    while message.state == "waiting":
        assert not actions.deliver_message(message_id=message.pk, now=moment)
        message.refresh_from_db()
        pauses.append((message.send_after - moment).total_seconds() / 60)
        assert not messages_due(moment).exists()
        moment = message.send_after if message.state == "waiting" else moment
    assert pauses[:7] == [2, 4, 8, 16, 32, 64, 128]
    assert (message.state, message.attempts, Delivery.objects.count()) == ("failed", 8, 8)
    assert "nobody listens" in Delivery.objects.first().answer  # type: ignore[union-attr]


@pytest.mark.django_db
def test_refusal_for_good_fails_at_once(now: dt.datetime, settings: object) -> None:
    settings.EMAIL_BACKEND = f"{HERE}.RefusingSystem"  # type: ignore[attr-defined]
    message = make_message()
    actions.deliver_message(message_id=message.pk, now=now)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 1)


@pytest.mark.django_db
def test_address_that_no_mail_can_carry_fails_at_once_and_holds_nobody_up(now: dt.datetime) -> None:
    message = make_message(email=f"wanjiru@{'ü' * 60}.example")
    assert not actions.deliver_message(message_id=message.pk, now=now)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 1)


@pytest.mark.django_db
def test_answer_for_a_message_that_changed_meanwhile_is_kept(
    now: dt.datetime, settings: object
) -> None:
    settings.EMAIL_BACKEND = f"{HERE}.MeddlingSystem"  # type: ignore[attr-defined]
    message = make_message()
    assert actions.deliver_message(message_id=message.pk, now=now)
    assert Delivery.objects.get().is_accepted
    assert Entry.objects.get().verb == "note_answer"


@pytest.mark.django_db
def test_bounce_is_noted(now: dt.datetime) -> None:
    message = make_message(state="sent", sent_at=now)
    actions.note_bounce(message=message, words="mailbox full", actor=WORKER, now=now)
    assert (message.state, message.bounced_at) == ("bounced", now)
    assert Delivery.objects.get().answer == "mailbox full"
