"""The officer's desk for reviews: dry runs, bulk acts, conflicts beside every name."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anso.calls.models import Call
from anso.directory.models import Interest
from anso.notifications.models import Message
from anso.review.models import Assignment, Reviewer
from tests.cast import Cast
from tests.factories.calls import make_call
from tests.factories.directory import make_person
from tests.factories.review import (
    IN_REVIEW,
    make_assignment,
    make_eligible_application,
    make_review,
    make_reviewer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> Call:
    """A call in review; its officer is signed in."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW)
    client.force_login(cast.programme_officer)
    return make_call(officer=cast.programme_officer)


def desk(call: Call, path: str) -> str:
    return f"/desk/calls/{call.reference}/{path}"


def eligible(call: Call, number: int) -> object:
    return make_eligible_application(call, applicant=make_person(f"Applicant {number}").account)


def test_others_do_not_find_the_desk(cast: Cast, call: Call, client: Client) -> None:
    for role, account in cast.everyone().items():
        client.force_login(account)
        for path in ("reviewers/", "assignments/"):
            response = client.get(desk(call, path))
            assert response.status_code == (
                200 if role in {"programme_officer", "auditor"} else 404
            ), role
            assert client.post(
                desk(call, path), {"act": "invite", "email": "x@example.org", "capacity": "3"}
            ).status_code in ({302, 422} if role == "programme_officer" else {403, 404, 422})
    assert not Reviewer.objects.exists()


def test_an_auditor_reads_and_sees_no_buttons(cast: Cast, call: Call, client: Client) -> None:
    make_reviewer(call)
    client.force_login(cast.auditor)
    text = client.get(desk(call, "reviewers/")).content.decode()
    assert "Björn Åkesson" in text
    assert "Invite reviewer" not in text
    assert "Release" not in text


def test_inviting_an_unknown_address_keeps_what_was_typed(call: Call, client: Client) -> None:
    response = client.post(
        desk(call, "reviewers/"), {"act": "invite", "email": "nobody@example.org", "capacity": "7"}
    )
    assert response.status_code == 422
    text = response.content.decode()
    assert "Nobody with the address nobody@example.org has an account" in text
    assert 'value="7"' in text


def test_inviting_and_releasing(call: Call, client: Client) -> None:
    person = make_person("Somebody New")
    email = person.account.email  # type: ignore[union-attr]
    client.post(
        desk(call, "reviewers/"), {"act": "invite", "email": email.upper(), "capacity": "7"}
    )
    reviewer = Reviewer.objects.get()
    assert (reviewer.person, reviewer.capacity) == (person, 7)
    client.post(desk(call, "reviewers/"), {"act": "release", "reviewer": reviewer.reference})
    reviewer.refresh_from_db()
    assert reviewer.state == "released"
    assert (
        client.post(desk(call, "reviewers/"), {"act": "release", "reviewer": "NOBODY"}).status_code
        == 404
    )


def test_one_application_shows_conflicts_and_room_beside_every_name(
    call: Call, client: Client
) -> None:
    application = make_eligible_application(call)
    conflicted = make_reviewer(call, person=make_person("In Conflict"))
    Interest.objects.create(
        person=conflicted.person,
        other_person=application.applicant,
        kind="family",
        declared_at=IN_REVIEW,
    )
    free = make_reviewer(call, person=make_person("Free Person"), subject="07")
    address = desk(call, f"assignments/{application.number}/")
    text = client.get(address).content.decode()
    assert "declared an interest in somebody who takes part" in text
    assert "knows the subject" in text
    refused = client.post(
        address,
        {"act": "assign", "reviewer": conflicted.reference, "due_on": "2027-04-01"},
        follow=True,
    )
    assert "cannot judge" in refused.content.decode()
    assert (
        "Choose a reviewer."
        in client.post(address, {"act": "assign"}, follow=True).content.decode()
    )
    client.post(address, {"act": "assign", "reviewer": free.reference, "due_on": "2027-04-01"})
    assignment = Assignment.objects.get()
    for words in ("The reminder waits in the outbox.", "reminded today already"):
        page = client.post(
            address, {"act": "remind", "assignment": assignment.reference}, follow=True
        ).content.decode()
        assert words in page
    assert (
        "taken back"
        in client.post(
            address, {"act": "cancel", "assignment": assignment.reference}, follow=True
        ).content.decode()
    )
    assert (
        "has changed since you looked"
        in client.post(
            address, {"act": "cancel", "assignment": assignment.reference}, follow=True
        ).content.decode()
    )
    assert (
        client.post(address, {"act": "dance", "assignment": assignment.reference}).status_code
        == 404
    )
    assert client.get(desk(call, "assignments/NOBODY/")).status_code == 404


def test_late_reviewers_are_reminded_together(
    call: Call, client: Client, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    make_assignment(make_eligible_application(call), make_reviewer(call))
    assert (
        "nothing to remind of"
        in client.post(desk(call, "assignments/"), follow=True).content.decode()
    )
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW + dt.timedelta(days=20))
    client.force_login(cast.programme_officer)
    text = client.get(desk(call, "assignments/"), {"only": "late"}).content.decode()
    assert "1 review is late" in text
    assert (
        "1 reminder waits" in client.post(desk(call, "assignments/"), follow=True).content.decode()
    )
    assert Message.objects.filter(code="review.reminder").count() == 1


def test_the_list_filters_and_searches_in_a_fixed_number_of_queries(
    call: Call, client: Client
) -> None:
    reviewer = make_reviewer(call)
    make_review(make_assignment(eligible(call, 1), reviewer))  # type: ignore[arg-type]
    address, counts = desk(call, "assignments/"), []
    client.get(address)
    for number in (2, 3):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
        eligible(call, number)
    assert counts[0] == counts[1]
    assert "Amina Yusuf" in client.get(address, {"only": "short", "text": "amina"}).content.decode()
    assert "Nothing matches." in client.get(address, {"text": "nobody at all"}).content.decode()
