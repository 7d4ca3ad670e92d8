"""Who takes part in an application is written down: the writer at the start, everybody else as it
is submitted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from anso.applications.actions import decline_letter, submit_application
from anso.applications.actions.letters import resend_letter
from anso.applications.models import Application, Letter, Participant
from anso.applications.queries.eligibility import addresses_of, judge_submission
from anso.applications.queries.participants import (
    account_of,
    beneficiaries_of,
    is_beneficiary,
    is_written_for_others,
    participants_of,
    parts_of,
)
from anso.calls.models import Call
from anso.calls.queries import get_form
from anso.directory.models import Person
from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.wording import both
from anso.programmes.catalogue import find_kind
from tests.factories.answers import answers_for
from tests.factories.applications import (
    NOW,
    add_documents,
    give_letter,
    make_application,
    make_submitted_application,
    write_letter,
)
from tests.factories.calls import YEAR, make_call, make_programme
from tests.factories.directory import make_account, make_organisation, make_person

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=2)


def prize_call() -> Call:
    return make_call(make_programme("prize"))


def nominate(call: Call, number: int = 1, **answers: Any) -> Application:
    """A submitted nomination with the answers given, others made up."""
    given = answers_for(get_form(call)[1], number) | answers
    account = make_person(f"Nominator {number}").account
    return make_submitted_application(call, applicant=account, answers=given)


def nominee(name: str = "Kofi Mensah", email: str = "kofi@example.org") -> dict[str, str]:
    return {"name": name, "email": email}


def roles_of(application: Application) -> list[str]:
    return [each.role for each in participants_of(application)]


def test_a_draft_has_its_writer_alone() -> None:
    application = make_application()
    (writer,) = participants_of(application)
    assert (writer.role, writer.person, writer.full_name) == (
        "applicant",
        application.applicant,
        "Amina Yusuf",
    )
    assert beneficiaries_of(application) == [writer]
    assert not is_written_for_others(application)


def test_a_submission_names_hosts_and_referees() -> None:
    application = make_submitted_application()
    assert roles_of(application) == ["applicant", "host", "referee", "referee"]
    referee = participants_of(application).filter(role="referee").first()
    assert referee is not None
    assert (referee.full_name, referee.email) == ("Wanjiru Kamau", "kamau@example.org")
    assert referee.asked_at == NOW
    assert referee.person is None


def test_a_nomination_is_written_by_one_and_benefits_another() -> None:
    application = nominate(
        prize_call(),
        nominee=nominee(),
        nominee_organisation="Institute of Soils",
        nominator_organisation="Academy of Rivers",
    )
    (benefits,) = beneficiaries_of(application)
    assert (benefits.role, benefits.full_name, benefits.organisation_name) == (
        "nominee",
        "Kofi Mensah",
        "Institute of Soils",
    )
    writer = participants_of(application).get(role="nominator")
    assert (writer.person, writer.organisation_name) == (
        application.applicant,
        "Academy of Rivers",
    )
    assert is_written_for_others(application)
    assert parts_of(application.applicant.account).filter(application=application).exists()
    assert not is_beneficiary(application.applicant.account, application)


def test_two_nominators_who_name_the_same_person_name_one_person() -> None:
    call = prize_call()
    first = nominate(call, 1, nominee=nominee())
    second = nominate(call, 2, nominee=nominee("K. Mensah", "Kofi@Example.org"))
    (one,), (two,) = beneficiaries_of(first), beneficiaries_of(second)
    assert one.person is not None
    assert one.person == two.person
    assert Person.objects.filter(full_name="Kofi Mensah").count() == 1
    assert (one.full_name, two.full_name) == ("Kofi Mensah", "K. Mensah")


def test_a_confirmed_address_leads_to_its_owner_and_an_unconfirmed_one_does_not() -> None:
    kofi, other = make_person("Kofi Mensah"), make_person("Not Kofi")
    EmailAddress.objects.create(user=kofi.account, email="Kofi@example.org", verified=True)
    EmailAddress.objects.create(user=other.account, email="ama@example.org", verified=False)
    call = prize_call()
    (owner,) = beneficiaries_of(nominate(call, 1, nominee=nominee()))
    (stranger,) = beneficiaries_of(nominate(call, 2, nominee=nominee("Ama", "ama@example.org")))
    assert (owner.person, account_of(owner)) == (kofi, kofi.account)
    assert stranger.person not in (None, other)
    assert account_of(stranger) is None


def test_whoever_confirms_the_address_later_takes_part() -> None:
    application = nominate(prize_call(), nominee=nominee())
    account = make_account("kofi.home@example.org")
    assert not is_beneficiary(account, application)
    EmailAddress.objects.create(user=account, email="KOFI@example.org", verified=True)
    assert is_beneficiary(account, application)
    (benefits,) = beneficiaries_of(application)
    assert account_of(benefits) == account


def test_an_organisation_of_the_directory_is_found_by_its_name() -> None:
    soils = make_organisation(name="Institute of Soils", acronym="IOS")
    call = prize_call()
    for number, spelled in enumerate(("INSTITUTE OF SOILS", "ios"), 1):
        application = nominate(call, number, nominee_organisation=spelled)
        (benefits,) = beneficiaries_of(application)
        assert benefits.organisation == soils
    (unknown,) = beneficiaries_of(nominate(call, 3, nominee_organisation="Elsewhere"))
    assert unknown.organisation is None


def test_who_is_no_longer_named_in_a_new_submission_goes_and_who_stays_keeps_the_row() -> None:
    application = nominate(prize_call(), nominee=nominee())
    before = {each.role: each.pk for each in participants_of(application).exclude(order=2)}
    resubmit(application, nominee=nominee("Ama Owusu", "ama@example.org"))
    after = {each.role: each for each in participants_of(application).exclude(order=2)}
    assert after["nominator"].pk == before["nominator"]
    assert after["supporter"].pk == before["supporter"]
    assert after["nominee"].full_name == "Ama Owusu"


def resubmit(application: Application, **changes: Any) -> None:
    """The writer changes answers and submits again."""
    for key, value in changes.items():
        application.answers[key] = application.answers[key] | {"value": value}
    Application.objects.filter(pk=application.pk).update(
        answers=application.answers, revision=application.revision + 1
    )
    account = application.applicant.account
    assert account is not None
    submit_application(application=application, actor=account, arrived_at=LATER, now=LATER)
    application.refresh_from_db()


def consent_of(application: Application) -> Letter:
    return Letter.objects.get(application=application, kind="nominee")


def test_a_nominee_who_agrees_is_confirmed_and_stays_so_after_a_new_submission() -> None:
    application = nominate(prize_call(), nominee=nominee())
    letter = write_letter(
        consent_of(application), {"is_acceptance": "yes", "may_publish": "yes"}, now=LATER
    )
    give_letter(letter, now=LATER)
    (benefits,) = beneficiaries_of(application)
    assert (benefits.confirmed_at, benefits.declined_at) == (LATER, None)
    resubmit(application, citation="word " * 22)
    (benefits,) = beneficiaries_of(application)
    assert benefits.confirmed_at == LATER


@pytest.mark.parametrize("way", ["declines the letter", "answers no"])
def test_a_nominee_who_says_no_has_declined(way: str) -> None:
    application = nominate(prize_call(), nominee=nominee())
    letter = consent_of(application)
    if way == "answers no":
        letter = write_letter(letter, {"is_acceptance": "no"}, now=LATER)
        give_letter(letter, now=LATER)
    else:
        decline_letter(letter=letter, now=LATER)
    (benefits,) = beneficiaries_of(application)
    assert (benefits.confirmed_at, benefits.declined_at) == (None, LATER)


def test_an_address_put_right_in_the_letter_is_put_right_with_the_participant() -> None:
    application = nominate(prize_call(), nominee=nominee(email="koffi@example.org"))
    account = application.applicant.account
    assert account is not None
    resend_letter(
        letter=consent_of(application), actor=account, now=LATER, email="kofi@example.org"
    )
    (benefits,) = beneficiaries_of(application)
    assert benefits.email == "kofi@example.org"


def test_a_nominee_with_one_name_only_is_written_down() -> None:
    application = nominate(prize_call(), nominee=nominee("Suharto", "suharto@example.org"))
    (benefits,) = beneficiaries_of(application)
    assert (benefits.full_name, benefits.person and benefits.person.full_name) == (
        "Suharto",
        "Suharto",
    )


def test_nobody_takes_part_without_an_account() -> None:
    application = make_application()
    add_documents(application)
    assert not parts_of(None).exists()
    assert Participant.objects.filter(application=application).count() == 1


def test_nominations_are_counted_by_nominee_where_a_rule_says_so() -> None:
    most = Rule(
        "N1",
        "count_at_most",
        both("At most one nomination of one person.", "ترشيح واحد للشخص."),
        {"fact": "applications_for_person", "most": 1},
        "made for a test",
    )
    rules = RuleSet("programme", both("Rules", "قواعد"), (most,))
    terms = replace(find_kind("prize").terms_for(YEAR), rules=(rules.to_dict(),))
    call = make_call(make_programme("prize"), terms=terms)
    first = nominate(call, 1, nominee=nominee())
    assert judge_submission(first).eligibility == "eligible"
    other = nominate(call, 2, nominee=nominee("Ama Owusu", "ama@example.org"))
    assert judge_submission(other).eligibility == "eligible"
    nominate(call, 3, nominee=nominee("K. Mensah", "KOFI@example.org"))
    assert judge_submission(first).eligibility == "not_eligible"


def test_rules_read_how_many_applications_one_has_and_by_which_names_one_is_known() -> None:
    rules = RuleSet(
        "programme",
        both("Rules", "قواعد"),
        (
            Rule(
                "N1",
                "count_at_most",
                both("At most one nomination by one person.", "ترشيح واحد من الشخص."),
                {"fact": "applications_in_call", "most": 1},
                "made for a test",
            ),
            Rule(
                "N2",
                "differs",
                both("Nobody nominates themselves.", "لا يرشح أحد نفسه."),
                {"fact": "title", "other": ["applicant_names"]},
                "made for a test",
            ),
        ),
    )
    terms = replace(find_kind("prize").terms_for(YEAR), rules=(rules.to_dict(),))
    call = make_call(make_programme("prize"), terms=terms)
    first = nominate(call, 1, nominee=nominee(), title="Kofi Mensah")

    def results() -> list[str]:
        judged = judge_submission(Application.objects.get(pk=first.pk)).judged_rules
        return [str(each.result) for each in judged]

    assert results() == ["met", "met"]
    Person.objects.filter(pk=first.applicant_id).update(latin_name="Kofi Mensah")
    Application.objects.create(
        **{
            name: getattr(first, name)
            for name in ("call", "step", "applicant", "form_version", "started_at", "saved_at")
        },
        number="P27-99999",
        ordinal=2,
    )
    assert results() == ["not_met", "not_met"]
    first.applicant.account = None
    assert addresses_of(first.applicant) == []


def test_nobody_is_asked_to_agree_at_another_address_of_their_own() -> None:
    call, account = prize_call(), make_person("Nominator").account
    assert account is not None
    EmailAddress.objects.create(user=account, email="private@example.org", verified=True)
    answers = answers_for(get_form(call)[1], 1)
    answers["nominee"] = nominee("Somebody Else", "Private@example.org")
    application = make_submitted_application(call, applicant=account, answers=answers)
    assert not Letter.objects.filter(application=application, kind="nominee").exists()
    (benefits,) = beneficiaries_of(application)
    assert (benefits.person, benefits.asked_at) == (application.applicant, None)


def test_own_parts_are_found_by_their_indexes_among_all_applications() -> None:
    account = make_account(email="wanjiru@uon.ac.ke")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = parts_of(account).explain()
    assert "Seq Scan on applications_participant" not in plan
    assert "applications_participant_email" in plan
    assert "applications_participant_person_id" in plan
