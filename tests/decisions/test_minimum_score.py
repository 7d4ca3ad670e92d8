"""The least mean with which something is given: exactly at it, a hundredth below, without a score,
calibrated and not; and what is read of it before and after.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from anso.calls.queries import get_terms
from anso.calls.wording import scores_in_words
from anso.decisions.actions import notify_decided_applicants
from anso.decisions.models import Placement, SelectionRun
from anso.decisions.queries import get_ranking_step, get_selection_inputs
from anso.decisions.wording import words_for_placement
from anso.kernel.terms import Terms, check_terms
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from anso.programmes.methods import CALIBRATED
from anso.programmes.outcomes import read_terms as read_call_terms
from anso.selection.__main__ import main
from anso.ui.figures import to_places
from tests.factories.calls import YEAR, make_call, make_programme
from tests.factories.decisions import (
    SELECTED,
    Contest,
    computed,
    enter,
    make_contest,
    make_officer,
    make_panel_contest,
    released,
    small_terms,
)

pytestmark = pytest.mark.django_db

NOISY = ((6, 3, 5), (5, 3, 5), (2, 5, 3), (4, 4, 2), (3, 1, 4))


def terms_with(least: str | None, method: str = "rank_and_fill", places: int = 3) -> Terms:
    minimum = None if least is None else Decimal(least)
    return replace(small_terms(places), minimum_score=minimum, selection_method=method)


def placed(run: SelectionRun, contest: Contest) -> list[Placement]:
    found = {each.application_id: each for each in run.placements.all()}
    return [found[each.pk] for each in contest.applications]


@pytest.mark.parametrize(
    ("least", "results"),
    [
        (None, ["selected", "selected", "selected", "waiting"]),
        ("4", ["selected", "selected", "selected", "unplaced"]),
        ("4.01", ["selected", "selected", "unplaced", "unplaced"]),
        ("3.99", ["selected", "selected", "selected", "unplaced"]),
    ],
)
def test_exactly_the_least_is_enough_and_below_it_nobody_is_selected_or_waits(
    least: str | None, results: list[str]
) -> None:
    contest = make_contest((6, 5, 4, 3), terms=terms_with(least))
    run = computed(contest)
    assert [each.result for each in placed(run, contest)] == results
    assert [each.rank for each in placed(run, contest)] == [1, 2, 3, 4]
    assert run.figures["holds"]


def test_an_applicant_below_it_reads_so_and_nothing_of_a_waiting_list(
    client: Client, tmp_path: Path
) -> None:
    contest = make_contest((6, 3), terms=terms_with("3.5"))
    contest = replace(contest, applications=(*contest.applications, enter(contest.call, 9)))
    run = released(contest)
    terms = get_terms(contest.call)
    told = [words_for_placement(each, terms) for each in placed(run, contest)]
    assert "below" not in told[0]
    assert told[1] == (
        "1 review, weighted mean 3.00 of at most 6: rank 2 of 3. It received no place. The call"
        " gives nothing below a mean of 3.50, and it counts as 3.00."
    )
    assert told[2] == (
        "No review could be used, so it stands after all that were judged. It received no place."
        " The call gives nothing below a mean of 3.50, and it has none."
    )
    for step, part in SelectionRun.objects.get(pk=run.pk).record.items():
        path = tmp_path / f"{step}.json"
        path.write_text(json.dumps(part), encoding="utf-8")
        assert main(["replay", str(path)]) == 0
    assert run.figures["steps"] == ["ranking", "beside_reviews", "places", "few_reviews"]
    notify_decided_applicants(actor=contest.officer, run=run, now=SELECTED)
    bodies = [each.body for each in Message.objects.filter(code="decisions.unplaced")]
    assert len(bodies) == 2
    assert all("nothing below a mean of 3.50" in " ".join(each.split()) for each in bodies)
    assert not Message.objects.filter(code="decisions.waiting").exists()
    client.force_login(contest.officer)
    here = reverse("decisions:ranking", args=[contest.call.reference])
    page = client.get(here, {"result": "below"}).content.decode()
    assert "Below the least mean of 3.50" in page
    assert contest.applications[1].number in page
    assert f"/1/{contest.applications[0].number}/" not in page


def test_with_calibration_the_evened_out_mean_counts() -> None:
    """The best counts nearer to the mean of all than its own is, as so few reviews say so much."""
    contest = make_panel_contest(NOISY, terms=terms_with("4.1", "calibrated"))
    run = computed(contest)
    best = placed(run, contest)[0]
    counted = Decimal(best.facts["mean"]).quantize(Decimal("0.01"))
    assert best.score is not None
    assert counted != best.score.quantize(Decimal("0.01"))
    last = placed(run, contest)[4]
    told = words_for_placement(last, get_terms(contest.call))
    shown = to_places(last.facts["mean"], 2)
    assert told.endswith(f"below a mean of 4.10, and it counts as {shown}.")
    step = get_ranking_step(contest.call)
    assert step is not None
    task = get_selection_inputs(contest.call, step).task
    number = contest.applications[0].number
    for least, is_below in ((counted, False), (counted + Decimal("0.01"), True)):
        selection = CALIBRATED.select(replace(task, minimum=least))
        (item,) = [each for each in selection.items if each.item == number]
        (place,) = [each for each in selection.places.placements if each.key == number]
        assert item.adjusted is not None
        assert (item.adjusted.is_below, not place.seat) == (is_below, is_below)
        assert selection.places.certificate.holds


def test_where_reviews_are_too_few_to_calibrate_the_weighted_mean_counts() -> None:
    contest = make_contest((6, 4, 3), terms=terms_with("4", "calibrated"))
    run = computed(contest)
    assert run.figures["is_too_thin"]
    assert [each.result for each in placed(run, contest)] == ["selected", "selected", "unplaced"]


def test_everybody_reads_it_before_they_apply(client: Client) -> None:
    contest = make_contest((), terms=terms_with("3.5", "calibrated"))
    page = client.get(reverse("calls:call", args=[contest.call.slug])).content.decode()
    assert "Nothing is given below a mean of 3.50, on the scale from 1 to 6" in page
    assert "where the reviews are too few for that, the weighted mean counts" in page
    (alone,) = scores_in_words(terms_with(None))
    assert "at most as many as there are of it" in alone
    for kind in ("prize", "collaborative_research"):
        terms = replace(find_kind(kind).terms_for(YEAR), minimum_score=Decimal(4))
        words, _who_comes_next = scores_in_words(terms)
        rubric = terms.last_rubric
        assert f"from {rubric.scale_lowest} to {rubric.scale_highest}" in words


def test_an_officer_sets_it_in_the_preparation_and_takes_it_away(client: Client) -> None:
    officer = make_officer()
    draft = make_call(make_programme(), state="draft", officer=officer)
    client.force_login(officer)
    here = reverse("calls:outcome", args=[draft.reference])
    for typed in ("3,50", ""):
        draft.refresh_from_db()
        answer = client.post(here, {"minimum_score": typed, "revision": str(draft.revision)})
        assert answer.status_code == 302
        draft.refresh_from_db()
        assert read_call_terms(draft.design).minimum_score == (Decimal("3.50") if typed else None)
    answer = client.post(here, {"minimum_score": "good", "revision": str(draft.revision)})
    assert "“good” is not a score with at most two decimals" in answer.content.decode()


def test_how_many_come_next_is_set_in_the_preparation_and_read_on_the_call(
    client: Client,
) -> None:
    officer = make_officer()
    draft = make_call(make_programme("prize"), state="draft", officer=officer)
    client.force_login(officer)
    here = reverse("calls:outcome", args=[draft.reference])
    for typed, said in (
        ("50", "at most 50% of as many as there are of it"),
        ("0", "Nobody comes next: what is not taken up stays free."),
        ("100", "at most as many as there are of it"),
    ):
        draft.refresh_from_db()
        client.post(here, {"waiting_share": typed, "revision": str(draft.revision)})
        draft.refresh_from_db()
        terms = read_call_terms(draft.design)
        assert terms.waiting_share == int(typed)
        assert said in scores_in_words(terms)[-1]
        assert "waiting list" not in " ".join(scores_in_words(terms))
    codes = [each.message.code for each in check_terms(replace(terms, waiting_share=1001))]
    assert "waiting_share" in codes


def test_a_least_mean_that_nobody_can_have_is_a_fault() -> None:
    for least, count in (("6.5", 1), ("6.01", 1), ("6", 0), ("1", 0), ("0.99", 1)):
        codes = [each.message.code for each in check_terms(terms_with(least))]
        assert codes.count("least_outside") == count
    bare = terms_with("3")
    bare = replace(bare, rubric=replace(bare.rubric, criteria=()), rubrics={}, stages=())
    assert "no_scores" in [each.message.code for each in check_terms(bare)]
