"""Hosts of a call are organisations of the directory with people of their own, who do not judge
whom they would receive.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.queries.participants import participants_of
from anso.audit.models import Entry
from anso.calls.actions import Edition, add_host_person, create_call, name_host, remove_host_person
from anso.calls.models import Call, CallHost
from anso.calls.queries import hosts_of
from anso.directory.models import Person
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.review.queries import conflicts_between, get_conflict_facts
from tests.cast import Cast
from tests.factories.calls import NOW, YEAR, make_call, make_programme
from tests.factories.decisions import make_officer
from tests.factories.directory import make_organisation, make_person
from tests.factories.review import IN_REVIEW, make_eligible_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Account:
    return make_officer()


@pytest.fixture
def call(officer: Account) -> Call:
    return create_call(programme=make_programme(), edition=Edition(YEAR), actor=officer, now=NOW)


def account_of(person: Person) -> Account:
    assert person.account is not None
    return person.account


def test_a_new_call_finds_its_hosts_in_the_directory(officer: Account) -> None:
    ustc = make_organisation(name="University of Science and Technology of China", acronym="USTC")
    call = create_call(programme=make_programme(), edition=Edition(YEAR), actor=officer, now=NOW)
    hosts = {host.key: host.organisation for host in hosts_of(call)}
    assert hosts == {"UCAS": None, "USTC": ustc}


def test_an_officer_says_which_organisation_a_host_is(call: Call, officer: Account) -> None:
    ucas = make_organisation(name="University of the Academy")
    facts = {"actor": officer, "now": NOW}
    name_host(call=call, key="UCAS", organisation=ucas, **facts)
    assert CallHost.objects.get(call=call, key="UCAS").organisation == ucas
    entry = Entry.objects.get(verb="name_host")
    assert entry.changes == {"UCAS": [None, "University of the Academy"]}
    name_host(call=call, key="UCAS", organisation=ucas, **facts)  # again changes nothing
    assert Entry.objects.filter(verb="name_host").count() == 1
    with pytest.raises(BadInput, match="no such host"):
        name_host(call=call, key="MIT", organisation=ucas, **facts)


def test_people_of_a_host_are_named_once_and_removed(
    call: Call, officer: Account, cast: Cast
) -> None:
    professor = make_person("Professor Li")
    facts = {"call": call, "key": "USTC", "person": professor, "actor": officer, "now": NOW}
    add_host_person(**facts)
    add_host_person(**facts)
    host = CallHost.objects.get(call=call, key="USTC")
    assert list(host.people.all()) == [professor]
    assert Entry.objects.filter(verb="add_host_person").count() == 1
    remove_host_person(**facts)
    remove_host_person(**facts)
    assert not host.people.exists()
    assert Entry.objects.filter(verb="remove_host_person").count() == 1
    with pytest.raises(Refused):
        add_host_person(**(facts | {"actor": cast.stranger}))


def test_hosts_of_an_application_are_those_organisations() -> None:
    call = make_call()
    ustc = make_organisation(name="University of Science")
    CallHost.objects.create(call=call, key="USTC", organisation=ustc)
    application = make_eligible_application(call)
    host = participants_of(application).get(role="host")
    assert (host.organisation, host.organisation_name) == (ustc, "University of Science")


def test_people_of_a_preferred_host_do_not_judge_and_their_colleagues_do() -> None:
    call = make_call()
    ustc = make_organisation(name="University of Science")
    professor, colleague, elsewhere = (make_person(name) for name in ("Li", "Wang", "Zhao"))
    for person in (professor, colleague):
        person.affiliations.create(organisation=ustc, starts_on=dt.date(2020, 1, 1))
    hosts = [CallHost.objects.create(call=call, key=key) for key in ("USTC", "UCAS")]
    hosts[0].organisation = ustc
    hosts[0].save()
    hosts[0].people.add(professor)
    hosts[1].people.add(elsewhere)
    application = make_eligible_application(call)  # prefers USTC alone
    people = [professor, colleague, elsewhere]
    facts = get_conflict_facts(people, [application], IN_REVIEW.date())
    found = [conflicts_between(person, application, facts) for person in people]
    assert found == [["host"], [], []]


def test_officers_keep_hosts_on_the_page_of_people(officer: Account, client: Client) -> None:
    call = make_call(officer=officer)
    CallHost.objects.create(call=call, key="USTC")
    ustc, professor = make_organisation(name="University of Science"), make_person("Li Wei")
    client.force_login(officer)
    here = f"/desk/calls/{call.reference}/people/"
    assert "USTC" in client.get(here).content.decode()
    client.post(here, {"act": "host:USTC", "organisation": "university of SCIENCE"})
    email = account_of(professor).email.upper()
    client.post(here, {"act": "host_person:USTC", "email": email})
    host = CallHost.objects.get(call=call, key="USTC")
    assert (host.organisation, list(host.people.all())) == (ustc, [professor])
    page = client.get(here).content.decode()
    assert "University of Science" in page
    assert "Li Wei" in page
    unknown = client.post(here, {"act": "host:USTC", "organisation": "Nowhere"}, follow=True)
    assert "no organisation of that name" in unknown.content.decode()
    client.post(here, {"act": "host_remove:USTC", "person": professor.reference})
    assert not host.people.exists()
