"""Nobody has two parts in a call that do not go together: whoever names, invites, appoints or
agrees, by whichever address, and also when the second part comes later.
"""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions import start_application, withdraw_application
from anso.applications.models import Application, Letter, Participant
from anso.applications.queries import applications_visible_to
from anso.applications.queries.letters import letter_form_of
from anso.applications.rules import may_screen_application
from anso.calls.actions import add_host_person, add_officer, name_body
from anso.calls.enums import JUDGING, BodyFunction
from anso.calls.models import Call, CallBody, CallHost, CallOfficer
from anso.calls.queries import calls_on_desk_of, get_form, parts_in_call
from anso.calls.rules import may_combine, may_have_part, may_manage_call
from anso.decisions.rules import may_confirm_selection
from anso.directory.models import Person
from anso.kernel.actors import SETUP
from anso.kernel.call_parts import CALL_PARTS, INCOMPATIBLE, clashing_with
from anso.kernel.errors import BadInput
from anso.kernel.todo import TODO_SOURCES
from anso.kernel.verdict import Refused
from anso.notifications.queries import messages_visible_to
from anso.review.actions import accept_invitation, assign_reviewer, invite_reviewer
from anso.review.models import Reviewer
from anso.review.queries import propose_assignments
from anso.review.rules import may_read_dossier
from tests.factories.answers import answers_for
from tests.factories.applications import (
    fellowship_answers,
    give_letter,
    make_application,
    make_letter,
    make_submitted_application,
    write_letter,
)
from tests.factories.calls import NOW, make_call, make_programme
from tests.factories.decisions import SELECTED, computed, make_contest, make_officer
from tests.factories.directory import make_account, make_person
from tests.factories.governance import make_body, make_mandate, make_secretary
from tests.factories.review import (
    IN_REVIEW,
    account_of,
    make_assignment,
    make_eligible_application,
    make_reviewer,
)

pytestmark = pytest.mark.django_db
KINDS = ("fellowship", "prize", "collaborative_research")


def owner(person: Person) -> Account:
    assert person.account is not None
    return person.account


def begun(call: Call, account: Account, now: dt.datetime = NOW) -> Application:
    return start_application(call=call, actor=account, now=now)


def invited(call: Call, person: Person, now: dt.datetime = NOW) -> Reviewer:
    return invite_reviewer(actor=SETUP, call=call, person=person, capacity=5, now=now)


def at_address(person: Person, email: str, *, verified: bool = True) -> None:
    EmailAddress.objects.create(user=owner(person), email=email, verified=verified)


def todo_of(account: Account, now: dt.datetime = IN_REVIEW) -> list[str]:
    return [str(item.text) for source in TODO_SOURCES.values() for item in source(account, now)]


def test_the_table_names_known_parts_and_is_asked_from_both_sides() -> None:
    assert {part for pair in INCOMPATIBLE for part in pair} <= set(CALL_PARTS)
    for pair in INCOMPATIBLE:
        one, other = sorted(pair)
        assert clashing_with(one, [other]) == [other]
        assert clashing_with(other, [one]) == [one]
    together = [("named", "reviewer"), ("writer", "officer"), ("reviewer", "member")]
    assert all(not clashing_with(one, [other]) for one, other in together)
    assert all(not clashing_with(part, [part]) for part in CALL_PARTS)
    said = [
        text for part in CALL_PARTS.values() for text in (part.by_body.values() or [part.label])
    ]
    words = [str(each) for each in said]
    assert all("ar" in each for each in said)
    assert all(set(part.by_body) in (set(), set(JUDGING)) for part in CALL_PARTS.values())
    assert all(one != other for one, other in combinations(words, 2))


@pytest.mark.parametrize(("kind", "body"), [("fellowship", "panel"), ("prize", "jury")])
def test_a_refusal_says_the_body_that_the_call_has(kind: str, body: str) -> None:
    call = make_call(make_programme(kind))
    for part, said in (
        ("member", f"a member of the {body}"),
        ("chair", f"the chair of the {body}"),
    ):
        assert f"in this call: {said}." in str(may_combine(call, "party", [part]))


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_writes_an_application_is_not_invited_to_judge_in_the_call(kind: str) -> None:
    call, writer = make_call(make_programme(kind)), make_person("Amina Yusuf")
    application = begun(call, owner(writer))
    with pytest.raises(Refused, match="Amina Yusuf is already in this call: a party to a file"):
        invited(call, writer)
    assert not call.reviewers.exists()
    withdraw_application(application=application, actor=owner(writer), now=NOW)
    assert invited(call, writer).state == "invited"


