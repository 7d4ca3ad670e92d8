"""Mandates are the facts from which rights follow: who serves where, on which day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings as house
from django.test import override_settings

from anso.calls.rules import may_create_call
from anso.governance import queries, rules
from anso.governance.actions import end_membership
from anso.governance.enums import MandateRole
from anso.kernel.actors import SETUP
from anso.notifications.rules import may_read_outbox
from tests.cast import Cast
from tests.factories.directory import make_organisation
from tests.factories.governance import make_body, make_mandate, make_membership

pytestmark = pytest.mark.django_db


def test_each_of_the_cast_holds_the_mandates_its_role_needs(cast: Cast, now: dt.datetime) -> None:
    roles = {
        role: [mandate.role for mandate in held]
        for role, account in cast.everyone().items()
        if (held := queries.mandates_on(queries.alliance_day(now)).filter(person__account=account))
    }
    assert roles == {
        "panel_chair": ["chair"],
        "programme_officer": ["programme_officer"],
        "members_delegate": ["delegate"],
        "board_member": ["member"],
        "regional_officer": ["regional_officer"],
        "auditor": ["auditor"],
    }


def test_a_mandate_holds_from_its_first_day_until_before_its_last(
    cast: Cast, now: dt.datetime
) -> None:
    day = now.date()
    body = make_body("secretariat")
    make_mandate(
        cast.stranger.person, "member", body, starts_on=day, ends_on=day + dt.timedelta(days=1)
    )
    answers = [
        queries.is_secretariat(cast.stranger, now + dt.timedelta(days=shift))
        for shift in (-1, 0, 1)
    ]
    assert answers == [False, True, False]
    assert queries.has_mandate(cast.stranger, MandateRole.MEMBER, now=now, body=body)
    assert not queries.has_mandate(cast.stranger, MandateRole.MEMBER, now=now, body=make_body())


@pytest.mark.parametrize(
    ("zone", "turns_at"),
    [
        ("Asia/Shanghai", dt.datetime(2026, 12, 31, 16, tzinfo=dt.UTC)),
        ("America/Santiago", dt.datetime(2027, 1, 1, 3, tzinfo=dt.UTC)),
    ],
)
def test_rights_begin_and_end_with_the_day_in_the_alliances_zone(
    cast: Cast, zone: str, turns_at: dt.datetime
) -> None:
    """An Executive Director's first day: it begins at 16:00 UTC of the day before in Beijing."""
    body, new_year = make_body("secretariat"), dt.date(2027, 1, 1)
    make_mandate(cast.stranger.person, "executive_director", body, starts_on=new_year)
    make_mandate(cast.referee.person, "executive_director", body, ends_on=new_year)
    second = dt.timedelta(seconds=1)
    for account, answers in ((cast.stranger, [False, True]), (cast.referee, [True, False])):
        instants = (turns_at - second, turns_at)
        with override_settings(ALLIANCE=house.ALLIANCE | {"ZONE": zone}):
            assert [queries.is_secretariat(account, at) for at in instants] == answers
            assert [bool(may_create_call(account, at)) for at in instants] == answers
            assert [bool(may_read_outbox(account, at)) for at in instants] == answers


def test_processes_hold_no_mandates(now: dt.datetime) -> None:
    assert not queries.has_mandate(SETUP, MandateRole.AUDITOR, now=now)
    assert not queries.is_secretariat(SETUP, now)


def test_the_outbox_is_read_by_the_secretariat_and_the_record_by_auditors(
    cast: Cast, now: dt.datetime
) -> None:
    everyone = cast.everyone().items()
    assert {role for role, account in everyone if may_read_outbox(account, now)} == {
        "programme_officer"
    }
    assert {role for role, account in everyone if rules.may_read_record(account, now)} == {
        "auditor"
    }
    assert rules.may_read_record(cast.stranger, now).reasons[0].code == "not_auditor"


def test_members_are_those_of_the_day(now: dt.datetime) -> None:
    day = now.date()
    former, member = make_organisation(), make_organisation(city="Nairobi")
    left = make_membership(former, on=dt.date(2018, 11, 4))
    end_membership(membership=left, on=day, because="Merged.", actor=SETUP, now=now)
    make_membership(member, on=dt.date(2023, 11, 4))
    assert [membership.organisation for membership in queries.members_on(day)] == [member]
    assert len(queries.members_on(day - dt.timedelta(days=1))) == 2
    found = queries.find_members(day, words="nairobi", region="Africa", kind="university")
    assert [membership.organisation for membership in found] == [member]
    assert not queries.find_members(day, region="Europe").exists()
