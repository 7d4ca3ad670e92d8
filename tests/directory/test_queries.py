"""Dated classes of countries, and where people belong."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.directory import queries
from tests.factories.directory import (
    make_account,
    make_country,
    make_country_class,
    make_person,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 1)


def test_a_class_holds_from_its_first_day_until_before_its_last() -> None:
    make_country_class(make_country("NP"), "LDC", None, DAY)
    make_country_class(make_country("NP"), "LLDC")
    assert queries.country_classes_on(DAY - dt.timedelta(days=1)) == {"NP": {"LDC", "LLDC"}}
    assert queries.country_classes_on(DAY) == {"NP": {"LLDC"}}
    classes = queries.get_country_classes()
    assert classes.contains("NP", "LDC", DAY) is False
    assert classes.contains("NP", "SIDS", DAY) is None


def test_the_person_behind_an_account_may_not_have_told_a_name_yet() -> None:
    person = make_person()
    assert queries.get_person_of(person.account) == person
    assert queries.get_person_of(make_account()) is None