def test_officer_and_chair_are_not_invited_and_a_plain_member_of_the_panel_is() -> None:
    officer, panel = make_officer(), make_body("panel")
    call = make_call(officer=officer, panel=panel)
    chair, member = make_person("The chair"), make_person("A member")
    make_mandate(chair, "chair", panel)
    make_mandate(member, "member", panel)
    for person in (Person.objects.get(account=officer), chair):
        with pytest.raises(Refused):
            invited(call, person)
    assert invited(call, member).state == "invited"


def test_a_member_of_the_body_that_confers_has_no_part_until_they_preside() -> None:
    call = make_call()
    member = make_person("A member")
    body = make_body("conferring")
    CallBody.objects.create(call=call, body=body, function=BodyFunction.CONFERRING)
    make_mandate(member, "member", body)
    held = parts_in_call(call, [member.pk], NOW.date())
    assert held == {member.pk: frozenset()}


def test_somebody_who_has_given_no_name_yet_is_made_an_officer() -> None:
    account = make_account()
    assert add_officer(call=make_call(), account=account, actor=SETUP, now=NOW).account == account


def test_a_chair_of_years_ago_is_invited() -> None:
    panel, former = make_body("panel"), make_person()
    make_mandate(former, "chair", panel, ends_on=dt.date(2025, 1, 1))
    assert invited(make_call(panel=panel), former).state == "invited"


def test_who_was_invited_and_applied_meanwhile_cannot_accept_and_can_decline() -> None:
    call, person = make_call(), make_person()
    reviewer = invited(call, person)
    begun(call, owner(person))
    with pytest.raises(Refused, match="You are already in this call: a party to a file"):
        accept_invitation(actor=owner(person), reviewer=reviewer, capacity=3, now=NOW)
    reviewer.refresh_from_db()
    assert reviewer.state == "invited"


def test_whoever_agreed_to_judge_does_not_apply_also_after_having_read_and_left() -> None:
    call = make_call()
    assignment = make_assignment(
        make_eligible_application(call), make_reviewer(call), accepted=True
    )
    judge = assignment.reviewer
    for state in ("accepted", "released"):
        Reviewer.objects.filter(pk=judge.pk).update(state=state, released_at=IN_REVIEW)
        with pytest.raises(Refused, match="a reviewer"):
            begun(call, owner(judge.person))
    assert begun(make_call(), owner(judge.person))


def test_an_officer_a_chair_and_whoever_answers_for_a_host_do_not_apply() -> None:
    officer, panel = make_officer(), make_body("panel")
    call = make_call(officer=officer, panel=panel)
    chair, host = make_person("The chair"), make_person("At the host")
    make_mandate(chair, "chair", panel)
    row = CallHost.objects.create(call=call, key="USTC")
    row.people.add(host)
    for account in (officer, owner(chair), owner(host)):
        with pytest.raises(Refused, match="already in this call"):
            begun(call, account)


def test_an_applicant_is_made_neither_officer_nor_host_nor_member_of_the_panel() -> None:
    officer, secretary, panel = make_officer(), make_secretary(), make_body("panel")
    call = make_call(officer=officer)
    applicant = begun(call, secretary).applicant
    make_mandate(applicant, "member", panel)
    CallHost.objects.create(call=call, key="USTC")
    facts: dict[str, Any] = {"call": call, "actor": officer, "now": NOW}
    with pytest.raises(Refused, match="a programme officer at once"):
        add_officer(account=secretary, **facts)
    with pytest.raises(Refused, match="answers for a host at once"):
        add_host_person(key="USTC", person=applicant, **facts)
    Call.objects.filter(pk=call.pk).update(state="draft", published_at=None)
    facts["call"] = Call.objects.get(pk=call.pk)
    with pytest.raises(Refused, match="a member of the panel at once"):
        name_body(function=BodyFunction.PANEL, body=panel, base_revision=0, **facts)
    assert not CallBody.objects.filter(call=call).exists()
    Application.objects.update(state="withdrawn", withdrawn_at=NOW, submitted_at=None)
    name_body(function=BodyFunction.PANEL, body=panel, base_revision=0, **facts)
    assert CallBody.objects.filter(call=call, body=panel).exists()


