"""The demonstration shows members in every standing, and none of them is a real organisation."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from anso.demonstration.members import add_members
from anso.governance.models import Membership
from anso.governance.queries import alliance_day, members_on, standing_of
from anso.kernel.standing import Standing

pytestmark = pytest.mark.django_db


def test_invented_members_stand_in_every_way(now: dt.datetime) -> None:
    call_command("load_reference", verbosity=0)
    real = set(Membership.objects.values_list("organisation__name", flat=True))
    add_members(now)
    today = alliance_day(now)
    standings = {
        each.organisation.name: standing_of([each], today)
        for each in members_on(today)
        if each.organisation.name not in real
    }
    assert all(name.startswith("Example ") for name in standings)
    assert [found.standing for found in standings.values()].count(Standing.SUSPENDED) == 1
    assert [bool(found.lifted) for found in standings.values()].count(True) == 1
    assert Membership.objects.count() == len(real) + len(standings) + 1, "one left and came back"
