"""No file is passed over in silence: one that has fewer reviews than the call promises is named,
can get the others also after the closing, or is ranked on what it has with a reason that stands.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from anso.audit.queries import entries_about
from anso.calls.models import CallOfficer, Step
from anso.calls.queries.steps import step_closes_at
from anso.calls.wording import entries_of
from anso.decisions.actions import propose_selection, return_selection
from anso.decisions.models import SelectionRun
from anso.decisions.wording import todo_items_for
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS, find_kind
from anso.programmes.outcomes import OUTCOMES
from anso.review.actions import assign_reviewer
from anso.review.models import Score
from anso.selection.record import read_record, replay_record
from tests.factories.calls import YEAR
from tests.factories.decisions import Contest, computed, make_contest, small_terms
from tests.factories.directory import make_person
from tests.factories.review import make_review, make_reviewer
from tests.pages import squeezed
from tests.programmes.unknown_kind import FIELD_SCHOOLS
from tests.programmes.unknown_kind.outcome import FIELD_SCHOOL

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
ILL = "Two reviewers fell ill, and nobody else of the field was free."


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind that the product does not know, until the test ends."""
    for register in (KINDS, OUTCOMES):
        monkeypatch.setattr(register, "_placed", dict(register._placed))
    OUTCOMES.add(FIELD_SCHOOL.code, FIELD_SCHOOL, order=len(OUTCOMES))
    KINDS.add(FIELD_SCHOOLS.code, FIELD_SCHOOLS, order=len(KINDS))


def with_reviews_of_each(kind: str, each: int, scores: tuple[int, ...]) -> Contest:
    """A contest with one review of each file, in a call that promises so many."""
    terms = find_kind(kind).terms_for(YEAR)
    rubrics = {key: replace(one, reviews_each=each) for key, one in terms.rubrics.items()}
    terms = replace(terms, rubric=replace(terms.rubric, reviews_each=each), rubrics=rubrics)
    if kind == FIELD_SCHOOLS.code:  # whose own days are of another season
        terms = replace(terms, stages=small_terms().stages)
    return make_contest(scores, kind=kind, terms=terms)


def reviewed_in(contest: Contest) -> Step:
    return contest.call.steps.filter(block="review").order_by("order")[0]


def closed(contest: Contest) -> dt.datetime:
    return step_closes_at(reviewed_in(contest)) + HOUR


def told(contest: Contest, now: dt.datetime) -> list[str]:
    items = todo_items_for(contest.officer, now)
    return [each.text for each in items if each.text.startswith("Reviews are missing")]


