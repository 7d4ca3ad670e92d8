"""Who reviews what is proposed outside of requests: asked for, waited for, dropped, kept, carried
out.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.audit.models import Entry
from anso.calls.models import Call, CallOfficer
from anso.review.actions import proposing
from anso.review.models import Assignment, AssignmentProposal, Reviewer
from anso.review.queries.proposals import propose_assignments
from anso.review.tasks import propose
from tests.factories.calls import make_call
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.review import IN_REVIEW, SCREENED, make_eligible_application, make_reviewer
from tests.shared import made_for_module

pytestmark = pytest.mark.django_db
DUE = "2027-04-01"


@dataclass
class Desk:
    """A call of two officers with two files and two people who agreed to review; it asks for three
    reviews of each.
    """

    officer: Account
    colleague: Account
    call: Call
    files: list[Application]
    reviewers: list[Reviewer]

    @property
    def page(self) -> str:
        return f"/desk/calls/{self.call.reference}/assignments/propose/"


def a_desk() -> Desk:
    officer = make_officer()
    call = make_call(officer=officer)
    colleague = make_officer()
    CallOfficer.objects.create(call=call, account=colleague, since_at=SCREENED)
    people = [make_person(each) for each in ("One", "Other")]
    return Desk(
        officer=officer,
        colleague=colleague,
        call=call,
        files=[make_eligible_application(call) for _ in range(2)],
        reviewers=[make_reviewer(call, person=each) for each in people],
    )


made = made_for_module(a_desk)


@pytest.fixture
def desk(made: Desk, client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("django.utils.timezone.now", lambda: IN_REVIEW)
    client.force_login(made.officer)
    return deepcopy(made)


@pytest.fixture
def is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four pairs are too many for a request."""
    monkeypatch.setattr(proposing, "AT_ONCE", 3)


def ask(client: Client, desk: Desk, after: str = "") -> str:
    """Press "Propose assignments"; the page that follows."""
    return client.post(desk.page, {"after": after}, follow=True).content.decode()


def look(client: Client, desk: Desk) -> str:
    return client.get(desk.page).content.decode()


def only() -> AssignmentProposal:
    return AssignmentProposal.objects.get()


def assign(client: Client, desk: Desk, reference: str, due_on: str = DUE) -> str:
    """Have a proposal carried out; the page that tells what came of it."""
    address = f"{desk.page}{reference}/assign/"
    return client.post(address, {"due_on": due_on}, follow=True).content.decode()


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="review.propose").count()


def test_a_look_computes_nothing_and_what_was_seen_alone_is_assigned(
    desk: Desk, client: Client
) -> None:
    text = look(client, desk)
    assert "2 applications lack reviewers. " in " ".join(text.split())
    assert "2 people have agreed to review." in text
    assert not AssignmentProposal.objects.exists()
    text = ask(client, desk)
    assert (only().state, jobs()) == ("ready", 0)
    assert "4 reviews would be assigned" in text
    assert "1 review missing" in text, "there are too few reviewers"
    assert "because too few reviewers are free of conflicts" in text
    assert not Assignment.objects.exists()
    late = make_reviewer(desk.call, person=make_person("Late Joiner"))
    assert "have changed since this was proposed" in look(client, desk)
    for due_on, words in (("2026-01-01", "lies in the past"), ("2027-06-01", "reviews close")):
        assert words in assign(client, desk, only().reference, due_on)
    assert not Assignment.objects.exists()
    for _press in range(2):
        assert "4 of 4 are settled." in assign(client, desk, only().reference)
    assert not Assignment.objects.filter(reviewer=late).exists(), "nobody had seen that"
    assert {each.due_at.isoformat() for each in Assignment.objects.all()} == {
        "2027-04-01T16:00:00+00:00"
    }
    assert only().state == "assigned"
    assert "was assigned." in look(client, desk)
    assert "2 reviews would be assigned" in ask(client, desk, after=only().reference)
    verbs = Entry.objects.filter(object_type="review.assignmentproposal").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == [
        "ask_for_proposal", "finish_proposal", "carry_out_proposal",
        "ask_for_proposal", "finish_proposal",
    ]  # fmt: skip


@pytest.mark.usefixtures("is_large")
def test_of_a_large_call_the_request_ends_at_once_and_the_worker_keeps_the_result(
    desk: Desk, client: Client
) -> None:
    text = ask(client, desk)
    assert (only().state, only().pairs, jobs()) == ("running", [], 1)
    for words in ("It is being worked out", "Asked for by", "bulk/progress.js", "Look again"):
        assert words in text
    client.force_login(desk.colleague)
    assert "It is being worked out" in ask(client, desk), "both wait for one"
    assert (only().asked_by, jobs()) == (desk.officer, 1)
    Reviewer.objects.filter(pk=desk.reviewers[0].pk).update(capacity=1)
    propose(only().pk)
    text = look(client, desk)
    assert "3 reviews would be assigned" in text
    assert "bulk/progress.js" not in text
    assert "have changed since" not in text, "it was begun after that"
    propose(only().pk)
    assert only().state == "ready", "a job that is run twice does nothing twice"


