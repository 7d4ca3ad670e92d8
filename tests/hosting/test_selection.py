"""A selection gives nothing at a host that does not admit somebody, and waits for hosts."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.calls.actions import add_host_person
from anso.calls.models import CallHost
from anso.calls.queries import get_terms
from anso.decisions.actions import compute_selection, propose_selection
from anso.decisions.models import SelectionRun
from anso.decisions.queries import get_ranking_step
from anso.decisions.queries.inputs import get_selection_inputs
from anso.decisions.wording import words_for_placement
from anso.hosting.models import HostAnswer
from anso.kernel.actors import SETUP
from anso.kernel.verdict import Refused
from tests.factories.applications import make_later_submission
from tests.factories.decisions import SELECTED, Contest, make_contest, small_terms
from tests.factories.directory import make_person
from tests.factories.hosting import name_hosts

pytestmark = pytest.mark.django_db
BEFORE = SELECTED - dt.timedelta(days=1)


def say(contest: Contest, number: int, says: str, words: str = "", host: str = "USTC") -> None:
    HostAnswer.objects.create(
        host=CallHost.objects.get(call=contest.call, key=host),
        application=contest.applications[number],
        says=says,
        words=words,
        answered_at=BEFORE,
    )


def compute(contest: Contest) -> SelectionRun:
    return compute_selection(actor=contest.officer, call=contest.call, now=SELECTED)


def results(contest: Contest, run: SelectionRun) -> list[str]:
    found = {each.application_id: each.result for each in run.placements.all()}
    return [found[each.pk] for each in contest.applications]


def told(contest: Contest, run: SelectionRun, number: int) -> str:
    placement = run.placements.get(application=contest.applications[number])
    return words_for_placement(placement, get_terms(contest.call))


@pytest.fixture
def contest() -> Contest:
    """Two applicants who want one doctoral place at one host."""
    made = make_contest((6, 5), terms=small_terms(1))
    name_hosts(made.call)
    return made


def test_whoever_a_host_does_not_admit_receives_nothing_there_and_reads_so(
    contest: Contest,
) -> None:
    assert results(contest, compute(contest)) == ["selected", "waiting"]
    say(contest, 0, "refuses", "No laboratory for this work")
    say(contest, 1, "condition", "Proof of English by August")
    run = compute(contest)
    assert results(contest, run)[1] == "selected"
    assert "University of Science and Technology of China does not admit it." in told(
        contest, run, 0
    )
    assert "No laboratory" not in told(contest, run, 0), "why is for those who decide"
    assert "admits it on this condition: Proof of English by August" in told(contest, run, 1)
    assert (
        contest.applications[0].number
        not in get_selection_inputs(contest.call, run.step).unknown_wishes
    )


def test_the_next_host_of_the_preferences_is_tried(contest: Contest) -> None:
    best = contest.applications[0]
    supervisor = {"name": "Li Wei", "email": "li@ucas.example"}
    make_later_submission(best, hosts=["USTC", "UCAS"], supervisor_ucas=supervisor)
    say(contest, 0, "refuses", "No laboratory")
    step = get_ranking_step(contest.call)
    assert step is not None
    wished = get_selection_inputs(contest.call, step).task.candidates
    left = next(each.preferences for each in wished if each.key == best.number)
    assert not any("ustc" in leaf for leaf in left)


def test_a_run_waits_for_hosts_that_may_still_answer_and_is_computed_again_after_one_did(
    contest: Contest,
) -> None:
    person = make_person("Zhao Lin")
    add_host_person(call=contest.call, key="USTC", person=person, actor=SETUP, now=SELECTED)
    run = compute(contest)
    facts = {"actor": contest.officer, "run": run, "because": "As it is."}
    with pytest.raises(Refused, match="Hosts may still answer about 2 candidates"):
        propose_selection(now=SELECTED, **facts)
    say(contest, 0, "admits")
    say(contest, 1, "admits")
    HostAnswer.objects.update(answered_at=SELECTED + dt.timedelta(hours=1))
    with pytest.raises(Refused, match="A host has answered since"):
        propose_selection(now=SELECTED, **facts)
    HostAnswer.objects.update(answered_at=BEFORE)
    assert propose_selection(now=SELECTED, **facts).state == "proposed"
