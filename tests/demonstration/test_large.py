"""The large demonstration is an ordinary call: it is screened, assigned, ranked and released, and
what is done with hundreds costs the same number of statements for every hundred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anso.applications.actions import screen_applications
from anso.applications.models import Application
from anso.audit.models import Entry
from anso.audit.queries import verify_record
from anso.decisions.models import Decision
from anso.demonstration.bulk import add_bulk_applications
from anso.directory.models import Person
from anso.kernel.actors import SETUP
from anso.review.actions import assign_reviewers
from anso.review.actions.dossiers import make_dossiers
from anso.review.models import Assignment, Dossier, Reviewer
from anso.review.queries import propose_assignments
from tests.factories.calls import make_call, step_of
from tests.factories.decisions import Contest, make_officer, released
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate
from tests.factories.review import IN_REVIEW, make_review, make_reviewer

pytestmark = pytest.mark.django_db
SUBJECTS = 8


@pytest.fixture
def contest() -> Contest:
    """A closed call with the crowd of the large demonstration, three hundred of it."""
    call_command("load_reference", verbosity=0)
    officer, panel, chair = make_officer(), make_body("panel"), make_person("李雨桐").account
    assert chair is not None
    make_mandate(Person.objects.get(account=chair), "chair", panel)
    call = make_call(officer=officer, panel=panel)
    add_bulk_applications(call, count=300, seed=3, now=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    return Contest(call, officer, chair, ())


def judges(contest: Contest) -> list[Reviewer]:
    return [
        make_reviewer(
            contest.call,
            person=make_person(f"Reviewer {number}"),
            capacity=100,
            subject=f"{number % SUBJECTS + 1:02d}",
        )
        for number in range(6)
    ]


def statements(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act()
    return len(asked)


def test_a_hundred_are_screened_in_as_many_statements_as_ten(contest: Contest) -> None:
    waiting = list(Application.objects.filter(state="submitted").order_by("pk"))
    facts: dict[str, Any] = {"verb": "confirm_eligible", "actor": contest.officer}
    ten, hundred, rest = waiting[:10], waiting[10:110], waiting[110:]
    costs = [
        statements(lambda: screen_applications(applications=chosen, now=IN_REVIEW, **facts))  # noqa: B023
        for chosen in (ten, hundred)
    ]
    assert costs[0] == costs[1] <= 20
    assert not Application.objects.filter(state="submitted", pk__in=[a.pk for a in hundred])
    outcome = screen_applications(applications=[*ten, *rest], now=IN_REVIEW, **facts)
    assert outcome.settled == rest
    assert [application for application, _ in outcome.refused] == ten
    late = {"verb": "reject_ineligible", "because": "Late.", "actor": contest.officer}
    screen_applications(applications=hundred, now=IN_REVIEW, **late)
    assert Entry.objects.filter(verb="reject_ineligible", because="Late.").count() == 100


def test_a_hundred_dossiers_cost_as_many_statements_as_ten(contest: Contest) -> None:
    Application.objects.filter(state="submitted").update(state="eligible", screened_at=IN_REVIEW)
    found = list(Application.objects.filter(state="eligible").order_by("pk"))
    step = step_of(contest.call, "review")
    facts: dict[str, Any] = {"actor": SETUP, "step": step, "now": IN_REVIEW}
    costs = [
        statements(lambda: make_dossiers(applications=chosen, **facts))  # noqa: B023
        for chosen in (found[:10], found[10:110])
    ]
    assert costs[0] == costs[1] <= 20
    assert Dossier.objects.count() == 110
    assert Entry.objects.filter(verb="make_dossier").count() == 110


def test_assigning_costs_no_statement_for_a_file(contest: Contest) -> None:
    Application.objects.filter(state="submitted").update(state="eligible", screened_at=IN_REVIEW)
    found = list(Application.objects.filter(state="eligible").order_by("pk"))
    judge = judges(contest)[0]
    due_at = IN_REVIEW + dt.timedelta(days=10)
    costs = [
        statements(
            lambda: assign_reviewers(
                actor=contest.officer,
                call=contest.call,
                pairs=[(application, judge) for application in chosen],  # noqa: B023
                due_at=due_at,
                now=IN_REVIEW + dt.timedelta(minutes=len(chosen)),  # noqa: B023
            )
        )
        for chosen in (found[:10], found[10:70])
    ]
    assert costs[0] == costs[1]


def test_the_crowd_is_assigned_ranked_and_released(contest: Contest) -> None:
    Application.objects.filter(state="submitted").update(state="ineligible", screened_at=IN_REVIEW)
    judges(contest)
    proposal = propose_assignments(contest.call, IN_REVIEW)
    assert not proposal.short
    assign_reviewers(
        actor=contest.officer,
        call=contest.call,
        pairs=proposal.pairs,
        due_at=IN_REVIEW + dt.timedelta(days=10),
        now=IN_REVIEW,
    )
    for place, assignment in enumerate(Assignment.objects.order_by("pk")):
        make_review(assignment, place % 5 + 2)
    run = released(contest)
    judged = Application.objects.filter(call=contest.call, state="decided")
    assert run.state == "released"
    assert judged.count() == Decision.objects.filter(state="released").count() > 30
    assert verify_record().is_intact
