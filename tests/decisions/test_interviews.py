"""An interview whose results count: a further review by its own rubric, to which the best of the
first review go on, and whose scores make the selection.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from anso.applications.models import Application
from anso.calls.models import Call, Step
from anso.calls.queries import get_terms
from anso.calls.queries.steps import steps_of
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
from anso.decisions.wording import words_for_placement
from anso.kernel.terms import Criterion, Rubric, Stage, Terms, check_terms
from anso.kernel.wording import Text, both
from anso.notifications.models import Message
from anso.review.actions import assign_reviewer
from tests.factories.decisions import Contest, make_contest, small_terms, with_one_review
from tests.factories.review import make_review, make_reviewer

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ROOM = both("Interviews at USTC", "المقابلات في USTC")


def with_interviews() -> Terms:
    """The fellowship with one review and, after it, interviews in two days by a rubric of their
    own, which hides nobody's name.
    """
    terms = with_one_review(small_terms(1))
    review = next(stage for stage in terms.stages if stage.block == "review")
    panel = next(stage for stage in terms.stages if stage.block == "panel")
    first_day = panel.starts_on - 10 * DAY
    talk = Stage("talk", "review", ROOM, first_day, first_day + DAY, rubric="talk")
    kept = [stage for stage in terms.stages if stage.block != "interviews"]
    kept.insert(kept.index(review) + 1, talk)
    rubric = Rubric(
        (Criterion("talk", Text({"en": "Talk", "ar": "المقابلة"}), Decimal(1)),),
        scale_lowest=0,
        scale_highest=10,
        reviews_each=1,
        is_blind=False,
    )
    return replace(terms, stages=tuple(kept), rubrics={"talk": rubric}, minimum_score=Decimal(5))


def decide(contest: Contest, now: dt.datetime, bar: Bar | None = None) -> SelectionRun:
    run = compute_selection(actor=contest.officer, call=contest.call, now=now, bar=bar)
    run = propose_selection(actor=contest.officer, run=run, now=now, because="As it is.")
    run = confirm_selection(actor=contest.chair, run=run, now=now)
    pass_words_on(actor=contest.officer, call=contest.call, references=None, now=now)
    run = release_decisions(actor=contest.officer, run=run, now=now)
    notify_decided_applicants(actor=contest.officer, run=run, now=now)
    return run


def step(call: Call, key: str) -> Step:
    return next(each for each in steps_of(call) if each.key == key)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def test_the_best_are_interviewed_and_the_interview_decides() -> None:
    terms = with_interviews()
    assert [each for each in check_terms(terms) if each.is_blocking] == []
    contest = make_contest((6, 5, 4, 2), terms=terms, reviews=2)
    call, talk = contest.call, step(contest.call, "talk")
    first = decide(contest, noon(talk.starts_on - 3 * DAY), Bar(number=3))
    assert [each.result for each in first.placements.order_by("rank")] == [
        *["advanced"] * 3,
        "rejected",
    ]
    mails = Message.objects.filter(code="decisions.advanced").order_by("id")
    body = " ".join(mails[0].body.split())
    assert f"was found good and goes on to “Interviews at USTC”, from {talk.starts_on.day}" in body
    assert "we write to you about it" in body
    assert get_ranking_step(call) == talk
    judge = make_reviewer(call, capacity=9)
    interviewed = Application.objects.filter(call=call, step=talk).order_by("number")
    assert [each.number for each in interviewed] == [
        each.number for each in contest.applications[:3]
    ]
    for application, score in zip(interviewed, (4, 7, 9), strict=True):
        given = assign_reviewer(
            actor=contest.officer,
            application=application,
            reviewer=judge,
            due_at=noon(talk.ends_on),
            now=noon(talk.starts_on),
        )
        assert given.step == talk
        make_review(given, score, now=noon(talk.starts_on))
    last = decide(contest, noon(talk.ends_on + 2 * DAY))
    told = {
        each.application.number: (each.result, words_for_placement(each, get_terms(call)))
        for each in last.placements.select_related("application")
    }
    best, second, third = (told[each.number] for each in contest.applications[:3])
    assert third[0] == "selected"
    assert third[1].startswith("1 review, weighted mean 9.00 of at most 10: rank 1 of 3.")
    assert second[0] == "waiting"
    assert best[0] == "unplaced"
    assert best[1].endswith("nothing below a mean of 5.00, and it counts as 4.00.")
