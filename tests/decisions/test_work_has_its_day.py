"""Deciding has its days: computing, sending, confirming and releasing stand in the list of whoever
does them, until the day that the call's steps give, and say when it has passed.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy

import pytest

from anso.calls.models import Step
from anso.calls.queries.steps import step_closes_at, steps_of, steps_of_block
from anso.decisions.actions import propose_selection
from anso.kernel.todo import TodoItem
from anso.site.wording import todo_items_for
from tests.factories.applications import make_application, put_in_state
from tests.factories.calls import make_call, make_programme
from tests.factories.decisions import (
    SELECTED,
    Contest,
    computed,
    confirmed,
    make_contest,
    make_officer,
)
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def a_world() -> Contest:
    """Four judged applications for two places, in May."""
    with clock_at(SELECTED):
        return make_contest()


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None) -> Contest:
    return deepcopy(made)


def said(account: object, now: dt.datetime) -> dict[str, TodoItem]:
    return {str(each.text): each for each in todo_items_for(account, now)}


def ends_of(contest: Contest, block: str) -> dt.datetime:
    return step_closes_at(steps_of_block(contest.call, block)[0])


def test_each_part_of_deciding_waits_for_somebody_until_its_day(contest: Contest) -> None:
    call = contest.call
    Step.objects.filter(call=call, block="review").update(ends_on=SELECTED.date() - DAY)
    item = said(contest.officer, SELECTED)["Compute the selection"]
    assert (item.due_at, item.zone) == (ends_of(contest, "panel"), call.zone)
    assert item.tone == ("attn" if ends_of(contest, "panel") < SELECTED else "act")
    run = computed(contest)
    told = said(contest.officer, SELECTED)
    assert "Compute the selection" not in told
    assert told["Send the selection to the chair"].due_at == ends_of(contest, "panel")
    propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    assert "Send the selection to the chair" not in said(contest.officer, SELECTED)
    late = ends_of(contest, "decision") + DAY
    item = said(contest.chair, late)["Confirm the selection"]
    assert (item.due_at, item.tone) == (ends_of(contest, "decision"), "attn")


def test_a_confirmed_selection_is_released_on_its_day(contest: Contest) -> None:
    confirmed(contest)
    item = said(contest.officer, SELECTED)["Release the decisions"]
    assert item.due_at == ends_of(contest, "release")


def test_who_goes_on_is_said_before_the_next_window_opens() -> None:
    officer = make_officer()
    call = make_call(make_programme("collaborative_research"), officer=officer)
    put_in_state(make_application(call), "eligible")
    review = steps_of_block(call, "review")[0]
    after = step_closes_at(review) + DAY
    window = next(
        each
        for each in steps_of(call)
        if each.order > review.order and each.block == "applications"
    )
    item = said(officer, after)[f"Say who goes on to “{window.label['en']}”"]
    assert item.due_at is not None
    assert item.due_at.date() <= window.starts_on
    assert item.due_at > step_closes_at(review)
    assert "is over" in str(item.reason)


def test_nobody_is_asked_to_decide_on_nothing() -> None:
    officer = make_officer()
    call = make_call(make_programme("prize"), officer=officer)
    after = step_closes_at(steps_of_block(call, "review")[0]) + DAY
    assert "Compute the selection" not in said(officer, after)
    put_in_state(make_application(call), "eligible")
    assert "Compute the selection" in said(officer, after)
