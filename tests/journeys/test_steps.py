"""A call of two steps from its outlines to released decisions, through the pages that people use:
one is invited and submits, one is invited and does not, one ends at the outline, one answers the
reviews.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.awards.actions import make_offers
from anso.calls.models import Call
from anso.decisions.actions import notify_decided_applicants
from anso.decisions.models import Decision, SelectionRun
from anso.directory.models import Person
from anso.kernel.actors import CLOCK
from anso.notifications.models import Message
from anso.review.models import Assignment, Rebuttal, Reviewer
from anso.site.enums import NextAction
from anso.site.queries.overview import count_call, next_actions
from tests.factories.applications import add_documents
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate
from tests.factories.review import make_reviewer, review_entries
from tests.factories.steps import (
    full_answers,
    make_outline,
    make_two_step_call,
    named,
    noon,
)

pytestmark = pytest.mark.django_db
SCORES = {"writes": 5, "is silent": 4, "answers": 4, "ends": 2}


@dataclass
class Journey:
    """One call, its people, and the clock on the wall."""

    call: Call
    officer: Account
    chair: Account
    reviewer: Reviewer
    applications: dict[str, Application] = field(default_factory=dict)
    now: list[dt.datetime] = field(default_factory=list)

    def at(self, key: str, day: int = 1) -> dt.datetime:
        self.now[0] = noon(self.call, key, day)
        return self.now[0]

    def client(self, account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    def applicant(self, name: str) -> Client:
        account = self.applications[name].applicant.account
        assert account is not None
        return self.client(account)

    def fresh(self, name: str) -> Application:
        return Application.objects.get(pk=self.applications[name].pk)

    def page(self, name: str) -> str:
        url = reverse("applications:detail", args=[self.applications[name].reference])
        return str(self.applicant(name).get(url).content.decode())

    def desk(self, account: Account, url: str, **posted: Any) -> str:
        address = reverse(url, args=[self.call.reference])
        client = self.client(account)
        answer = client.post(address, posted, follow=True) if posted else client.get(address)
        assert answer.status_code == 200, (url, answer.status_code)
        return str(answer.content.decode())


@pytest.fixture
def journey(monkeypatch: pytest.MonkeyPatch) -> Journey:
    clock = [dt.datetime(2027, 1, 1, 12, tzinfo=dt.UTC)]
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock[0])
    officer, chair, panel = make_officer(), make_person("李雨桐").account, make_body("panel")
    assert chair is not None
    make_mandate(Person.objects.get(account=chair), "chair", panel)
    call = make_two_step_call(officer=officer, panel=panel)
    found = Journey(call, officer, chair, make_reviewer(call, capacity=40), now=clock)
    for number, name in enumerate(SCORES, start=1):
        account = make_person(f"Lead {number}").account
        assert account is not None
        found.applications[name] = make_outline(call, account, number)
    return found


def review_all(journey: Journey, key: str, names: dict[str, int]) -> None:
    """The officer assigns, the reviewer accepts and judges, each on their pages."""
    journey.at(key)
    officer = journey.client(journey.officer)
    account = journey.reviewer.person.account
    assert account is not None
    reader = journey.client(account)
    for name, score in names.items():
        number = journey.applications[name].number
        page = reverse("review:application_assignments", args=[journey.call.reference, number])
        due = journey.now[0].date() + dt.timedelta(days=10)
        officer.post(
            page, {"act": "assign", "reviewer": journey.reviewer.reference, "due_on": str(due)}
        )
        given = Assignment.objects.get(application__number=number, step__key=key)
        reader.post(reverse("review:answer", args=[given.reference]), {"answer": "accept"})
        entries = review_entries(journey.call, score, given.step)
        entries["comment_for_applicant"] = f"Words for {number} in {key}."
        reader.post(reverse("review:assignment", args=[given.reference]), entries)
        given.refresh_from_db()
        assert given.state == "submitted"


def decide(journey: Journey, **bar: str) -> SelectionRun:
    """Computed, sent to the chair, confirmed and released by the buttons of the desk."""
    journey.desk(journey.officer, "decisions:act", act="compute", **bar)
    run = SelectionRun.objects.order_by("-id")[0]
    journey.desk(
        journey.officer,
        "decisions:act",
        act="propose",
        run=str(run.number),
        few_because="As it is.",
    )
    journey.desk(journey.chair, "decisions:act", act="confirm", run=str(run.number))
    assert "Read what will be told" in journey.desk(journey.officer, "decisions:decisions")
    read = list(run.decisions.exclude(feedback="").values_list("reference", flat=True))
    passing = reverse("decisions:pass_words_on", args=[journey.call.reference])
    journey.client(journey.officer).post(passing, {"read": read})
    release = reverse("decisions:release", args=[journey.call.reference])
    journey.client(journey.officer).post(release)
    run.refresh_from_db()
    assert run.state == "released"
    notify_decided_applicants(actor=CLOCK, run=run, now=journey.now[0])
    return run


def write_and_submit(journey: Journey, name: str) -> None:
    """The full proposal by the pages of the form: every section saved, then submitted."""
    client, application = journey.applicant(name), journey.fresh(name)
    answers = full_answers(journey.call, title=f"The full proposal of {name}")
    saved = client.post(
        reverse("applications:save", args=[application.reference]),
        {"fields": answers, "base": application.revision, "token": f"full-{name}"},
        content_type="application/json",
    )
    assert saved.json()["receipt"], "saved with a receipt, as in the first window"
    add_documents(journey.fresh(name), journey.now[0])
    check = client.get(reverse("applications:check", args=[application.reference]))
    assert "/submit/" in check.content.decode()
    client.post(reverse("applications:submit", args=[application.reference]))
    assert journey.fresh(name).state == "submitted"
    receipt = client.get(reverse("applications:receipt", args=[application.reference]))
    assert "Full proposals," in receipt.content.decode(), "both copies, each with its step"
    assert "Outlines," in receipt.content.decode()


def screen(journey: Journey, *names: str) -> None:
    rows = [journey.applications[name].reference for name in names]
    journey.desk(
        journey.officer, "applications:screening", bulk="confirm_eligible",
        references=",".join(rows), confirmed="yes",
    )  # fmt: skip
    assert {journey.fresh(name).state for name in names} == {"eligible"}


def answer_reviews(journey: Journey, name: str) -> None:
    made = Rebuttal.objects.get(application=journey.applications[name])
    assert reverse("review:rebuttal", args=[made.reference]) in journey.page(name)
    journey.applicant(name).post(
        reverse("review:rebuttal", args=[made.reference]),
        {"answer": "They misread our table of salt.", "revision": "0"},
    )
    made.refresh_from_db()
    assert made.state == "answered"


def test_from_outlines_to_released_decisions(journey: Journey) -> None:
    review_all(journey, "outline_review", SCORES)
    journey.at("outline_review", 20)
    assert "You hear by 8 May 2027" in journey.page("ends")
    decide(journey, how="number", number="3")
    assert "Your proposal does not go on" in journey.page("ends")
    rejected = Message.objects.get(code="decisions.rejected")
    assert f"Words for {journey.applications['ends'].number} in outline_review." in rejected.body
    assert "You can write it from 8 May 2027" in journey.page("writes")

    journey.at("full_proposals", 3)
    assert not list(next_actions(journey.call, count_call(journey.call), journey.now[0]))
    assert "Submit it by 18 June 2027" in journey.page("is silent")
    for name in ("writes", "answers"):
        write_and_submit(journey, name)
    journey.at("completeness")
    assert "Not submitted" in journey.page("is silent")
    assert "submitted nothing until 18 June 2027" in journey.page("is silent")
    counts = count_call(journey.call)
    assert (counts.submitted_ever, counts.eligible) == (4, 4), "an invitation takes nobody out"
    assert list(next_actions(journey.call, counts, journey.now[0])) == [NextAction.SCREEN]
    screen(journey, "writes", "answers")
    counts = count_call(journey.call)
    assert list(next_actions(journey.call, counts, journey.now[0])) == [NextAction.ASSIGN]

    review_all(journey, "review", {"writes": 5, "answers": 4})
    journey.at("answers", 0)
    unread = journey.desk(journey.officer, "review:answers", act="release")
    assert "Read first what reviewers wrote" in unread
    journey.desk(journey.officer, "review:answers", act="read", read="all")
    journey.desk(journey.officer, "review:answers", act="release")
    assert Rebuttal.objects.count() == 2
    answer_reviews(journey, "answers")

    journey.at("decision")
    run = decide(journey)
    assert run.step == named(journey.call, "review")
    why = reverse(
        "decisions:why",
        args=[journey.call.reference, run.number, journey.applications["answers"].number],
    )
    told = journey.client(journey.chair).get(f"{why}?of={run.step.key}").content.decode()
    assert "They misread our table of salt." in told
    assert "not answered" not in told
    results = dict(
        Decision.objects.filter(step=run.step).values_list("application__number", "result")
    )
    assert results == {
        journey.applications["writes"].number: "selected",
        journey.applications["answers"].number: "selected",
    }
    assert journey.fresh("is silent").state == "invited", "nobody decides on what never came"
    assert len(make_offers(actor=CLOCK, call=journey.call, now=journey.now[0])) == 2
    outcome = journey.applicant("writes").get(
        reverse("awards:outcome", args=[journey.applications["writes"].reference])
    )
    page = outcome.content.decode()
    assert "Review of outlines" in page, "what was decided before stands below"
    assert f"Words for {journey.applications['writes'].number} in outline_review." in page
