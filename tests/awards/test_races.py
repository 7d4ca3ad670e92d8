"""Answers given at the same moment, on real connections: proved first with the lock off, then with
it on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from anso.audit.models import Entry
from anso.awards.actions import accept_offer, decline_offer
from anso.awards.actions import offers as actions
from anso.awards.models import Offer
from anso.calls.models import Call
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.verdict import Refused
from tests.factories.awards import holder_of, make_offered
from tests.factories.decisions import SELECTED, make_contest

pytestmark = pytest.mark.django_db(transaction=True)
LATER = SELECTED + dt.timedelta(days=3)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts in threads that start together; what each returned or why it was refused."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=20)
            return act()
        except (Refused, StaleTransition) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def answer(act: Callable[..., Offer], offer: Offer, **facts: str) -> Callable[[], Offer]:
    """One person's click, from a fresh reading of the offer."""
    return lambda: act(
        actor=holder_of(offer),
        offer=Offer.objects.select_related("application__applicant__account").get(pk=offer.pk),
        now=LATER,
        **facts,
    )


@pytest.mark.parametrize(
    ("act", "verb", "facts"),
    [(accept_offer, "accept_offer", {}), (decline_offer, "decline_offer", {"reason": ""})],
)
def test_ten_clicks_at_once_count_once(
    act: Callable[..., Offer], verb: str, facts: dict[str, str]
) -> None:
    first, _ = make_offered(make_contest((6, 5, 4)))
    results = at_once(*[answer(act, first, **facts) for _ in range(10)])
    assert sum(isinstance(result, Offer) for result in results) == 1
    assert Entry.objects.filter(verb=verb, object_id=first.pk).count() == 1
    assert Offer.objects.filter(follows=first).count() == (1 if verb == "decline_offer" else 0)


def test_accepting_and_declining_at_once_leaves_no_seat_with_two_holders() -> None:
    contest = make_contest((6, 5, 4))
    first, _ = make_offered(contest)
    at_once(*[answer(accept_offer, first), answer(decline_offer, first, reason="")] * 3)
    assert Offer.objects.filter(state__in=["made", "accepted"]).count() == 2
    assert (
        Offer.objects.filter(follows=first).count()
        == Offer.objects.filter(pk=first.pk, state="declined").count()
    )


def test_two_seats_given_back_at_once_go_to_two_people() -> None:
    contest = make_contest((6, 5, 4, 3))
    first, second = make_offered(contest)
    results = at_once(
        answer(decline_offer, first, reason=""), answer(decline_offer, second, reason="")
    )
    assert all(isinstance(result, Offer) for result in results), results
    standing = Offer.objects.filter(state="made").order_by("application__number")
    assert [offer.application for offer in standing] == list(contest.applications[2:])
    assert set(standing.values_list("follows_id", flat=True)) == {first.pk, second.pk}


def test_without_the_lock_two_seats_given_back_at_once_go_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The lock is what holds: without it both see the same next person, and one decline fails or
    one seat stays empty.
    """
    contest = make_contest((6, 5, 4, 3))
    first, second = make_offered(contest)
    barrier = Barrier(2)
    computed = actions.get_current_allocation

    def waiting_for_the_other(call: Call) -> object:
        allocation = computed(call)
        barrier.wait(timeout=20)
        return allocation

    monkeypatch.setattr(actions, "lock_call", lambda pk: Call.objects.get(pk=pk))
    monkeypatch.setattr(actions, "get_current_allocation", waiting_for_the_other)
    try:
        at_once(answer(decline_offer, first, reason=""), answer(decline_offer, second, reason=""))
        went_well = Offer.objects.filter(state="made").count() == 2
    except Exception:  # noqa: BLE001 - whatever the database says to it
        went_well = False
    assert not went_well
