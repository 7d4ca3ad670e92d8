"""After reviewers decline: the fewest others disturbed, then the most affinity."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from anso.selection.assignment import (
    AssignmentProblem,
    InfeasibleAssignment,
    assign_reviewers,
    repair_assignment,
)
from anso.selection.errors import SelectionError
from tests.selection.assignment.boards import CROSSING, every_answer, questions, real_bids, worth


@settings(max_examples=25, deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_repair_keeps_the_most_pairs_and_then_has_the_most_affinity(
    problem: AssignmentProblem, random
) -> None:  # type: ignore[no-untyped-def]
    try:
        before = [(pair.application, pair.reviewer) for pair in assign_reviewers(problem).pairs]
    except InfeasibleAssignment:
        return
    declined = {random.choice(before)}
    harder = replace(problem, conflicts=frozenset(problem.conflicts) | declined)
    possible = [
        (len(answer & set(before)), worth(problem, answer)) for answer in every_answer(harder)
    ]
    if not possible:
        with pytest.raises(InfeasibleAssignment):
            repair_assignment(problem, before, declined)
        return
    repair = repair_assignment(problem, before, declined)
    assert (repair.kept, repair.total * 1_000_000) == max(possible)
    assert repair.is_proven
    assert len(repair.given_up) == len(before) - len(declined) - repair.kept
    assert len(repair.added) == len(before) - repair.kept


def test_real_assignment_is_mended_without_disturbing_anyone() -> None:
    problem = real_bids("preflib3", 6)
    before = [(pair.application, pair.reviewer) for pair in assign_reviewers(problem).pairs]
    gone = [pair for pair in before if pair[1] in {"reviewer 3", "reviewer 5"}]
    repair = repair_assignment(problem, before, gone)
    assert (repair.kept, repair.given_up) == (len(before) - len(gone), ())
    assert not {pair.reviewer for pair in repair.added} & {"reviewer 3", "reviewer 5"}
    assert json.loads(json.dumps(repair.to_dict())) == repair.to_dict()
    added, (application, reviewer) = repair.added[0], gone[0]
    assert f"{added.reviewer} is new for {added.application}." in repair.explain(added.application)
    assert not any("gave" in words for words in repair.explain(application))
    lost = replace(repair, given_up=((application, reviewer),))
    assert f"{reviewer} had to give {application} up." in lost.explain(reviewer)


@pytest.mark.parametrize("conflicts", [frozenset({("a", "r")}), np.array([[False, False, True]])])
def test_repair_respects_conflicts_and_listed_pairs(conflicts: object) -> None:
    table = sparse.csr_array(np.array([[0.9, 0.5, 0.4]]))
    problem = AssignmentProblem(("a",), ("p", "q", "r"), table, 1, 0, 1, conflicts)  # type: ignore[arg-type]
    repair = repair_assignment(problem, [("a", "p")], [("a", "p")])
    assert [(pair.reviewer, pair.affinity) for pair in repair.pairs] == [("q", Decimal("0.5"))]
    with pytest.raises(InfeasibleAssignment, match="a needs 1 reviews"):
        repair_assignment(problem, [("a", "p")], [("a", "p"), ("a", "q")])


def test_repair_under_crossing_rules_keeps_them() -> None:
    table = np.array([[0.9, 0.5, 0.4, 0.3], [0.2, 0.5, 0.4, 0.9], [0.7, 0.6, 0.4, 0.3]])
    problem = AssignmentProblem(tuple("abc"), tuple("pqrs"), table, 3, 0, 2, rules=CROSSING)
    before = [(pair.application, pair.reviewer) for pair in assign_reviewers(problem).pairs]
    repair = repair_assignment(problem, before, [("b", "s")])
    made = {(pair.application, pair.reviewer) for pair in repair.pairs}
    assert made & {("b", "q")}
    assert ("b", "p") not in made
    assert repair.kept >= len(before) - 2


def test_unknown_pair_is_refused() -> None:
    problem = AssignmentProblem(("a",), ("p", "q"), [[0.1, 0.2]], 1, 0, 1)
    with pytest.raises(SelectionError, match="unknown name"):
        repair_assignment(problem, [("a", "z")], [])
