"""Makers of reviewers, assignments and submitted reviews, by the same actions that users call."""

from __future__ import annotations

import datetime as dt
from typing import Any

from anso.accounts.models import Account
from anso.applications.actions import screen_applications
from anso.applications.models import Application
from anso.calls.models import Call, Step
from anso.calls.queries import get_terms
from anso.calls.queries.steps import rubric_of
from anso.directory.models import Expertise, Person
from anso.kernel.actors import SETUP
from anso.review.actions import (
    accept_assignment,
    accept_invitation,
    assign_reviewer,
    invite_reviewer,
    read_words,
    release_words,
    submit_review,
)
from anso.review.models import Assignment, Rebuttal, Review, Reviewer
from anso.review.queries.rebuttals import (
    applications_to_answer,
    get_rebuttal_step,
    reviews_with_words,
)
from tests.factories.applications import give_all_letters, make_submitted_application
from tests.factories.calls import make_call
from tests.factories.directory import make_person

SCREENED = dt.datetime(2027, 3, 10, 9, 0, tzinfo=dt.UTC)
IN_REVIEW = dt.datetime(2027, 3, 20, 9, 0, tzinfo=dt.UTC)


def make_eligible_application(call: Call | None = None, **fields: Any) -> Application:
    """A submitted application that screening found eligible, with every letter that it asked
    for.
    """
    application = make_submitted_application(call, **fields)
    give_all_letters(application)
    screen_applications(
        applications=[application], verb="confirm_eligible", actor=SETUP, now=SCREENED
    )
    application.refresh_from_db()
    return application


def make_reviewer(
    call: Call | None = None,
    *,
    person: Person | None = None,
    capacity: int = 12,
    subject: str = "",
    now: dt.datetime = SCREENED,
) -> Reviewer:
    """Somebody who agreed to review in a call."""
    who = person or make_person("Björn Åkesson")
    account = who.account
    assert account is not None
    if subject:
        Expertise.objects.create(person=who, subject=subject)
    reviewer = invite_reviewer(
        actor=SETUP, call=call or make_call(), person=who, capacity=capacity, now=now
    )
    return accept_invitation(actor=account, reviewer=reviewer, capacity=capacity, now=now)


def make_assignment(
    application: Application | None = None,
    reviewer: Reviewer | None = None,
    *,
    accepted: bool = False,
    now: dt.datetime = IN_REVIEW,
    days: int = 14,
) -> Assignment:
    """An application given to a reviewer of its call for so many days; ``accepted`` opens the
    dossier.
    """
    which = application or make_eligible_application()
    who = reviewer or make_reviewer(which.call)
    due_at = now + dt.timedelta(days=days)
    assignment = assign_reviewer(
        actor=SETUP, application=which, reviewer=who, due_at=due_at, now=now
    )
    return (
        accept_assignment(actor=account_of(assignment), assignment=assignment, now=now)
        if accepted
        else assignment
    )


def make_review(
    assignment: Assignment | None = None,
    score: int = 4,
    *,
    now: dt.datetime = IN_REVIEW,
    **entries: str,
) -> Review:
    """A submitted review with the same score everywhere; further entries change it."""
    given = assignment or make_assignment(accepted=True)
    if given.state == "assigned":
        accept_assignment(actor=account_of(given), assignment=given, now=now)
    return submit_review(
        actor=account_of(given),
        assignment=given,
        entries=review_entries(given.application.call, score, given.step) | entries,
        base_revision=given.draft_revision,
        now=now,
    )


def review_entries(call: Call, score: int = 4, step: Step | None = None) -> dict[str, str]:
    """A complete review: one score for every criterion and both comments."""
    criteria = rubric_of(get_terms(call), step).criteria
    scores = {f"score-{criterion.key}": str(score) for criterion in criteria}
    return scores | {
        "comment_for_panel": "Clear and feasible.",
        "comment_for_applicant": "Say what would prove you wrong.",
    }


def release_read_words(*, actor: Account, call: Call, now: dt.datetime) -> list[Rebuttal]:
    """An officer reads all that reviewers wrote for applicants, and releases it."""
    step = get_rebuttal_step(call, now)
    found = reviews_with_words(step, applications_to_answer(step)) if step else {}
    texts = {each.pk: each.comment_for_applicant for own in found.values() for each in own}
    read_words(actor=actor, call=call, texts=texts, now=now)
    return release_words(actor=actor, call=call, now=now)


def account_of(assignment: Assignment) -> Account:
    """Whoever was asked."""
    account = assignment.reviewer.person.account
    assert account is not None
    return account
