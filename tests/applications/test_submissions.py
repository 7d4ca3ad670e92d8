"""Submitting, submitting again, withdrawing."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anso.applications.actions import (
    remove_document,
    save_answers,
    submit_application,
    withdraw_application,
)
from anso.applications.models import Application, Document, EligibilityCheck, Letter, Submission
from anso.audit.models import Entry
from anso.kernel.canonical import content_hash
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.cast import Cast
from tests.factories.applications import (
    NOW,
    make_application,
    make_complete_application,
    make_submitted_application,
)
from tests.factories.calls import make_call
from tests.locks import locks_first

pytestmark = pytest.mark.django_db


def submit(
    application: Application, arrived_at: dt.datetime, now: dt.datetime | None = None
) -> Submission:
    account = application.applicant.account
    assert account is not None
    return submit_application(
        application=application, actor=account, arrived_at=arrived_at, now=now or arrived_at
    )


def test_submitting_freezes_exactly_what_was_answered(now: dt.datetime) -> None:
    application = make_complete_application()
    submission = submit(application, now)
    application.refresh_from_db()
    assert (application.state, application.submitted_at, application.submitted_revision) == (
        "submitted",
        now,
        application.revision,
    )
    assert submission.sha256 == content_hash(submission.body)
    assert submission.body["answers"]["title"] == application.title
    assert len(submission.body["documents"]) == Document.objects.count()
    assert EligibilityCheck.objects.get().is_eligible is True
    assert application.eligibility == "eligible"
    assert list(
        Entry.objects.filter(object_type="applications.application").values_list("verb", flat=True)
    ) == [
        "start_application",
        "submit_application",
    ]


def test_a_receipt_with_number_and_fingerprint_is_queued(now: dt.datetime) -> None:
    application = make_complete_application()
    submission = submit(application, now)
    receipt = Message.objects.get(code="applications.receipt")
    assert application.number in receipt.subject
    assert submission.sha256 in receipt.body


def test_submitting_twice_is_submitting_once(now: dt.datetime) -> None:
    application = make_complete_application()
    first = submit(application, now)
    assert submit(application, now + dt.timedelta(minutes=1)).pk == first.pk
    assert Message.objects.filter(code="applications.receipt").count() == 1


def test_what_is_missing_is_told_with_its_place(now: dt.datetime) -> None:
    application = make_application()
    with pytest.raises(Refused) as refusal:
        submit(application, now)
    places = {
        (reason.facts["section"], reason.facts["key"]) for reason in refusal.value.verdict.reasons
    }
    assert ("about_you", "passport") in places
    assert ("proposal", "cv") in places
    application.refresh_from_db()
    assert application.state == "draft"


def test_changes_before_the_close_are_submitted_again_as_a_new_version(now: dt.datetime) -> None:
    application = make_submitted_application()
    later = now + dt.timedelta(days=1)
    save_answers(
        application=application,
        fields={"title": "Better"},
        base=99,
        token="t",
        actor=application.applicant.account,
        now=later,
    )
    submission = submit(application, later)
    application.refresh_from_db()
    assert (submission.version, submission.body["answers"]["title"]) == (2, "Better")
    assert application.submitted_at == now
    assert Message.objects.filter(code="applications.receipt").count() == 2


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize(("seconds", "is_in_time"), [(-1, True), (0, False), (1, False)])
def test_the_deadline_is_the_same_instant_wherever_it_was_announced(
    zone: str, seconds: int, is_in_time: bool
) -> None:
    closes_at = dt.datetime(2027, 2, 16, tzinfo=ZoneInfo(zone))
    application = make_complete_application(make_call(zone=zone, closes_at=closes_at))
    arrived_at = closes_at.astimezone(dt.UTC) + dt.timedelta(seconds=seconds)
    if is_in_time:
        assert submit(application, arrived_at).arrived_at == arrived_at
    else:
        with pytest.raises(Refused) as refusal:
            submit(application, arrived_at)
        assert refusal.value.verdict.reasons[0].code == "call_closed"


def test_a_request_that_straddles_the_deadline_counts_by_its_arrival() -> None:
    application = make_complete_application()
    closes_at = application.call.closes_at
    arrived_at = closes_at - dt.timedelta(milliseconds=1)
    submission = submit(application, arrived_at, now=closes_at + dt.timedelta(seconds=20))
    application.refresh_from_db()
    assert (submission.arrived_at, application.submitted_at) == (arrived_at, arrived_at)


def test_only_the_applicant_submits_and_withdraws(cast: Cast, now: dt.datetime) -> None:
    application = make_complete_application(
        make_call(officer=cast.programme_officer), applicant=cast.applicant
    )
    for role, account in cast.everyone().items():
        if role == "applicant":
            continue
        with pytest.raises(Refused):
            submit_application(application=application, actor=account, arrived_at=now, now=now)
        with pytest.raises(Refused):
            withdraw_application(application=application, actor=account, now=now)
    assert Application.objects.get().state == "draft"


def test_withdrawing_calls_off_waiting_letters(now: dt.datetime) -> None:
    application = make_submitted_application()
    assert Letter.objects.filter(state="asked").count() == 2
    withdraw_application(
        application=application,
        actor=application.applicant.account,
        now=now,
        because="A place elsewhere",
    )
    assert Letter.objects.filter(state="replaced").count() == 2
    assert Message.objects.filter(code="applications.letter_cancelled").count() == 2
    assert Entry.objects.get(verb="withdraw_application").because == "A place elsewhere"


def test_an_applicant_cannot_withdraw_after_release(now: dt.datetime) -> None:
    application = make_submitted_application()
    Application.objects.filter(pk=application.pk).update(state="decided", decided_at=now)
    with pytest.raises(Refused):
        withdraw_application(application=application, actor=application.applicant.account, now=now)


def test_documents_cannot_be_removed_after_the_close() -> None:
    application = make_submitted_application()
    document = Document.objects.select_related("application").first()
    assert document is not None
    with pytest.raises(Refused):
        remove_document(
            document=document, actor=application.applicant.account, now=application.call.closes_at
        )


def test_one_submission_with_two_letters_takes_at_most_forty_statements(cast: Cast) -> None:
    application = make_complete_application(make_call(), applicant=cast.applicant)
    with CaptureQueriesContext(connection) as asked:
        submit_application(application=application, actor=cast.applicant, arrived_at=NOW, now=NOW)
    assert Letter.objects.count() == 2
    assert len(asked) <= 40, "\n".join(each["sql"][:120] for each in asked.captured_queries)


def test_an_application_is_submitted_under_its_lock(now: dt.datetime) -> None:
    """Ten clicks at once are in ``test_races``; this holds the lock every time."""
    application = make_complete_application()
    assert locks_first(
        "applications_application",
        lambda: submit(application, now),
        before="applications_application",
    )
