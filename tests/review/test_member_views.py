"""The reviewer's pages: nothing typed is lost, refusals explain themselves."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from anso.review.models import Assignment, Review
from anso.review.queries import dossier_of
from tests.cast import Cast
from tests.factories.calls import make_unlike_calls
from tests.factories.review import (
    IN_REVIEW,
    account_of,
    make_assignment,
    make_eligible_application,
    make_reviewer,
    review_entries,
)
from tests.pages import queries_of

pytestmark = pytest.mark.django_db
AFTER_CLOSE = IN_REVIEW + dt.timedelta(days=60)


@pytest.fixture
def assignment() -> Assignment:
    """Accepted, nothing written yet."""
    return make_assignment(accepted=True)


@pytest.fixture
def reader(assignment: Assignment, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The reviewer, signed in while the reviews are open."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW)
    client.force_login(account_of(assignment))
    return client


def page(assignment: Assignment, path: str = "") -> str:
    return f"/reviews/{assignment.reference}/{path}"


def test_a_reviewers_list_costs_the_same_for_one_three_and_ten(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW)
    client.force_login(cast.reviewer)
    costs = {}
    for number, call in enumerate(make_unlike_calls(10), 1):
        reviewer = make_reviewer(call, person=cast.reviewer.person)
        make_assignment(make_eligible_application(call), reviewer)
        if number in (1, 3, 10):
            costs[number] = queries_of(client, "/reviews/")
            assert client.get("/reviews/").content.decode().count("<h3>") == number
    assert len(set(costs.values())) == 1, costs


def test_a_complete_review_is_submitted_and_can_be_revised(
    assignment: Assignment, reader: Client
) -> None:
    entries = review_entries(assignment.application.call)
    assert reader.post(page(assignment), entries).status_code == 302
    assert reader.post(page(assignment), entries | {"score-proposal": "6"}).status_code == 302
    review = Review.objects.get()
    assert (review.revision, str(review.scores.get(criterion="proposal").value)) == (2, "6.00")


def test_an_incomplete_review_comes_back_with_its_words_and_what_is_missing(
    assignment: Assignment, reader: Client
) -> None:
    response = reader.post(
        page(assignment), {"comment_for_panel": "A thought worth keeping", "score-proposal": "3"}
    )
    assert response.status_code == 422
    text = response.content.decode()
    assert "A thought worth keeping" in text
    assert "say that you cannot judge this" in text
    assert Assignment.objects.get().draft["comment_for_panel"] == "A thought worth keeping"


def test_after_the_reviews_closed_the_text_comes_back(
    assignment: Assignment, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER_CLOSE)
    reader.force_login(account_of(assignment))
    response = reader.post(
        page(assignment),
        review_entries(assignment.application.call) | {"comment_for_panel": "Written on a train"},
    )
    assert response.status_code == 403
    text = response.content.decode()
    assert "Written on a train" in text
    assert "The reviews closed on 15 April 2027" in text
    assert "mailto:" in text, "a refusal says whom to write to"
    assert not Review.objects.exists()


def test_autosave_keeps_what_is_known_and_drops_what_is_not(
    assignment: Assignment, reader: Client
) -> None:
    body = json.dumps(
        {"fields": {"comment_for_panel": "Half", "state": "submitted"}, "base": 0, "token": "t"}
    )
    answer = reader.post(page(assignment, "draft/"), body, content_type="application/json")
    assert answer.json()["revision"] == 1
    assert Assignment.objects.get().draft == {"comment_for_panel": "Half"}


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"fields": 3}', "[" * 100_000, '{"fields":' * 5000]
)
def test_autosave_that_cannot_be_read_says_so(
    assignment: Assignment, reader: Client, body: str
) -> None:
    answer = reader.post(page(assignment, "draft/"), body, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (400, ["reason"])


def test_autosave_takes_what_no_database_can_hold_out_of_the_text(
    assignment: Assignment, reader: Client
) -> None:
    body = '{"fields": {"comment_for_panel": "a\\u0000b\\ud800"}}'
    assert (
        reader.post(page(assignment, "draft/"), body, content_type="application/json").status_code
        == 200
    )
    assert Assignment.objects.get().draft == {"comment_for_panel": "ab?"}


def test_autosave_cuts_nothing(assignment: Assignment, reader: Client) -> None:
    body = json.dumps({"fields": {"comment_for_panel": "x" * 20_001}})
    answer = reader.post(page(assignment, "draft/"), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["reason"] == "Use at most 20000 characters; you have 20001, 1 too many."
    assert Assignment.objects.get().draft == {}


def test_a_form_where_a_script_posts_is_no_mistake_of_ours(
    assignment: Assignment, reader: Client
) -> None:
    answer = reader.post(page(assignment, "draft/"), {"fields": "x"})
    assert (answer.status_code, list(answer.json())) == (400, ["reason"])


def test_an_answer_that_there_is_not_declines_nothing(
    assignment: Assignment, reader: Client
) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(state="assigned")
    assert (
        reader.post(page(assignment, "answer/"), {"answer": "", "reason": "no_time"}).status_code
        == 404
    )
    assert Assignment.objects.get().state == "assigned"


def test_autosave_after_close_gives_the_reason(
    assignment: Assignment, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER_CLOSE)
    reader.force_login(account_of(assignment))
    answer = reader.post(
        page(assignment, "draft/"), '{"fields": {}}', content_type="application/json"
    )
    assert answer.status_code == 403
    assert "closed" in answer.json()["reason"]


def test_answers_without_a_reason_come_back_with_what_was_typed(
    reader: Client, assignment: Assignment
) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(state="assigned")
    response = reader.post(
        page(assignment, "answer/"),
        {"answer": "conflict", "kind": "", "remark": "We share a grant"},
    )
    assert response.status_code == 422
    assert "We share a grant" in response.content.decode()
    for reason in ("", "x" * 301):
        given = {"answer": "decline", "reason": reason}
        assert reader.post(page(assignment, "answer/"), given).status_code == 422
    long = {"answer": "conflict", "kind": "joint_work", "remark": "y" * 301}
    assert "y" * 301 in reader.post(page(assignment, "answer/"), long).content.decode()
    assert Assignment.objects.get().state == "assigned"
    assert (
        reader.post(
            page(assignment, "answer/"), {"answer": "conflict", "kind": "joint_work"}
        ).status_code
        == 302
    )
    assert Assignment.objects.get().state == "conflicted"
    assert "gave this assignment back" in reader.get(page(assignment)).content.decode()


def test_the_list_tells_files_apart_by_their_titles(assignment: Assignment, reader: Client) -> None:
    title = dossier_of(assignment).body["title"]
    Assignment.objects.update(state="assigned", answered_at=None)
    assert title in reader.get("/reviews/").content.decode()
    reader.post(page(assignment, "answer/"), {"answer": "accept"})
    reader.post(page(assignment), review_entries(assignment.application.call))
    assert Assignment.objects.get().state == "submitted"
    assert title in reader.get("/reviews/").content.decode()
