"""The worst-off application first: equal to trying everything, and to the known best of a real
conference.
"""

from __future__ import annotations

import json
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings

from anso.selection.assignment import AssignmentProblem, InfeasibleAssignment, assign_fairly
from anso.selection.assignment import fairness as fairness_module
from tests.selection.assignment.boards import (
    CROSSING,
    Pairs,
    every_answer,
    questions,
    real_bids,
    scores_of,
)


def sums(problem: AssignmentProblem, answer: Pairs) -> list[int]:
    scores = scores_of(problem)
    return [
        sum(scores[pair] for pair in answer if pair[0] == name) for name in problem.applications
    ]


def require_fairest(problem: AssignmentProblem) -> None:
    possible = [
        (min(found), sum(found))
        for found in (sums(problem, answer) for answer in every_answer(problem))
    ]
    if not possible:
        with pytest.raises(InfeasibleAssignment):
            assign_fairly(problem)
        return
    fair = assign_fairly(problem)
    worst, total = max(possible)
    assert (fair.worst_off_affinity * 1_000_000, fair.total * 1_000_000) == (worst, total)
    assert fair.worst_off_bound >= fair.worst_off_affinity


@settings(max_examples=25, deadline=None)
@given(questions())
def test_worst_off_is_as_well_off_as_possible_and_then_the_total(
    problem: AssignmentProblem,
) -> None:
    require_fairest(problem)


@settings(max_examples=15, deadline=None)
@given(questions(CROSSING))
def test_fairness_keeps_crossing_rules(problem: AssignmentProblem) -> None:
    require_fairest(problem)


def test_worst_off_paper_of_a_real_conference_reaches_the_known_best() -> None:
    fair = assign_fairly(real_bids("preflib3", 6))
    assert fair.worst_off_affinity == fair.worst_off_bound == Decimal("0.75")
    assert fair.total == Decimal("454.25")


def test_further_levels_lift_the_next_after_the_worst() -> None:
    table = [[0.1, 0.1, 0.1, 0.1], [0.9, 0.5, 0.4, 0.0], [0.9, 0.6, 0.2, 0.0]]
    problem = AssignmentProblem(("a", "b", "c"), ("p", "q", "r", "s"), table, 1, 0, 1)
    fair = assign_fairly(problem, levels=3)
    assert [level.affinity for level in fair.levels] == [
        Decimal("0.1"),
        Decimal("0.6"),
        Decimal("0.9"),
    ] or [level.affinity for level in fair.levels] == [
        Decimal("0.1"),
        Decimal("0.5"),
        Decimal("0.9"),
    ]
    assert fair.levels[0].settled == ("a",)
    assert json.loads(json.dumps(fair.to_dict())) == fair.to_dict()


def test_large_questions_search_promising_pairs_and_state_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fairness_module, "_ALL_PAIRS", 10)
    table = np.random.default_rng(1).random((8, 6))
    problem = AssignmentProblem(tuple("abcdefgh"), tuple("pqrstu"), table, 4, 0, 2)
    fair = assign_fairly(problem)
    best_alone = min(np.sort(row)[-2:].sum() for row in table)
    assert fair.worst_off_affinity <= fair.worst_off_bound <= Decimal(str(float(best_alone) + 1e-5))


def test_total_is_the_best_also_where_the_solver_keeps_its_first_columns() -> None:
    table = np.zeros((3, 4))
    table[0, 0] = 0.125
    fair = assign_fairly(
        AssignmentProblem(tuple("abc"), tuple("pqrs"), table, [2, 1, 1, 3], 0, 2, rules=CROSSING)
    )
    assert (fair.total, fair.worst_off_affinity) == (Decimal("0.125"), Decimal(0))
