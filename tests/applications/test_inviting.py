"""A call by invitation: whom its officers invite may start, and nobody else."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import dataclass, replace

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions import start_application
from anso.applications.actions.inviting import invite_again, invite_to_start, take_invitation_back
from anso.applications.models import Application, Invited
from anso.applications.queries.invited import rows_of
from anso.applications.wording.invited import answer_in_words
from anso.calls.models import Call
from anso.kernel.errors import BadInput
from anso.kernel.people_lists import read_people
from anso.kernel.terms import Intake
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from tests.factories.applications import make_submitted_application
from tests.factories.calls import NOW, YEAR, make_call
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.pages import squeezed
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 12, 10)


@dataclass
class World:
    """A call by invitation, its officer, and two people of whom one is invited."""

    call: Call
    officer: Account
    guest: Account
    other: Account
    invited: Invited


def invite(world: World | tuple[Call, Account], text: str) -> list[Invited]:
    call, officer = world if isinstance(world, tuple) else (world.call, world.officer)
    return invite_to_start(
        call=call, lines=read_people(text).lines, until_on=LAST, language="en",
        actor=officer, now=NOW,
    )  # fmt: skip


def a_world() -> World:
    officer = make_officer()
    Account.objects.filter(pk=officer.pk).update(is_demonstration=True)
    terms = replace(find_kind("fellowship").terms_for(YEAR), intake=Intake(by_invitation=True))
    call = make_call(terms=terms, officer=officer)
    guest, other = (make_person(name).account for name in ("Amina Yusuf", "Bo Li"))
    assert guest is not None
    assert other is not None
    (invited,) = invite((call, officer), f"Amina Yusuf, {guest.email}, University of Nairobi")
    return World(call, officer, guest, other, invited)


made = made_for_module(a_world)


@pytest.fixture
def world(made: World) -> World:
    return deepcopy(made)


def begin(world: World, account: Account, now: dt.datetime = NOW) -> Application:
    return start_application(call=world.call, actor=account, now=now)


def test_whoever_is_invited_starts_and_nobody_else(world: World, client: Client) -> None:
    mail = Message.objects.get(code="applications.invited_to_start")
    assert f"/applications/start/{world.call.slug}/" in mail.body
    assert world.guest.email in mail.body
    assert begin(world, world.guest).call == world.call
    with pytest.raises(Refused, match="was not invited or its day has passed"):
        begin(world, world.other)
    with clock_at(NOW):
        client.force_login(world.other)
        assert "By invitation only" in squeezed(client.get(f"/calls/{world.call.slug}/"))
        page = squeezed(client.get(f"/applications/start/{world.call.slug}/"))
    assert "This call is by invitation" in page


def test_an_invitation_has_a_last_day(world: World) -> None:
    over = dt.datetime(2026, 12, 10, 16, tzinfo=dt.UTC)  # the end of that day in Shanghai
    with pytest.raises(Refused, match="its day has passed"):
        begin(world, world.guest, over)
    invite_again(
        invited=world.invited, until_on=LAST + dt.timedelta(days=1), actor=world.officer, now=over
    )
    assert Message.objects.filter(code="applications.invited_to_start").count() == 2
    assert begin(world, world.guest, over)
    with pytest.raises(BadInput, match="has not passed"):
        invite_again(invited=world.invited, until_on=LAST, actor=world.officer, now=over)


def test_any_confirmed_address_counts(world: World) -> None:
    invite(world, "Bo Li, Bo.Li+calls@example.org")
    with pytest.raises(Refused):
        begin(world, world.other)
    EmailAddress.objects.create(user=world.other, email="bo.li@example.org", verified=True)
    assert begin(world, world.other)


def test_an_invitation_is_taken_back_once_and_what_was_begun_stays(world: World) -> None:
    begun = begin(world, world.guest)
    for _ in range(2):
        take_invitation_back(invited=world.invited, actor=world.officer, now=NOW)
    assert Message.objects.filter(code="applications.invited_no_more").count() == 1
    assert Application.objects.filter(pk=begun.pk, state="draft").exists()
    with pytest.raises(Refused):
        begin(world, world.guest)


def test_nobody_is_invited_to_a_call_that_is_open_to_all_or_over(world: World) -> None:
    with pytest.raises(Refused, match="open to all"):
        invite((make_call(officer=world.officer), world.officer), "A B, ab@example.org")
    with pytest.raises(Refused, match="Only the programme officers"):
        invite((world.call, world.guest), "A B, ab@example.org")
    Call.objects.filter(pk=world.call.pk).update(closes_at=NOW)
    closed = Call.objects.get(pk=world.call.pk)
    with pytest.raises(Refused, match="published and open"):
        invite((closed, world.officer), "A B, ab@example.org")


def test_an_officer_invites_a_list_and_sees_who_answered(world: World, client: Client) -> None:
    url = f"/desk/calls/{world.call.reference}/invited/"
    body = {"act": "invite", "until_on": "2026-12-20", "language": "ar"}
    with clock_at(NOW):
        client.force_login(world.officer)
        wrong = client.post(url, body | {"list": "Bo Li, bo@example.org\nNobody, no address"})
        assert wrong.status_code == 422
        assert "Line 2:" in squeezed(wrong)
        assert Invited.objects.count() == 1
        listed = f"Bo Li, bo@example.org\nAmina, {world.guest.email}"
        sent = client.post(url, body | {"list": listed}, follow=True)
        assert "1 person was invited." in squeezed(sent)
        assert "has not begun" in squeezed(sent)
        bo = Invited.objects.get(email="bo@example.org")
        assert Message.objects.get(about_id=bo.pk, code__contains="invited_to").language == "ar"
        again = client.post(url, body | {"act": f"again:{bo.reference}"}, follow=True)
        assert "written once more" in squeezed(again)
        back = client.post(url, body | {"act": f"back:{bo.reference}"}, follow=True)
        assert "was taken back" in squeezed(back)
        assert client.post(url, body | {"act": "back:none"}).status_code == 404
    begin(world, world.guest)
    (row,) = rows_of(world.call)
    assert answer_in_words(row) == ("has begun", "act")
    Application.objects.all().delete()
    make_submitted_application(world.call, applicant=world.guest)
    (row,) = rows_of(world.call)
    assert answer_in_words(row) == ("has submitted", "good")
