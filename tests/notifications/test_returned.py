"""Mail systems report what they could not deliver; only a final failure of a message of ours is
noted.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import call_command

from anso.kernel.actors import WORKER
from anso.notifications.actions import deliver_message, take_returned_mail
from anso.notifications.models import Delivery, Message
from tests.factories.notifications import make_message

pytestmark = pytest.mark.django_db
REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: anso@apply.example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261126@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; nobody@example.org
Action: {action}
Status: 5.1.1
{diagnostic}
--cut
{copy}

--cut--
"""
DIAGNOSTIC = "Diagnostic-Code: smtp; 550 5.1.1\n    no such user\n"
HEADERS = (
    "Content-Type: text/rfc822-headers\n\nSubject: A letter\nMessage-ID: <{reference}@anso.example>"
)
WHOLE = (
    "Content-Type: message/rfc822\n\nSubject: A letter\nMessage-ID:"
    " <{reference}@anso.example>\n\nDear you"
)


def report_on(
    reference: str, *, action: str = "failed", diagnostic: str = DIAGNOSTIC, copy: str = HEADERS
) -> bytes:
    return REPORT.format(
        action=action, diagnostic=diagnostic, copy=copy.format(reference=reference)
    ).encode()


def sent(now: dt.datetime) -> Message:
    return make_message(state="sent", sent_at=now)


@pytest.mark.parametrize("copy", [HEADERS, WHOLE])
@pytest.mark.parametrize(
    ("diagnostic", "words"), [(DIAGNOSTIC, "smtp; 550 5.1.1 no such user"), ("", "5.1.1")]
)
def test_final_failure_is_noted_with_the_words_of_the_mail_system(
    copy: str, diagnostic: str, words: str, now: dt.datetime
) -> None:
    message = sent(now)
    noted = take_returned_mail(
        mail=report_on(message.reference, copy=copy, diagnostic=diagnostic), actor=WORKER, now=now
    )
    assert noted == message
    message.refresh_from_db()
    assert (message.state, message.bounced_at) == ("bounced", now)
    assert Delivery.objects.get().answer == words


def test_same_report_counts_once(now: dt.datetime) -> None:
    message = sent(now)
    for _time in range(2):
        take_returned_mail(mail=report_on(message.reference), actor=WORKER, now=now)
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("action", ["delayed", "delivered"])
def test_delay_or_success_is_not_noted(action: str, now: dt.datetime) -> None:
    assert (
        take_returned_mail(
            mail=report_on(sent(now).reference, action=action), actor=WORKER, now=now
        )
        is None
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\x00 not a mail",
        report_on("NONESUCH"),
        report_on("x", copy="Content-Type: text/plain\n\nnothing of ours"),
        b"Subject: Out of office\n\nI am away.",
    ],
)
def test_any_other_mail_is_left_alone(raw: bytes, now: dt.datetime) -> None:
    sent(now)
    assert take_returned_mail(mail=raw, actor=WORKER, now=now) is None


def test_command_reads_the_report_from_its_standard_input(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, said = sent(now), io.StringIO()
    for _time in range(2):
        monkeypatch.setattr(
            sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report_on(message.reference)))
        )
        call_command("take_returned_mail", stdout=said)
    assert said.getvalue().splitlines() == [
        f"Noted that message {message.reference} came back.",
        "Nothing to note.",
    ]


def test_reports_go_to_an_address_of_their_own_and_readers_see_the_alliance(
    now: dt.datetime, settings: pytest.MonkeyPatch
) -> None:
    settings.RETURN_ADDRESS = "anso@apply.example.org"  # type: ignore[attr-defined]
    assert deliver_message(message_id=make_message().pk, now=now)
    assert mail.outbox[0].from_email == "anso@apply.example.org"
    assert mail.outbox[0].message()["From"] == "ANSO <secretariat@anso.example>"
