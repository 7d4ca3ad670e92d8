"""A budget pays the best first, each what it asked for when it was submitted: the page of the
ranking, the decision, the offer and what follows when somebody says no.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anso.awards.actions import decline_offer
from anso.awards.models import Offer
from anso.calls.queries import get_terms
from anso.decisions.models import Placement
from anso.decisions.queries.inputs import _cost
from anso.decisions.wording import words_for_placement
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from anso.programmes.outcomes import Grant
from tests.factories import decisions as makers
from tests.factories.awards import holder_of, make_offered
from tests.factories.calls import YEAR
from tests.factories.decisions import SELECTED, Contest, make_contest
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
ASKED = {1: 600_000, 2: 500_000, 3: 390_000, 4: 400_000}
KIND = find_kind("collaborative_research")


def a_world() -> Contest:
    """Four proposals under a budget of a million, offered."""
    answers_for = makers.answers_for

    def asking(form: Any, number: int) -> dict[str, Any]:
        money = {"requested": str(ASKED[number]), "matching": "600000"}
        return answers_for(form, number) | money

    terms = replace(
        KIND.terms_for(YEAR), outcome=Grant(3, Decimal(1_000_000), Decimal(600_000), "CNY")
    )
    with pytest.MonkeyPatch.context() as patch, clock_at(SELECTED):
        patch.setattr(makers, "answers_for", asking)
        contest = make_contest((5, 4, 3, 2), kind=KIND.code, terms=terms)
        make_offered(contest)
    return contest


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None, monkeypatch: pytest.MonkeyPatch) -> Contest:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    return deepcopy(made)


def told(contest: Contest, place: int) -> str:
    placement = Placement.objects.get(application=contest.applications[place])
    return words_for_placement(placement, get_terms(contest.call))


def amounts() -> dict[str, Decimal | None]:
    rows = Offer.objects.filter(state__in=["made", "accepted"]).order_by("id")
    return dict(rows.values_list("application__number", "amount"))


def test_the_best_are_paid_what_they_asked_and_who_costs_more_than_is_left_is_passed_over(
    contest: Contest,
) -> None:
    first, _, third, _ = (each.number for each in contest.applications)
    assert amounts() == {first: Decimal(600_000), third: Decimal(390_000)}
    run = contest.call.selection_runs.get()
    assert run.figures["money"] == ["990000", "1000000"]
    assert run.figures["holds"]


def test_everybody_reads_the_sums_that_decided(contest: Contest, client: Client) -> None:
    assert "It is paid what it asked for: 600,000 CNY." in told(contest, 0)
    assert (
        "It asks for 500,000 CNY. When its turn came, 400,000 CNY was left of the budget of"
        " “Grants”."
    ) in told(contest, 1)
    client.force_login(contest.officer)
    page = client.get(reverse("decisions:ranking", args=[contest.call.reference]))
    assert "990,000 / 1,000,000 CNY" in page.content.decode()
    body = " ".join(Message.objects.filter(code="awards.offer").order_by("id")[0].body.split())
    assert "Grants, 600,000 CNY" in body


def test_a_proposal_that_names_no_sum_counts_as_the_most_and_without_a_most_asks_for_nothing() -> (
    None
):
    facts: dict[str, Any] = {}
    terms = KIND.terms_for(YEAR)
    capped = replace(terms, outcome=Grant(3, Decimal(9), Decimal(4), "CNY"))
    assert _cost(capped, facts) == 4
    assert _cost(capped, {"requested": "3.50"}) == Decimal("3.50")
    assert _cost(replace(terms, outcome=Grant(3, Decimal(9), None, "CNY")), facts) is None
    assert _cost(replace(terms, outcome=Grant(3)), facts) == 0


def test_what_is_given_back_is_paid_to_the_next_it_pays_for(contest: Contest) -> None:
    first, second, third, fourth = contest.applications
    offer = Offer.objects.get(application=first)
    decline_offer(actor=holder_of(offer), offer=offer, reason="", now=SELECTED)
    assert amounts() == {third.number: Decimal(390_000), second.number: Decimal(500_000)}
    assert not Offer.objects.filter(application=fourth).exists(), "110,000 are left for 400,000"
