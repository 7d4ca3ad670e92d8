"""Who may do what around reviews: every rule over the whole cast, with the reason of each
refusal.
"""

from __future__ import annotations

import datetime as dt

import pytest

from anso.applications.actions import screen_applications, withdraw_application
from anso.calls.models import Call
from anso.directory.models import Affiliation
from anso.kernel.actors import SETUP
from anso.review import rules
from anso.review.actions import cancel_assignment, release_reviewer
from anso.review.models import Assignment
from anso.review.queries import get_reviews_close_at
from tests.cast import Cast
from tests.factories.calls import make_call
from tests.factories.directory import make_organisation
from tests.factories.review import (
    IN_REVIEW,
    make_assignment,
    make_eligible_application,
    make_reviewer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(cast: Cast) -> Call:
    """A call with its officer and a panel whose chair is the cast's."""
    panel = cast.panel_chair.person.mandates.get().body
    return make_call(officer=cast.programme_officer, panel=panel)


@pytest.fixture
def assignment(cast: Cast, call: Call) -> Assignment:
    """The cast's reviewer judges the cast's applicant."""
    application = make_eligible_application(call, applicant=cast.applicant)
    return make_assignment(application, make_reviewer(call, person=cast.reviewer.person))


def allowed_roles(cast: Cast, rule: object, thing: object, now: dt.datetime) -> set[str]:
    verdicts = {role: rule(account, thing, now) for role, account in cast.everyone().items()}  # type: ignore[operator]
    assert all(str(verdict) for verdict in verdicts.values() if not verdict), (
        "every refusal has a reason"
    )
    return {role for role, verdict in verdicts.items() if verdict}


@pytest.mark.parametrize(
    "rule", [rules.may_invite_reviewers, rules.may_assign_reviewers], ids=lambda rule: rule.__name__
)
def test_only_the_officer_of_the_call_invites_and_assigns(
    cast: Cast, call: Call, rule: object
) -> None:
    assert allowed_roles(cast, rule, call, IN_REVIEW) == {"programme_officer"}


def test_only_the_invited_person_answers_an_invitation(cast: Cast, call: Call) -> None:
    reviewer = make_reviewer(call, person=cast.reviewer.person)
    assert allowed_roles(cast, rules.may_answer_invitation, reviewer, IN_REVIEW) == {"reviewer"}


@pytest.mark.parametrize(
    "rule",
    [rules.may_answer_assignment, rules.may_accept_assignment],
    ids=lambda rule: rule.__name__,
)
def test_only_the_assigned_reviewer_answers(
    cast: Cast, assignment: Assignment, rule: object
) -> None:
    assert allowed_roles(cast, rule, assignment, IN_REVIEW) == {"reviewer"}


@pytest.mark.parametrize(
    "rule", [rules.may_read_dossier, rules.may_submit_review], ids=lambda rule: rule.__name__
)
def test_nobody_reads_before_accepting_and_only_the_reviewer_afterwards(
    cast: Cast, assignment: Assignment, rule: object
) -> None:
    assert allowed_roles(cast, rule, assignment, IN_REVIEW) == set()
    Assignment.objects.filter(pk=assignment.pk).update(state="accepted", answered_at=IN_REVIEW)
    assignment.refresh_from_db()
    assert allowed_roles(cast, rule, assignment, IN_REVIEW) == {"reviewer"}


def codes(verdict: object) -> list[str]:
    return [reason.code for reason in verdict.reasons]  # type: ignore[attr-defined]


def test_reviews_close_at_midnight_of_the_call_s_zone(cast: Cast, assignment: Assignment) -> None:
    closes_at = get_reviews_close_at(assignment.application.call, IN_REVIEW)
    assert closes_at is not None
    assert closes_at == dt.datetime(2027, 4, 15, 16, tzinfo=dt.UTC)
    before, after = closes_at - dt.timedelta(microseconds=1), closes_at
    assert rules.may_answer_assignment(cast.reviewer, assignment, before)
    assert codes(rules.may_answer_assignment(cast.reviewer, assignment, after)) == [
        "reviews_closed"
    ]
    assert "15 April 2027" in str(rules.may_answer_assignment(cast.reviewer, assignment, after))
    assert codes(rules.may_answer_invitation(cast.reviewer, assignment.reviewer, after)) == [
        "reviews_closed"
    ]


def test_a_call_that_does_not_run_takes_no_reviewers(cast: Cast, call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(state="cancelled", cancelled_at=IN_REVIEW)
    call.refresh_from_db()
    assert codes(rules.may_invite_reviewers(cast.programme_officer, call, IN_REVIEW)) == [
        "not_running"
    ]


def test_an_invitation_taken_back_needs_no_answer(cast: Cast, call: Call) -> None:
    reviewer = make_reviewer(call, person=cast.reviewer.person)
    release_reviewer(actor=cast.programme_officer, reviewer=reviewer, now=IN_REVIEW)
    assert codes(rules.may_answer_invitation(cast.reviewer, reviewer, IN_REVIEW)) == ["released"]


def test_an_assignment_taken_back_or_submitted_is_not_answered_again(
    cast: Cast, assignment: Assignment
) -> None:
    cancel_assignment(actor=cast.programme_officer, assignment=assignment, now=IN_REVIEW)
    assert codes(rules.may_answer_assignment(cast.reviewer, assignment, IN_REVIEW)) == ["cancelled"]
    assignment.state = "submitted"
    assert codes(rules.may_answer_assignment(cast.reviewer, assignment, IN_REVIEW)) == [
        "already_submitted"
    ]


def test_withdrawing_ends_the_judging(cast: Cast, call: Call) -> None:
    application = make_eligible_application(call, applicant=cast.applicant)
    assignment = make_assignment(
        application, make_reviewer(call, person=cast.reviewer.person), accepted=True
    )
    withdraw_application(application=application, actor=cast.applicant, now=IN_REVIEW)
    assignment = Assignment.objects.get(pk=assignment.pk)
    assert codes(rules.may_read_dossier(cast.reviewer, assignment, IN_REVIEW)) == ["not_judged"]


def test_reopened_screening_closes_the_dossier(cast: Cast, call: Call) -> None:
    application = make_eligible_application(call, applicant=cast.applicant)
    assignment = make_assignment(
        application, make_reviewer(call, person=cast.reviewer.person), accepted=True
    )
    screen_applications(
        applications=[application], verb="reopen_screening", actor=SETUP, now=IN_REVIEW
    )
    assert codes(
        rules.may_read_dossier(cast.reviewer, Assignment.objects.get(pk=assignment.pk), IN_REVIEW)
    ) == ["not_judged"]


def test_a_conflict_that_appears_later_closes_the_dossier_again(cast: Cast, call: Call) -> None:
    application = make_eligible_application(call, applicant=cast.applicant)
    assignment = make_assignment(
        application, make_reviewer(call, person=cast.reviewer.person), accepted=True
    )
    assert rules.may_read_dossier(cast.reviewer, assignment, IN_REVIEW)
    shared = make_organisation()
    for person in (cast.reviewer.person, cast.applicant.person):
        Affiliation.objects.create(
            person=person, organisation=shared, starts_on=dt.date(2025, 1, 1)
        )
    assert codes(rules.may_read_dossier(cast.reviewer, assignment, IN_REVIEW)) == ["conflict"]
    assert codes(rules.may_submit_review(cast.reviewer, assignment, IN_REVIEW)) == ["conflict"]


def test_an_officer_who_left_the_secretariat_assigns_no_more(cast: Cast, call: Call) -> None:
    cast.programme_officer.person.mandates.update(ends_on=dt.date(2027, 1, 1))
    assert not rules.may_assign_reviewers(cast.programme_officer, call, IN_REVIEW)
