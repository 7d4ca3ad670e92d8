"""Invented members with a history: one that was suspended, one whose suspension is waived, one that
left and came back, one that left. The real founding members are left in peace.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from anso.directory.enums import OrganisationKind
from anso.directory.models import Country, Organisation
from anso.governance.actions import (
    admit_member,
    end_membership,
    restore_member,
    suspend_member,
    waive_suspension,
)
from anso.governance.enums import MembershipCategory
from anso.governance.models import Membership
from anso.governance.queries import alliance_day
from anso.kernel.actors import SETUP

INVENTED = (
    ("Example Academy of the Highlands", OrganisationKind.ACADEMY, "NP", "Kathmandu"),
    ("Example Institute of Drylands", OrganisationKind.RESEARCH_ORGANISATION, "KE", "Nairobi"),
    ("Example Academy of the Islands", OrganisationKind.ACADEMY, "FJ", "Suva"),
    ("Example University of the Coast", OrganisationKind.UNIVERSITY, "PE", "Lima"),
)
UNPAID = "The contribution of the year before was not paid"


def add_members(now: dt.datetime) -> None:
    """Make them, by the same actions that record what the bodies decide."""
    highlands, drylands, islands, coast = (_admit(*facts, now=now) for facts in INVENTED)
    _record(suspend_member, highlands, 500, now, because=UNPAID)
    _record(restore_member, highlands, 380, now, because="The contribution was paid")
    _record(suspend_member, drylands, 200, now, because=UNPAID)
    until = _ago(now, -120)
    _record(waive_suspension, drylands, 90, now, until=until, because="Hardship after the drought")
    _record(end_membership, islands, 700, now, because="It gave notice")
    admit_member(
        organisation=islands.organisation,
        category=MembershipCategory.FULL,
        on=_ago(now, 150),
        source="Decision of the General Assembly",
        actor=SETUP,
        now=now,
    )
    _record(suspend_member, coast, 60, now, because=UNPAID)


def _admit(name: str, kind: str, country: str, city: str, *, now: dt.datetime) -> Membership:
    organisation = Organisation.objects.create(
        name=name, kind=kind, country=Country.objects.get(code=country), city=city
    )
    return admit_member(
        organisation=organisation,
        category=MembershipCategory.FULL,
        on=_ago(now, 1100),
        source="Decision of the General Assembly",
        actor=SETUP,
        now=now,
    )


def _record(act: Any, membership: Membership, days: int, now: dt.datetime, **facts: Any) -> None:
    source = "Decision of the Governing Board"
    act(membership=membership, on=_ago(now, days), source=source, actor=SETUP, now=now, **facts)


def _ago(now: dt.datetime, days: int) -> dt.date:
    return alliance_day(now) - dt.timedelta(days=days)
