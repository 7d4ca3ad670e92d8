"""What an officer has to do is never empty while reviews are late or nobody was asked to judge."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.accounts.models import Account
from anso.calls.enums import PhaseState
from anso.review.actions.audiences import reviewers_chosen
from anso.review.queries import get_review_progress, reviewers_of_call
from anso.review.queries.reading import applications_to_review, late_in, review_state
from anso.review.wording import todo_items_for
from tests.factories.calls import make_call
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.review import (
    IN_REVIEW,
    make_assignment,
    make_eligible_application,
    make_review,
    make_reviewer,
)
from tests.factories.steps import led_on, make_outline, make_two_step_call, noon

pytestmark = pytest.mark.django_db


def said(account: Account, now: dt.datetime) -> list[str]:
    return [str(item.text) for item in todo_items_for(account, now)]


def test_from_nobody_assigned_to_late_to_given() -> None:
    officer, colleague = make_officer(), make_officer()
    call = make_call(officer=officer)
    make_call(officer=colleague)
    application = make_eligible_application(call)
    assert said(officer, IN_REVIEW) == ["Assign reviewers to 1 application"]
    assignment = make_assignment(application)
    assert said(officer, assignment.due_at) == []
    late = assignment.due_at + dt.timedelta(seconds=1)
    (item,) = todo_items_for(officer, late)
    assert str(item.text) == "1 review is late: remind"
    assert item.due_at == assignment.due_at
    assert item.url.endswith("?only=late")
    assert said(colleague, late) == []
    make_review(assignment)
    assert said(officer, late) == []


def test_lists_figures_and_to_dos_count_one_number_of_late_reviews_in_all_steps() -> None:
    officer = make_officer()
    call = make_two_step_call(officer=officer)
    first, later = (make_outline(call, make_person(name).account) for name in ("A", "B"))
    reviewer = make_reviewer(call)
    left = make_assignment(first, reviewer, now=noon(call, "outline_review"))
    done = make_assignment(later, reviewer, now=noon(call, "outline_review"))
    gone_on = led_on(later)
    here = make_assignment(gone_on, reviewer, now=noon(call, "review"))
    now = here.due_at + dt.timedelta(seconds=1)
    assert done.state == "assigned", "late when its file went on, and wanted no more"
    assert list(late_in(call, now)) == [left, here]
    assert "2 reviews are late: remind" in said(officer, now)
    progress = get_review_progress(call, now)
    assert (progress.late, progress.late_applications, progress.assigned) == (2, 2, 1)
    assert set(applications_to_review(call, now, are_late=True)) == {first, gone_on}
    assert [load.late for load in reviewers_of_call(call, now)] == [2]
    assert list(reviewers_chosen(call, officer, {"only": "late"}, now)) == [reviewer]
    assert review_state(call, now) == PhaseState.LATE
