"""Requests between two sides: who may ask whom, what an answer does, and what silence does."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.awards.models import Offer
from anso.kernel.actors import CLOCK
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.verdict import Refused
from anso.matching import actions, queries, rules
from anso.matching.models import MatchRequest
from anso.matching.tasks import release_due_requests
from anso.matching.wording import todo_items_for
from anso.notifications.models import Message
from anso.selection.record import read_record, replay_record
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.matching import (
    MATCHING,
    account_behind,
    make_open,
    make_request,
    make_side,
)
from tests.shared import clock_at

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LATE = MATCHING + 20 * DAY


class Pool:
    """A need, and three who could help: the first fits best, the last least."""

    def __init__(self) -> None:
        self.officer = make_officer()
        self.needs = make_side("need", officer=self.officer)
        self.helpers = make_side("volunteer", officer=self.officer)
        self.need = make_open(self.needs)
        self.best = make_open(self.helpers)
        self.second = make_open(self.helpers, fields=["01"])
        self.third = make_open(self.helpers, fields=["07"], zones=["-05:00"])

    def ask(self, asked: Application, **said: Any) -> MatchRequest:
        return make_request(self.need, asked, **said)


@pytest.fixture
def pool() -> Pool:
    return Pool()


def mails(code: str) -> dict[str, str]:
    """Who was written to with this code, and what."""
    found = Message.objects.filter(code=f"matching.{code}")
    return {each.email: f"{each.subject}\n{each.body}" for each in found}


def state_of(request: MatchRequest) -> str:
    return str(MatchRequest.objects.get(pk=request.pk).state)


def listed(asking: Application, now: dt.datetime = MATCHING) -> list[str]:
    return [fit.key for fit in queries.draw_shortlist(asking, now).shortlist.fits]


def test_a_host_asks_whoever_fits_and_they_are_told_with_their_day(pool: Pool) -> None:
    assert listed(pool.need) == [pool.best.number, pool.second.number, pool.third.number]
    request = pool.ask(pool.best)
    assert (request.state, request.position, request.capacity) == ("asked", 1, 1)
    assert request.answer_by.date() == dt.date(2027, 4, 15)
    record = read_record(json.dumps(request.record))
    assert replay_record(record).holds
    ((email, told),) = mails("asked").items()
    assert email == account_behind(pool.best).email
    for words in (pool.need.number, "Please help us.", "15 April 2027", "safeguarding@"):
        assert words in told
    (todo,) = todo_items_for(account_behind(pool.best), MATCHING)
    assert todo.due_at == request.answer_by


def test_a_yes_is_a_match_and_both_read_whom_to_write_to(pool: Pool) -> None:
    request, other = pool.ask(pool.best), pool.ask(pool.second)
    actions.accept_match(actor=account_behind(pool.best), request=request, now=MATCHING + DAY)
    assert (state_of(request), request.place, state_of(other)) == ("accepted", 1, "withdrawn")
    told = mails("matched")
    host, expert = account_behind(pool.need).email, account_behind(pool.best).email
    assert expert in told[host]
    assert host in told[expert]
    assert all("safeguarding@" in each for each in told.values())
    assert set(mails("withdrawn")) == {account_behind(pool.second).email}
    with pytest.raises(Refused, match="matched already"):
        pool.ask(pool.third)


def test_names_and_addresses_are_told_after_a_yes_alone(pool: Pool) -> None:
    pool.ask(pool.best)
    assert account_behind(pool.need).email not in mails("asked")[account_behind(pool.best).email]


def test_after_a_no_the_next_on_the_list_is_asked_where_the_host_wished_so(pool: Pool) -> None:
    request = pool.ask(pool.best, asks_next=True)
    who = account_behind(pool.best)
    actions.decline_match(actor=who, request=request, because=" Too far. ", now=MATCHING + DAY)
    told = mails("declined")[account_behind(pool.need).email]
    assert "Too far." in told
    assert "asked now, as you wished" in told
    following = MatchRequest.objects.get(asked=pool.second)
    assert (following.state, following.words, following.asks_next) == (
        "asked",
        "Please help us.",
        True,
    )
    assert pool.best.number not in listed(pool.need, MATCHING + DAY), "nobody is asked twice"


def test_without_that_wish_nobody_is_asked_and_the_host_reads_so(pool: Pool) -> None:
    request = pool.ask(pool.best)
    actions.decline_match(
        actor=account_behind(pool.best), request=request, because="", now=MATCHING
    )
    assert MatchRequest.objects.count() == 1
    assert "You can ask somebody else" in mails("declined")[account_behind(pool.need).email]
    (todo,) = todo_items_for(account_behind(pool.need), MATCHING)
    assert "Choose" in str(todo.text)


def test_a_request_that_nobody_answers_is_released_and_both_are_told(pool: Pool) -> None:
    request = pool.ask(pool.best, asks_next=True)
    with pytest.raises(Refused, match="can still be answered"):
        actions.release_match(actor=CLOCK, request=request, now=MATCHING)
    with pytest.raises(Refused, match="by themselves"):
        actions.release_match(actor=pool.officer, request=request, now=LATE)
    with clock_at(LATE):
        release_due_requests(0)
        release_due_requests(0)
    assert state_of(request) == "released"
    assert set(mails("released")) == {
        account_behind(pool.need).email,
        account_behind(pool.best).email,
    }
    assert MatchRequest.objects.get(asked=pool.second).state == "asked"
    with pytest.raises(Refused, match="does not wait"):
        actions.accept_match(
            actor=account_behind(pool.best),
            request=MatchRequest.objects.get(pk=request.pk),
            now=LATE,
        )


def test_when_nobody_fits_any_more_nobody_is_asked_next(pool: Pool) -> None:
    Application.objects.exclude(pk__in=(pool.need.pk, pool.best.pk)).update(
        state="withdrawn", withdrawn_at=MATCHING
    )
    request = pool.ask(pool.best, asks_next=True)
    actions.decline_match(
        actor=account_behind(pool.best), request=request, because="", now=MATCHING
    )
    assert MatchRequest.objects.count() == 1


def test_a_day_late_is_too_late_and_says_until_when(pool: Pool) -> None:
    request = pool.ask(pool.best)
    with pytest.raises(Refused, match="until 15 April 2027"):
        actions.accept_match(actor=account_behind(pool.best), request=request, now=LATE)


def test_open_requests_are_capped_on_both_sides(pool: Pool) -> None:
    for asked in (pool.best, pool.second, pool.third):
        pool.ask(asked)
    make_open(pool.helpers)
    with pytest.raises(Refused, match="3 requests wait for an answer"):
        pool.ask(pool.best)
    other, more = make_open(pool.needs), make_open(pool.needs)
    make_request(other, pool.best)
    assert pool.best.number not in listed(more), "two wait already for whoever fits best"
    with pytest.raises(Refused, match="cannot be asked any more"):
        make_request(more, pool.best)


def test_capacity_is_hard_and_free_again_when_a_match_ends(pool: Pool) -> None:
    other = make_open(pool.needs)
    first, second = pool.ask(pool.best), make_request(other, pool.best)
    who = account_behind(pool.best)
    actions.accept_match(actor=who, request=first, now=MATCHING)
    with pytest.raises(Refused, match="as many tasks as you take at a time: 1"):
        actions.accept_match(actor=who, request=second, now=MATCHING)
    assert pool.best.number not in listed(make_open(pool.needs))
    with pytest.raises(BadInput):
        actions.end_match(actor=who, request=first, because=" ", now=MATCHING + DAY)
    actions.end_match(actor=who, request=first, because="The course is over.", now=MATCHING + DAY)
    assert all("The course is over." in each for each in mails("ended").values())
    assert len(mails("ended")) == 2
    actions.accept_match(actor=who, request=second, now=MATCHING + DAY)
    assert second.place == 1
    with pytest.raises(Refused, match="no match any more"):
        actions.end_match(actor=who, request=first, because="Again.", now=MATCHING + DAY)


def test_the_database_gives_no_place_twice_and_none_beyond_the_capacity(pool: Pool) -> None:
    first, second = pool.ask(pool.best), make_request(make_open(pool.needs), pool.best)
    actions.accept_match(actor=account_behind(pool.best), request=first, now=MATCHING)
    for place in (1, 2, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            MatchRequest.objects.filter(pk=second.pk).update(
                state="accepted", place=place, answered_at=MATCHING
            )


def test_whoever_answers_takes_turns_with_the_whole_pool(pool: Pool) -> None:
    request = pool.ask(pool.best)
    with CaptureQueriesContext(connection) as asked:
        actions.accept_match(actor=account_behind(pool.best), request=request, now=MATCHING)
    assert any("FOR NO KEY UPDATE" in each["sql"] for each in asked)


def test_officers_end_a_match_when_something_is_not_right(pool: Pool) -> None:
    request = pool.ask(pool.best)
    actions.accept_match(actor=account_behind(pool.best), request=request, now=MATCHING)
    stranger = make_person("Str Anger").account
    with pytest.raises(Refused):
        actions.end_match(actor=stranger, request=request, because="Mine.", now=MATCHING)
    actions.end_match(actor=pool.officer, request=request, because="Not safe.", now=MATCHING)
    assert state_of(request) == "ended"


def test_a_request_is_taken_back_until_it_is_answered(pool: Pool) -> None:
    request = pool.ask(pool.best)
    with pytest.raises(Refused, match="Somebody else asked"):
        actions.withdraw_match(actor=account_behind(pool.best), request=request, now=MATCHING)
    actions.withdraw_match(actor=account_behind(pool.need), request=request, now=MATCHING)
    assert state_of(request) == "withdrawn"
    assert pool.best.number in listed(pool.need), "whoever was not heard may be asked again"
    with pytest.raises(Refused, match="does not wait"):
        actions.withdraw_match(actor=account_behind(pool.need), request=request, now=MATCHING)


def test_only_who_is_asked_answers_and_only_who_seeks_asks(pool: Pool) -> None:
    request = pool.ask(pool.best)
    stranger = make_person("Str Anger").account
    assert stranger is not None
    for who in (stranger, account_behind(pool.need), pool.officer):
        with pytest.raises(Refused, match="Somebody else is asked"):
            actions.accept_match(actor=who, request=request, now=MATCHING)
    with pytest.raises(Refused, match="somebody else's"):
        actions.ask_match(
            actor=stranger, asking=pool.need, number="x", words="", asks_next=False, now=MATCHING
        )
    with pytest.raises(Refused, match="not open for matching"):
        make_request(pool.best, pool.need)
    assert not queries.requests_to_answer(stranger)


def test_whoever_stepped_back_is_not_asked_and_what_waited_is_closed(pool: Pool) -> None:
    request = pool.ask(pool.best)
    offer = Offer.objects.get(application=pool.best)
    Offer.objects.filter(pk=offer.pk).update(state="declined")
    with pytest.raises(Refused, match="not open for matching any more"):
        actions.accept_match(actor=account_behind(pool.best), request=request, now=MATCHING)
    with clock_at(MATCHING):
        release_due_requests(0)
    assert state_of(request) == "released"
    assert pool.best.number not in listed(make_open(pool.needs))


def test_whoever_asks_finds_out_that_the_host_has_somebody_else(pool: Pool) -> None:
    first, second = pool.ask(pool.best), pool.ask(pool.second)
    MatchRequest.objects.filter(pk=first.pk).update(state="accepted", place=1, answered_at=MATCHING)
    with pytest.raises(Refused, match="found somebody else"):
        actions.accept_match(actor=account_behind(pool.second), request=second, now=MATCHING)


def test_nobody_is_matched_with_themselves(pool: Pool) -> None:
    own = make_open(pool.helpers, applicant=account_behind(pool.need))
    assert own.number not in listed(pool.need)


def test_words_that_are_too_long_are_refused_before_anybody_is_asked(pool: Pool) -> None:
    with pytest.raises(BadInput):
        pool.ask(pool.best, words="x" * 1001)
    assert not MatchRequest.objects.exists()


def test_a_stale_click_changes_nothing(pool: Pool) -> None:
    request = pool.ask(pool.best)
    stale = MatchRequest.objects.get(pk=request.pk)
    actions.decline_match(
        actor=account_behind(pool.best), request=request, because="", now=MATCHING
    )
    with pytest.raises((Refused, StaleTransition)):
        actions.decline_match(
            actor=account_behind(pool.best), request=stale, because="", now=MATCHING
        )


def test_waiting_counts_from_the_opening_or_the_end_of_the_last_match(pool: Pool) -> None:
    request = pool.ask(pool.best)
    actions.accept_match(actor=account_behind(pool.best), request=request, now=MATCHING)
    actions.end_match(actor=pool.officer, request=request, because="Over.", now=MATCHING + DAY)
    drawn = queries.draw_shortlist(make_open(pool.needs), MATCHING + 3 * DAY)
    waited = {each["key"]: each["waiting_days"] for each in drawn.record.inputs["offered"]}
    assert (waited[pool.best.number], waited[pool.second.number]) == (2, 33)


def test_what_those_who_may_be_matched_do_not_read_counts_for_nobody(pool: Pool) -> None:
    profile = queries.profiles_of([pool.best])[pool.best.pk]
    assert profile.zones == (180,)
    assert queries._profile({}) == queries.Profile(
        frozenset(), frozenset(), frozenset(), (), "0001-01-01", "9999-12-31", 1
    )
    swapped = queries._profile({"from_day": "2027-02-01", "until_day": "2027-01-01"})
    assert (swapped.first_day, swapped.last_day) == ("2027-01-01", "2027-02-01")
    assert queries._profile({"time_zones": ["-05:30", "noon"], "expertise": "01"}).zones == (-330,)


def test_officers_read_a_stable_proposal_for_all_who_still_seek(pool: Pool) -> None:
    assert queries.propose_pairs(pool.helpers, MATCHING) is None, "that side seeks nobody"
    second = make_open(pool.needs, fields=["01"])
    proposed = queries.propose_pairs(pool.needs, MATCHING)
    assert proposed is not None
    assert proposed.holds
    assert [pair.key for pair in proposed.pairs] == [pool.need.number, second.number]
    assert {pair.offered for pair in proposed.pairs} == {pool.best.number, pool.second.number}
    request = pool.ask(pool.best)
    actions.accept_match(actor=account_behind(pool.best), request=request, now=MATCHING)
    again = queries.propose_pairs(pool.needs, MATCHING)
    assert again is not None
    assert [pair.key for pair in again.pairs] == [second.number]


def test_nothing_is_matched_in_other_calls(pool: Pool) -> None:
    fellowship = make_side("fellowship")
    assert queries.pairing_of(fellowship) is None
    assert not rules.may_read_matches(pool.officer, fellowship, MATCHING)
    assert rules.may_read_matches(pool.officer, pool.needs, MATCHING)
    assert queries.propose_pairs(fellowship, MATCHING) is None


def test_what_is_to_do_is_asked_by_as_many_questions_for_two_as_for_one() -> None:
    needs, busy = make_side("need"), make_open(make_side("volunteer"), capacity="3")
    make_request(make_open(needs), busy)
    with CaptureQueriesContext(connection) as for_one:
        assert len(todo_items_for(account_behind(busy), MATCHING)) == 1
    make_request(make_open(needs), busy)
    with CaptureQueriesContext(connection) as for_two:
        assert len(todo_items_for(account_behind(busy), MATCHING)) == 2
    assert len(for_one) == len(for_two)


def an_account() -> Account:
    account = make_person("Nobody Here").account
    assert account is not None
    return account


def test_whoever_has_nothing_open_has_nothing_to_do() -> None:
    assert todo_items_for(an_account(), MATCHING) == []
