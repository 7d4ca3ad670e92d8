"""Two officers who save in the same instant, on real connections; first with the lock off."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest

from anso.accounts.models import Account
from anso.calls import actions, queries
from anso.calls.actions import design, name_body, questions
from anso.calls.enums import BodyFunction
from anso.calls.models import Call
from anso.calls.queries import bodies_of
from anso.kernel.drafts import Disputed
from tests.applications.test_races import at_once
from tests.cast import Cast
from tests.factories.calls import make_call
from tests.factories.governance import make_body

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def officer(cast: Cast) -> Account:
    return cast.programme_officer


@pytest.fixture
def draft(officer: Account) -> Call:
    return make_call(state="draft", officer=officer)


def change_the_design(call: Call, officer: Account, now: dt.datetime) -> Callable[[int], Any]:
    """One officer changes the days for an answer, the other how many reviews are written."""

    def act(number: int) -> Any:
        told = {"call": Call.objects.get(pk=call.pk), "base_revision": 0}
        if number == 0:
            return actions.change_outcome(**told, changes={"offer_days": 9}, actor=officer, now=now)
        return actions.change_rubric(**told, changes={"reviews_each": 5}, actor=officer, now=now)

    return act


def reword(call: Call, officer: Account, now: dt.datetime) -> Callable[[int], Any]:
    """Each officer rewords another question."""

    def act(number: int) -> Any:
        return actions.change_question(
            call=Call.objects.get(pk=call.pk),
            purpose="application",
            key=("title", "keywords")[number],
            changes={"hint_en": f"Officer {number}"},
            base_revision=0,
            actor=officer,
            now=now,
        )

    return act


def saved_in_the_design(call: Call) -> int:
    terms = queries.get_terms(Call.objects.get(pk=call.pk))
    return (terms.offer_days == 9) + (terms.rubric.reviews_each == 5)


def saved_in_the_form(call: Call) -> int:
    form = queries.get_working_form(call)[1]
    hints = [str(form.question(key).hint) for key in ("title", "keywords")]
    return sum(hint.startswith("Officer") for hint in hints)


CASES = [
    pytest.param(change_the_design, saved_in_the_design, design, id="design"),
    pytest.param(reword, saved_in_the_form, questions, id="questions"),
]


@pytest.mark.parametrize(("acts", "saved", "module"), CASES)
def test_two_officers_who_save_at_once_both_keep_their_work(
    draft: Call, officer: Account, now: dt.datetime, *, acts: Any, saved: Any, module: Any
) -> None:
    _calls, faults = at_once(acts(draft, officer, now), 2)
    assert faults == []
    assert saved(draft) == 2
    assert Call.objects.get(pk=draft.pk).revision == 2


@pytest.mark.parametrize(("acts", "saved", "module"), CASES)
def test_without_the_lock_one_of_them_is_undone(
    draft: Call,
    officer: Account,
    now: dt.datetime,
    monkeypatch: pytest.MonkeyPatch,
    *,
    acts: Any,
    saved: Any,
    module: Any,
) -> None:
    """The control: the race is real, so the test above proves the lock and not luck."""
    meet = threading.Barrier(2)

    def unlocked(call: Call) -> Call:
        seen = Call.objects.select_related("programme").get(pk=call.pk)
        # Both have read before either writes, the form too, which is read after the row.
        form = queries.get_working_form(seen)
        monkeypatch.setattr(questions, "get_working_form", lambda *_given: form)
        meet.wait(timeout=20)
        return seen

    monkeypatch.setattr(module, "lock_call", unlocked)
    _calls, faults = at_once(acts(draft, officer, now), 2)
    assert faults == []
    assert saved(draft) == 1


def test_of_two_officers_who_name_two_panels_at_once_one_is_told(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    panels = [make_body("panel") for _ in range(2)]

    def act(number: int) -> Any:
        return name_body(
            call=Call.objects.get(pk=draft.pk),
            function=BodyFunction.PANEL,
            body=panels[number],
            base_revision=0,
            actor=officer,
            now=now,
        )

    calls, faults = at_once(act, 2)
    assert (len(calls), [type(fault) for fault in faults]) == (1, [Disputed])
    assert bodies_of(draft)["panel"] in panels
