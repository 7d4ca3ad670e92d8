"""What an officer has to do is never empty while reviews are late or nobody was asked to judge."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.accounts.models import Account
from anso.review.wording import todo_items_for
from tests.factories.calls import make_call
from tests.factories.decisions import make_officer
from tests.factories.review import (
    IN_REVIEW,
    make_assignment,
    make_eligible_application,
    make_review,
)

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
