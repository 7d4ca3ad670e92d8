"""Makers of calls in two steps, an outline and a full proposal, and of what stands in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from anso.accounts.models import Account
from anso.applications.actions import (
    invite_applications,
    save_answers,
    screen_applications,
    submit_application,
)
from anso.applications.models import Application
from anso.calls.models import Call, Step
from anso.calls.queries import get_form
from anso.calls.queries.steps import steps_of
from anso.kernel.actors import SETUP
from tests.factories.answers import answers_for
from tests.factories.applications import (
    add_documents,
    agree_before_submission,
    give_all_letters,
    make_application,
)
from tests.factories.calls import make_call, make_programme

DAY = dt.timedelta(days=1)


def make_two_step_call(**fields: Any) -> Call:
    """A call for outlines, of which the good ones are invited to a full proposal; open on the days
    that its kind declares.
    """
    days = {
        "opens_at": dt.datetime(2026, 12, 28, 16, tzinfo=dt.UTC),
        "closes_at": dt.datetime(2027, 3, 29, 16, tzinfo=dt.UTC),
    }
    return make_call(make_programme("collaborative_research"), **(days | fields))


def named(call: Call, key: str) -> Step:
    """The step of a call with that key."""
    return next(step for step in steps_of(call) if step.key == key)


def noon(call: Call, key: str, day: int = 1) -> dt.datetime:
    """Noon of one of the days of a step, the first one being 0."""
    return dt.datetime.combine(named(call, key).starts_on + day * DAY, dt.time(12), dt.UTC)


def make_outline(call: Call, account: Account, number: int = 1, **changes: Any) -> Application:
    """An outline that was submitted in time and found eligible."""
    now = noon(call, "outlines", 3)
    answers = answers_for(get_form(call)[1], number) | changes
    application = make_application(call, applicant=account, answers=answers, now=now)
    submit(application, now)
    give_all_letters(application, at=now)
    screened = noon(call, "screening")
    screen_applications(
        applications=[application], verb="confirm_eligible", actor=SETUP, now=screened
    )
    application.refresh_from_db()
    return application


def full_answers(call: Call, **changes: Any) -> dict[str, Any]:
    """Answers to everything that the full proposal asks."""
    _, form = get_form(call, named(call, "full_proposals").form)
    return answers_for(form, 1) | {"has_ethics_questions": "no"} | changes


def led_on(application: Application, **changes: Any) -> Application:
    """An eligible outline that was invited, written in full, submitted and found eligible again."""
    call, now = application.call, noon(application.call, "full_proposals", 5)
    window = named(call, "full_proposals")
    invite_applications(applications=[application], step=window, actor=SETUP, now=now)
    application.refresh_from_db()
    account = application.applicant.account
    assert account is not None
    save_answers(
        application=application,
        fields=full_answers(call, **changes),
        base=application.revision,
        token=f"full-{application.pk}",
        actor=account,
        now=now,
    )
    application.refresh_from_db()
    submit(application, now)
    give_all_letters(application, at=now)
    later = noon(call, "completeness")
    screen_applications(applications=[application], verb="confirm_eligible", actor=SETUP, now=later)
    application.refresh_from_db()
    return application


def submit(application: Application, now: dt.datetime) -> None:
    """Submit what stands there, with every document that it lacks."""
    account = application.applicant.account
    assert account is not None
    add_documents(application, now)
    agree_before_submission(application, now)
    submit_application(application=application, actor=account, arrived_at=now, now=now)
    application.refresh_from_db()
