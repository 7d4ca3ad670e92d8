"""Whoever proposed what was selected has the call opened that belongs to it; the office publishes
it, and nobody of the proposal applies there.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions.opening import open_call_of_proposal
from anso.applications.models import Application
from anso.applications.rules import may_open_call_of
from anso.audit.models import Entry
from anso.awards.actions import decline_offer
from anso.awards.models import Offer
from anso.calls.actions import cancel_call
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.rules import may_act_as, may_have_part
from anso.directory.models import Person
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from tests.factories.awards import make_offered
from tests.factories.calls import YEAR, make_programme
from tests.factories.decisions import SELECTED, Contest, make_contest
from tests.factories.directory import make_person
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db


def a_world() -> Contest:
    """A call for courses of which one was selected and one was not."""
    with clock_at(SELECTED):
        stages = KINDS["fellowship"].terms_for(YEAR).stages
        course = KINDS["course"].terms_for(YEAR)
        outcome = replace(course.outcome, most=1)  # type: ignore[call-arg]
        made = make_contest(
            (5, 3), kind="course", terms=replace(course, stages=stages, outcome=outcome)
        )
        make_offered(made)
        make_programme("trainee")
    return made


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None) -> Contest:
    return deepcopy(made)


def proposer_of(application: Application) -> Account:
    account = application.applicant.account
    assert account is not None
    return account


def current(contest: Contest, place: int = 0) -> Application:
    return Application.objects.get(pk=contest.applications[place].pk)


def open_call(contest: Contest, place: int = 0, programme: str = "trainee") -> Call:
    application = current(contest, place)
    return open_call_of_proposal(
        application=application,
        programme=make_programme(programme),
        actor=proposer_of(application),
        now=SELECTED,
    )


def test_whoever_proposed_it_has_the_call_opened_and_the_office_hears_of_it(
    contest: Contest, client: Client
) -> None:
    chosen = current(contest)
    address = f"/applications/{chosen.reference}/"
    with clock_at(SELECTED):
        client.force_login(proposer_of(chosen))
        assert "Have it opened" in client.get(address).content.decode()
        assert client.post(f"{address}open-call/", {"programme": "trainee"}).status_code == 302
        page = client.get(address).content.decode()
        assert "The office checks and publishes it." in page
        assert "Have it opened" not in page
        assert client.post(f"{address}open-call/", {"programme": "trainee"}).status_code == 403
        assert client.post(f"{address}open-call/", {"programme": "prize"}).status_code == 404
    draft = Call.objects.get(parent=contest.call)
    assert (draft.state, draft.proposal) == ("draft", chosen.number)
    assert get_terms(draft).occasion.host
    assert [each.account for each in draft.officers.all()] == [contest.officer]
    assert Message.objects.filter(code="calls.part_given", context_id=draft.pk).exists()
    entry = Entry.objects.get(verb="open_call_of_proposal")
    assert entry.changes == {"proposal": [None, chosen.number]}
    with clock_at(SELECTED):
        assert client.get(f"/desk/calls/{draft.reference}/edit/").status_code in (403, 404)


def test_nobody_of_the_proposal_applies_there_and_others_do(contest: Contest) -> None:
    draft, chosen = open_call(contest), current(contest)
    refused = may_act_as(proposer_of(chosen), "party", draft, SELECTED)
    assert [each.code for each in refused.reasons] == ["incompatible"]
    assert "somebody of the proposal it belongs to" in str(refused.reasons[0])
    for other in (current(contest, 1).applicant, make_person("Somebody else")):
        assert may_have_part(other, "party", draft, SELECTED)
    own = Person.objects.get(account=proposer_of(chosen))
    assert may_have_part(own, "member", draft, SELECTED), "hosts choose who comes"


@pytest.mark.parametrize("place", [0, 1])
def test_what_was_not_selected_or_is_held_no_more_has_no_call(
    contest: Contest, client: Client, place: int
) -> None:
    if place == 0:
        offer = Offer.objects.get()
        actor = proposer_of(current(contest))
        decline_offer(actor=actor, offer=offer, reason="", now=SELECTED)
        Offer.objects.exclude(pk=offer.pk).delete()
    application = current(contest, place or 0)
    found = may_open_call_of(proposer_of(application), application, SELECTED)
    assert [each.code for each in found.reasons] == ["not_selected"]
    with clock_at(SELECTED):
        client.force_login(proposer_of(application))
        page = client.get(f"/applications/{application.reference}/").content.decode()
    assert "Have it opened" not in page


def test_strangers_a_second_one_and_another_programme_are_refused(contest: Contest) -> None:
    stranger = make_person("Nobody").account
    assert stranger is not None
    found = may_open_call_of(stranger, current(contest), SELECTED)
    assert [each.code for each in found.reasons] == ["not_yours"]
    with pytest.raises(BadInput, match="belongs to such proposals"):
        open_call(contest, programme="prize")
    first = open_call(contest)
    with pytest.raises(Refused):
        open_call(contest)
    cancel_call(
        call=first, because="Withdrawn", actor=contest.officer, now=SELECTED + dt.timedelta(days=1)
    )
    second = open_call(contest)
    assert second.round == "B", "after one that was cancelled another may be opened"


def test_an_officer_who_left_or_takes_part_is_not_brought_along(contest: Contest) -> None:
    mandate = Person.objects.get(account=contest.officer).mandates.get()
    mandate.ends_on = SELECTED.date()
    mandate.save(update_fields=["ends_on"])
    assert not open_call(contest).officers.exists()
