"""One review held open in two tabs, without JavaScript: nothing typed in either is lost, and
nothing unseen is submitted.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from anso.review.models import Assignment, Review
from tests.factories.review import IN_REVIEW, account_of, make_assignment, review_entries
from tests.tabs import Tab

pytestmark = pytest.mark.django_db
PANEL, APPLICANT = "comment_for_panel", "comment_for_applicant"
LONG = "The sampling plan is sound, but the wells of the delta are not independent. " * 4


@pytest.fixture
def assignment() -> Assignment:
    return make_assignment(accepted=True)


@pytest.fixture
def reader(assignment: Assignment, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW)
    client.force_login(account_of(assignment))
    return client


@pytest.fixture
def address(assignment: Assignment) -> str:
    return f"/reviews/{assignment.reference}/"


def open_tab(reader: Client, address: str) -> Tab:
    return Tab(reader, address, field=PANEL)


def scores_of(assignment: Assignment) -> dict[str, str]:
    entries = review_entries(assignment.application.call)
    return {key: value for key, value in entries.items() if key.startswith("score")}


def autosave(reader: Client, address: str, fields: dict[str, Any], base: int) -> Any:
    body = json.dumps({"fields": fields, "base": base, "token": f"{fields}"[:60]})
    return reader.post(f"{address}draft/", body, content_type="application/json")


def test_a_tab_opened_before_submits_scores_and_wipes_no_comment(
    assignment: Assignment, reader: Client, address: str
) -> None:
    early = open_tab(reader, address)
    open_tab(reader, address).fill({PANEL: LONG, APPLICANT: "Name your control wells."}).send()
    answer = early.fill(scores_of(assignment)).send()
    kept = Assignment.objects.get().draft
    assert (kept[PANEL], kept[APPLICANT]) == (LONG.strip(), "Name your control wells.")
    assert answer.status_code == 409, "what this tab never showed is not submitted unseen"
    assert not Review.objects.exists()
    early.read(answer)
    assert "Your review was changed in another tab" in early.words()
    assert early.shown(PANEL) == LONG.strip()
    assert early.send().status_code == 302
    review = Review.objects.get()
    assert (review.comment_for_panel, review.comment_for_applicant) == (
        LONG.strip(),
        "Name your control wells.",
    )


def test_two_texts_for_one_comment_are_both_shown_and_the_person_chooses(
    assignment: Assignment, reader: Client, address: str
) -> None:
    first, second = open_tab(reader, address), open_tab(reader, address)
    first.fill({PANEL: "Words of the first tab"}).send()
    answer = second.fill({PANEL: "Words of the second tab"} | scores_of(assignment)).send()
    assert answer.status_code == 409
    assert Assignment.objects.get().draft[PANEL] == "Words of the first tab"
    second.read(answer)
    assert second.shown(PANEL) == "Words of the first tab"
    assert "Words of the second tab" in second.words()
    assert second.fill({f"keep-{PANEL}": "mine"}).send().status_code == 302
    assert Review.objects.get().comment_for_panel == "Words of the second tab"


def test_the_newer_text_stays_where_the_person_leaves_it(
    assignment: Assignment, reader: Client, address: str
) -> None:
    first, second = open_tab(reader, address), open_tab(reader, address)
    first.fill({PANEL: "Words of the first tab"}).send()
    second.read(second.fill({PANEL: "Mine"} | scores_of(assignment)).send())
    assert second.send().status_code == 302
    assert Review.objects.get().comment_for_panel == "Words of the first tab"


def test_a_submitted_review_is_not_wiped_by_an_older_tab(
    assignment: Assignment, reader: Client, address: str
) -> None:
    entries = review_entries(assignment.application.call)
    early = open_tab(reader, address)
    assert open_tab(reader, address).fill(entries).send().status_code == 302
    answer = early.fill(dict.fromkeys(scores_of(assignment), "2")).send()
    assert answer.status_code == 409
    review = Review.objects.get()
    assert (review.revision, review.comment_for_panel) == (1, entries[PANEL])
    assert {str(score.value) for score in review.scores.all()} == {"4.00"}


def test_scores_and_reasons_are_kept_by_the_script_too(
    assignment: Assignment, reader: Client, address: str
) -> None:
    tab = open_tab(reader, address)
    names = [name for name in tab.form.fields if name.startswith(("score", "why"))]
    assert names
    assert not [name for name in names if ":" in name], "a colon parts a person's name and address"
    saved = autosave(reader, address, {names[0]: "4"}, 0)
    assert saved.status_code == 200
    assert Assignment.objects.get().draft == {names[0]: "4"}


def test_the_script_is_told_of_both_texts_and_of_what_it_has_not_seen(
    assignment: Assignment, reader: Client, address: str
) -> None:
    assert autosave(reader, address, {PANEL: "First", APPLICANT: "Hers"}, 0).status_code == 200
    late = autosave(reader, address, {PANEL: "Second"}, 0)
    assert late.status_code == 409
    assert late.json()["disputed"] == {PANEL: {"yours": "Second", "theirs": "First"}}
    assert late.json()["unseen"] == {APPLICANT: "Hers"}
    other = autosave(reader, address, {"score-proposal": "3"}, 0)
    assert (other.status_code, other.json()["unseen"]) == (
        200,
        {PANEL: "First", APPLICANT: "Hers"},
    )
    assert Assignment.objects.get().draft[PANEL] == "First"