def test_of_two_who_ask_at_once_the_second_gets_what_the_first_asked_for(
    desk: Desk, client: Client
) -> None:
    ask(client, desk)
    first = only().reference
    client.force_login(desk.colleague)
    ask(client, desk)
    assert only().reference == first
    ask(client, desk, after=first)
    assert AssignmentProposal.objects.count() == 2, "who has seen it gets another"


@pytest.mark.usefixtures("is_large")
def test_what_was_dropped_while_it_was_worked_out_is_thrown_away(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, desk)
    drop = f"{desk.page}{only().reference}/drop/"

    def drops_meanwhile(call: Call, now: dt.datetime) -> Any:
        client.post(drop)
        return found(call, now)

    found = proposing.propose_assignments
    monkeypatch.setattr(proposing, "propose_assignments", drops_meanwhile)
    propose(only().pk)
    assert (only().state, only().pairs) == ("dropped", [])
    text = look(client, desk)
    assert "was dropped before it was ready" in text
    assert "It had ended already." in client.post(drop, follow=True).content.decode()
    assert client.post(f"{desk.page}{only().reference}/assign/").status_code == 404
    assert "It is being worked out" in ask(client, desk, after=only().reference)


@pytest.mark.usefixtures("is_large")
def test_what_does_not_end_is_begun_anew(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, desk)
    assert "Begin it anew" not in look(client, desk)
    later = IN_REVIEW + dt.timedelta(minutes=6)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert "It has not ended for five minutes" in look(client, desk)
    text = ask(client, desk)
    assert "It has not ended for five minutes" not in text
    assert (only().tried_at, jobs()) == (later, 2)


@pytest.mark.usefixtures("is_large")
def test_a_failure_is_told_in_words_and_logged(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_args: Any) -> Any:
        raise RuntimeError("no way to gain")

    ask(client, desk)
    with monkeypatch.context() as patched:
        patched.setattr(proposing, "propose_assignments", fails)
        propose(only().pk)
    assert only().state == "failed"
    assert "no way to gain" in caplog.text
    text = look(client, desk)
    assert "It could not be worked out who reviews what" in text
    assert "no way to gain" not in text
    ask(client, desk, after=only().reference)
    propose(AssignmentProposal.objects.latest("pk").pk)
    assert "4 reviews would be assigned" in look(client, desk)


def test_a_proposal_of_another_day_says_so_and_leaves_what_cannot_be(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, desk)
    tomorrow = IN_REVIEW + dt.timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    client.force_login(desk.officer)
    assert "This proposal is from another day" in look(client, desk)
    mine = only()
    ask(client, desk, after=mine.reference)
    theirs = AssignmentProposal.objects.latest("pk")
    for each in (mine, theirs):
        assert "4 of 4 are settled." in assign(client, desk, each.reference), "they stand as is"
    assert Assignment.objects.count() == 4
    first, second = desk.files
    one = desk.reviewers[0]
    Assignment.objects.filter(reviewer=one, application=first).update(
        state="declined", remark="No time", answered_at=IN_REVIEW
    )
    extra = make_eligible_application(desk.call)
    third, fourth = (make_reviewer(desk.call, person=make_person(each)) for each in ("3", "4"))
    ask(client, desk, after=theirs.reference)
    stale = [[first.pk, one.pk], [extra.pk, one.pk], [second.pk, third.pk], [second.pk, fourth.pk]]
    latest = AssignmentProposal.objects.latest("pk")
    AssignmentProposal.objects.filter(pk=latest.pk).update(pairs=stale)
    text = assign(client, desk, latest.reference)
    assert "2 of 4 are settled. 2 were left as they are." in text
    assert f"{first.number} · {one.person.full_name}" in text
    assert "and gave it back" in text
    assert "It has its reviews by now." in text
    page = f"/desk/calls/{desk.call.reference}/assignments/"
    text = client.get(f"{page}?reviewer={third.reference}").content.decode()
    assert second.number in text
    assert first.number not in text, "the files of one reviewer alone"
    assert first.number in client.get(page).content.decode()
    assert "Nothing matches." in client.get(f"{page}?reviewer=NOBODY").content.decode()


def test_who_has_lost_the_call_finds_neither_the_wait_nor_the_result(
    desk: Desk, client: Client
) -> None:
    ask(client, desk)
    client.force_login(make_officer())
    for path in ("", f"{only().reference}/drop/", f"{only().reference}/assign/"):
        assert client.post(desk.page + path, {"due_on": DUE}).status_code == 404
    assert client.get(desk.page).status_code == 404
    assert not Assignment.objects.exists()


def test_without_reviewers_or_files_it_says_what_to_do(desk: Desk, client: Client) -> None:
    Application.objects.filter(call=desk.call).update(state="decided", decided_at=IN_REVIEW)
    assert "Propose assignments" not in look(client, desk)
    assert ask(client, desk).count("Nothing lacks reviewers.") == 2
    Reviewer.objects.filter(call=desk.call).update(state="invited")
    assert ask(client, desk).count("Nobody has agreed to review yet") == 2
    Application.objects.filter(call=desk.call).update(state="eligible", decided_at=None)
    alone = propose_assignments(desk.call, IN_REVIEW)
    assert (alone.pairs, bool(alone.short)) == ((), True)
    assert not AssignmentProposal.objects.exists()
