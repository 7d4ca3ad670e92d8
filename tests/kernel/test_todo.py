"""The list of things to do, and who acts."""

from __future__ import annotations

import datetime as dt

from anso.kernel.actors import CLOCK, SETUP, WORKER
from anso.kernel.notices import Notice
from anso.kernel.todo import TodoItem, in_order

NOW = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)


def item(text: str, hours: int | None) -> TodoItem:
    return TodoItem(
        None if hours is None else NOW + dt.timedelta(hours=hours), text, "because", "/"
    )


def test_the_most_pressing_comes_first_and_what_has_no_date_last() -> None:
    items = [item("b", None), item("later", 5), item("a", None), item("late", -1)]
    assert [one.text for one in in_order(items)] == ["late", "later", "a", "b"]


def test_a_thing_is_overdue_from_its_very_instant() -> None:
    assert item("x", 0).is_overdue(NOW)
    assert not item("x", 1).is_overdue(NOW)
    assert not item("x", None).is_overdue(NOW)


def test_processes_of_the_system_act_by_name_without_an_account() -> None:
    assert [str(process) for process in (CLOCK, WORKER, SETUP)] == ["clock", "worker", "set-up"]
    assert CLOCK.pk is None


def test_a_notice_is_neither_held_nor_a_reminder_unless_it_says_so() -> None:
    notice = Notice("receipt", "applicant", "mail/receipt.txt", ("number",))
    assert (notice.is_held, notice.is_reminder) == (False, False)
