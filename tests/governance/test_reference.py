"""The shipped facts of directory and governance arrive completely, and only once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from anso.audit.models import Entry
from anso.directory.models import Country, CountryClass
from anso.directory.queries import country_classes_on
from anso.governance.actions import load_mandates
from anso.governance.models import Body, Mandate
from anso.governance.queries import bodies_on, mandates_on, members_on
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadDefinition
from anso.programmes.catalogue import KINDS
from anso.programmes.models import Programme

pytestmark = pytest.mark.django_db
FOUNDED = dt.date(2018, 11, 5)


@pytest.fixture
def loaded() -> None:
    call_command("load_reference", verbosity=0)


def counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Country, CountryClass, Body, Mandate, Programme, Entry)
    )


def test_loading_twice_changes_nothing(loaded: None) -> None:
    before = counts()
    call_command("load_reference", verbosity=0)
    assert counts() == before
    assert before[0] == 249
    assert before[4] == len(KINDS)


def test_there_are_37_founding_members_in_the_order_of_the_plan(loaded: None) -> None:
    members = list(members_on(FOUNDED))
    assert [member.number for member in members] == list(range(1, 38))
    assert all(member.organisation.latitude is not None for member in members)


def test_a_class_of_a_country_is_read_as_of_its_day(loaded: None) -> None:
    before, after = (
        country_classes_on(dt.date(2023, 12, 12)),
        country_classes_on(dt.date(2023, 12, 13)),
    )
    assert "LDC" in before["BT"]
    assert "LDC" not in after["BT"]
    assert "LDC" in country_classes_on(dt.date(2026, 11, 23))["NP"]
    assert "LDC" not in country_classes_on(dt.date(2026, 11, 24))["NP"]


def test_the_board_has_nine_seats_of_organisations(loaded: None) -> None:
    board = Body.objects.get(code="governing-board")
    assert board.seat_count == 9
    assert board in bodies_on(FOUNDED)
    first = mandates_on(dt.date(2019, 1, 1)).filter(body=board)
    assert first.count() == 9
    assert all(mandate.organisation_id for mandate in first)


def test_a_mandate_of_an_organisation_that_is_not_known_is_refused(loaded: None) -> None:
    now = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    with pytest.raises(BadDefinition, match="unknown organisation"):
        load_mandates(organisations={}, actor=SETUP, now=now)
