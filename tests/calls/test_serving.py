"""Who serves in the panel of a call is appointed from its page: chairs, members, stand-ins; told by
mail, and refused where they have another part.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.accounts.queries import find_account
from anso.calls.actions import (
    Appointment,
    add_host_person,
    add_officer,
    appoint_to_body,
    end_in_body,
    hand_over_call,
    remove_host_person,
    remove_officer,
    set_up_panel,
    stand_in_for_chair,
)
from anso.calls.enums import BodyFunction
from anso.calls.models import Call, CallHost
from anso.calls.queries.bodies import is_panel_chair_of, panels_of
from anso.directory.models import Person
from anso.governance.models import Body, Mandate
from anso.governance.queries import mandates_of
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.factories.applications import make_application
from tests.factories.calls import NOW, make_call, make_programme
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate, make_secretary

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def officer() -> Account:
    return make_officer()


@pytest.fixture
def panel() -> Body:
    return make_body("panel")


@pytest.fixture
def call(officer: Account, panel: Body) -> Call:
    return make_call(officer=officer, panel=panel)


@pytest.fixture
def chair(panel: Body) -> Account:
    person = make_person("The Chair")
    make_mandate(person, "chair", panel)
    return owner(person)


def owner(person: Person) -> Account:
    assert person.account is not None
    return person.account


def appoint(call: Call, panel: Body, officer: Account, email: str, role: str = "member") -> Mandate:
    appointed = Appointment(email, "Somebody New", role)
    return appoint_to_body(call=call, body=panel, appointed=appointed, actor=officer, now=NOW)


def subjects_to(account: Account | None) -> list[str]:
    assert account is not None
    return [each.code for each in Message.objects.filter(email=account.email).order_by("pk")]


def test_somebody_without_an_account_is_appointed_told_and_no_longer_wanted(
    call: Call, panel: Body, officer: Account
) -> None:
    mandate = appoint(call, panel, officer, "new@example.org")
    assert (mandate.role, str(mandate.person)) == ("member", "Somebody New")
    (mail,) = Message.objects.filter(email="new@example.org")
    assert "member of the panel" in mail.body
    end_in_body(call=call, mandate=mandate, because="", actor=officer, now=NOW + DAY)
    assert not mandates_of(panel, NOW + DAY)
    assert subjects_to(find_account("new@example.org")) == [
        "calls.part_given", "calls.part_ended",
    ]  # fmt: skip


def test_a_new_chair_takes_the_place_of_the_one_before_and_both_are_told(
    call: Call, panel: Body, officer: Account, chair: Account
) -> None:
    new = owner(make_person("The New Chair"))
    appoint(call, panel, officer, new.email, "chair")
    assert is_panel_chair_of(new, call, NOW)
    assert not is_panel_chair_of(chair, call, NOW)
    assert subjects_to(new) == ["calls.part_given"]
    assert subjects_to(chair) == ["calls.part_ended"]


def test_the_last_chair_does_not_vanish_silently(
    call: Call, panel: Body, officer: Account, chair: Account
) -> None:
    (mandate,) = mandates_of(panel, NOW)
    with pytest.raises(BadInput, match="without a chair nobody can decide"):
        end_in_body(call=call, mandate=mandate, because=" ", actor=officer, now=NOW)
    end_in_body(call=call, mandate=mandate, because="Has died.", actor=officer, now=NOW)
    assert not is_panel_chair_of(chair, call, NOW)


def test_somebody_stands_in_until_the_chair_is_back_by_themself(
    call: Call, panel: Body, officer: Account, chair: Account
) -> None:
    stand_in, back_on = owner(make_person("Stands In")), NOW.date() + 10 * DAY
    appointed = Appointment(stand_in.email, "", "chair", back_on)
    stand_in_for_chair(call=call, body=panel, appointed=appointed, actor=officer, now=NOW)
    later = NOW + 11 * DAY
    assert is_panel_chair_of(stand_in, call, NOW + DAY)
    assert not is_panel_chair_of(chair, call, NOW + DAY)
    assert is_panel_chair_of(chair, call, later)
    assert not is_panel_chair_of(stand_in, call, later)


def test_nobody_stands_in_for_nobody_without_a_day_or_beyond_the_chairs_own_time(
    call: Call, panel: Body, officer: Account
) -> None:
    on = NOW.date() + 10 * DAY

    def stand_in(day: dt.date | None) -> None:
        appointed = Appointment("new@example.org", "New", "chair", day)
        stand_in_for_chair(call=call, body=panel, appointed=appointed, actor=officer, now=NOW)

    with pytest.raises(BadInput, match="Nobody presides for whom"):
        stand_in(on)
    mandate = make_mandate(make_person("The Chair"), "chair", panel)
    with pytest.raises(BadInput, match="on which day the chair is back"):
        stand_in(None)
    mandate.ends_on = on
    mandate.save()
    with pytest.raises(BadInput, match="own mandate is over by then"):
        stand_in(on)


def test_who_has_another_part_in_any_call_of_the_panel_is_not_appointed(
    call: Call, panel: Body, officer: Account
) -> None:
    other = make_call(panel=panel, officer=officer)
    applicant = owner(make_person("Amina Yusuf"))
    make_application(other, applicant=applicant)
    with pytest.raises(Refused, match="Amina Yusuf is already in this call: a party to a file"):
        appoint(call, panel, officer, applicant.email)
    for email, name, role, said in (
        ("nobody", "X", "member", "Give an address"),
        ("new@example.org", " ", "member", "Give their name too"),
        ("new@example.org", "New", "auditor", "Choose whether they preside"),
    ):
        with pytest.raises(BadInput, match=said):
            appoint_to_body(
                call=call, body=panel, appointed=Appointment(email, name, role), actor=officer,
                now=NOW,
            )  # fmt: skip
    assert not mandates_of(panel, NOW)


def test_only_panels_of_the_call_are_filled_from_its_page_and_only_by_who_runs_it(
    call: Call, panel: Body, officer: Account
) -> None:
    for body in (make_body("board"), make_body("panel", code="another-panel")):
        with pytest.raises(Refused, match="does not judge in this call"):
            appoint(call, body, officer, "new@example.org")
    with pytest.raises(Refused):
        appoint(call, panel, owner(make_person("A stranger")), "new@example.org")


def test_officers_and_those_who_answer_for_hosts_are_told_of_their_part(
    call: Call, officer: Account
) -> None:
    colleague, contact = make_secretary("colleague@example.org"), make_person("At the host")
    add_officer(call=call, account=colleague, actor=officer, now=NOW)
    remove_officer(call=call, account=colleague, actor=officer, now=NOW)
    hand_over_call(
        call=call, account=officer, to=colleague, because="On leave.", actor=officer, now=NOW + DAY
    )
    assert subjects_to(colleague) == ["calls.part_given", "calls.part_ended", "calls.part_given"]
    assert not subjects_to(officer)  # nobody is told what they did themself
    CallHost.objects.create(call=call, key="a-host")
    facts = {"call": call, "key": "a-host", "person": contact, "actor": colleague}
    add_host_person(**facts, now=NOW)  # type: ignore[arg-type]
    remove_host_person(**facts, now=NOW)  # type: ignore[arg-type]
    assert subjects_to(contact.account) == ["calls.part_given", "calls.part_ended"]


def test_the_page_appoints_ends_and_keeps_what_was_typed(
    call: Call, panel: Body, officer: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client.force_login(officer)
    page = f"/desk/calls/{call.reference}/people/serving/"
    assert "Nobody presides" in client.get(page).content.decode()
    assert "people/serving/" in client.get(f"/desk/calls/{call.reference}/people/").content.decode()
    new = {"body": panel.code, "email": "new@example.org", "full_name": "New", "role": "chair"}
    wrong = client.post(page, new | {"act": "appoint", "ends_on": "2000-01-01"})
    assert wrong.status_code == 422
    assert 'value="new@example.org"' in wrong.content.decode()
    client.post(page, new | {"act": "appoint"})
    until = {"act": "stand_in", "email": "in@example.org", "ends_on": str(NOW.date() + 5 * DAY)}
    client.post(page, new | until)
    held = mandates_of(panel, NOW)
    assert [each.role for each in held] == ["chair", "chair"]
    gone = {"body": panel.code, "act": "end", "mandate": str(held[0].pk)}
    assert client.post(page, gone).status_code == 422
    client.post(page, gone | {"because": "Moved away."})
    assert len(mandates_of(panel, NOW)) == 1
    for bad in ({"act": "end", "mandate": "0"}, {"act": "nothing"}, {"body": "none"}):
        assert client.post(page, new | bad).status_code == 404


@pytest.mark.parametrize(
    ("kind", "function"),
    [("fellowship", "panel"), ("prize", "jury"), ("collaborative_research", "panel")],
)
def test_a_panel_is_set_up_on_the_page_and_only_where_none_judges(
    kind: str, function: str, officer: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    call = make_call(make_programme(kind), officer=officer)
    client.force_login(officer)
    page = f"/desk/calls/{call.reference}/people/serving/"
    assert f"No {function} judges" in client.get(page).content.decode()
    new = {"act": "set_up", "function": function, "name_en": " ", "name_ar": ""}
    assert "Say what it is called" in client.post(page, new).content.decode()
    assert client.post(page, new | {"function": "conferring"}).status_code == 404
    named = {"name_en": "Those who  choose", "name_ar": "المحكّمون"}
    done = client.post(page, new | named, follow=True).content.decode()
    assert "Those who choose" in done
    assert "Nobody presides" in done
    (body,) = panels_of(call)
    assert body.name == {"en": "Those who choose", "ar": "المحكّمون"}
    assert client.post(page, new | named).status_code == 404  # it has one now
    with pytest.raises(Refused):
        set_up_panel(call=call, function=BodyFunction(function), name=named, actor=officer, now=NOW)
    chair = {"act": "appoint", "body": body.code, "email": "chair@example.org", "role": "chair"}
    client.post(page, chair | {"full_name": "The Chair"})
    account = find_account("chair@example.org")
    assert account is not None
    assert is_panel_chair_of(account, call, NOW)


def test_whoever_oversees_sets_up_the_panel_that_a_call_lacks(
    officer: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    call = make_call(make_programme("collaborative_research"), officer=officer, state="draft")
    director = make_person("The Executive Director")
    make_mandate(director, "executive_director", make_body("secretariat"))
    client.force_login(director.account)
    page = f"/desk/calls/{call.reference}/people/serving/"
    assert "No panel judges" in client.get(page).content.decode()
    named = {"act": "set_up", "function": "panel", "name_en": "Those who choose"}
    client.post(page, named | {"name_ar": "المحكّمون"})
    assert [str(body.name["en"]) for body in panels_of(call)] == ["Those who choose"]


def test_a_draft_that_names_its_panel_gets_no_second_one(officer: Account, panel: Body) -> None:
    call = make_call(state="draft", officer=officer, panel=panel)
    name = {"en": "Those who choose"}
    with pytest.raises(BadInput, match="This call has one already"):
        set_up_panel(call=call, function=BodyFunction.PANEL, name=name, actor=officer, now=NOW)
    assert panels_of(call) == [panel]
    assert not Body.objects.filter(name=name).exists()
