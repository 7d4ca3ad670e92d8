"""Many transitions at once leave the same record as one after another: all of them or none."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anso.audit.actions import record_entries, record_entry, transition, transition_many
from anso.audit.models import Entry
from anso.audit.queries import entries_about, entry_fields
from anso.kernel.actors import SETUP
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.sealing import entry_hash
from anso.review.models import Reviewer
from tests.factories.calls import make_call
from tests.factories.directory import make_person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)
FACTS = (
    "sequence",
    "verb",
    "actor_label",
    "at",
    "changes",
    "because",
    "mandate",
    "previous_hash",
    "hash",
    "object_label",
)


def reviewers(count: int) -> list[Reviewer]:
    call = make_call()
    return [
        Reviewer.objects.create(call=call, person=make_person(f"Reviewer {n}"), invited_at=NOW)
        for n in range(count)
    ]


def chain(reviewer: Reviewer) -> list[tuple[object, ...]]:
    return list(entries_about(reviewer).values_list(*FACTS))


def test_the_chain_equals_that_of_single_transitions() -> None:
    (one,) = reviewers(1)
    record_entry(one, "look", actor=SETUP, now=NOW)
    transition(one, "accept_invitation", actor=SETUP, now=NOW, because="by mail", capacity=5)
    single = chain(one)
    two = Reviewer.objects.create(call=make_call(), person=one.person, invited_at=NOW)
    record_entries([two], "look", actor=SETUP, now=NOW)
    transition_many([two], "accept_invitation", actor=SETUP, now=NOW, because="by mail", capacity=5)
    many = chain(two)
    same = [
        index
        for index, name in enumerate(FACTS)
        if name not in ("previous_hash", "hash", "object_label")
    ]
    assert [[row[index] for index in same] for row in many] == [
        [row[index] for index in same] for row in single
    ]
    assert many[1][FACTS.index("previous_hash")] == many[0][FACTS.index("hash")]
    two_row = Reviewer.objects.get(pk=two.pk)
    assert (
        (two_row.state, two_row.capacity, two_row.answered_at)
        == (two.state, two.capacity, two.answered_at)
        == ("accepted", 5, NOW)
    )


def test_the_verifier_finds_nothing_wrong_with_many() -> None:
    many = reviewers(3)
    transition_many(many, "accept_invitation", actor=SETUP, now=NOW)
    transition_many(many, "release_reviewer", actor=SETUP, now=NOW)
    for reviewer in many:
        entries = list(entries_about(reviewer))
        assert [entry.sequence for entry in entries] == [1, 2]
        assert all(
            entry.hash == entry_hash(entry_fields(entry), entry.previous_hash) for entry in entries
        )


def test_one_stale_object_stops_all() -> None:
    many = reviewers(3)
    moved_on = Reviewer.objects.get(pk=many[1].pk)  # somebody else; ours still says "invited"
    transition(moved_on, "release_reviewer", actor=SETUP, now=NOW)
    with pytest.raises(StaleTransition):
        transition_many(many, "accept_invitation", actor=SETUP, now=NOW)
    states = list(Reviewer.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["invited", "released", "invited"]
    assert Entry.objects.filter(verb="accept_invitation").count() == 0


def test_nothing_is_nothing() -> None:
    transition_many([], "accept_invitation", actor=SETUP, now=NOW)
    record_entries([], "look", actor=SETUP, now=NOW)
    assert Entry.objects.count() == 0


def test_the_number_of_statements_does_not_grow() -> None:
    counts = []
    for size in (1, 5):
        many = reviewers(size)
        with CaptureQueriesContext(connection) as queries:
            transition_many(many, "accept_invitation", actor=SETUP, now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]