def test_a_second_confirmed_address_or_one_with_a_plus_is_the_same_person() -> None:
    call = make_call(make_programme("collaborative_research"))
    named, application = make_person("Partner Two"), begun(call, owner(make_person()))
    Participant.objects.create(
        application=application,
        role="partner",
        full_name="P. Two",
        email="Two+work@example.org",
        confirmed_at=NOW,
    )
    assert may_have_part(named, "reviewer", call, NOW)
    at_address(named, "two@example.org", verified=False)
    assert may_have_part(named, "reviewer", call, NOW)
    EmailAddress.objects.filter(user=owner(named)).update(verified=True)
    assert not may_have_part(named, "reviewer", call, NOW)
    twin = make_person("Somebody else")
    at_address(twin, "two2@example.org")
    assert may_have_part(twin, "reviewer", call, NOW)


def test_who_is_only_named_judges_other_files_and_the_file_that_names_them_never() -> None:
    call = make_call(make_programme("prize"))
    judge = make_reviewer(call, person=make_person("Kofi Mensah"))
    at_address(judge.person, "kofi@example.org")
    answers = answers_for(get_form(call)[1], 1)
    named = {"nominee": {"name": "Kofi Mensah", "email": "KOFI@example.org"}}
    own = make_eligible_application(
        call, applicant=owner(make_person("One")), answers=answers | named
    )
    other = make_eligible_application(
        call, applicant=owner(make_person("Two")), answers=answers_for(get_form(call)[1], 2)
    )
    pairs = {application.pk for application, _ in propose_assignments(call, IN_REVIEW).pairs}
    assert pairs == {other.pk}
    assert own.pk not in pairs


def nominated(call: Call, email: str) -> Application:
    answers = answers_for(get_form(call)[1], 1) | {
        "nominee": {"name": "Kofi Mensah", "email": email}
    }
    return make_submitted_application(
        call, applicant=owner(make_person("Nominator")), answers=answers
    )


def agree(application: Application) -> None:
    letter = application.letters.get(kind="nominee")
    write_letter(letter, {"is_acceptance": "yes", "may_publish": "yes"}, now=NOW)
    give_letter(letter, now=NOW)


def consent(letter: Letter) -> dict[str, Any]:
    return answers_for(letter_form_of(letter), 1)


def test_a_reviewer_who_is_nominated_cannot_agree_as_long_as_they_judge_and_may_say_no() -> None:
    call = make_call(make_programme("prize"))
    judge = make_reviewer(call)
    application = nominated(call, owner(judge.person).email)
    EmailAddress.objects.create(
        user=owner(judge.person), email=owner(judge.person).email, primary=True, verified=True
    )
    with pytest.raises(Refused, match="a reviewer"):
        agree(application)
    letter = application.letters.get(kind="nominee")
    write_letter(letter, {"is_acceptance": "no"}, now=NOW)
    give_letter(letter, now=NOW)
    Reviewer.objects.filter(pk=judge.pk).update(state="declined")
    agree(application)
    with pytest.raises(Refused, match="a party to a file"):
        invite_again(judge)


def invite_again(judge: Reviewer) -> None:
    Reviewer.objects.filter(pk=judge.pk).update(state="released", released_at=NOW)
    invited(judge.call, judge.person)


def test_a_chair_does_not_write_letters_for_the_call_and_hears_it_with_the_words_kept(
    client: Client,
) -> None:
    contest = make_contest((5, 4))
    application = make_application(make_call(contest.call.programme), answers=fellowship_answers())
    CallBody.objects.create(
        call=application.call, body=contest.call.bodies.get().body, function="panel"
    )
    letter = make_letter(application, "referee_1", email=contest.chair.email)
    EmailAddress.objects.create(user=contest.chair, email=contest.chair.email, verified=True)
    write_letter(letter, consent(letter), now=NOW)
    with pytest.raises(Refused, match="the chair of the panel\\."):
        give_letter(letter, now=NOW)
    letter.refresh_from_db()
    assert letter.state == "asked"
    assert letter.answers


def test_a_letter_given_before_the_mandate_began_keeps_the_chair_from_confirming() -> None:
    contest = make_contest((5, 4))
    run = computed(contest)
    assert may_confirm_selection(contest.chair, run, SELECTED)
    letter = contest.applications[1].letters.first()
    assert letter is not None
    letter.email = contest.chair.email
    letter.state, letter.completed_at = "completed", NOW
    letter.save()
    verdict = may_confirm_selection(contest.chair, run, SELECTED)
    assert [reason.facts["parts"] for reason in verdict.reasons] == [["writer"]]


