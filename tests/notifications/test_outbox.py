"""Writing messages into the outbox, in the reader's language, once; and what an officer does with
them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from anso.accounts.models import Account
from anso.audit.queries import entries_about
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.notices import Notice
from anso.kernel.verdict import Refused
from anso.kernel.wording import Text
from anso.notifications import actions
from anso.notifications.actions import outbox
from anso.notifications.models import Message
from anso.notifications.notices import UndeclaredFieldError
from anso.notifications.rules import may_read_outbox
from tests.factories.directory import make_account
from tests.factories.governance import make_secretary
from tests.factories.notifications import make_message

pytestmark = pytest.mark.django_db
RECEIPT = Notice(
    code="test.receipt",
    audience="applicant",
    template="t/receipt.txt",
    fields=("title", "name", "at"),
)
LINK = Notice(code="test.link", audience="referee", template="t/link.txt", fields=("name",))


def enqueue(now: dt.datetime, notice: Notice = RECEIPT, **changes: Any) -> Message:
    fields = (
        {"title": "F27-00001", "name": "Amina <b>", "at": now}
        if notice is RECEIPT
        else {"name": "Wanjiru"}
    )
    options: dict[str, Any] = {
        "about": make_account(),
        "fields": fields,
        "dedupe_key": "k",
        "actor": SETUP,
        "now": now,
    }
    if "recipient" not in changes:
        options["email"] = "amina@example.org"
    return actions.enqueue_notice(notice, **(options | changes))[0]


@pytest.fixture
def officer(db: None) -> Account:
    return make_secretary()


def test_first_line_is_the_subject_and_the_rest_plain_text(now: dt.datetime) -> None:
    message = enqueue(now, link_secret="https://x.example/letters/SECRET/")
    assert message.subject == "Language: F27-00001"
    assert (
        message.body
        == "Dear Amina <b>,\n\nSubmitted at 1 December 2026, 09:00 (UTC).\n\n{link}\n\nThe end.\n"
    )
    assert message.state == "waiting"


def test_message_is_in_the_language_of_its_reader(now: dt.datetime) -> None:
    reader = make_account(language="ar")
    message = enqueue(
        now,
        recipient=reader,
        fields={"title": Text({"en": "Call", "ar": "دعوة"}), "name": "A", "at": now},
    )
    assert (message.language, message.email, message.recipient_id) == (
        "ar",
        reader.email,
        reader.pk,
    )
    assert message.subject.endswith(": دعوة")
    assert "1 ديسمبر 2026" in message.body


def test_unknown_language_falls_back_to_english(now: dt.datetime) -> None:
    assert enqueue(now, language="tlh").language == "en"


def test_second_call_with_the_same_key_returns_the_first_message(now: dt.datetime) -> None:
    first = enqueue(now)
    assert enqueue(now, email="other@example.org") == first
    assert Message.objects.count() == 1
    long = "k" * 500
    assert (
        enqueue(now, dedupe_key=long)
        == enqueue(now, dedupe_key=long)
        != enqueue(now, dedupe_key=long + "x")
    )


def test_only_declared_fields_reach_the_template(now: dt.datetime) -> None:
    for fields in ({"name": "A", "secret_score": "9"}, {}):
        with pytest.raises(UndeclaredFieldError), transaction.atomic():
            enqueue(now, LINK, fields=fields)
    leak = Notice(code="test.leak", audience="x", template="t/leak.txt", fields=("name",))
    account = make_account()
    assert enqueue(now, leak, fields={"name": account}).body.strip() == ""


@pytest.mark.parametrize(
    "typed",
    [
        "F27\nBcc: all@example.org",
        "F27\r\nBcc: all@example.org",
        "F27\u2028Bcc: x",
        "F27\x0bBcc: x",
    ],
)
def test_what_people_type_adds_no_header(typed: str, now: dt.datetime) -> None:
    message = enqueue(now, fields={"title": typed, "name": "A", "at": now})
    assert len(message.subject.splitlines()) == 1
    assert message.body.startswith("Dear A,")


def test_what_people_type_cannot_catch_the_link(now: dt.datetime) -> None:
    message = enqueue(
        now,
        LINK,
        fields={"name": "https://thief.example/?{link}"},
        link_secret="https://x.example/SECRET/",
    )
    assert message.body.count("{link}") == 1
    assert "https://thief.example/?(link)" in message.body


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org"]
)
def test_address_that_is_none_is_refused(address: str, now: dt.datetime) -> None:
    with pytest.raises(BadInput, match=r"Give an address like|cannot be the name of a mailbox"):
        enqueue(now, email=address)


def test_delivery_is_asked_for_in_the_same_transaction(now: dt.datetime) -> None:
    message = enqueue(now)
    job = ProcrastinateJob.objects.get(task_name="notifications.deliver_message")
    assert job.args == {"message_id": message.pk}


def test_held_message_waits_for_release(now: dt.datetime, officer: Account) -> None:
    earlier = ProcrastinateJob.objects.count()
    message = enqueue(now, is_held=True)
    assert (message.state, message.held_at) == ("held", now)
    assert ProcrastinateJob.objects.count() == earlier
    later = now + dt.timedelta(hours=1)
    actions.release_message(message=message, actor=officer, now=later)
    message.refresh_from_db()
    assert (message.state, message.held_at, message.send_after) == ("waiting", None, later)
    assert ProcrastinateJob.objects.count() == earlier + 1
    assert [entry.verb for entry in entries_about(message)] == ["hold_message", "release_message"]


def test_notice_that_is_held_by_nature_is_held(now: dt.datetime) -> None:
    held = Notice(
        code="test.held", audience="x", template="t/link.txt", fields=("name",), is_held=True
    )
    assert enqueue(now, held).state == "held"
    assert enqueue(now, held, is_held=False, dedupe_key="k2").state == "waiting"


def test_reminder_is_not_sent_to_somebody_who_turned_them_off(now: dt.datetime) -> None:
    reminder = Notice(
        code="test.reminder",
        audience="x",
        template="t/link.txt",
        fields=("name",),
        is_reminder=True,
    )
    reader = make_account()
    actions.change_reminders(account_id=reader.pk, reminders=False, actor=reader, now=now)
    assert enqueue(now, reminder, recipient=reader).state == "cancelled"
    assert enqueue(now, LINK, recipient=reader, dedupe_key="k2").state == "waiting"
    actions.change_reminders(account_id=reader.pk, reminders=True, actor=reader, now=now)
    assert enqueue(now, reminder, recipient=reader, dedupe_key="k3").state == "waiting"


def test_officer_holds_and_cancels_what_waits(now: dt.datetime, officer: Account) -> None:
    message = make_message()
    actions.hold_message(message=message, actor=officer, now=now, because="wrong date")
    actions.cancel_message(message=message, actor=officer, now=now)
    assert (message.state, message.cancelled_at) == ("cancelled", now)
    with pytest.raises(StaleTransition):
        actions.release_message(message=message, actor=officer, now=now)
    assert [entry.because for entry in entries_about(message)] == ["wrong date", ""]


@pytest.mark.parametrize(
    "act",
    [actions.hold_message, actions.release_message, actions.cancel_message, actions.retry_message],
)
def test_stranger_does_nothing_in_the_outbox(act: Any, now: dt.datetime) -> None:
    with pytest.raises(Refused, match="another person looks after"):
        act(message=make_message(), actor=make_account(), now=now)


def test_message_that_is_being_sent_can_no_longer_be_stopped(
    now: dt.datetime, officer: Account
) -> None:
    message = make_message(claimed_at=now - dt.timedelta(minutes=1))
    for act in (actions.hold_message, actions.cancel_message):
        with pytest.raises(Refused, match="being sent"):
            act(message=message, actor=officer, now=now)
    actions.hold_message(message=message, actor=officer, now=now + dt.timedelta(minutes=20))
    assert message.state == "held"


def test_failed_message_is_tried_again(now: dt.datetime, officer: Account) -> None:
    message = make_message(state="failed", failed_at=now, attempts=8)
    actions.retry_message(message=message, actor=officer, now=now)
    assert (message.state, message.failed_at, message.attempts) == ("waiting", None, 0)


def test_message_whose_link_is_gone_is_not_tried_again(now: dt.datetime, officer: Account) -> None:
    message = make_message(state="bounced", bounced_at=now, sent_at=now, body="Open {link}")
    with pytest.raises(Refused, match="personal link"):
        actions.retry_message(message=message, actor=officer, now=now)


def test_of_two_who_write_the_same_at_once_one_message_stays(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = outbox._columns

    def overtaken(*arguments: Any) -> dict[str, Any]:
        make_message(dedupe_key="k", subject="Theirs")
        return columns(*arguments)

    monkeypatch.setattr(outbox, "_columns", overtaken)
    assert enqueue(now).subject == "Theirs"
    assert Message.objects.count() == 1


def test_processes_of_the_system_may_read_the_outbox(now: dt.datetime) -> None:
    assert may_read_outbox(SETUP, now)
