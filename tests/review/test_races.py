"""Two tabs of one review that save in the same instant; first with the lock off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from anso.review.actions import reviewing, save_review_draft, submit_review
from anso.review.models import Assignment, Review
from tests.applications.test_races import at_once
from tests.factories.review import IN_REVIEW, account_of, make_assignment, review_entries

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ENTRIES = ({"comment_for_panel": "From one tab"}, {"comment_for_applicant": "From the other"})


def save(assignment: Assignment) -> Callable[[int], Any]:
    """Each tab saves its own entry, on a row that it read before the other saved."""

    def act(number: int) -> Any:
        own = Assignment.objects.select_related(
            "application__call", "reviewer__person__account"
        ).get(pk=assignment.pk)
        return save_review_draft(
            actor=account_of(own),
            assignment=own,
            changes=ENTRIES[number],
            base_revision=0,
            now=IN_REVIEW,
        )

    return act


def test_two_tabs_that_save_at_once_both_keep_their_words() -> None:
    assignment = make_assignment(accepted=True)
    merges, faults = at_once(save(assignment), 2)
    assert faults == []
    assignment.refresh_from_db()
    assert assignment.draft == ENTRIES[0] | ENTRIES[1]
    assert sorted(merge.revision for merge in merges) == [1, 2]
    assert sorted(len(merge.unseen) for merge in merges) == [0, 1]


def test_without_the_lock_one_of_them_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the race is real, so the test above proves the lock and not luck."""
    assignment = make_assignment(accepted=True)
    meet = threading.Barrier(2)
    monkeypatch.setattr(reviewing, "_lock", lambda _row: meet.wait(timeout=20))
    _merges, faults = at_once(save(assignment), 2)
    assert faults == []
    assignment.refresh_from_db()
    assert len(assignment.draft) == 1


def test_of_two_tabs_that_submit_different_scores_at_once_one_is_asked_to_look() -> None:
    assignment = make_assignment(accepted=True)

    def act(number: int) -> Review:
        own = Assignment.objects.select_related(
            "application__call", "reviewer__person__account"
        ).get(pk=assignment.pk)
        return submit_review(
            actor=account_of(own),
            assignment=own,
            entries=review_entries(own.application.call, 3 + number),
            base_revision=0,
            now=IN_REVIEW,
        )

    reviews, faults = at_once(act, 2)
    assert [fault.__class__.__name__ for fault in faults] == ["Stale"]
    assert len(reviews) == 1
    assert Review.objects.get().revision == 1