def test_an_officer_who_becomes_a_party_loses_desk_answers_and_mail_of_that_call_alone() -> None:
    officer, colleague = make_officer(), make_officer()
    call = make_call(make_programme("collaborative_research"), officer=officer)
    CallOfficer.objects.create(call=call, account=colleague, since_at=NOW)
    other = make_call(officer=officer)
    application = make_submitted_application(
        call,
        applicant=owner(make_person("Lead")),
        answers=answers_for(get_form(call)[1], 1),
    )
    assert applications_visible_to(officer, NOW).filter(call=call).exists()
    assert messages_visible_to(officer, NOW).filter(context_id=call.pk).exists()
    partner = application.participants.filter(role="partner")[0]
    partner.person, partner.confirmed_at = Person.objects.get(account=officer), NOW
    partner.save()
    verdict = may_manage_call(officer, call, NOW)
    assert [reason.code for reason in verdict.reasons] == ["takes_part"]
    assert not may_screen_application(officer, application, IN_REVIEW)
    assert list(calls_on_desk_of(officer, NOW)) == [other]
    assert not applications_visible_to(officer, NOW).filter(call=call).exists()
    assert not messages_visible_to(officer, NOW).filter(context_id=call.pk).exists()
    assert may_manage_call(colleague, call, NOW)
    assert may_manage_call(officer, other, NOW)
    assert any("Settle that Ana Lúcia Prado" in text for text in todo_of(colleague))


def test_an_auditor_who_applies_reads_nothing_of_that_call() -> None:
    auditor, call, other = make_person("Priya Perera"), make_call(), make_call()
    make_mandate(auditor, "auditor", make_body("audit"))
    assert set(calls_on_desk_of(owner(auditor), NOW)) == {call, other}
    begun(call, owner(auditor))
    assert set(calls_on_desk_of(owner(auditor), NOW)) == {other}


def test_a_reviewer_who_becomes_a_party_reads_no_file_and_the_officer_has_it_to_do() -> None:
    call = make_call(make_programme("collaborative_research"), officer=make_officer())
    files = [
        make_eligible_application(
            call,
            applicant=owner(make_person(f"Lead {number}")),
            answers=answers_for(get_form(call)[1], number),
        )
        for number in (1, 2)
    ]
    assignment = make_assignment(files[0], make_reviewer(call), accepted=True)
    judge = account_of(assignment)
    assert may_read_dossier(judge, assignment, IN_REVIEW)
    assert not any("Settle" in text for text in todo_of(call.officers.get().account))
    partner = files[1].participants.filter(role="partner")[0]
    partner.person, partner.confirmed_at = assignment.reviewer.person, NOW
    partner.save()
    verdict = may_read_dossier(judge, assignment, IN_REVIEW)
    assert [reason.facts["conflicts"] for reason in verdict.reasons] == [["part"]]
    with pytest.raises(BadInput, match="has another part in this call"):
        assign_reviewer(
            actor=SETUP,
            application=make_eligible_application(
                call,
                applicant=owner(make_person("Lead 3")),
                answers=answers_for(get_form(call)[1], 3),
            ),
            reviewer=assignment.reviewer,
            due_at=IN_REVIEW + dt.timedelta(days=2),
            now=IN_REVIEW,
        )
    assert any("Settle" in text for text in todo_of(call.officers.get().account))


def test_parts_cost_the_same_for_one_and_for_many(django_assert_num_queries: Any) -> None:
    call, people = make_call(), [make_person(f"Person {number}").pk for number in range(5)]
    with django_assert_num_queries(6):
        parts_in_call(call, people[:1], NOW.date())
    with django_assert_num_queries(6):
        parts_in_call(call, people, NOW.date())


def test_the_page_says_why_somebody_cannot_be_invited(client: Client) -> None:
    officer = make_officer()
    call, person = make_call(officer=officer), make_person("Amina Yusuf")
    begun(call, owner(person))
    client.force_login(officer)
    page = client.post(
        f"/desk/calls/{call.reference}/reviewers/",
        {"act": "invite", "email": owner(person).email, "capacity": "4"},
        follow=True,
    )
    assert "Amina Yusuf is already in this call: a party to a file" in page.text
    assert not call.reviewers.exists()
