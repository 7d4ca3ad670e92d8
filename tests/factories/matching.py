"""Makers of entries that are open for matching, without the way through selection."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.awards.models import Offer
from anso.calls.models import Call
from anso.calls.queries import get_form
from anso.decisions.models import Decision, SelectionRun
from anso.matching.actions import ask_match
from anso.matching.models import MatchRequest
from tests.factories.answers import answers_for
from tests.factories.applications import make_submitted_application
from tests.factories.calls import make_call, make_programme, step_of
from tests.factories.directory import make_person

MATCHING = dt.datetime(2027, 4, 1, 9, 0, tzinfo=dt.UTC)
_numbers = count(1)
SAID: dict[str, Any] = {
    "fields": ["01", "07"],
    "languages": ["en"],
    "ways": ["online_task"],
    "zones": ["+03:00"],
    "from_day": "2027-05-01",
    "until_day": "2027-05-31",
}


def make_side(kind: str, **fields: Any) -> Call:
    """A call of one side of a matching."""
    return make_call(make_programme(kind), **fields)


def make_open(call: Call, *, applicant: Account | None = None, **said: Any) -> Application:
    """Somebody who was selected in the call and accepted, 30 days before MATCHING."""
    number = next(_numbers)
    account = applicant or make_person(f"Person {number}").account
    answers = answers_for(get_form(call)[1], number, SAID | said)
    application = make_submitted_application(call, applicant=account, answers=answers)
    at = MATCHING - dt.timedelta(days=30)
    Application.objects.filter(pk=application.pk).update(state="decided", decided_at=at)
    step = step_of(call, "review")
    run, _ = SelectionRun.objects.get_or_create(
        call=call,
        step=step,
        number=1,
        defaults={
            "state": "released",
            "record": {},
            "figures": {"filled": 1, "applications": 1},
            "sha256": "0" * 64,
            "computed_at": at,
            "confirmed_at": at,
            "released_at": at,
        },
    )
    told = {"result": "selected", "place": "in-matching", "reason": "Chosen."}
    decision = Decision.objects.create(
        application=application,
        step=step,
        run=run,
        state="released",
        prepared_at=at,
        released_at=at,
        **told,
    )
    Offer.objects.create(
        application=application,
        decision=decision,
        place="in-matching",
        state="accepted",
        reason="Chosen.",
        made_at=at,
        respond_by=at,
        answered_at=at,
    )
    return Application.objects.select_related(
        "call__programme", "applicant__account", "submission__form_version"
    ).get(pk=application.pk)


def account_behind(application: Application) -> Account:
    """Who wrote it."""
    account = application.applicant.account
    assert account is not None
    return account


def make_request(
    asking: Application, asked: Application, *, now: dt.datetime = MATCHING, **said: Any
) -> MatchRequest:
    """One asks the other."""
    return ask_match(
        actor=account_behind(asking),
        asking=asking,
        number=asked.number,
        now=now,
        **({"words": "Please help us.", "asks_next": False} | said),
    )
