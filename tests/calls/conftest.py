"""What tests of calls share: a programme, and an officer who creates a draft of it."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.accounts.models import Account
from anso.calls.actions import Edition, create_call
from anso.calls.models import Call
from tests.cast import Cast
from tests.factories.calls import make_programme


@pytest.fixture
def officer(cast: Cast) -> Account:
    return cast.programme_officer


@pytest.fixture
def draft(officer: Account, now: dt.datetime) -> Call:
    return create_call(programme=make_programme(), edition=Edition(2027), actor=officer, now=now)
