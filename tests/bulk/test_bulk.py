"""Work on many things: each part whole or not at all, watched, stopped, going on and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from anso.audit.models import Entry
from anso.bulk import actions
from anso.bulk.models import BulkAction
from anso.bulk.queries import BULK_WORKS, BulkWork, Part
from anso.bulk.tasks import run
from anso.bulk.wording import settled_in_words, todo_items_for
from anso.calls.models import Call
from anso.calls.rules import may_manage_call
from anso.kernel.errors import BadInput, Refusal
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.verdict import Refused
from tests.cast import Cast
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db
CODE = "tests.stamp"
DONE: list[Any] = []
SEVEN = "It ends in seven."


def stamp(part: Part) -> dict[Any, Refusal]:
    """Stamp numbers: those that end in 7 are left as they are, 99 breaks the server."""
    if 99 in part.items:
        raise ZeroDivisionError
    keys = [tuple(each) if isinstance(each, list) else each for each in part.items]
    DONE.extend(keys)
    return {each: BadInput(SEVEN) for each in keys if str(each).endswith("7")}


@pytest.fixture(autouse=True)
def work(monkeypatch: pytest.MonkeyPatch) -> None:
    DONE.clear()
    made = BulkWork(
        may=may_manage_call,
        run=stamp,
        title=lambda said: f"Stamp in {said['ink']}",
        shown=lambda items: [(f"Number {each}", f"/numbers/{each}/") for each in items],
        back=lambda call: f"/back/{call.reference}/",
        group=lambda item: item[1] if isinstance(item, list) else item,
        undo=lambda said: None if said["ink"] == "white" else {"ink": "white"},
    )
    monkeypatch.setitem(BULK_WORKS._placed, CODE, (0, made))
    monkeypatch.setattr(actions, "AT_ONCE", 3)


@pytest.fixture
def call(cast: Cast) -> Call:
    return make_call(officer=cast.programme_officer)


Start = Callable[..., BulkAction]


@pytest.fixture
def start(cast: Cast, call: Call) -> Start:
    def started(items: list[Any], key: str = "one press", ink: str = "blue") -> BulkAction:
        return actions.start_bulk(
            code=CODE,
            context=call,
            items=items,
            said={"ink": ink},
            key=key,
            actor=cast.programme_officer,
            now=timezone.now(),
        )

    return started


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="bulk.run").count()


def test_a_few_are_done_at_once_and_a_second_press_is_the_first(start: Start) -> None:
    first = start([1, 7, 3])
    assert (first.state, first.done, first.settled) == ("finished", 3, [1, 3])
    assert first.refused == [[1, {"en": SEVEN, "ar": SEVEN}]]
    assert settled_in_words(first) == "2 of 3 are settled. 1 was left as it is."
    assert start([1, 7, 3]).pk == first.pk
    assert (DONE, jobs()) == ([1, 7, 3], 0)
    verbs = Entry.objects.filter(object_type="bulk.bulkaction").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["start_bulk", "finish_bulk"]


def test_nothing_chosen_and_somebody_elses_call_are_refused(
    start: Start, cast: Cast, call: Call
) -> None:
    with pytest.raises(BadInput, match="Choose at least one"):
        start([])
    with pytest.raises(Refused):
        actions.start_bulk(
            code=CODE, context=call, items=[1], said={"ink": "blue"}, key="other",
            actor=cast.auditor, now=timezone.now(),
        )  # fmt: skip
    assert not BulkAction.objects.exists()


def test_many_are_done_by_the_worker_in_their_order(start: Start) -> None:
    many = start(list(range(1, 9)))
    assert (many.state, many.done, DONE, jobs()) == ("running", 0, [], 1)
    run(many.pk)
    many.refresh_from_db()
    assert (many.state, many.done, DONE) == ("finished", 8, list(range(1, 9)))
    assert many.ended_at is not None
    run(many.pk)
    assert list(range(1, 9)) == DONE, "a job that is run twice does nothing twice"


def test_pairs_are_things_too(start: Start) -> None:
    pairs = start([(1, 2), (3, "x7")])
    pairs.refresh_from_db()
    assert pairs.refused == []
    assert pairs.settled == [[1, 2], [3, "x7"]]


def test_what_belongs_together_is_never_parted(start: Start) -> None:
    many = start([(1, 5), (2, 5), (3, 5), (4, 5), (5, 6), (6, 6)])
    many.refresh_from_db()
    actions.run_part(action=many, now=timezone.now())
    assert many.done == 4
    actions.run_part(action=many, now=timezone.now())
    assert many.state == "finished"


def test_a_part_that_breaks_counts_for_nothing_and_is_done_again(start: Start) -> None:
    many = start([1, 2, 3, 4, 99, 5])
    with pytest.raises(ZeroDivisionError):
        run(many.pk)
    many.refresh_from_db()
    assert (many.state, many.done, DONE) == ("running", 3, [1, 2, 3])


def test_it_stops_after_a_part_and_goes_on_where_it_was(start: Start, cast: Cast) -> None:
    officer = cast.programme_officer
    many = start(list(range(1, 8)))
    actions.run_part(action=many, now=timezone.now())
    actions.stop_bulk(action=many, actor=officer, now=timezone.now())
    assert not actions.run_part(action=many, now=timezone.now())
    assert (many.state, many.done, DONE) == ("stopped", 3, [1, 2, 3])
    assert many.settled == [1, 2, 3]
    with pytest.raises(StaleTransition):
        actions.stop_bulk(action=many, actor=officer, now=timezone.now())
    actions.resume_bulk(action=many, actor=officer, now=timezone.now())
    assert (many.state, many.ended_at, jobs()) == ("running", None, 2)
    run(many.pk)
    many.refresh_from_db()
    assert (many.state, many.settled) == ("finished", [1, 2, 3, 4, 5, 6])
    with pytest.raises(StaleTransition):
        actions.stop_bulk(action=many, actor=officer, now=timezone.now())


def test_what_was_settled_is_taken_back_once(start: Start, cast: Cast) -> None:
    officer = cast.programme_officer
    many = start([1, 7, 3])
    back = actions.undo_bulk(action=many, actor=officer, now=timezone.now())
    assert (back.said, back.items, back.state) == ({"ink": "white"}, [1, 3], "finished")
    again = actions.undo_bulk(action=many, actor=officer, now=timezone.now())
    assert again.pk == back.pk
    with pytest.raises(BadInput, match="cannot be taken back"):
        actions.undo_bulk(action=back, actor=officer, now=timezone.now())


def test_the_page_tells_how_far_it_is_and_what_was_left(
    start: Start, cast: Cast, client: Client, call: Call
) -> None:
    many = start([1, 7, 3, 4, 5])
    page = reverse("bulk:action", args=[many.reference])
    for role, account in cast.everyone().items():
        client.force_login(account)
        seen = client.get(page).status_code
        assert seen == (200 if role == "programme_officer" else 404), role
    client.force_login(cast.programme_officer)
    text = client.get(page).content.decode()
    assert "0 of 5 are settled." in text
    assert "Look again" in text
    assert "bulk/progress.js" in text
    actions.run_part(action=many, now=timezone.now())
    assert client.post(reverse("bulk:stop", args=[many.reference])).status_code == 302
    assert [each.reason for each in todo_items_for(cast.programme_officer, timezone.now())] == [
        "2 of 5 are settled. 1 was left as it is."
    ]
    text = client.get(page).content.decode()
    assert "Number 7" in text
    assert "It ends in seven." in text
    assert f"/back/{call.reference}/" in text
    assert "bulk/progress.js" not in text
    assert todo_items_for(cast.programme_officer, timezone.now()) == [], "it has been looked at"
    late = client.post(reverse("bulk:stop", args=[many.reference]), follow=True)
    assert "It had ended already." in late.content.decode()
    client.post(reverse("bulk:resume", args=[many.reference]))
    many.refresh_from_db()
    assert (many.state, many.seen_at) == ("running", None)
    run(many.pk)
    undone = client.post(reverse("bulk:undo", args=[many.reference]), follow=True)
    text = undone.content.decode()
    assert "Stamp in white" in text
    assert "Stamp in blue" in text, "what was done before is listed"
    last = BulkAction.objects.exclude(pk=many.pk).get()
    refused = client.post(reverse("bulk:undo", args=[last.reference]), follow=True)
    assert "This cannot be taken back." in refused.content.decode()


def test_what_stands_still_says_so_and_is_let_go_on(
    start: Start, cast: Cast, client: Client, time_machine: Any
) -> None:
    many = start([1, 2, 3, 4])
    client.force_login(cast.programme_officer)
    page = reverse("bulk:action", args=[many.reference])
    assert "Let it go on" not in client.get(page).content.decode()
    assert todo_items_for(cast.programme_officer, timezone.now()) == []
    time_machine.move_to(many.moved_at + dt.timedelta(minutes=3))
    text = client.get(page).content.decode()
    assert "Nothing has moved for two minutes" in text
    assert "standing still" in text
    assert len(todo_items_for(cast.programme_officer, timezone.now())) == 1
    client.post(reverse("bulk:resume", args=[many.reference]))
    assert jobs() == 2


def test_more_than_a_page_of_left_ones_is_counted(
    start: Start, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anso.bulk.views.SHOWN", 1)
    many = start([7, 17, 27])
    client.force_login(cast.programme_officer)
    text = client.get(reverse("bulk:action", args=[many.reference])).content.decode()
    assert "Number 7" in text
    assert "Number 17" not in text
    assert "and 2 more" in text
