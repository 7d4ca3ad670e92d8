"""Whoever takes part in an application, in whatever role, does not judge it, and neither do their
colleagues; a blind dossier names none of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from allauth.account.models import EmailAddress

from anso.applications.models import Application, Participant
from anso.applications.queries.participants import beneficiaries_of
from anso.applications.rules import may_screen_application
from anso.calls.models import Call
from anso.calls.queries import get_form, judging_body_of
from anso.decisions.rules import may_confirm_selection
from anso.directory.models import Affiliation, Interest, Person
from anso.governance.models import Mandate
from anso.kernel.terms import Terms
from anso.programmes.catalogue import find_kind
from anso.review.actions import declare_conflict
from anso.review.actions.dossiers import make_dossier
from anso.review.queries import conflicts_between, get_conflict_facts, questions_between
from tests.factories.answers import answers_for
from tests.factories.calls import YEAR, make_call, make_programme, step_of
from tests.factories.decisions import SELECTED, computed, make_contest, make_officer
from tests.factories.directory import make_organisation, make_person
from tests.factories.governance import make_mandate
from tests.factories.review import (
    IN_REVIEW,
    make_assignment,
    make_eligible_application,
    make_reviewer,
)

pytestmark = pytest.mark.django_db

LONG_AGO = dt.date(2020, 1, 1)


def blind_prize() -> Terms:
    terms = find_kind("prize").terms_for(YEAR)
    return terms.with_rubric(replace(terms.rubric, is_blind=True))


def nomination(call: Call | None = None, **answers: object) -> Application:
    """A nomination of Kofi Mensah of the Institute of Soils, found eligible."""
    call = call or make_call(make_programme("prize"))
    named = {"name": "Kofi Mensah", "email": "kofi@example.org"}
    given = answers_for(get_form(call)[1], 1) | {
        "title": "Kofi Mensah",
        "nominee": named,
        "nominee_organisation": "Institute of Soils",
        "nominator_organisation": "Academy of Rivers",
        **answers,
    }
    account = make_person("Nominator").account
    return make_eligible_application(call, applicant=account, answers=given)


def conflicts(person: Person, application: Application) -> list[str]:
    facts = get_conflict_facts([person], [application], IN_REVIEW.date())
    return conflicts_between(person, application, facts)


def at(person: Person, name: str, **fields: object) -> Person:
    """The person, who works at an organisation of that name."""
    organisation = make_organisation(name=name, **fields)
    Affiliation.objects.create(person=person, organisation=organisation, starts_on=LONG_AGO)
    return person


def test_a_colleague_of_the_nominee_is_in_conflict_however_the_organisation_is_spelled() -> None:
    application = nomination()
    assert conflicts(at(make_person("Ama"), "INSTITUTE of  soils"), application) == ["institution"]
    assert conflicts(make_person("Nobody"), application) == []


def test_an_acronym_of_the_directory_is_the_organisation() -> None:
    ama = at(make_person("Ama"), "Institute of Soils and Water", acronym="ISW")
    application = nomination(nominee_organisation="isw")
    assert conflicts(ama, application) == ["organisation"]


def test_a_colleague_of_the_nominator_is_in_conflict() -> None:
    application = nomination()
    assert conflicts(at(make_person("Ama"), "Academy of Rivers"), application) == ["institution"]


def test_the_nominee_themself_is_in_conflict_with_account_or_without_or_by_name() -> None:
    kofi = make_person("Dr K. Mensah")
    EmailAddress.objects.create(user=kofi.account, email="kofi@example.org", verified=True)
    assert "self" in conflicts(kofi, nomination())
    namesake = make_person("KOFI MENSAH")
    application = nomination()
    facts = get_conflict_facts([namesake], [application], IN_REVIEW.date())
    (question,) = questions_between(namesake, application, facts)
    assert (question.code, question.matched) == ("namesake", ("Kofi Mensah",))
    assert conflicts(namesake, application) == []


def test_a_colleague_of_a_nominee_known_to_the_directory_is_in_conflict() -> None:
    kofi = at(make_person("Kofi Mensah"), "Laboratory of Dunes")
    EmailAddress.objects.create(user=kofi.account, email="kofi@example.org", verified=True)
    ama = make_person("Ama")
    shared = kofi.affiliations.get().organisation
    Affiliation.objects.create(person=ama, organisation=shared, starts_on=LONG_AGO)
    assert conflicts(ama, nomination(nominee_organisation="Elsewhere")) == ["organisation"]


def test_whoever_declared_an_interest_in_the_nominee_is_in_conflict_in_every_nomination() -> None:
    call = make_call(make_programme("prize"))
    first = nomination(call)
    (nominee,) = beneficiaries_of(first)
    ama = make_person("Ama")
    Interest.objects.create(
        person=ama, other_person=nominee.person, kind="family", declared_at=IN_REVIEW
    )
    other_nominator = {"full_name": "Somebody else"}
    assert conflicts(ama, nomination(call, **other_nominator)) == ["person"]


def test_a_conflict_declared_about_a_nomination_is_one_with_nominee_and_nominator() -> None:
    application = nomination()
    reviewer = make_reviewer(application.call, person=make_person("Ama"))
    assignment = make_assignment(application, reviewer)
    declare_conflict(
        actor=reviewer.person.account,
        assignment=assignment,
        kind="family",
        remark="",
        now=IN_REVIEW,
    )
    (nominee,) = beneficiaries_of(application)
    concerned = set(Interest.objects.values_list("other_person_id", flat=True))
    assert concerned == {application.applicant_id, nominee.person_id}


def test_a_supporter_s_colleagues_are_in_no_conflict() -> None:
    application = nomination()
    supporter = Participant.objects.filter(application=application, role="supporter")[0]
    supporter.organisation_name = "College of Letters"
    supporter.save()
    assert conflicts(at(make_person("Ama"), "College of Letters"), application) == []


def test_a_blind_dossier_names_nobody_who_takes_part() -> None:
    call = make_call(make_programme("prize"), terms=blind_prize())
    told = (
        "Kofi Mensah (kofi@example.org) of the Institute of Soils, proposed by the Academy of"
        " Rivers and supported by Wanjiru Kamau, supporter_1.1@example.org. "
    )
    supporter = {"name": "Wanjiru Kamau", "email": "supporter_1.1@example.org"}
    application = nomination(call, achievement=told * 12, supporter_1=supporter)
    facts = {"application": application, "step": step_of(call, "review"), "now": IN_REVIEW}
    body = str(make_dossier(actor=make_officer(), **facts).body)
    for name in ("Kofi", "Mensah", "kofi@", "Institute of Soils", "Academy of Rivers",
                 "Wanjiru", "supporter_1.1@"):  # fmt: skip
        assert name not in body
    assert "proposed by the" in body


def test_an_officer_who_is_nominated_does_not_screen_that_nomination() -> None:
    officer = make_officer()
    call = make_call(make_programme("prize"), officer=officer)
    application = nomination(call)
    assert may_screen_application(officer, application, SELECTED)
    EmailAddress.objects.create(user=officer, email="KOFI@example.org", verified=True)
    verdict = may_screen_application(officer, application, SELECTED)
    assert [reason.code for reason in verdict.reasons] == ["own"]


def test_a_chair_who_is_nominated_in_a_call_does_not_confirm_its_selection() -> None:
    contest = make_contest((5, 4), kind="prize", terms=find_kind("prize").terms_for(YEAR))
    run = computed(contest)
    assert may_confirm_selection(contest.chair, run, SELECTED)
    EmailAddress.objects.create(user=contest.chair, email="nominee.2@example.org", verified=True)
    verdict = may_confirm_selection(contest.chair, run, SELECTED)
    assert [reason.code for reason in verdict.reasons] == ["incompatible"]
    another, handed_over = make_person("Another chair"), dt.date(2026, 1, 1)
    panel = judging_body_of(contest.call)
    assert panel is not None
    Mandate.objects.filter(body=panel).update(ends_on=handed_over)
    make_mandate(another, "chair", panel, starts_on=handed_over)
    assert may_confirm_selection(another.account, run, SELECTED)
