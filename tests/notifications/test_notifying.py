"""Writing to people: in their language, once, and only what the notice declares."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from anso.kernel.actors import SETUP
from anso.kernel.notices import Notice
from anso.notifications.actions import notify, say_nothing
from anso.notifications.models import Message
from anso.ui.instants import day_in_words
from tests.factories.directory import make_account

pytestmark = pytest.mark.django_db
TOLD = Notice(
    code="test.told",
    audience="applicant",
    template="t/told.txt",
    fields=("name", "day", "url", "contact"),
)
BARE = Notice(code="test.bare", audience="applicant", template="t/plain.txt", fields=())


def told() -> dict[str, Any]:
    day = day_in_words(dt.date(2027, 2, 15))
    return {"name": "Amina", "day": day, "url": "/offers/7/", "secret_score": "9"}


def write(now: dt.datetime, notice: Notice = TOLD, **changes: Any) -> bool:
    facts: dict[str, Any] = {"about": make_account(), "say": told, "key": "k"}
    return notify(notice, **(facts | {"actor": SETUP, "now": now} | changes))


@pytest.mark.parametrize("acting", ["en", "ar"])
@pytest.mark.parametrize(("language", "month"), [("en", "February"), ("ar", "فبراير")])
def test_facts_are_in_the_language_of_the_reader_whoever_acts(
    now: dt.datetime, acting: str, language: str, month: str
) -> None:
    with translation.override(acting):
        assert write(now, recipient=make_account(language=language))
        assert translation.get_language() == acting
    message = Message.objects.get()
    assert message.language == language
    assert month in message.body


def test_writers_without_an_account_are_written_to_in_the_language_that_is_told(
    now: dt.datetime,
) -> None:
    assert write(now, email="writer@example.org", language="ar")
    assert "فبراير" in Message.objects.get().body


def test_nobody_is_written_to_without_an_account_or_an_address(now: dt.datetime) -> None:
    assert write(now, recipient=None) is False
    assert not Message.objects.exists()


def test_a_key_is_written_once_for_each_notice(now: dt.datetime) -> None:
    reader = make_account()
    assert write(now, recipient=reader) is True
    assert write(now, recipient=reader) is False
    assert write(now, recipient=reader, key="another") is True
    assert write(now, BARE, recipient=reader, say=say_nothing) is True
    assert set(Message.objects.values_list("dedupe_key", flat=True)) == {
        "test.told:k",
        "test.told:another",
        "test.bare:k",
    }


def test_a_path_becomes_an_address_and_only_declared_facts_go_on(now: dt.datetime) -> None:
    write(now, recipient=make_account())
    message = Message.objects.get()
    assert f"{settings.SITE_URL}/offers/7/" in message.body
    assert settings.ALLIANCE["MAIL"] in message.body
    assert message.recipient_label == "Amina"
    assert message.body.endswith("Score .\n"), "the template asks for more than the notice declares"


def test_a_notice_that_declares_what_nobody_says_is_a_defect(now: dt.datetime) -> None:
    with pytest.raises(KeyError, match="name"):
        write(now, recipient=make_account(), say=say_nothing)
