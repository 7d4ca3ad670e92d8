"""Hosts answer about the candidates who named them; nothing is given where a host says no."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.http import Http404
from django.test import Client
from django.urls import reverse

from anso.applications.actions import withdraw_application
from anso.applications.models import Application
from anso.applications.queries.visibility import submitted_documents_of
from anso.audit.queries import entries_about
from anso.awards.models import Offer
from anso.calls.models import Call
from anso.hosting import rules
from anso.hosting.actions import answer_for_host, record_host_answer
from anso.hosting.models import HostAnswer
from anso.hosting.queries import (
    calls_to_tell_hosts_of,
    document_read_by_hosts,
    get_candidate_for,
    get_candidate_of,
    get_host_step,
    hosts_may_still_answer,
    read_by_hosts,
    waiting_by_host,
)
from anso.hosting.tasks import ask_people_of_hosts
from anso.hosting.wording import host_label, todo_items_for
from anso.kernel.errors import BadInput
from anso.kernel.terms.stages import addable_kinds, without_stage
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from tests.factories.awards import make_offered
from tests.factories.decisions import SELECTED, make_contest
from tests.factories.directory import make_person
from tests.factories.hosting import DAY, Hosting, make_hosting
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
made = made_for_module(make_hosting)
NOON = dt.datetime(2027, 4, 20, 12, 0, tzinfo=dt.UTC)
LETTER = "Letter of the graduate school, 20 April"


@pytest.fixture
def world(made: Hosting) -> Hosting:
    return deepcopy(made)


def answer(world: Hosting, says: str, words: str = "", **changes: Any) -> HostAnswer:
    facts: dict[str, Any] = {
        "actor": world.person,
        "candidate": changes.pop("candidate", None) or world.candidate(world.here, world.both),
        "now": world.open_at,
    }
    return answer_for_host(says=says, words=words, **(facts | changes))


def record(world: Hosting, says: str, words: str = "", **changes: Any) -> HostAnswer:
    facts: dict[str, Any] = {
        "actor": world.officer,
        "candidate": world.candidate(world.elsewhere, world.other),
        "heard": LETTER,
        "now": world.over_at,
    }
    return record_host_answer(says=says, words=words, **(facts | changes))


def test_a_host_admits_corrects_itself_and_each_answer_is_on_record(world: Hosting) -> None:
    first = answer(world, "admits")
    assert answer(world, "admits").answered_at == first.answered_at, "pressed twice"
    answer(world, "condition", "Proof of English by August")
    entries = list(entries_about(world.both).filter(verb="answer_for_host"))
    assert len(entries) == 2
    assert entries[-1].changes["says"] == ["admits", "condition"]
    assert HostAnswer.objects.get().words == "Proof of English by August"


def test_a_condition_and_a_no_need_words_and_an_answer_is_one_of_three(world: Hosting) -> None:
    for says, why in (("condition", "on which condition"), ("refuses", "Say why")):
        with pytest.raises(BadInput, match=why):
            answer(world, says, "  ")
    with pytest.raises(BadInput, match="Choose one"):
        answer(world, "perhaps")
    facts = {"host": world.here, "application": world.both, "answered_at": world.open_at}
    with pytest.raises(IntegrityError, match="hosting_answer_has_words"):
        HostAnswer.objects.create(says="refuses", **facts)


def test_early_late_and_foreign_answers_are_refused(world: Hosting) -> None:
    stranger = make_person("Mette").account
    for changes, why in (
        ({"actor": stranger}, "Only whoever answers for this host"),
        ({"candidate": world.candidate(world.elsewhere, world.other)}, "Only whoever answers"),
        ({"now": world.open_at - 9 * DAY}, "Hosts can answer from"),
        ({"now": world.over_at}, "Hosts could answer until"),
    ):
        with pytest.raises(Refused, match=why):
            answer(world, "admits", **changes)
    candidate = world.candidate(world.here, world.both)
    withdraw_application(
        actor=world.both.applicant.account, application=world.both, now=world.open_at
    )
    with pytest.raises(Refused, match="no longer judged"):
        answer(world, "admits", candidate=candidate)
    candidate = replace(world.candidate(world.elsewhere, world.other), host=world.here)
    Call.objects.filter(pk=world.call.pk).update(state="completed", completed_at=world.open_at)
    with pytest.raises(Refused, match="not running"):
        answer(world, "admits", candidate=candidate)


def test_people_of_a_host_see_only_those_who_named_it_and_only_in_its_days(
    world: Hosting,
) -> None:
    mine = get_candidate_for(world.person, "USTC", world.both.reference, world.open_at)
    assert (mine.application, mine.place, mine.named) == (world.both, 1, 2)
    for key, application, now in (
        ("UCAS", world.both, world.open_at),
        ("USTC", world.other, world.open_at),
        ("USTC", world.both, world.open_at - 9 * DAY),
    ):
        with pytest.raises(Http404):
            get_candidate_for(world.person, key, application.reference, now)
    with pytest.raises(Http404):
        get_candidate_of(world.call, "USTC", world.other.number)
    with pytest.raises(Http404):
        get_candidate_of(world.call, "NONE", world.other.number)


def test_a_host_reads_what_is_asked_for_its_eyes_and_no_other_document(world: Hosting) -> None:
    submission = world.both.submission
    assert submission is not None
    every = {each["reference"] for each in submission.body["documents"]}
    shown = {
        each.reference for each in submitted_documents_of(submission, read_by_hosts(submission))
    }
    assert shown < every
    assert document_read_by_hosts(submission, min(shown)).reference == min(shown)
    with pytest.raises(Http404):
        document_read_by_hosts(submission, min(every - shown))


def test_an_officer_takes_down_what_a_late_host_said_and_says_how_it_was_heard(
    world: Hosting,
) -> None:
    with pytest.raises(Refused, match="officers of this call"):
        record(world, "admits", actor=world.person)
    with pytest.raises(BadInput, match="how you heard of it"):
        record(world, "admits", heard=" ")
    kept = record(world, "refuses", "No place in this laboratory")
    assert kept.heard == LETTER
    entry = entries_about(world.other).get(verb="record_host_answer")
    assert entry.because == LETTER
    with pytest.raises(Refused, match="Hosts can answer from"):
        record(world, "admits", now=world.open_at - 9 * DAY)


def test_whoever_holds_one_already_is_not_admitted_and_the_reason_says_since_when(
    world: Hosting,
) -> None:
    with clock_at(SELECTED):
        (held,) = make_offered(make_contest((6,)))
    at = dt.datetime(2026, 6, 20, 9, 0, tzinfo=dt.UTC)
    Application.objects.filter(pk=held.application_id).update(applicant=world.both.applicant)
    Offer.objects.filter(pk=held.pk).update(state="accepted", answered_at=at)
    with pytest.raises(Refused, match=r"accepted an offer in .* on 20 June 2026"):
        answer(world, "admits")
    answer(world, "refuses", "Holds one already")
    record(world, "admits", candidate=world.candidate(world.here, world.both), now=world.open_at)
    Offer.objects.filter(pk=held.pk).update(state="revoked", revoked_at=at, answered_at=None)
    assert rules.may_be_admitted(world.both)


def test_hosts_are_asked_once_reminded_once_and_late_ones_are_the_officers_to_do(
    world: Hosting,
) -> None:
    def told(now: dt.datetime) -> list[str]:
        with clock_at(now):
            ask_people_of_hosts(0)
        found = Message.objects.filter(code__startswith="hosting.").order_by("id")
        return [each.code for each in found]

    begins, ends = world.open_at, world.over_at - 2 * DAY
    assert told(begins - 9 * DAY) == []
    assert [told(begins) for _twice in "ab"][-1] == ["hosting.asked"]
    assert [told(ends) for _twice in "ab"][-1] == ["hosting.asked", "hosting.reminder"]
    mail = Message.objects.get(code="hosting.asked")
    assert mail.recipient == world.person
    assert "/hosts/" in mail.body
    (item,) = todo_items_for(world.person, begins)
    assert "Say whether University of Science and Technology of China admits 1" in item.text
    assert todo_items_for(world.officer, begins) == []
    (item,) = todo_items_for(world.officer, world.over_at)
    assert "has not answered about 1 candidate" in item.text
    assert todo_items_for(world.person, world.over_at) == []
    answer(world, "admits", now=ends)
    assert todo_items_for(world.person, ends) == []
    assert todo_items_for(world.officer, world.over_at) == []
    assert waiting_by_host(world.call) == [], "nobody answers for the other host"
    with clock_at(ends):
        ask_people_of_hosts(0)
    assert calls_to_tell_hosts_of(world.over_at) == []
    Call.objects.filter(pk=world.call.pk).update(state="completed", completed_at=begins)
    assert todo_items_for(world.person, begins) == []
    assert todo_items_for(AnonymousUser(), begins) == []


def test_one_of_a_host_finds_reads_and_answers_and_the_officer_takes_down_the_rest(
    world: Hosting, client: Client
) -> None:
    own, submission = reverse("hosting:candidates"), world.both.submission
    assert submission is not None
    page = reverse("hosting:candidate", args=["USTC", world.both.reference])
    desk = reverse("hosting:answers", args=[world.call.reference])
    with clock_at(world.open_at - 9 * DAY):
        client.force_login(world.person)
        assert "You read and answer from" in client.get(own).content.decode()
    with clock_at(world.open_at):
        client.force_login(world.person)
        listed = client.get(own).content.decode()
        assert world.both.number in listed
        assert world.other.number not in listed
        assert "1 of 2" in listed
        shown = client.get(page).content.decode()
        assert "not answered" in shown
        read = submitted_documents_of(submission, read_by_hosts(submission))
        file = read[0].reference
        place = ["USTC", world.both.reference]
        assert reverse("hosting:document", args=[*place, file]) in shown
        none = reverse("hosting:document", args=[*place, "NONE"])
        assert client.get(none).status_code == 404
        refused = client.post(page, {"says": "refuses", "words": ""})
        assert (refused.status_code, "Say why" in refused.content.decode()) == (422, True)
        done = client.post(page, {"says": "condition", "words": "Proof of English"}, follow=True)
        assert "Your answer is kept" in done.content.decode()
        client.force_login(make_person("Mette").account)
        assert client.get(page).status_code == 404
        assert "No host of yours is asked" in client.get(own).content.decode()
    with clock_at(world.over_at):
        client.force_login(world.person)
        late = client.post(page, {"says": "admits"})
        assert late.status_code == 403
        assert "Hosts could answer until" in late.content.decode()
        assert "Proof of English" in late.content.decode()
        client.force_login(world.officer)
        waiting = client.get(f"{desk}?only=waiting").content.decode()
        assert world.other.number in waiting
        assert "Nobody answers for it" in waiting
        one = reverse(
            "hosting:record_answer", args=[world.call.reference, "UCAS", world.other.number]
        )
        assert client.post(one, {"says": "admits", "heard": ""}).status_code == 422
        taken = client.post(one, {"says": "admits", "heard": LETTER}, follow=True)
        assert LETTER in taken.content.decode()
        assert LETTER in client.get(one).content.decode()


def test_a_call_in_which_no_host_is_asked_has_no_such_page(world: Hosting) -> None:
    world.call.steps.filter(block="hosts").delete()
    call = Call.objects.get(pk=world.call.pk)
    assert get_host_step(call) is None
    assert "no host is asked" in str(rules.may_see_answers_of_hosts(world.officer, call, NOON))
    assert waiting_by_host(call) == []
    assert hosts_may_still_answer(call, NOON) == 0
    with pytest.raises(Http404):
        get_candidate_of(call, "USTC", world.both.number)
    with pytest.raises(Refused, match="Only whoever answers"):
        answer(world, "admits")
    with pytest.raises(Refused, match="no host is asked"):
        record(world, "admits")
    assert host_label(call, "NONE") == "NONE"


def test_only_a_call_with_hosts_can_ask_them() -> None:
    terms = without_stage(find_kind("fellowship").terms_for(2027), "hosts")
    assert "hosts" in addable_kinds(terms)
    assert "hosts" not in addable_kinds(replace(terms, hosts=()))
