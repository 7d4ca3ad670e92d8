"""The steps of a call: rows that a timeline, a promise and a deadline read alike, also after the
deadline moved, and as many of one block as a call needs.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.queries.letters import new_letter_due_at
from anso.applications.wording import next_steps
from anso.calls import actions
from anso.calls.models import Call
from anso.calls.queries import get_terms, timeline_of
from anso.calls.queries.steps import step_closes_at, step_on, steps_of, steps_of_block
from anso.kernel.errors import BadInput
from anso.kernel.terms import to_plain
from anso.kernel.verdict import Refused
from anso.kernel.wording import Text
from anso.programmes.catalogue import find_kind
from anso.programmes.outcomes import read_terms
from anso.review.actions import assign_reviewers
from anso.review.queries import get_reviews_close_at
from tests.cast import Cast
from tests.factories.applications import make_application
from tests.factories.calls import make_call, make_programme
from tests.factories.review import (
    make_assignment,
    make_eligible_application,
    make_review,
    make_reviewer,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def days_of(call: Call) -> dict[str, tuple[dt.date, dt.date]]:
    return {step.key: (step.starts_on, step.ends_on) for step in steps_of(call)}


def extend(call: Call, officer: Account, days: int, now: dt.datetime) -> None:
    later = call.closes_at + days * DAY
    actions.extend_call(
        call=call,
        base_revision=call.revision,
        closes_at=later,
        because="Storm",
        actor=officer,
        now=now,
    )


def test_a_new_call_has_the_steps_of_its_kind_in_their_order(cast: Cast, now: dt.datetime) -> None:
    call = actions.create_call(
        programme=make_programme("collaborative_research"),
        edition=actions.Edition(2027),
        actor=cast.programme_officer,
        now=now,
    )
    stages = read_terms(call.design).stages
    assert [step.key for step in steps_of(call)] == [stage.key for stage in stages]
    assert days_of(call) == {stage.key: (stage.starts_on, stage.ends_on) for stage in stages}
    assert len(steps_of_block(call, "review")) == 2, "an outline is reviewed, then the full text"


def test_steps_follow_the_design_while_it_is_drafted(cast: Cast, now: dt.datetime) -> None:
    call = make_call(state="draft", officer=cast.programme_officer)
    kept = {step.key: step.pk for step in steps_of(call)}
    stages = read_terms(call.design).stages
    window, letters, screening, *rest = stages
    turned = (window, screening, letters, *rest)
    without_panel = tuple(stage for stage in turned if stage.key != "panel")
    review = next(stage for stage in stages if stage.key == "review")
    later_review = {"review": (review.starts_on, review.ends_on + DAY)}
    call.design = to_plain(replace(read_terms(call.design), stages=without_panel))
    call.save(update_fields=["design"])
    actions.change_stages(
        call=call, days=later_review, base_revision=0, actor=cast.programme_officer, now=now
    )
    call.refresh_from_db()
    assert [step.key for step in steps_of(call)] == [stage.key for stage in without_panel]
    assert "panel" not in days_of(call)
    assert days_of(call)["review"] == later_review["review"]
    assert {step.key: step.pk for step in steps_of(call)}.items() <= kept.items()


def test_an_extension_moves_the_window_and_the_letters_on_every_page(
    cast: Cast, client: Client, now: dt.datetime
) -> None:
    call = make_call(slug="moved", officer=cast.programme_officer)
    before = days_of(call)
    extend(call, cast.programme_officer, 15, now)
    call = Call.objects.get(pk=call.pk)
    after = days_of(call)
    assert after["applications"] == (before["applications"][0], dt.date(2027, 3, 2))
    assert after["letters"] == tuple(day + 15 * DAY for day in before["letters"])
    assert after["screening"] == tuple(day + 15 * DAY for day in before["screening"])
    rest = before.keys() - {"applications", "letters", "screening"}
    assert all(after[key] == before[key] for key in rest), "what need not move keeps its days"
    rule = get_terms(call).letter_rule("referee")
    assert rule is not None
    (letters,) = steps_of_block(call, "letters")
    assert new_letter_due_at(make_application(call), rule) == step_closes_at(letters), (
        "what counts is what is told"
    )
    told = {event["title"]["en"]: event["ends_on"] for event in timeline_of(call, now)}
    assert told["Letters of referees"] == letters.ends_on
    assert "16 Mar 2027" in [step.when for step in next_steps(call, now)][1]
    page = client.get(reverse("calls:call", args=["moved"])).content.decode()
    assert "16 March 2027" in page


def test_what_was_promised_stays_in_the_terms(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    promised = get_terms(call).stages
    extend(call, cast.programme_officer, 15, now)
    assert get_terms(Call.objects.get(pk=call.pk)).stages == promised


@pytest.fixture
def twice(cast: Cast) -> Call:
    """A call that reviews its applications twice, with a second text between the two."""
    terms = find_kind("fellowship").terms_for(2027)
    review = next(stage for stage in terms.stages if stage.block == "review")
    later = replace(
        review, key="second_review", starts_on=review.ends_on + 30 * DAY,
        ends_on=review.ends_on + 60 * DAY,
    )  # fmt: skip
    text = replace(
        review, key="full", block="applications", label=Text("Full proposals"),
        starts_on=review.ends_on + DAY, ends_on=review.ends_on + 29 * DAY,
    )  # fmt: skip
    place = terms.stages.index(review) + 1
    stages = (*terms.stages[:place], text, later, *terms.stages[place:])
    return make_call(terms=replace(terms, stages=stages), officer=cast.programme_officer)


def mornings(call: Call) -> list[dt.datetime]:
    """Nine o'clock on the first day of each review."""
    return [
        dt.datetime.combine(step.starts_on, dt.time(9), dt.UTC)
        for step in steps_of_block(call, "review")
    ]


def test_reviews_close_with_the_step_in_which_they_are_written(twice: Call) -> None:
    outlines, full = steps_of_block(twice, "review")
    first, second = mornings(twice)
    assert get_reviews_close_at(twice, first) == step_closes_at(outlines)
    assert get_reviews_close_at(twice, second) == step_closes_at(full)
    assert step_on(twice, "review", second + 400 * DAY) == full, "the last, once all are over"
    assert step_on(twice, "rebuttal", first) is None


def test_a_second_window_stands_in_what_happens_next(twice: Call, now: dt.datetime) -> None:
    titles = [step.title for step in next_steps(twice, now)]
    assert "Full proposals" in titles
    assert "Applications" not in titles, "the window itself is told as the closing"


def test_a_review_of_a_step_that_is_over_is_not_revised(twice: Call, cast: Cast) -> None:
    first, second = mornings(twice)
    application = make_eligible_application(twice, applicant=cast.applicant)
    given = make_review(make_assignment(application, make_reviewer(twice), now=first), now=first)
    with pytest.raises(Refused, match="reviews closed"):
        make_review(given.assignment, 6, now=second)


def test_nobody_is_assigned_in_a_call_that_has_no_review(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    application, reviewer = make_eligible_application(call), make_reviewer(call)
    call.steps.filter(block="review").delete()
    with pytest.raises((BadInput, Refused), match="no step"):
        assign_reviewers(
            actor=cast.programme_officer,
            call=call,
            pairs=[(application, reviewer)],
            due_at=now + DAY,
            now=now,
        )
