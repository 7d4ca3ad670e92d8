"""Computing a selection: the record replays, ties are drawn by the frozen terms, nobody who cannot
judge counts as zero.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from anso.calls.queries import get_frozen_terms
from anso.decisions.actions import propose_selection
from anso.decisions.models import SelectionRun
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.selection.__main__ import main
from anso.selection.record import read_record, replay_record
from tests.cast import Cast
from tests.factories.decisions import (
    SELECTED,
    Contest,
    computed,
    confirmed,
    judged,
    make_contest,
    officer_of,
    released,
    small_terms,
)
from tests.factories.directory import make_country
from tests.factories.review import (
    make_assignment,
    make_eligible_application,
    make_review,
    make_reviewer,
    review_entries,
)

pytestmark = pytest.mark.django_db


def test_both_steps_replay_to_the_same_digest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contest = make_contest()
    run = propose_selection(
        actor=contest.officer, run=computed(contest), now=SELECTED, because="As it is."
    )
    assert run.record.keys() == {"ranking", "places", "few_reviews"}
    for step, part in run.record.items():
        replay = replay_record(read_record(json.dumps(part)))
        assert replay.is_identical
        assert replay.is_untouched
        path = tmp_path / f"{step}.json"
        path.write_text(json.dumps(part), encoding="utf-8")
        assert main(["replay", str(path)]) == 0
    assert "identical" in capsys.readouterr().out


def test_a_record_that_was_touched_does_not_replay(tmp_path: Path) -> None:
    part = SelectionRun.objects.get(pk=computed(make_contest((6, 5))).pk).record["places"]
    part["output"]["placements"][0]["seat"] = "phd-ucas"
    path = tmp_path / "places.json"
    path.write_text(json.dumps(part), encoding="utf-8")
    assert main(["replay", str(path)]) == 1


def test_the_record_names_nobody() -> None:
    run = computed(make_contest((6, 5)))
    text = json.dumps(run.record)
    assert "Applicant" not in text
    assert "kesson" not in text


def test_places_go_by_rank_and_the_rest_wait_in_order() -> None:
    contest = make_contest((3, 6, 4, 5))
    places = {place.application_id: place for place in computed(contest).placements.all()}
    by_score = [places[contest.applications[index].pk] for index in (1, 3, 2, 0)]
    assert [place.rank for place in by_score] == [1, 2, 3, 4]
    assert [place.result for place in by_score] == ["selected", "selected", "waiting", "waiting"]
    assert [place.waiting_position for place in by_score] == [None, None, 1, 2]


def test_exact_ties_are_drawn_with_the_hash_of_the_frozen_terms() -> None:
    contest = make_contest((5, 5, 5, 5))
    run = computed(contest)
    frozen = get_frozen_terms(contest.call)
    assert frozen is not None
    assert run.record["places"]["seed"] == frozen.sha256
    assert run.figures["drawn"] == 4
    assert set(run.placements.values_list("rank", flat=True)) == {1}
    again = computed(contest)
    seated = [
        set(each.placements.filter(result="selected").values_list("application_id", flat=True))
        for each in (run, again)
    ]
    assert seated[0] == seated[1]
    assert len(seated[0]) == 2


def test_cannot_judge_never_counts_as_zero() -> None:
    contest = make_contest((4,))
    reviewer = make_reviewer(contest.call, capacity=5)
    entries = {"score-proposal": "cannot", "why-proposal": "Outside my field."}
    other = make_review(
        make_assignment(make_eligible_application(contest.call), reviewer), 6, **entries
    )
    place = computed(contest).placements.get(application=other.assignment.application)
    assert place.score == Decimal(6)
    assert place.rank == 1


def test_an_application_that_nobody_could_judge_stands_last_without_a_score() -> None:
    contest = make_contest((1,))
    reviewer = make_reviewer(contest.call)
    entries = {key: "cannot" for key in review_entries(contest.call) if key.startswith("score-")}
    entries |= {key.replace("score-", "why-"): "Not my field." for key in entries}
    other = make_review(
        make_assignment(make_eligible_application(contest.call), reviewer), 6, **entries
    )
    place = computed(contest).placements.get(application=other.assignment.application)
    assert (place.score, place.review_count, place.rank) == (None, 0, 2)


def test_a_new_run_supersedes_and_takes_its_prepared_decisions_along() -> None:
    contest = make_contest()
    first = confirmed(contest)
    assert first.decisions.count() == 4
    second = computed(contest)
    first.refresh_from_db()
    assert (first.state, second.number) == ("superseded", 2)
    assert not first.decisions.exists()


def test_nothing_is_computed_before_closing_after_release_or_without_applications() -> None:
    contest = make_contest((5,))
    with pytest.raises(Refused, match="still to come or open"):
        computed(contest, now=contest.call.opens_at)
    released(contest)
    with pytest.raises(Refused, match="were released"):
        computed(contest)
    with pytest.raises(BadInput, match="nothing to rank"):
        computed(make_contest(()))


def test_a_country_has_no_more_places_than_the_call_allows() -> None:
    contest = make_contest((6, 5, 4), terms=small_terms(3, country_ceiling=1))
    run = computed(contest)
    assert run.placements.filter(result="selected").count() == 1
    refused = run.placements.get(application=contest.applications[1])
    assert [each["cause"] for each in refused.facts["refusals"]] == ["ceiling"]
    assert make_country("KE").code in refused.facts["refusals"][0]["group"]


def test_figures_count_countries_and_places_from_what_was_submitted() -> None:
    figures = computed(make_contest((6, 5, 4))).figures
    assert [figures[name] for name in ("countries", "filled", "places")] == [1, 2, 2]


def test_later_applications_join_the_next_run() -> None:
    contest: Contest = make_contest((5, 4))
    computed(contest)
    judged(contest.call, make_reviewer(contest.call, capacity=3), 9, 6)
    run = computed(contest)
    assert run.placements.count() == 3
    assert officer_of(contest.call) == contest.officer


def test_strangers_do_not_compute(cast: Cast) -> None:
    contest = make_contest((5,))
    for account in cast.everyone().values():
        with pytest.raises(Refused):
            computed(Contest(contest.call, account, contest.chair, ()))
