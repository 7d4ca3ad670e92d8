"""What tests of calls share: a programme, an officer who creates a draft of it, and the desk on
which both of its officers work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from anso.accounts.models import Account
from anso.calls.actions import Edition, add_officer, create_call
from anso.calls.models import Call
from tests.cast import Cast
from tests.factories.calls import make_programme
from tests.factories.governance import make_mandate


@pytest.fixture
def officer(cast: Cast) -> Account:
    return cast.programme_officer


@pytest.fixture
def draft(officer: Account, now: dt.datetime) -> Call:
    return create_call(programme=make_programme(), edition=Edition(2027), actor=officer, now=now)


@pytest.fixture
def desk_surroundings(now: dt.datetime, settings: object) -> Iterator[None]:
    """The desk on the day of the tests, in a demonstration: the cast has no second factor."""
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]  # as the fixture gives it
    Account.objects.update(is_demonstration=True)
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def ana(client: Client, officer: Account) -> Client:
    """Who drafted the call."""
    client.force_login(officer)
    return client


@pytest.fixture
def bo(cast: Cast, draft: Call, now: dt.datetime) -> Client:
    """Another officer of the same call."""
    account = cast.stranger
    body = cast.programme_officer.person.mandates.get().body
    make_mandate(account.person, "programme_officer", body, starts_on=dt.date(2019, 1, 1))
    add_officer(call=draft, account=account, actor=cast.programme_officer, now=now)
    other = Client()
    other.force_login(account)
    return other
