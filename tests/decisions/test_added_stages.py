"""A call into which an officer put an interview by pages: published, applied to, judged twice and
released, and everybody reads the stage that was added.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions import save_answers, screen_applications, submit_application
from anso.applications.models import Application
from anso.applications.wording.status import next_steps
from anso.calls.actions import NewStage, add_stage, publish_call
from anso.calls.models import Call, CallBody
from anso.calls.queries import get_form, get_terms
from anso.calls.queries.steps import rubric_of, steps_of
from anso.calls.wording.calendar import calendar_events
from anso.decisions.actions import (
    compute_selection,
    confirm_selection,
    notify_decided_applicants,
    pass_words_on,
    propose_selection,
    release_decisions,
)
from anso.decisions.models import SelectionRun
from anso.decisions.queries import Bar, get_ranking_step
from anso.directory.models import Person
from anso.governance.enums import BodyKind
from anso.kernel.actors import SETUP
from anso.kernel.terms import Stage
from anso.kernel.verdict import Refused
from anso.kernel.wording import both
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from anso.review.actions import answer_reviewers, assign_reviewer, save_rebuttal_draft
from anso.review.models import Review
from tests.factories.applications import agree_before_submission, give_all_letters
from tests.factories.calls import NOW, YEAR, make_call, make_programme
from tests.factories.decisions import judge_all, make_officer, small_terms
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate
from tests.factories.review import make_review, make_reviewer, release_read_words
from tests.tabs import Tab

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class House:
    """A draft call with its officer, who judges it and who confirms."""

    call: Call
    officer: Account
    chair: Account
    confirmer: Account

    def desk(self, page: str) -> str:
        return f"/desk/calls/{self.call.reference}/{page}"

    def stage(self, key: str) -> Stage:
        terms = get_terms(Call.objects.get(pk=self.call.pk))
        return next(each for each in terms.stages if each.key == key)


def account(name: str) -> Account:
    found = make_person(name).account
    assert found is not None
    return found


def draft(kind: str) -> House:
    terms = small_terms(1) if kind == "fellowship" else find_kind(kind).terms_for(YEAR)
    officer, chair, panel = make_officer(), account("李雨桐"), make_body("panel")
    make_mandate(Person.objects.get(account=chair), "chair", panel)
    call = make_call(make_programme(kind), state="draft", terms=terms, officer=officer)
    has_board = "conferring" in find_kind(kind).bodies
    CallBody.objects.create(call=call, body=panel, function="jury" if has_board else "panel")
    confirmer = chair
    if has_board:
        confirmer, board = account("President"), make_body(BodyKind.BOARD)
        make_mandate(Person.objects.get(account=confirmer), "president", board)
        CallBody.objects.create(call=call, body=board, function="conferring", order=2)
    return House(call, officer, chair, confirmer)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def add_interview(client: Client, house: House) -> None:
    """By pages: the stage after the review, and by what it judges."""
    tab = Tab(client, house.desk("stage/?as=interview"), field="label_en")
    first = house.stage("review").ends_on + 4 * DAY
    days = {"starts_on": first.isoformat(), "ends_on": (first + DAY).isoformat()}
    answer = tab.fill(label_en="Talks", label_ar="المقابلات", **days).send()
    assert answer.status_code == 302
    rubric = Tab(client, answer.url, field="label-new")
    rubric.fill({"label-new": "Talk", "label_ar-new": "العرض", "weight-new": "100"})
    rubric.fill(scale_lowest="0", scale_highest="10")
    assert rubric.send().status_code == 302


def decide(house: House, now: dt.datetime, bar: Bar | None = None) -> SelectionRun:
    call = Call.objects.get(pk=house.call.pk)
    run = compute_selection(actor=house.officer, call=call, now=now, bar=bar)
    proposer = house.chair if house.chair != house.confirmer else house.officer
    run = propose_selection(actor=proposer, run=run, now=now, because="As it is.")
    run = confirm_selection(actor=house.confirmer, run=run, now=now)
    pass_words_on(actor=house.officer, call=call, references=None, now=now)
    run = release_decisions(actor=house.officer, run=run, now=now)
    notify_decided_applicants(actor=house.officer, run=run, now=now)
    return run


@pytest.mark.parametrize("kind", ["fellowship", "prize"])
def test_an_interview_that_was_added_decides(
    kind: str, client: Client, settings: pytest.FixtureRequest
) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]  # the officer has no second factor
    house = draft(kind)
    Account.objects.update(is_demonstration=True)
    client.force_login(Account.objects.get(pk=house.officer.pk))
    with time_machine.travel(NOW, tick=False):
        add_interview(client, house)
        page = Tab(client, house.desk("publish/"), field="sha256")
        assert "must be mended" not in page.words()
        assert page.send().status_code == 302
        call = Call.objects.get(pk=house.call.pk)
        public = Client().get(f"/calls/{call.slug}/").content.decode()
    assert call.state == "published"
    assert "Talks" in public
    assert "Talks" in [each.title for each in next_steps(call, NOW)]
    assert any("Talks" in event.title for event in calendar_events(call))
    talk = next(each for each in steps_of(call) if each.key == "talks")
    applications = judge_all(call, [make_reviewer(call, capacity=9)], [(5,), (4,), (3,), (2,)])
    first = decide(house, noon(talk.starts_on - 2 * DAY), Bar(number=3))
    results = [each.result for each in first.placements.order_by("rank")]
    assert results == ["advanced"] * 3 + ["rejected"]
    body = " ".join(
        Message.objects.filter(code="decisions.advanced").order_by("id")[0].body.split()
    )
    assert f"goes on to “Talks”, from {talk.starts_on.day}" in body
    assert get_ranking_step(call) == talk
    rubric = rubric_of(get_terms(call), talk)
    assert (rubric.scale_highest, rubric.is_blind, rubric.reviews_each) == (10, False, 1)
    judge = make_reviewer(call, person=make_person("Whoever hears them"), capacity=9)
    for application, score in zip(applications[:3], (4, 7, 9), strict=True):
        given = assign_reviewer(
            actor=house.officer,
            application=Application.objects.get(pk=application.pk),
            reviewer=judge,
            due_at=noon(talk.ends_on),
            now=noon(talk.starts_on),
        )
        assert given.step == talk
        make_review(given, score, now=noon(talk.starts_on))
    asked = Message.objects.filter(code="review.assignment", recipient=judge.person.account)
    assert "this is for its stage “Talks”" in asked[0].body
    reader = Client()
    with time_machine.travel(noon(talk.starts_on), tick=False):
        reader.force_login(Account.objects.get(pk=judge.person.account_id))
        assert "· Talks" in " ".join(reader.get("/reviews/").content.decode().split())
    last = decide(
        house, noon(house.stage("release" if kind == "fellowship" else "ceremony").starts_on)
    )
    ranked = list(last.placements.order_by("rank").values_list("application__number", flat=True))
    assert ranked == [each.number for each in reversed(applications[:3])]
    assert last.placements.get(rank=1).result == "selected"
    assert Message.objects.filter(code__startswith="decisions.").count() >= 7


def compose_outlines(house: House) -> Call:
    """The best of the review write a full application, which is checked and reviewed again."""
    day = house.stage("review").ends_on + DAY
    for kind, name, length, rubric in (
        ("window", both("Full applications", "الطلبات الكاملة"), 20, ""),
        ("screening", both("Second check", "الفحص الثاني"), 4, ""),
        ("review", both("Second review", "التحكيم الثاني"), 5, ""),
    ):
        new = NewStage(kind, name, day, day + length * DAY, rubric)
        add_stage(call=house.call, new=new, actor=house.officer, now=NOW)
        day += (length + 1) * DAY
    call = Call.objects.get(pk=house.call.pk)
    return publish_call(call=call, actor=house.officer, now=NOW)


def write_in_full(application: Application, at: dt.datetime) -> Application:
    """What was invited is written anew and found eligible."""
    application.refresh_from_db()
    assert application.state == "invited"
    form = get_form(application.call, application.step.form)[1]
    stated = {each.key: True for each in form.questions() if each.type == "statement"}
    save_answers(
        application=application, fields=stated, base=application.revision,
        token=f"full-{application.pk}", actor=application.applicant.account, now=at,
    )  # fmt: skip
    application.refresh_from_db()
    agree_before_submission(application, at)  # its documents were carried
    submit_application(
        application=application, actor=application.applicant.account, arrived_at=at, now=at
    )
    application.refresh_from_db()
    screen_applications(
        applications=[application], verb="confirm_eligible", actor=SETUP, now=at + 21 * DAY
    )
    application.refresh_from_db()
    return application


def test_an_outline_before_the_full_application_is_walked_to_its_end() -> None:
    house = draft("fellowship")
    call = compose_outlines(house)
    window, second = (
        next(each for each in steps_of(call) if each.key == key)
        for key in ("full_applications", "second_review")
    )
    applications = judge_all(call, [make_reviewer(call, capacity=9)], [(5,), (4,), (3,)])
    for each in applications:
        give_all_letters(each, at=noon(dt.date(2027, 2, 16)))
    first = decide(house, noon(window.starts_on - DAY), Bar(number=2))
    results = [each.result for each in first.placements.order_by("rank")]
    assert results == ["invited", "invited", "rejected"]
    judge = make_reviewer(call, person=make_person("Second reader"), capacity=9)
    for application, score in zip(applications[:2], (3, 5), strict=True):
        written = write_in_full(application, noon(window.starts_on + DAY))
        given = assign_reviewer(
            actor=house.officer, application=written, reviewer=judge,
            due_at=noon(second.ends_on), now=noon(second.starts_on),
        )  # fmt: skip
        assert given.step == second
        make_review(given, score, now=noon(second.starts_on))
    last = decide(house, noon(house.stage("release").starts_on))
    ranked = list(last.placements.order_by("rank").values_list("application__number", "result"))
    assert ranked[0] == (applications[1].number, "selected")
    assert ranked[1][0] == applications[0].number


def test_answers_to_reviewers_that_were_added_are_given_and_read() -> None:
    house = draft("fellowship")
    day = house.stage("review").ends_on + DAY
    new = NewStage("answers", both("Your answers", "ردودكم"), day, day + 5 * DAY)
    key = add_stage(call=house.call, new=new, actor=house.officer, now=NOW)
    call = publish_call(call=Call.objects.get(pk=house.call.pk), actor=house.officer, now=NOW)
    (application,) = judge_all(call, [make_reviewer(call, capacity=9)], [(5,)])
    now = noon(day)
    Review.objects.update(comment_for_applicant="Why does salt rise?")
    (made,) = release_read_words(actor=house.officer, call=call, now=now)
    assert made.step.key == key
    writer = application.applicant.account
    assert writer is not None
    save_rebuttal_draft(
        actor=writer, rebuttal=made, changes={"answer": "It falls, as the table says."},
        base_revision=made.revision, now=now,
    )  # fmt: skip
    made.refresh_from_db()
    answer_reviewers(actor=writer, rebuttal=made, base_revision=made.revision, now=now)
    made.refresh_from_db()
    assert made.body["answers"]["answer"] == "It falls, as the table says."
    run = compute_selection(actor=house.officer, call=call, now=now)
    run = propose_selection(actor=house.officer, run=run, now=now, because="As it is.")
    with pytest.raises(Refused, match="The reviewers may be answered until"):
        confirm_selection(actor=house.confirmer, run=run, now=now)
