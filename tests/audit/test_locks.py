"""Who writes about one object takes turns, and a state changes under the lock of its row."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.accounts.models import Account
from anso.audit.actions import record_entries, record_entry, transition
from anso.audit.actions.entries import CHAIN_LOCKS
from anso.kernel.actors import SETUP
from anso.kernel.lifecycle import StaleTransition
from anso.review.models import Reviewer
from tests.factories.calls import make_call
from tests.factories.directory import make_account, make_person
from tests.locks import locks_first, waits_for

pytestmark = pytest.mark.django_db
TURN = "SELECT pg_advisory_xact_lock(hashtext(%s), %s)"


def turn_of(account: Account) -> tuple[str, list[object]]:
    """What somebody holds who writes about this account."""
    return TURN, ["accounts.account", account.pk % CHAIN_LOCKS]


def make_invited(now: dt.datetime) -> Reviewer:
    return Reviewer.objects.create(call=make_call(), person=make_person("Ines"), invited_at=now)


def test_two_who_write_about_one_object_take_turns(now: dt.datetime) -> None:
    one, other = make_account("one@example.org"), make_account("other@example.org")
    assert waits_for(*turn_of(one), lambda: record_entry(one, "look", actor=SETUP, now=now))
    assert not waits_for(*turn_of(other), lambda: record_entry(one, "look", actor=SETUP, now=now))


def test_who_writes_about_many_waits_for_each_of_them(now: dt.datetime) -> None:
    many = [make_account(f"{name}@example.org") for name in ("one", "two", "three")]
    stranger = make_account("stranger@example.org")
    for each in many:
        assert waits_for(*turn_of(each), lambda: record_entries(many, "look", actor=SETUP, now=now))
    assert not waits_for(
        *turn_of(stranger), lambda: record_entries(many, "look", actor=SETUP, now=now)
    )


def test_a_state_changes_under_the_lock_of_its_row(now: dt.datetime) -> None:
    reviewer = make_invited(now)
    assert locks_first(
        "review_reviewer",
        lambda: transition(reviewer, "accept_invitation", actor=SETUP, now=now),
        before="review_reviewer",
    )


def test_a_state_that_moved_on_meanwhile_is_stale(now: dt.datetime) -> None:
    reviewer = make_invited(now)
    somebody_elses = Reviewer.objects.get(pk=reviewer.pk)
    transition(somebody_elses, "release_reviewer", actor=SETUP, now=now)
    assert reviewer.state == "invited", "as it was read"
    with pytest.raises(StaleTransition):
        transition(reviewer, "accept_invitation", actor=SETUP, now=now)
    reviewer.refresh_from_db()
    assert reviewer.state == "released"
