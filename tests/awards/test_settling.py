"""An officer gives more time for an offer, or writes down an answer that came by telephone."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse

from anso.audit.models import Entry
from anso.awards import rules
from anso.awards.actions import accept_offer, extend_offer, make_offers, record_answer
from anso.awards.models import Offer
from anso.awards.queries import next_after
from anso.calls.models import CallOfficer
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.factories.decisions import SELECTED, Contest, make_contest, released, small_terms
from tests.shared import made_for_module

pytestmark = pytest.mark.django_db
LATER = SELECTED + dt.timedelta(days=3)


def a_world() -> Contest:
    contest = make_contest((6, 5, 4), terms=small_terms(2))
    released(contest)
    make_offers(actor=WORKER, call=contest.call, now=SELECTED)
    return contest


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None) -> Contest:
    return deepcopy(made)


def first_offer() -> Offer:
    return Offer.objects.select_related("application__call").order_by("id")[0]


def test_more_time_is_given_to_the_end_of_a_day_told_and_recorded(contest: Contest) -> None:
    offer, day = first_offer(), dt.date(2027, 6, 30)
    who = {"actor": contest.officer, "now": LATER}
    extend_offer(offer=offer, last_day=day, because="Visa office is closed", **who)
    offer.refresh_from_db()
    assert offer.respond_by == dt.datetime(2027, 6, 30, 16, 0, tzinfo=dt.UTC)
    mail = Message.objects.get(code="awards.extended")
    assert "until 30 June 2027, 23:59 (Beijing)" in mail.body
    assert Entry.objects.get(verb="extend_offer").because == "Visa office is closed"
    assert Offer.objects.count() == 2, "nobody else is offered anything"
    with pytest.raises(BadInput, match="later than the present one"):
        extend_offer(offer=offer, last_day=day, because="Again", **who)
    with pytest.raises(BadInput, match="Give the reason"):
        extend_offer(offer=offer, last_day=dt.date(2027, 7, 1), because=" ", **who)
    second = dt.date(2027, 7, 1)
    extend_offer(offer=offer, last_day=second, because="Still closed", **who)
    assert Message.objects.filter(code="awards.extended").count() == 2, "told each time"


def test_a_no_by_telephone_passes_the_place_on_and_says_so_before(
    contest: Contest, client: Client
) -> None:
    offer, third = first_offer(), contest.applications[2]
    assert next_after(offer.application) == [third.number]
    client.force_login(contest.officer)
    page = reverse("awards:settle", args=[offer.reference, "declined"])
    assert third.number in client.get(page).content.decode()
    assert client.post(page, {"because": ""}).status_code == 422
    client.post(page, {"because": "Called on 5 May"})
    offer.refresh_from_db()
    assert offer.state == "declined"
    assert Offer.objects.get(application=third).follows == offer
    assert Message.objects.get(code="awards.declined_for").email == (
        offer.application.applicant.account.email  # type: ignore[union-attr]  # made by the factory
    )
    assert Entry.objects.get(verb="decline_offer").because == "Called on 5 May"
    with pytest.raises(Refused, match="does not wait"):
        record_answer(
            actor=contest.officer, offer=offer, is_accepted=True, because="Changed", now=LATER
        )


def test_the_last_on_the_list_leaves_a_place_free(contest: Contest, client: Client) -> None:
    client.force_login(contest.officer)
    declining = contest.applications[2]
    Offer.objects.filter(pk=first_offer().pk).update(state="lapsed", lapsed_at=LATER)
    make_offers(actor=WORKER, call=contest.call, now=LATER)
    last = Offer.objects.get(application=declining)
    page = client.get(reverse("awards:settle", args=[last.reference, "declined"]))
    assert "Nobody is next on the list" in page.content.decode()


def test_a_yes_by_telephone_is_a_yes(contest: Contest, client: Client) -> None:
    offer = first_offer()
    client.force_login(contest.officer)
    assert (
        "Write down a yes"
        in client.get(reverse("awards:offers", args=[contest.call.reference])).content.decode()
    )
    page = reverse("awards:settle", args=[offer.reference, "accepted"])
    assert "changes nothing for others" in client.get(page).content.decode()
    client.post(page, {"because": "Called on 5 May"})
    offer.refresh_from_db()
    assert offer.state == "accepted"
    assert Message.objects.filter(code="awards.accepted").exists()


def test_a_day_that_cannot_be_read_is_asked_for_again(contest: Contest, client: Client) -> None:
    client.force_login(contest.officer)
    page = reverse("awards:settle", args=[first_offer().reference, "extend"])
    assert "until" in client.get(page).content.decode()
    typed = client.post(page, {"last_day": "soon", "because": "Visa office is closed"})
    assert typed.status_code == 422
    assert "Visa office is closed" in typed.content.decode(), "nothing is lost"
    client.post(page, {"last_day": "2027-06-30", "because": "Visa office is closed"})
    assert Message.objects.filter(code="awards.extended").exists()


def test_nobody_settles_an_offer_that_is_made_to_themselves(contest: Contest) -> None:
    offer = first_offer()
    account = offer.application.applicant.account
    assert account is not None
    CallOfficer.objects.create(call=contest.call, account=account, since_at=SELECTED)
    verdict = rules.may_settle_offer(account, offer, LATER)
    assert [reason.code for reason in verdict.reasons] == ["own"]


def test_who_does_not_work_on_the_call_settles_nothing(contest: Contest, client: Client) -> None:
    offer = first_offer()
    page = reverse("awards:settle", args=[offer.reference, "accepted"])
    account = offer.application.applicant.account
    assert account is not None
    client.force_login(account)
    assert client.get(page).status_code == 404
    client.force_login(contest.chair)
    assert client.post(page, {"because": "I say so"}).status_code == 403
    client.force_login(contest.officer)
    assert client.get(page.replace("accepted", "eaten")).status_code == 404
    accept_offer(actor=account, offer=offer, now=LATER)
    assert client.get(page).status_code == 403
    offer.refresh_from_db()
    assert offer.state == "accepted"
