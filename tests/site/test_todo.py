"""What somebody has to do is gathered in the same number of queries however much it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from anso.accounts.models import Account
from anso.calls.models import CallBody
from anso.decisions.models import SelectionRun
from anso.kernel.actors import SETUP
from anso.review.actions import invite_reviewer
from tests.cast import Cast
from tests.factories.applications import NOW, make_application, make_letter
from tests.factories.calls import make_unlike_calls, step_of
from tests.factories.governance import make_body, make_mandate
from tests.factories.review import (
    IN_REVIEW,
    make_assignment,
    make_eligible_application,
    make_reviewer,
)
from tests.pages import queries_of

pytestmark = pytest.mark.django_db
MANY = 10
AT = (1, 3, MANY)


def drafts(account: Account) -> list[Callable[[], object]]:
    """Applications that wait for their applicant."""
    return [
        lambda call=call: make_application(call, applicant=account)
        for call in make_unlike_calls(MANY)
    ]


def letters(account: Account) -> list[Callable[[], object]]:
    """Letters that wait for their writer."""
    EmailAddress.objects.create(user=account, email=account.email, verified=True)
    applications = [make_application(call) for call in make_unlike_calls(MANY)]
    return [lambda each=each: make_letter(each, email=account.email) for each in applications]


def invitations(account: Account) -> list[Callable[[], object]]:
    """Calls that wait for the yes or no of a reviewer."""
    return [
        lambda call=call: invite_reviewer(
            actor=SETUP, call=call, person=account.person, capacity=5, now=IN_REVIEW
        )
        for call in make_unlike_calls(MANY)
    ]


def reviews(account: Account) -> list[Callable[[], object]]:
    """Applications that wait for their review, each in a call of its own."""
    return [
        lambda call=call: make_assignment(
            make_eligible_application(call), make_reviewer(call, person=account.person)
        )
        for call in make_unlike_calls(MANY)
    ]


def selections(account: Account) -> list[Callable[[], object]]:
    """Selections that wait for the chair, each of a panel of its own."""
    found = []
    for call in make_unlike_calls(MANY):
        panel = make_body("panel")
        CallBody.objects.create(call=call, body=panel, function="panel")
        make_mandate(account.person, "chair", panel)
        run = SelectionRun(
            call=call,
            step=step_of(call, "review"),
            number=1,
            state="proposed",
            record={},
            computed_at=NOW,
        )
        found.append(run.save)
    return found


SOURCES = [
    (drafts, NOW),
    (letters, NOW),
    (invitations, IN_REVIEW),
    (reviews, IN_REVIEW),
    (selections, IN_REVIEW),
]


@pytest.mark.parametrize(("source", "at"), SOURCES, ids=[source.__name__ for source, _ in SOURCES])
def test_one_three_and_ten_things_to_do_cost_the_same_number_of_queries(
    cast: Cast,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    source: Callable[[Account], list[Callable[[], object]]],
    at: dt.datetime,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    client.force_login(cast.stranger)
    makers = source(cast.stranger)
    costs = {}
    for number, make in enumerate(makers, 1):
        make()
        if number in AT:
            costs[number] = queries_of(client, "/todo/")
            page = client.get("/todo/").content.decode()
            assert page.count("small num muted") == number, "every one of them is shown"
    assert set(costs) == set(AT)
    assert len(set(costs.values())) == 1, costs
