"""The pages of outcomes and offers, for applicants and for the desk."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest
from django.test import Client

from anso.applications.models import Application
from anso.awards.actions import accept_offer, decline_offer
from anso.awards.models import Offer
from anso.calls.wording import how_much, how_often
from tests.cast import Cast
from tests.factories.awards import holder_of, make_offered, make_offered_contest
from tests.factories.decisions import SELECTED, Contest, make_contest, small_terms
from tests.pages import squeezed
from tests.shared import made_for_module

pytestmark = pytest.mark.django_db


made = made_for_module(make_offered_contest)


@pytest.fixture
def contest(made: Contest, db: None, monkeypatch: pytest.MonkeyPatch) -> Contest:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    return deepcopy(made)


def outcome_of(contest: Contest, place: int) -> str:
    return f"/applications/{contest.applications[place].reference}/outcome/"


def test_an_applicant_reads_offer_reason_feedback_and_benefits(
    contest: Contest, client: Client
) -> None:
    offer = Offer.objects.order_by("id")[0]
    client.force_login(holder_of(offer))
    text = client.get(outcome_of(contest, 0)).content.decode()
    for words in (
        "We offer you: Doctoral at USTC",
        "rank 1 of 3",
        "Say what would prove you wrong.",
        "paid by",
        "Accept the offer",
    ):
        assert words in text
    assert "phd-ustc" not in text


def test_accepting_asks_once_and_then_says_so(contest: Contest, client: Client) -> None:
    offer = Offer.objects.order_by("id")[0]
    client.force_login(holder_of(offer))
    assert "Accept this offer?" in client.get(f"/offers/{offer.reference}/accept/").content.decode()
    offer.refresh_from_db()
    assert offer.state == "made"
    page = client.post(f"/offers/{offer.reference}/accept/", follow=True).content.decode()
    assert "You accepted: Doctoral at USTC" in page
    assert client.post(f"/offers/{offer.reference}/accept/").status_code == 403


def test_declining_passes_the_place_on_and_the_next_reads_why(
    contest: Contest, client: Client
) -> None:
    offer = Offer.objects.order_by("id")[0]
    client.force_login(holder_of(offer))
    refused = client.post(f"/offers/{offer.reference}/decline/", {"reason": "r" * 301})
    assert (refused.status_code, "you have 301, 1 too many" in refused.text) == (422, True)
    assert "r" * 301 in refused.text, "nothing that was typed is lost"
    page = client.post(
        f"/offers/{offer.reference}/decline/", {"reason": "Nearer home."}, follow=True
    ).content.decode()
    assert "You gave up the place" in page
    client.force_login(holder_of(Offer.objects.get(follows=offer)))
    assert (
        "It was on the waiting list. A place in “Doctoral at USTC” became free and it was next."
        in client.get(outcome_of(contest, 2)).content.decode()
    )


def test_giving_back_after_acceptance_has_its_own_words(contest: Contest, client: Client) -> None:
    offer = Offer.objects.order_by("id")[0]
    accept_offer(actor=holder_of(offer), offer=offer, now=SELECTED)
    client.force_login(holder_of(offer))
    assert (
        "Give the place back?" in client.get(f"/offers/{offer.reference}/decline/").content.decode()
    )


def test_others_find_neither_outcome_nor_offer(
    contest: Contest, client: Client, cast: Cast
) -> None:
    offer = Offer.objects.order_by("id")[0]
    for account in (*cast.everyone().values(), holder_of(Offer.objects.order_by("id")[1])):
        client.force_login(account)
        assert client.get(outcome_of(contest, 0)).status_code == 404
        for act in ("accept", "decline"):
            assert client.post(f"/offers/{offer.reference}/{act}/").status_code == 404
    assert set(Offer.objects.values_list("state", flat=True)) == {"made"}


def test_somebody_who_waits_reads_their_place(contest: Contest, client: Client) -> None:
    account = contest.applications[2].applicant.account
    assert account is not None
    client.force_login(account)
    text = client.get(outcome_of(contest, 2)).content.decode()
    assert "You are on the waiting list" in text
    assert "As it stands today: Number 1 on the waiting list of “Doctoral at USTC”." in text


def test_the_number_on_the_page_is_that_of_today(client: Client) -> None:
    """Number 3 when the decisions were released; the first was offered a place since, the second
    withdrew.
    """
    contest = make_contest((6, 5, 4, 3, 2), terms=replace(small_terms(), waiting_share=150))
    offer, _ = make_offered(contest)
    last = contest.applications[4]
    account = last.applicant.account
    assert account is not None
    client.force_login(account)

    def number() -> str:
        text = squeezed(client.get(outcome_of(contest, 4)))
        return text.partition("As it stands today: Number ")[2].partition(" ")[0]

    assert number() == "3"
    decline_offer(actor=holder_of(offer), offer=offer, reason="", now=SELECTED)
    assert number() == "2"
    Application.objects.filter(pk=contest.applications[3].pk).update(
        state="withdrawn", withdrawn_at=SELECTED
    )
    assert number() == "1"
    assert "Number 3" not in client.get(outcome_of(contest, 4)).content.decode()


def test_the_desk_lists_offers_places_and_reasons(
    contest: Contest, client: Client, django_assert_max_num_queries: object
) -> None:
    address = f"/desk/calls/{contest.call.reference}/offers/"
    for account in (contest.officer, contest.chair):
        client.force_login(account)
        text = client.get(address, {"state": "made"}).content.decode()
        assert "Applicant 1" in text
        assert "rank 2 of 3" in text
    assert client.post(address).status_code == 403
    client.force_login(contest.officer)
    assert client.post(address, follow=True).status_code == 200
    assert Offer.objects.count() == 2


def test_an_offer_tells_a_benefit_in_the_words_of_the_call(
    contest: Contest, client: Client
) -> None:
    """The offer once said 3000 CNY per month, and left out what is given in kind."""
    offer = Offer.objects.order_by("id")[0]
    in_kind = offer.benefits[0] | {"amount": None, "currency": ""}
    Offer.objects.filter(pk=offer.pk).update(benefits=[*offer.benefits, in_kind])
    public = squeezed(client.get(f"/calls/{offer.application.call.slug}/"))
    client.force_login(holder_of(offer))
    told = squeezed(client.get(outcome_of(contest, 0)))
    for benefit in offer.benefits:
        amount = how_much(benefit["amount"], benefit["currency"])
        assert f">{amount}</span>" in told
        assert amount in public
        assert how_often(benefit["per"]) in told
    assert ">in kind</span>" in told