@pytest.mark.parametrize("kind", ["fellowship", "prize", "collaborative_research", "field_schools"])
def test_files_that_lack_reviews_are_named_and_need_a_reason(
    kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    contest = with_reviews_of_each(kind, 3, (4, 3, 3, 2))
    numbers = [each.number for each in contest.applications]
    now = closed(contest)
    assert told(contest, now - 2 * HOUR) == [], "they may still come"
    assert told(contest, now) == [
        f"Reviews are missing after their closing: {', '.join(numbers[:3])} and 1 more"
    ]
    run = computed(contest, now)
    assert run.figures["short"] == [[number, 1] for number in numbers]
    unsaid = replay_record(read_record(json.dumps(run.record["few_reviews"])))
    assert (unsaid.is_untouched, unsaid.holds) == (True, False), "nobody said why yet"
    for because in ("", "   "):
        with pytest.raises(BadInput, match="ranked on the reviews that they have"):
            propose_selection(actor=contest.officer, run=run, now=now, because=because)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    client.force_login(contest.officer)
    ranking = reverse("decisions:ranking", args=[contest.call.reference])
    page = squeezed(client.get(ranking))
    short = f"{entries_of(contest.call, 4)} have fewer reviews than the call promises."
    assert short in page
    assert f"{numbers[0]}</a> (1 of 3)" in page
    assert 'name="few_because"' in page
    act = reverse("decisions:act", args=[contest.call.reference])
    client.post(act, {"act": "propose", "run": "1", "few_because": ILL})
    run.refresh_from_db()
    assert (run.state, run.few_because) == ("proposed", ILL)
    assert entries_about(run).filter(verb="propose_selection", because=ILL).exists()
    step = replay_record(read_record(json.dumps(run.record["few_reviews"])))
    assert (step.holds, step.told[0].endswith(f"Reason: {ILL}")) == (True, True)
    assert told(contest, now) == [], "somebody decided"
    mail = Message.objects.get(code="decisions.proposed", recipient=contest.chair)
    assert short in mail.body
    assert ILL in mail.body
    client.force_login(contest.chair)
    assert f'Ranked on what they have, because: <span dir="auto">{ILL}' in squeezed(
        client.get(ranking)
    )


def test_the_missing_review_is_given_after_the_closing_and_nothing_is_asked(client: Client) -> None:
    contest = with_reviews_of_each("fellowship", 2, (6, 5))
    step, now = reviewed_in(contest), closed(contest)
    further = make_reviewer(contest.call, person=make_person("Further"), capacity=9)
    Step.objects.filter(pk=step.pk).update(ends_on=step.ends_on + dt.timedelta(days=7))
    assert told(contest, now) == [], "the days were extended after their end"
    first, second = contest.applications
    for application in (first, second):
        given = assign_reviewer(
            actor=contest.officer, application=application, reviewer=further,
            due_at=now + dt.timedelta(days=3), now=now,
        )  # fmt: skip
        if application == first:
            make_review(given, 6, now=now)
    later = now + dt.timedelta(days=7)
    assert told(contest, later) == [f"Reviews are missing after their closing: {second.number}"]
    run = computed(contest, later)
    assert run.figures["short"] == [[second.number, 1]]
    make_review(given, 5, now=now + HOUR)
    run = computed(contest, later)
    assert run.figures["short"] == []
    assert "few_reviews" not in run.record
    propose_selection(actor=contest.officer, run=run, now=later)
    assert SelectionRun.objects.get(pk=run.pk).few_because == ""


def test_a_call_that_has_what_it_promises_says_nothing(client: Client) -> None:
    contest = with_reviews_of_each("field_schools", 1, (3, 2))
    assert told(contest, closed(contest)) == []
    run = computed(contest, closed(contest))
    assert (run.figures["short"], run.figures["reviews_each"]) == ([], 1)
    propose_selection(actor=contest.officer, run=run, now=closed(contest))


def test_each_call_of_an_officer_is_held_to_its_own_promise() -> None:
    three = with_reviews_of_each("fellowship", 3, (4,))
    one = with_reviews_of_each("fellowship", 1, (4,))
    CallOfficer.objects.create(call=one.call, account=three.officer, since_at=one.call.created_at)
    (number,) = [each.number for each in three.applications]
    assert told(three, closed(three)) == [f"Reviews are missing after their closing: {number}"]


@pytest.mark.parametrize("kind", ["fellowship", "prize", "collaborative_research"])
def test_a_review_that_could_judge_nothing_is_none_and_one_that_judged_a_part_is_one(
    kind: str,
) -> None:
    contest = with_reviews_of_each(kind, 1, (5, 4, 3))
    first, second, _third = contest.applications
    scores = Score.objects.filter(review__assignment__application=first)
    scores.update(value=None, cannot_judge_because="Not my field.")
    part = Score.objects.filter(review__assignment__application=second).order_by("pk")[:1]
    Score.objects.filter(pk__in=part).update(value=None, cannot_judge_because="Not my field.")
    now = step_closes_at(reviewed_in(contest)) + HOUR
    (item,) = [each for each in todo_items_for(contest.officer, now) if "missing" in each.text]
    assert item.text == f"Reviews are missing after their closing: {first.number}"
    assert computed(contest).figures["short"] == [[first.number, 0]]


def test_a_reason_is_in_the_record_and_makes_no_other_selection_of_a_returned_one(
    client: Client,
) -> None:
    contest = with_reviews_of_each("fellowship", 3, (4, 3))
    now = closed(contest)
    run = computed(contest, now)
    before = run.sha256
    propose_selection(actor=contest.officer, run=run, now=now, because=ILL)
    run = SelectionRun.objects.get(pk=run.pk)
    assert (run.sha256, run.record["few_reviews"]["inputs"]["run"]) == (before, before)
    client.force_login(contest.officer)
    page = reverse("decisions:record", args=[contest.call.reference, run.number])
    part = client.get(page, {"step": "few_reviews"}).content.decode()
    assert replay_record(read_record(part)).told[0].endswith(f"Reason: {ILL}")
    return_selection(actor=contest.chair, run=run, reason="Wait for the others.", now=now)
    again = computed(contest, now)
    with pytest.raises(Refused, match="nothing has changed in it since"):
        propose_selection(actor=contest.officer, run=again, now=now, because="Another reason.")
