"""Accounts are found by their addresses."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.accounts.actions import create_account
from anso.accounts.models import Account
from anso.accounts.queries import find_account, find_accounts
from anso.kernel.actors import SETUP


@pytest.mark.django_db
def test_accounts_of_several_addresses_are_found_as_each_of_them_is(now: dt.datetime) -> None:
    kept = create_account(email="ada@example.org", actor=SETUP, now=now)
    merged = create_account(email="ada.old@example.org", actor=SETUP, now=now)
    Account.objects.filter(pk=merged.pk).update(merged_into=kept)
    asked = ["Ada@Example.org", " ada.old@example.org", "nobody@example.org"]
    found = find_accounts(asked)
    assert found == {asked[0]: kept, asked[1]: kept}
    assert found == {each: one for each in asked if (one := find_account(each))}
    assert find_accounts([]) == {}
