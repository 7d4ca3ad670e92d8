"""What an officer has to do is due on the last day of the step in which it belongs."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.applications.models import Application
from anso.calls.queries.steps import step_closes_at, steps_of_block
from anso.kernel.todo import TodoItem
from anso.site.wording import todo_items_for
from tests.factories.applications import make_application, put_in_state
from tests.factories.calls import make_call, make_programme
from tests.factories.decisions import make_officer

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def the_item(officer: object, words: str, now: dt.datetime) -> TodoItem:
    (item,) = [each for each in todo_items_for(officer, now) if words in str(each.text)]
    return item


@pytest.mark.parametrize("kind", ["fellowship", "prize", "collaborative_research"])
def test_checking_and_assigning_are_due_when_their_step_ends_and_late_afterwards(kind: str) -> None:
    officer = make_officer()
    call = make_call(make_programme(kind), officer=officer)
    application = put_in_state(make_application(call), "submitted")
    check, review = (steps_of_block(call, block)[0] for block in ("screening", "review"))
    ends = step_closes_at(check)
    before, after = (ends + days * DAY for days in (-1, 1))
    for now, tone in ((before, "act"), (after, "attn")):
        item = the_item(officer, "Check the eligibility of 1", now)
        assert (item.due_at, item.tone, item.zone) == (ends, tone, call.zone)
    Application.objects.filter(pk=application.pk).update(state="eligible", screened_at=before)
    item = the_item(officer, "Assign reviewers to 1", before)
    assert (item.due_at, item.tone) == (step_closes_at(review), "act")


def test_a_later_check_is_due_for_those_who_came_so_far() -> None:
    officer = make_officer()
    call = make_call(make_programme("collaborative_research"), officer=officer)
    windows, checks = (steps_of_block(call, block) for block in ("applications", "screening"))
    application = put_in_state(make_application(call), "submitted")
    Application.objects.filter(pk=application.pk).update(step=windows[1])
    now = step_closes_at(windows[1]) + 2 * DAY
    due = the_item(officer, "Check the eligibility of 1", now).due_at
    assert due == step_closes_at(checks[1])


def test_a_check_waits_from_the_moment_at_which_the_window_is_over_where_the_call_is() -> None:
    officer = make_officer()
    call = make_call(make_programme("collaborative_research"), officer=officer)
    windows = steps_of_block(call, "applications")
    early, late = (put_in_state(make_application(call), "submitted") for _ in range(2))
    Application.objects.filter(pk=late.pk).update(step=windows[1])
    Application.objects.filter(pk=early.pk).update(state="withdrawn", withdrawn_at=call.closes_at)
    ends = step_closes_at(windows[1])
    hour = dt.timedelta(hours=1)
    before = [str(each.text) for each in todo_items_for(officer, ends - hour)]
    assert not any("Check the eligibility" in each for each in before)
    assert the_item(officer, "Check the eligibility of 1", ends + hour)


def test_those_of_an_earlier_window_wait_while_a_later_one_is_open() -> None:
    officer = make_officer()
    call = make_call(make_programme("collaborative_research"), officer=officer)
    windows = steps_of_block(call, "applications")
    _early, late = (put_in_state(make_application(call), "submitted") for _ in range(2))
    Application.objects.filter(pk=late.pk).update(step=windows[1])
    now = step_closes_at(windows[1]) - DAY
    assert the_item(officer, "Check the eligibility of 1", now)
    assert the_item(officer, "Check the eligibility of 2", now + 2 * DAY)
