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
from anso.kernel.terms import Rubric, to_plain
from anso.review.actions import submit_review
from tests.cast import Cast
from tests.factories.calls import make_call, make_programme
from tests.factories.review import account_of, make_assignment, make_reviewer, review_entries
from tests.factories.steps import make_outline, make_two_step_call, named, noon
from tests.tabs import Tab

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
    draft.design = to_plain(replace(terms, stages=stages, rubrics={}))
    found = find_faults(draft, now)
    told = [str(each) for each in found if each.is_blocking]
    assert "Review: its rubric “lost” does not exist." in told
    assert "no_criteria" not in {each.code for each in found}, (
        "nothing is said of what is not there"
    )
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


def rubric_page(draft: Call, client: Client) -> Tab:
    return Tab(client, reverse("calls:rubric", args=[draft.reference]), field="reviews_each")


def test_words_of_a_criterion_and_of_its_scores_are_written_in_each_language(
    draft: Call, cast: Cast, client: Client
) -> None:
    client.force_login(cast.programme_officer)
    page = reverse("calls:rubric", args=[draft.reference])
    first, *others = get_terms(draft).rubric.criteria
    typed = {
        f"label-{first.key}": "Science",
        f"label_ar-{first.key}": "العلم",
        f"hint_ar-{first.key}": "انظر إلى الأسئلة.",
        f"anchor5-{first.key}": "Among the best",
        f"anchor5_ar-{first.key}": "من الأفضل",
    }
    assert rubric_page(draft, client).fill(typed).send().status_code == 302
    saved, *kept = get_terms(Call.objects.get(pk=draft.pk)).rubric.criteria
    assert saved.label.to_dict() == {"ar": "العلم", "en": "Science"}
    assert saved.hint.to_dict()["ar"] == "انظر إلى الأسئلة."
    assert dict(saved.anchors)[5].to_dict() == {"ar": "من الأفضل", "en": "Among the best"}
    assert kept == others, "nothing else changed"
    answer = rubric_page(draft, client).fill({f"hint-{first.key}": "x" * 1001}).send()
    assert answer.status_code == 422
    assert "“What reviewers should look at”: use at most 1000" in answer.content.decode()
    assert "x" * 1001 in answer.content.decode(), "nothing is cut, and nothing typed is lost"
    client.cookies["django_language"] = "ar"
    shown = client.get(page).content.decode()
    assert "من الأفضل" in shown
    assert 'dir="rtl"' in shown


def test_what_is_missing_in_a_language_is_shown_on_the_page_and_before_publication(
    draft: Call, cast: Cast, client: Client, now: dt.datetime
) -> None:
    client.force_login(cast.programme_officer)
    page = reverse("calls:rubric", args=[draft.reference])
    assert "missing in" not in client.get(page).content.decode()
    key = get_terms(draft).rubric.criteria[0].key
    typed = {f"label-{key}": "", f"hint-{key}": ""}
    assert rubric_page(draft, client).fill(typed).send().status_code == 302, (
        "an Arabic name alone is a name"
    )
    assert "missing in English" in client.get(page).content.decode()
    codes = [each.message.code for each in find_faults(Call.objects.get(pk=draft.pk), now)]
    assert codes.count("words_missing") == 1


def test_a_criterion_goes_only_when_no_language_names_it_and_its_words_for_scores_go_with_the_scale(
    draft: Call, cast: Cast, client: Client
) -> None:
    client.force_login(cast.programme_officer)
    first, second, *_others = get_terms(draft).rubric.criteria
    weight = f"{(first.weight + second.weight) * 100:f}"
    typed = {
        f"label-{first.key}": "", f"label_ar-{first.key}": " ", f"weight-{second.key}": weight,
        f"anchor5-{second.key}": "Best", f"anchor1-{second.key}": "Worst",
    }  # fmt: skip
    rubric_page(draft, client).fill(typed).send()
    rubric = get_terms(Call.objects.get(pk=draft.pk)).rubric
    assert first.key not in {each.key for each in rubric.criteria}
    rubric_page(draft, client).fill(scale_highest="4").send()
    kept = get_terms(Call.objects.get(pk=draft.pk)).rubric.criteria[0]
    assert [value for value, _words in kept.anchors] == [1, 2, 3, 4], "five is no score any more"
    rubric_page(draft, client).fill(scale_highest="100").send()
    names = rubric_page(draft, client).body().keys()
    assert f"anchor1-{second.key}" in names
    assert f"anchor50-{second.key}" not in names
