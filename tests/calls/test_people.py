"""Who oversees a call without working on it, and how it goes from one officer to a colleague."""

from __future__ import annotations

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.queries import applications_visible_to
from anso.applications.queries.readers import audiences_of
from anso.audit.models import Entry
from anso.calls.actions import hand_over_call
from anso.calls.models import Call, CallOfficer
from anso.calls.queries import calls_managed_by, calls_on_desk_of
from anso.calls.rules import may_change_officers, may_manage_call
from anso.directory.models import Person
from anso.governance.actions import end_mandate
from anso.governance.models import Body
from anso.kernel.errors import BadInput
from anso.kernel.questions import Audience
from anso.kernel.verdict import Refused
from anso.notifications.queries import messages_visible_to
from tests.factories.applications import make_application, make_submitted_application
from tests.factories.calls import NOW, make_call, make_programme
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate, make_secretary

pytestmark = pytest.mark.django_db


def serving(role: str, body: Body) -> Account:
    person = make_person("Somebody who oversees")
    make_mandate(person, role, body)
    assert person.account is not None
    return person.account


@pytest.fixture
def call() -> Call:
    return make_call(officer=make_officer())


def test_the_executive_director_sees_all_calls_and_a_head_those_of_the_division(call: Call) -> None:
    prize = make_call(make_programme("prize"))
    director = serving("executive_director", make_body("secretariat"))
    head = serving("chair", make_body("division", code="science-planning"))
    assert set(calls_on_desk_of(director, NOW)) == {call, prize}
    assert list(calls_on_desk_of(head, NOW)) == [prize]
    assert may_change_officers(director, call, NOW)
    assert may_change_officers(head, prize, NOW)
    assert not may_change_officers(head, call, NOW)


def test_a_member_of_a_division_and_the_chair_of_a_working_group_oversee_nothing(
    call: Call,
) -> None:
    member = serving("member", make_body("division", code="capacity-building"))
    chair = serving("chair", make_body("working_group", code="science-planning"))
    for account in (member, chair):
        assert not calls_on_desk_of(account, NOW).exists()
        assert not may_change_officers(account, call, NOW)


def test_overseeing_reads_what_was_submitted_for_the_chair_and_changes_nothing(
    call: Call,
) -> None:
    submitted, _draft = make_submitted_application(call), make_application(call, applicant=other())
    director = serving("executive_director", make_body("secretariat"))
    assert list(applications_visible_to(director, NOW)) == [submitted]
    assert audiences_of(director, call, NOW) == {Audience.PANEL}
    assert not may_manage_call(director, call, NOW)
    assert not messages_visible_to(director, NOW).filter(context_type="calls.call").exists()


def other() -> Account:
    account = make_person("Temesgen Bekele").account
    assert account is not None
    return account


def test_overseeing_ends_with_the_mandate_and_where_one_applies(call: Call) -> None:
    director = serving("executive_director", make_body("secretariat"))
    make_application(call, applicant=director)
    assert not calls_on_desk_of(director, NOW).exists()
    another = make_call()
    assert list(calls_on_desk_of(director, NOW)) == [another]
    mandate = Person.objects.get(account=director).mandates.get()
    end_mandate(mandate=mandate, actor=director, now=NOW)
    assert not calls_on_desk_of(director, NOW).exists()


def test_a_call_is_handed_over_with_all_that_waits_and_its_mail(client: Client, call: Call) -> None:
    make_submitted_application(call)
    former, colleague = call.officers.get().account, make_secretary()
    assert messages_visible_to(former, NOW).exists()
    client.force_login(former)
    page = client.post(
        f"/desk/calls/{call.reference}/people/",
        {
            "act": "hand_over",
            "account": former.reference,
            "email": colleague.email,
            "because": "On leave until May.",
        },
        follow=True,
    )
    assert f"waits for {colleague.email} from now on" in page.text
    assert list(calls_managed_by(colleague, NOW)) == [call]
    assert not calls_managed_by(former, NOW).exists()
    assert messages_visible_to(colleague, NOW).filter(context_id=call.pk).exists()
    assert not messages_visible_to(former, NOW).filter(context_type="calls.call").exists()
    entry = Entry.objects.get(verb="hand_over_call")
    assert entry.because == "On leave until May."
    assert entry.changes == {"officer": [str(former), str(colleague)]}


def test_a_reason_that_is_too_long_comes_back_with_the_address(client: Client, call: Call) -> None:
    former, colleague, typed = call.officers.get().account, make_secretary(), "long " * 1000
    client.force_login(former)
    sent = {
        "act": "hand_over",
        "account": former.reference,
        "email": colleague.email,
        "because": typed,
    }
    page = client.post(f"/desk/calls/{call.reference}/people/", sent, follow=True).text
    assert "too many" in page
    assert f'value="{typed}"' in page
    assert f'value="{colleague.email}"' in page
    assert list(calls_managed_by(former, NOW)) == [call]


def test_nobody_outside_the_secretariat_and_nobody_who_applied_takes_a_call_over(
    call: Call,
) -> None:
    former, stranger, applicant = call.officers.get().account, other(), make_secretary()
    make_application(call, applicant=applicant)
    facts = {"call": call, "account": former, "actor": former, "now": NOW}
    with pytest.raises(BadInput, match="no mandate in the Secretariat"):
        hand_over_call(to=stranger, because="Away", **facts)
    with pytest.raises(Refused, match="a programme officer at once"):
        hand_over_call(to=applicant, because="Away", **facts)
    with pytest.raises(BadInput, match="Say why"):
        hand_over_call(to=make_secretary("second@example.org"), because=" ", **facts)
    assert [each.account for each in CallOfficer.objects.filter(call=call)] == [former]


def test_only_who_works_on_it_hands_a_call_on_and_to_oneself_changes_nothing(call: Call) -> None:
    former, colleague = call.officers.get().account, make_secretary()
    with pytest.raises(BadInput, match="does not work on the call"):
        hand_over_call(call=call, account=colleague, to=former, because="x", actor=former, now=NOW)
    hand_over_call(call=call, account=former, to=former, because="x", actor=former, now=NOW)
    assert call.officers.get().account == former
    assert not Entry.objects.filter(verb="hand_over_call").exists()


def test_the_head_hands_over_the_call_of_an_officer_who_is_away(client: Client) -> None:
    call = make_call(make_programme("prize"), officer=make_officer())
    head = serving("chair", make_body("division", code="science-planning"))
    former, colleague = call.officers.get().account, make_secretary()
    client.force_login(head)
    address = f"/desk/calls/{call.reference}/people/"
    facts = {"act": "hand_over", "email": colleague.email, "because": "Ill."}
    unknown = client.post(address, facts | {"account": "nobody"}, follow=True)
    assert "does not work on the call" in unknown.text
    client.post(address, facts | {"account": former.reference})
    assert call.officers.get().account == colleague
