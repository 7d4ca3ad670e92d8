"""Whatever order people answer in: no group of places is ever overfull, nobody who holds one is
disturbed, no place stays empty.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anso.awards.actions import accept_offer, decline_offer, lapse_offer, make_offers
from anso.awards.models import Offer
from anso.awards.queries import get_current_allocation
from anso.calls.models import Call
from anso.decisions.actions.computing import RESULTS
from anso.decisions.models import Decision, Placement, SelectionRun
from anso.kernel.actors import CLOCK
from anso.questionnaires.queries import versions_of
from anso.selection.allocation import Allocation, Candidate, Ceiling, QuotaNode
from anso.selection.record import run_method
from tests.factories.applications import store_application
from tests.factories.calls import make_call, step_of
from tests.factories.decisions import SELECTED
from tests.factories.directory import make_person

pytestmark = pytest.mark.django_db
LEAVES = ("east", "west", "north")


@dataclass(frozen=True)
class Instance:
    """A small contest: what people ask for in rank order, seats per leaf and in all, and the
    answers in order.
    """

    wishes: list[list[str]]
    capacities: list[int]
    top: int
    ceiling: int
    answers: list[tuple[int, str]]


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    wishes = draw(
        st.lists(
            st.lists(st.sampled_from(LEAVES), min_size=1, max_size=3, unique=True),
            min_size=2,
            max_size=7,
        )
    )
    capacities = draw(st.lists(st.integers(0, 2), min_size=3, max_size=3))
    answers = draw(
        st.lists(
            st.tuples(
                st.integers(0, 6), st.sampled_from(["decline", "accept", "lapse", "give back"])
            ),
            max_size=10,
        )
    )
    return Instance(wishes, capacities, draw(st.integers(0, 5)), draw(st.integers(1, 4)), answers)


def lay_out(call: Call, instance: Instance) -> None:
    """The rows of a released selection over that instance; every second person belongs to the
    limited group.
    """
    names = [f"{call.number_prefix}-{number:05}" for number in range(len(instance.wishes))]
    groups = [
        frozenset({"country:KE"}) if number % 2 else frozenset() for number in range(len(names))
    ]
    quotas = [QuotaNode("all", instance.top)] + [
        QuotaNode(leaf, size, "all") for leaf, size in zip(LEAVES, instance.capacities, strict=True)
    ]
    inputs: dict[str, Any] = {
        "candidates": tuple(
            Candidate(*row) for row in zip(names, map(tuple, instance.wishes), groups, strict=True)
        ),
        "quotas": tuple(quotas),
        "ceilings": (Ceiling("country:KE", instance.ceiling),),
        "ranks": {name: rank for rank, name in enumerate(names, start=1)},
    }
    filled = run_method("fill-by-rank/1", inputs, seed="seed")
    stamps = {"computed_at": SELECTED, "confirmed_at": SELECTED, "released_at": SELECTED}
    run = SelectionRun.objects.create(
        call=call,
        step=step_of(call, "review"),
        number=1,
        state="released",
        record={"places": filled.record.to_dict()},
        sha256="0" * 64,
        figures={},
        **stamps,
    )
    form = versions_of(call).first()
    answer: Allocation = filled.answer
    for placed in answer.placements:
        application = store_application(
            "decided",
            number=placed.key,
            call=call,
            applicant=make_person(placed.key),
            form_version=form,
        )
        common = {
            "result": RESULTS[placed.outcome],
            "place": placed.seat,
            "reason": placed.reason,
        }
        Placement.objects.create(
            run=run, application=application, rank=placed.rank, review_count=1, **common
        )
        Decision.objects.create(
            application=application,
            step=run.step,
            run=run,
            state="released",
            prepared_at=SELECTED,
            released_at=SELECTED,
            **common,
        )


def held_places(call: Call) -> dict[str, str]:
    standing = Offer.objects.filter(application__call=call, state__in=["made", "accepted"])
    return dict(standing.values_list("application__number", "place"))


def check(call: Call, instance: Instance) -> None:
    """Capacities and ceiling hold, and everybody who should sit somewhere holds an offer of exactly
    that seat.
    """
    held = held_places(call)
    counts = Counter(held.values())
    assert all(counts[leaf] <= size for leaf, size in zip(LEAVES, instance.capacities, strict=True))
    assert len(held) <= instance.top
    assert sum(int(number[-5:]) % 2 for number in held) <= instance.ceiling
    allocation = get_current_allocation(call)
    assert allocation is not None
    assert {placed.key: placed.seat for placed in allocation.placements if placed.seat} == held
    assert all(
        check.holds
        for check in allocation.certificate.checks
        if check.name in {"capacity", "ceilings", "no wasted seat"}
    )


def answer_one(offer: Offer, act: str, now: dt.datetime) -> None:
    account = offer.application.applicant.account
    if act == "accept" and offer.state == "made":
        accept_offer(actor=account, offer=offer, now=now)
    elif act == "lapse" and offer.state == "made":
        Offer.objects.filter(pk=offer.pk).update(respond_by=now)
        offer.refresh_from_db()
        lapse_offer(actor=CLOCK, offer=offer, now=now)
    elif (act == "decline" and offer.state == "made") or (
        act == "give back" and offer.state == "accepted"
    ):
        decline_offer(actor=account, offer=offer, reason="", now=now)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(instance=instances())
def test_seats_pass_on_without_overfilling_or_disturbing(db: None, instance: Instance) -> None:
    with transaction.atomic():
        call = make_call()
        lay_out(call, instance)
        make_offers(actor=CLOCK, call=call, now=SELECTED)
        check(call, instance)
        for place, act in instance.answers:
            standing = list(
                Offer.objects.filter(
                    application__call=call, state__in=["made", "accepted"]
                ).order_by("id")
            )
            if not standing:
                break
            chosen = standing[place % len(standing)]
            before = held_places(call)
            answer_one(chosen, act, SELECTED)
            after = held_places(call)
            assert all(
                after[number] == seat
                for number, seat in before.items()
                if number != chosen.application.number
            )
            check(call, instance)
        asked = Offer.objects.filter(application__call=call).values_list(
            "application_id", flat=True
        )
        assert len(asked) == len(set(asked))
        transaction.set_rollback(True)
