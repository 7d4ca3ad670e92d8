"""Each review may judge by a rubric of its own: promised in the terms, edited each for itself, and
read by whoever judges in that step.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from anso.calls.actions import change_rubric
from anso.calls.models import Call
from anso.calls.queries import find_faults, get_terms
from anso.kernel.drafts import Disputed
from anso.kernel.errors import BadInput
from anso.kernel.terms import Rubric, check_terms, to_plain
from anso.review.actions import submit_review
from tests.cast import Cast
from tests.factories.calls import make_call, make_programme
from tests.factories.review import account_of, make_assignment, make_reviewer, review_entries
from tests.factories.steps import make_outline, make_two_step_call, named, noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast) -> Call:
    kind = make_programme("collaborative_research")
    return make_call(kind, state="draft", officer=cast.programme_officer)


def test_the_terms_promise_a_rubric_for_each_review(draft: Call) -> None:
    terms = get_terms(draft)
    by_step = {stage.key: stage.rubric for stage in terms.stages if stage.block == "review"}
    assert by_step == {"outline_review": "outline", "review": ""}
    assert [each.key for each in terms.rubric_for("outline").criteria] == ["idea", "partnership"]
    assert len(terms.rubric_for("").criteria) == 4
    assert {step.key: step.rubric for step in draft.steps.filter(block="review")} == by_step


def test_a_change_of_one_rubric_leaves_the_other(draft: Call, cast: Cast, now: dt.datetime) -> None:
    before = get_terms(draft).rubric
    change_rubric(
        call=draft, changes={"reviews_each": 3}, base_revision=draft.revision, key="outline",
        actor=cast.programme_officer, now=now,
    )  # fmt: skip
    terms = get_terms(Call.objects.get(pk=draft.pk))
    assert terms.rubric_for("outline").reviews_each == 3
    assert terms.rubric == before


def test_two_officers_on_two_rubrics_do_not_meet_and_on_one_they_do(
    draft: Call, cast: Cast, now: dt.datetime
) -> None:
    officer, seen = cast.programme_officer, draft.revision
    for key in ("outline", ""):
        change_rubric(
            call=draft, changes={"reviews_each": 3}, base_revision=seen, key=key, actor=officer,
            now=now,
        )  # fmt: skip
    with pytest.raises(Disputed) as refusal:
        change_rubric(
            call=draft, changes={"reviews_each": 5}, base_revision=seen, key="outline",
            actor=officer, now=now,
        )  # fmt: skip
    assert set(refusal.value.parts) == {"reviews_each"}


def test_weights_of_every_rubric_sum_to_one(draft: Call, cast: Cast, now: dt.datetime) -> None:
    (first, _) = get_terms(draft).rubric_for("outline").criteria
    with pytest.raises(BadInput, match="sum to"):
        change_rubric(
            call=draft, changes={"criteria": (first,)}, base_revision=draft.revision, key="outline",
            actor=cast.programme_officer, now=now,
        )  # fmt: skip


def test_a_rubric_or_form_that_does_not_exist_prevents_publication(
    draft: Call, now: dt.datetime
) -> None:
    terms = get_terms(draft)
    stages = tuple(
        replace(stage, rubric="lost", form="lost" if stage.block == "applications" else "")
        for stage in terms.stages
    )
    assert {each.message.code for each in check_terms(replace(terms, stages=stages))} >= {
        "unknown_rubric"
    }
    draft.design = to_plain(replace(terms, stages=stages, rubrics={"lost": Rubric(())}))
    assert {each.message.code for each in find_faults(draft, now)} >= {
        "no_step_form",
        "no_criteria",
    }


def test_officers_edit_each_rubric_on_its_own_page(draft: Call, cast: Cast, client: Client) -> None:
    client.force_login(cast.programme_officer)
    page = reverse("calls:rubric", args=[draft.reference])
    own, outline = client.get(page).content.decode(), client.get(f"{page}?of=outline")
    assert "Scientific quality" in own
    assert "Review of outlines" in own
    assert "Idea" in outline.content.decode()
    assert "Scientific quality" not in outline.content.decode()
    form = {
        "label-idea": "Idea and promise", "weight-idea": "70", "hint-idea": "",
        "label-partnership": "Partnership", "weight-partnership": "30", "hint-partnership": "",
        "scale_lowest": "1", "scale_highest": "5", "reviews_each": "2",
    }  # fmt: skip
    client.post(f"{page}?of=outline", form)
    terms = get_terms(Call.objects.get(pk=draft.pk))
    assert [str(each.label) for each in terms.rubric_for("outline").criteria] == [
        "Idea and promise",
        "Partnership",
    ]
    assert len(terms.rubric.criteria) == 4
    assert client.get(f"{page}?of=other").status_code == 404
    assert "Idea and promise" in client.get(f"{page}?of=outline").content.decode()


def test_everybody_reads_on_the_call_by_what_each_review_judges(cast: Cast, client: Client) -> None:
    call = make_two_step_call(officer=cast.programme_officer, slug="two-steps")
    page = client.get(reverse("calls:call", args=[call.slug])).content.decode()
    assert "Worth a full proposal." in page
    assert "New, sound and feasible." in page
    assert page.index("Review of outlines") < page.index("Worth a full proposal.")


def test_a_reviewer_of_outlines_judges_by_their_rubric_alone(cast: Cast) -> None:
    call = make_two_step_call(officer=cast.programme_officer)
    now = noon(call, "outline_review")
    application = make_outline(call, cast.applicant)
    given = make_assignment(application, make_reviewer(call), accepted=True, now=now)
    wrong = review_entries(call, 4, named(call, "review"))
    with pytest.raises(BadInput) as refusal:
        submit_review(
            actor=account_of(given), assignment=given, entries=wrong, base_revision=0, now=now
        )
    assert set(refusal.value.message.facts["problems"]) == {"score-idea"}
    review = submit_review(
        actor=account_of(given), assignment=given, entries=review_entries(call, 4, given.step),
        base_revision=given.draft_revision, now=now,
    )  # fmt: skip
    assert set(review.scores.values_list("criterion", flat=True)) == {"idea", "partnership"}
