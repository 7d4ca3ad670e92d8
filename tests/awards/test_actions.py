"""Offers: made once, answered once, passed on by the rules of the released run without disturbing
anybody.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db.models import Count

from anso.applications.actions import withdraw_application
from anso.awards.actions import (
    accept_offer,
    decline_offer,
    lapse_offer,
    make_offers,
    remind_of_offer,
)
from anso.awards.models import Offer
from anso.awards.queries import (
    calls_with_offers_to_make,
    get_current_allocation,
    place_figures,
)
from anso.awards.tasks import lapse_due_offers
from anso.awards.wording import words_for_offers
from anso.calls.queries import get_terms
from anso.decisions.actions import release_decisions
from anso.decisions.models import Decision
from anso.directory.models import Person
from anso.kernel.actors import CLOCK
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.periods import Deadline
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.factories.awards import holder_of, make_offered
from tests.factories.decisions import (
    SELECTED,
    Contest,
    computed,
    confirmed,
    make_contest,
    released,
    small_terms,
)
from tests.locks import locks_first
from tests.shared import made_for_module

pytestmark = pytest.mark.django_db
LATER = SELECTED + dt.timedelta(days=3)
made = made_for_module(make_contest)


@pytest.fixture
def contest(made: Contest, db: None) -> Contest:
    return deepcopy(made)


def numbers(offers: list[Offer]) -> list[str]:
    return [offer.application.number for offer in offers]


def test_offers_go_to_those_with_a_seat_once(contest: Contest) -> None:
    offers = make_offered(contest)
    assert numbers(offers) == [each.number for each in contest.applications[:2]]
    assert make_offers(actor=CLOCK, call=contest.call, now=SELECTED) == []
    assert not calls_with_offers_to_make().exists()
    assert Message.objects.filter(code="awards.offer").count() == 2
    last_day = offers[0].made_at.astimezone(ZoneInfo("Asia/Shanghai")).date() + dt.timedelta(
        days=get_terms(contest.call).offer_days
    )
    assert offers[0].respond_by == Deadline.at_end_of(last_day, "Asia/Shanghai").closes_at, (
        "the whole of the last day is in time"
    )
    assert offers[0].benefits


def test_an_earlier_run_that_was_never_confirmed_offers_nothing(contest: Contest) -> None:
    computed(contest)
    assert numbers(make_offered(contest)) == [each.number for each in contest.applications[:2]]


def test_nothing_is_offered_before_the_release(contest: Contest) -> None:
    confirmed(contest)
    assert make_offers(actor=CLOCK, call=contest.call, now=SELECTED) == []
    assert get_current_allocation(contest.call) is None


def test_only_officers_and_the_clock_make_offers() -> None:
    contest = make_contest((5, 4))
    released(contest)
    with pytest.raises(Refused):
        make_offers(actor=contest.chair, call=contest.call, now=SELECTED)
    assert len(make_offers(actor=contest.officer, call=contest.call, now=SELECTED)) == 2


def test_a_declined_seat_goes_to_the_next_at_once(contest: Contest) -> None:
    first, second = make_offered(contest)
    decline_offer(actor=holder_of(first), offer=first, reason="A place nearer home.", now=LATER)
    passed_on = Offer.objects.get(follows=first)
    assert passed_on.application == contest.applications[2]
    assert passed_on.place == first.place
    second.refresh_from_db()
    assert second.state == "made"
    words = words_for_offers([passed_on], get_terms(contest.call))[0]
    assert "became free and it was next" in words
    assert "Doctoral at USTC" in words
    assert "phd-ustc" not in words


def test_a_seat_given_back_after_acceptance_goes_on_too(contest: Contest) -> None:
    first, _ = make_offered(contest)
    accept_offer(actor=holder_of(first), offer=first, now=LATER)
    decline_offer(actor=holder_of(first), offer=first, reason="", now=LATER + dt.timedelta(days=1))
    assert Offer.objects.get(follows=first).application == contest.applications[2]


def test_the_last_seat_stays_free_when_nobody_waits() -> None:
    contest = make_contest((6,))
    (only,) = make_offered(contest)
    decline_offer(actor=holder_of(only), offer=only, reason="", now=LATER)
    assert Offer.objects.count() == 1
    assert {row["place"].key: row["free"] for row in place_figures(contest.call)}["phd-ustc"] == 2


def test_the_clock_lapses_offers_and_nobody_else(contest: Contest) -> None:
    first, second = make_offered(contest)
    before, after = first.respond_by - dt.timedelta(seconds=1), first.respond_by
    accept_offer(actor=holder_of(second), offer=second, now=before)
    with pytest.raises(Refused, match="can still be answered"):
        lapse_offer(actor=CLOCK, offer=first, now=before)
    with pytest.raises(Refused, match="lapse by themselves"):
        lapse_offer(actor=contest.officer, offer=first, now=after)
    with pytest.raises(Refused, match="could be answered until"):
        accept_offer(actor=holder_of(first), offer=first, now=after)
    lapse_offer(actor=CLOCK, offer=first, now=after)
    mail = Message.objects.get(code="awards.lapsed")
    assert mail.recipient == holder_of(first)
    assert "No answer reached us by then, so the offer has lapsed" in mail.body
    assert "Doctoral at USTC" in mail.body
    assert settings.ALLIANCE["MAIL"] in mail.body
    with pytest.raises(StaleTransition):
        lapse_offer(actor=CLOCK, offer=second, now=after)
    assert Offer.objects.get(follows=first).application == contest.applications[2]


def test_the_lapse_job_leaves_answered_and_standing_offers_alone() -> None:
    contest = make_contest((6, 5, 4))
    first, second = make_offered(contest)
    Offer.objects.filter(pk=first.pk).update(respond_by=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    Offer.objects.filter(pk=second.pk).update(respond_by=dt.datetime(2090, 1, 1, tzinfo=dt.UTC))
    lapse_due_offers(0)
    assert list(Offer.objects.order_by("id").values_list("state", flat=True)) == [
        "lapsed",
        "made",
        "made",
    ]


def test_whoever_withdrew_before_release_gets_nothing_and_the_next_gets_the_seat(
    contest: Contest,
) -> None:
    run = confirmed(contest)
    gone, waiting = contest.applications[0], contest.applications[2]
    withdraw_application(application=gone, actor=gone.applicant.account, now=SELECTED)  # type: ignore[arg-type]
    release_decisions(actor=contest.officer, run=run, now=LATER)
    assert not Decision.objects.filter(application=gone).exists()
    offers = make_offers(actor=CLOCK, call=contest.call, now=LATER)
    assert numbers(offers) == [contest.applications[1].number, waiting.number]


def test_the_waiting_list_skips_whoever_withdrew(contest: Contest) -> None:
    run = confirmed(contest)
    gone = contest.applications[2]
    withdraw_application(application=gone, actor=gone.applicant.account, now=SELECTED)  # type: ignore[arg-type]
    release_decisions(actor=contest.officer, run=run, now=LATER)
    first, _ = make_offers(actor=CLOCK, call=contest.call, now=LATER)
    decline_offer(actor=holder_of(first), offer=first, reason="", now=LATER)
    assert Offer.objects.get(follows=first).application == contest.applications[3]


def test_answers_are_given_once_and_only_by_the_holder(contest: Contest) -> None:
    first, second = make_offered(contest)
    with pytest.raises(Refused, match="somebody else"):
        accept_offer(actor=holder_of(second), offer=first, now=LATER)
    accept_offer(actor=holder_of(first), offer=first, now=LATER)
    with pytest.raises(Refused, match="have accepted"):
        accept_offer(actor=holder_of(first), offer=first, now=LATER)
    decline_offer(actor=holder_of(first), offer=first, reason="", now=LATER)
    with pytest.raises(Refused, match="no longer stands"):
        decline_offer(actor=holder_of(first), offer=first, reason="", now=LATER)


def test_a_reminder_is_written_once(contest: Contest) -> None:
    first, _ = make_offered(contest)
    for _again in range(2):
        remind_of_offer(actor=CLOCK, offer=first, now=LATER)
    assert Message.objects.filter(code="awards.reminder").count() == 1


def test_declining_in_any_order_never_exceeds_seats_shared_between_hosts() -> None:
    contest = make_contest((6, 5, 4, 3), terms=small_terms(2, ustc=1))
    offers = make_offered(contest)
    for offer in reversed(offers):
        decline_offer(actor=holder_of(offer), offer=offer, reason="", now=LATER)
        standing = Offer.objects.filter(state__in=["made", "accepted"])
        held = dict(standing.order_by().values_list("place").annotate(Count("id")))
        assert held.get("phd-ustc", 0) <= 1
        assert sum(held.values()) <= 2


def test_a_holder_without_an_account_gets_the_seat_and_no_mail(contest: Contest) -> None:
    released(contest)
    Person.objects.filter(pk=contest.applications[0].applicant_id).update(account=None)
    assert len(make_offers(actor=contest.officer, call=contest.call, now=SELECTED)) == 2
    assert Message.objects.filter(code="awards.offer").count() == 1


def test_a_place_is_passed_on_under_the_lock_of_its_call(contest: Contest) -> None:
    """Two declines at once are in ``test_races``; this holds the lock every time."""
    first, _ = make_offered(contest)
    assert locks_first(
        "calls_call",
        lambda: decline_offer(actor=holder_of(first), offer=first, reason="", now=LATER),
        before="decisions_selectionrun",
    )
