"""A call that is opened under a selected proposal takes from it when and where it takes place, and
for how many; officers see both beside each other and change what they like.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace

import pytest
from django.test import Client

from anso.calls.actions import Edition, begin_amendment, change_occasion, create_call
from anso.calls.models import Call
from anso.calls.queries import find_faults, get_terms
from anso.calls.queries.editions import facts_of_proposal, find_selected_proposal
from anso.calls.wording.amendments import change_rows
from anso.calls.wording.readiness import url_of_fault
from anso.kernel.drafts import Disputed
from anso.kernel.terms.differences import Change
from anso.kernel.terms.occasion import Occasion, occasion_meant
from anso.programmes.catalogue import KINDS
from tests.factories.awards import make_offered
from tests.factories.calls import YEAR, make_programme
from tests.factories.decisions import SELECTED, Contest, make_contest
from tests.shared import clock_at, made_for_module
from tests.tabs import Tab

pytestmark = pytest.mark.django_db


def a_world() -> Contest:
    """A call for courses of which one was selected."""
    with clock_at(SELECTED):
        stages = KINDS["fellowship"].terms_for(YEAR).stages
        terms = replace(KINDS["course"].terms_for(YEAR), stages=stages)
        made = make_contest((5,), kind="course", terms=terms)
        make_offered(made)
        make_programme("trainee")
    return made


made = made_for_module(a_world)


@pytest.fixture
def world(made: Contest) -> Contest:
    return deepcopy(made)


def opened(world: Contest, year: int = YEAR + 1, **more: object) -> Call:
    (course,) = world.applications
    edition = Edition(year, parent=world.call, proposal=course.number, **more)  # type: ignore[arg-type]
    programme = make_programme("trainee")
    return create_call(programme=programme, edition=edition, actor=world.officer, now=SELECTED)


def address(call: Call) -> str:
    return f"/desk/calls/{call.reference}/occasion/"


def test_what_the_proposal_knows_stands_in_the_draft_and_beside_its_fields(
    world: Contest, client: Client
) -> None:
    (course,) = world.applications
    draft = opened(world)
    facts = facts_of_proposal(draft)
    proposal = find_selected_proposal(world.call, course.number)
    assert proposal is not None
    assert draft.title["en"].endswith(f": {proposal.title}")
    kept = get_terms(draft).occasion
    assert kept == occasion_meant(facts)
    assert kept.host, "the proposal names its host"
    assert None not in (kept.starts_on, kept.ends_on), "and its days"
    assert get_terms(draft).outcome.capacity() == int(facts["places"])
    with clock_at(SELECTED):
        client.force_login(world.officer)
        page = Tab(client, address(draft), field="host").words()
    assert f"Taken from the proposal {course.number}: {kept.host}" in page
    assert f"The proposal {course.number} speaks of: " in page


def test_an_officer_changes_it_and_what_is_no_day_or_country_is_refused_beside_its_field(
    world: Contest, client: Client
) -> None:
    draft = opened(world)
    with clock_at(SELECTED):
        client.force_login(world.officer)
        refused = {
            "starts_on": ("next spring", "is not a day"),
            "country": ("XX", "Choose one of the answers in the list."),
            "city": ("x" * 201, "1 too many"),
        }
        for field, (typed, told) in refused.items():
            tab = Tab(client, address(draft), field=field)
            assert told in tab.fill({field: typed}).send().content.decode()
        tab = Tab(client, address(draft), field="city")
        assert tab.fill(city="Valdivia", country="", ends_on="").send().status_code == 302
    draft.refresh_from_db()
    kept = get_terms(draft).occasion
    assert (kept.city, kept.country, kept.ends_on) == ("Valdivia", "", None)


def test_a_day_before_the_results_is_a_fault_that_leads_to_its_page(world: Contest) -> None:
    draft = opened(world)
    (fault,) = [each for each in find_faults(draft, SELECTED) if each.part == "occasion"]
    assert fault.code == "occasion_early"
    assert url_of_fault(draft, fault) == address(draft)
    days = {"starts_on": dt.date(YEAR + 1, 9, 6), "ends_on": dt.date(YEAR + 1, 9, 17)}
    revision = draft.revision
    change_occasion(
        call=draft, changes=days, base_revision=revision, actor=world.officer, now=SELECTED
    )
    assert not [each for each in find_faults(draft, SELECTED) if each.part == "occasion"]
    days |= {"ends_on": dt.date(YEAR + 1, 9, 18)}
    with pytest.raises(Disputed):
        change_occasion(
            call=draft, changes=days, base_revision=revision, actor=world.officer, now=SELECTED
        )


def test_everybody_reads_it_and_an_amendment_tells_what_moved(
    world: Contest, client: Client
) -> None:
    assert "When and where" not in client.get(f"/calls/{world.call.slug}/").content.decode()
    with clock_at(SELECTED):
        client.force_login(world.officer)
        silent = client.get(address(world.call)).content.decode()
        assert "Nothing is said of it." in silent
        begin_amendment(call=world.call, actor=world.officer, now=SELECTED)
        tab = Tab(client, address(world.call), field="city")
        assert tab.fill(city="Nairobi", country="KE").send().status_code == 302
    row = Change(("occasion", "city"), ("occasion", "city"), "", "Nairobi")
    (told,) = change_rows([row], [])
    assert str(told) == "When and where › City where it takes place: – → Nairobi"


def test_a_call_under_no_proposal_takes_nothing(world: Contest) -> None:
    edition = Edition(YEAR + 2, round="B")
    programme = make_programme("trainee")
    draft = create_call(programme=programme, edition=edition, actor=world.officer, now=SELECTED)
    assert facts_of_proposal(draft) == {}
    assert get_terms(draft).occasion == Occasion()
    assert get_terms(draft).outcome == KINDS["trainee"].outcome
