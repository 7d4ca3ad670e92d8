"""The highest total: equal to trying everything, and to the known answers of real conferences, with
proof.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import sparse

from anso.selection.assignment import (
    AssignmentProblem,
    GroupRule,
    InfeasibleAssignment,
    assign_fairly,
    assign_reviewers,
    at_most_per_group,
    certificate,
    explain_pair,
    recompute_bound,
)
from anso.selection.assignment.answer import state_answer
from anso.selection.assignment.board import set_up_board
from anso.selection.errors import SelectionError
from tests.selection.assignment.boards import (
    CROSSING,
    NESTED,
    every_answer,
    questions,
    real_bids,
    worth,
)


def require_best(problem: AssignmentProblem) -> None:
    """The method's answer is permitted and as good as the best of all permitted ones."""
    possible = {answer: worth(problem, answer) for answer in every_answer(problem)}
    if not possible:
        with pytest.raises(InfeasibleAssignment):
            assign_reviewers(problem)
        return
    answer = assign_reviewers(problem)
    pairs = frozenset((pair.application, pair.reviewer) for pair in answer.pairs)
    assert pairs in possible
    assert answer.total * 1_000_000 == possible[pairs] == max(possible.values())
    assert answer.certificate.gap == 0
    assert recompute_bound(problem, answer.certificate) >= answer.total


@settings(max_examples=40, deadline=None)
@given(questions())
def test_total_equals_the_best_of_all_permitted_assignments(problem: AssignmentProblem) -> None:
    require_best(problem)


@settings(max_examples=30, deadline=None)
@given(questions(NESTED))
def test_nested_rules_are_kept_at_the_best_total(problem: AssignmentProblem) -> None:
    require_best(problem)


@settings(max_examples=25, deadline=None)
@given(questions(CROSSING))
def test_crossing_rules_are_kept_at_the_best_total(problem: AssignmentProblem) -> None:
    require_best(problem)


@settings(max_examples=30, deadline=None)
@given(questions(NESTED))
def test_prices_of_loads_and_nested_rules_prove_the_total_over_all_pairs(
    problem: AssignmentProblem,
) -> None:
    try:
        answer = assign_reviewers(problem)
    except InfeasibleAssignment:
        return
    assert recompute_bound(problem, answer.certificate) == answer.total


@pytest.mark.parametrize(
    ("name", "load", "total"), [("preflib3", 6, "454.25"), ("aamas2015", 11, "1389.75")]
)
def test_real_bids_reach_the_known_optimum_with_proof(name: str, load: int, total: str) -> None:
    problem = real_bids(name, load)
    answer = assign_reviewers(problem)
    assert answer.total == recompute_bound(problem, answer.certificate) == Decimal(total)
    assert max(answer.loads.values()) <= load
    assert {len(answer.reviewers_of(paper)) for paper in problem.applications[:20]} == {3}


def test_sparse_table_allows_only_stored_pairs_and_keeps_conflicts() -> None:
    table = sparse.csr_array(np.array([[0.9, 0.5, 0.1], [0.8, 0.7, 0.0]]))
    problem = AssignmentProblem(
        ("a", "b"), ("p", "q", "r"), table, 1, 0, 1, frozenset({("a", "p")})
    )
    answer = assign_reviewers(problem)
    assert [(pair.application, pair.reviewer) for pair in answer.pairs] == [("a", "q"), ("b", "p")]
    assert recompute_bound(problem, answer.certificate) == Decimal("1.3")
    assert explain_pair(problem, answer, "b", "r").startswith("r may not review b")
    listed = problem.to_dict()["affinity"]
    assert [listed[part][0] for part in ("rows", "columns", "scores")] == [0, 0, 0.9]
    again = replace(problem, affinity=listed)
    assert (again.affinity != problem.affinity).nnz == 0


def big_question(**more: object) -> AssignmentProblem:
    chance = np.random.default_rng(7)
    people, papers = chance.dirichlet(np.full(8, 0.3), 300), chance.dirichlet(np.full(8, 0.3), 400)
    names = tuple(f"a{i}" for i in range(400)), tuple(f"r{j}" for j in range(300))
    return AssignmentProblem(*names, papers @ people.T, 5, 2, **more)  # type: ignore[arg-type]


def test_promising_pairs_with_proof_agree_with_all_pairs() -> None:
    dense = big_question()
    answer = assign_reviewers(dense)
    assert answer.certificate.pairs_considered < 40_000
    listed = replace(dense, affinity=sparse.csr_array(np.asarray(dense.affinity)))
    assert (
        assign_reviewers(listed).total == answer.total == recompute_bound(dense, answer.certificate)
    )


def test_promising_pairs_are_widened_until_an_assignment_exists() -> None:
    problem = big_question()
    table = np.asarray(problem.affinity).copy()
    table[:, :60] += 2
    answer = assign_reviewers(replace(problem, affinity=table, max_load=4, min_load=4))
    assert set(answer.loads.values()) == {4}


def test_crossing_rules_on_a_larger_question_are_proven_over_all_pairs() -> None:
    groups = {f"r{j}": f"institute {j % 90}" for j in range(300)}
    senior = GroupRule("senior", frozenset(f"r{j}" for j in range(0, 300, 3)), at_least=1)
    rules = (*at_most_per_group("from", groups, 1), senior)
    problem = big_question(rules=rules)
    answer = assign_reviewers(problem)
    assert answer.certificate.gap == 0
    assert (
        answer.total
        <= recompute_bound(problem, answer.certificate)
        <= answer.total + Decimal("0.5")
    )
    for paper in problem.applications:
        team = answer.reviewers_of(paper)
        assert senior.members.intersection(team)
        assert len({groups[name] for name in team}) == 3


@pytest.mark.parametrize("rules", [(), CROSSING])
def test_pairs_are_widened_when_everybody_prefers_the_same(
    monkeypatch: pytest.MonkeyPatch, rules: tuple[GroupRule, ...]
) -> None:
    monkeypatch.setattr(certificate, "_SMALL", 0)
    monkeypatch.setattr(certificate, "_PER_APPLICATION", 1)
    places = np.arange(12)
    table = -(places[:, None] + places[None, :]) / 100
    names = tuple(f"a{n}" for n in places), tuple("pqrs") + tuple(f"r{n}" for n in range(8))
    overlapping = tuple(replace(rule, at_least=0, at_most=1) for rule in rules)
    problem = AssignmentProblem(*names, table, 1, 1, 1, rules=overlapping)
    answer = assign_reviewers(problem)
    assert answer.total == Decimal("-1.32")
    assert answer.certificate.gap == 0


@pytest.mark.parametrize("rules", [(), CROSSING])
def test_missed_pairs_are_found_by_their_prices(
    monkeypatch: pytest.MonkeyPatch, rules: tuple[GroupRule, ...]
) -> None:
    names = tuple(f"a{n}" for n in range(20)), tuple("pqrs") + tuple(f"r{n}" for n in range(16))
    popular = np.random.default_rng(1).random((20, 20)) + np.linspace(0, 3, 20)
    overlapping = tuple(replace(rule, at_least=0, at_most=1) for rule in rules)
    problem = AssignmentProblem(*names, popular, 1, 1, 1, rules=overlapping)
    whole = assign_reviewers(problem)
    monkeypatch.setattr(certificate, "_SMALL", 0)
    monkeypatch.setattr(certificate, "_PER_APPLICATION", 1)
    pruned = assign_reviewers(problem)
    assert pruned.total == whole.total
    assert pruned.certificate.rounds > 1


@pytest.mark.parametrize("number", range(14))
def test_random_crossing_rules_are_kept_at_the_best_total(number: int) -> None:
    """Among these are questions whose shares mislead: more pairs must be looked at, or the search
    starts again.
    """
    chance = np.random.default_rng(number)
    table, names = np.round(chance.random((4, 6)), 3), "pqrstu"
    rules = tuple(
        GroupRule(
            f"g{rule}",
            frozenset(names[j] for j in chance.choice(6, 3, replace=False)),
            int(chance.integers(0, 2)),
            1,
        )
        for rule in range(4)
    )
    require_best(
        AssignmentProblem(
            tuple("abcd"), tuple(names), table, int(chance.integers(2, 4)), 0, 2, rules=rules
        )
    )


def test_crossing_rules_at_a_negative_total_are_solved() -> None:
    table = -np.array([[0.9, 0.5, 0.4, 0.3], [0.2, 0.5, 0.4, 0.9], [0.7, 0.6, 0.4, 0.3]])
    require_best(AssignmentProblem(tuple("abc"), tuple("pqrs"), table, 3, 0, 2, rules=CROSSING))


@pytest.mark.parametrize("seconds", [0, 60, None])
def test_search_finds_an_assignment_in_whatever_time_and_states_its_gap(
    seconds: float | None,
) -> None:
    chance = np.random.default_rng(2)
    names = tuple(f"a{n}" for n in range(60)), tuple(f"r{n}" for n in range(40))
    problem = AssignmentProblem(*names, chance.random((60, 40)), 6, 3, 3, rules=CROSSED)
    answer, best = assign_reviewers(problem, seconds), assign_reviewers(problem)
    assert answer.total <= best.total <= answer.total + answer.certificate.gap
    assert best.certificate.gap == 0


@pytest.mark.parametrize("seconds", [0, 60, None])
def test_limits_that_only_parts_of_reviewers_could_meet_are_found_impossible(
    seconds: float | None,
) -> None:
    """Half of each reviewer would do: of two rings of five, with no neighbours together, only four
    can be had, not five.
    """
    ring = [(f"r{circle}{at}", f"r{circle}{(at + 1) % 5}") for circle in "ab" for at in range(5)]
    rules = tuple(GroupRule(" and ".join(pair), frozenset(pair), at_most=1) for pair in ring)
    problem = AssignmentProblem(
        ("a",), tuple(name for name, _ in ring), np.ones((1, 10)), 1, 0, 5, rules=rules
    )
    with pytest.raises(InfeasibleAssignment):
        assign_reviewers(problem, seconds)


def test_fair_search_without_time_says_that_an_assignment_may_exist() -> None:
    chance = np.random.default_rng(2)
    names = tuple(f"a{n}" for n in range(60)), tuple(f"r{n}" for n in range(40))
    with pytest.raises(SelectionError, match="in the time given"):
        assign_fairly(
            AssignmentProblem(*names, chance.random((60, 40)), 6, 3, 3, rules=CROSSED), seconds=0
        )


def test_open_gap_is_said() -> None:
    problem = AssignmentProblem(("a",), ("p", "q"), [[0.9, 0.8]], 1, 0, 1)
    board = set_up_board(problem)
    proven = certificate.solve_and_prove(board)
    assert proven is not None
    answer = state_answer("search", problem, board, proven._replace(bound=1_000_000))
    assert answer.certificate.gap == Decimal("0.1")
    assert answer.explanation[1] == "No assignment can exceed 1; a better one is not excluded."


def test_listed_pairs_and_rules_asking_for_more_than_the_reviews(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(certificate, "_SMALL", 0)
    table = sparse.csr_array(np.array([[0.9, 0.5, 0.4, 0.3], [0.2, 0.5, 0.4, 0.9]]))
    problem = AssignmentProblem(tuple("ab"), tuple("pqrs"), table, 2, 0, 2, rules=CROSSING)
    assert assign_reviewers(problem).total == Decimal("2.6")
    with pytest.raises(InfeasibleAssignment, match="fewer from all three"):
        assign_reviewers(
            replace(problem, rules=(GroupRule("all three", frozenset("pqr"), at_least=3),))
        )


CROSSED = (
    GroupRule("first", frozenset(f"r{j}" for j in range(0, 40, 2)), at_least=1),
    GroupRule("third", frozenset(f"r{j}" for j in range(0, 40, 3)), at_most=1),
)


def test_explanation_says_what_a_place_and_a_reviewers_time_are_worth() -> None:
    table = [[0.9, 0.5], [0.8, 0.1]]
    problem = AssignmentProblem(("a", "b"), ("p", "q"), table, 1, 0, 1)
    answer = assign_reviewers(problem)
    assert answer.reviewers_of("b") == ("p",)
    assert explain_pair(problem, answer, "b", "p") == "p reviews b."
    why = explain_pair(problem, answer, "a", "p")
    assert why.startswith("p does not review a: the affinity is 0.9, while a place at a is worth")
    with pytest.raises(SelectionError, match="unknown"):
        explain_pair(problem, answer, "a", "z")


def test_price_of_a_rule_is_part_of_the_explanation() -> None:
    rules = (GroupRule("home", frozenset({"p", "q"}), at_most=1),)
    problem = AssignmentProblem(("a",), ("p", "q", "r"), [[0.9, 0.8, 0.1]], 1, 0, 2, rules=rules)
    answer = assign_reviewers(problem)
    assert answer.reviewers_of("a") == ("p", "r")
    assert "the rules on groups" in explain_pair(problem, answer, "a", "q")
    assert recompute_bound(problem, answer.certificate) == answer.total == Decimal(1)


def test_answer_and_question_are_plain_values() -> None:
    problem = AssignmentProblem(
        ("a",), ("p", "q"), [[0.9, 0.8]], 1, 0, 1, frozenset({("a", "p")}), NO_RULES
    )
    answer = assign_reviewers(problem)
    marked = replace(problem, conflicts=np.array([[True, False]]))
    assert assign_reviewers(marked).pairs == answer.pairs
    for plain in (problem.to_dict(), marked.to_dict(), answer.to_dict()):
        assert json.loads(json.dumps(plain)) == plain
    assert answer.explanation[1].startswith("No permitted assignment")
    foreign = replace(answer.certificate, reviewer_prices={"z": Decimal(1)})
    with pytest.raises(SelectionError, match="does not know"):
        recompute_bound(problem, foreign)


NO_RULES = (GroupRule("nobody", frozenset(), at_most=1),)


def test_large_negative_scores_are_priced_without_overflow() -> None:
    table = np.array([[-500.0, 500.0], [-499.0, 500.0]])
    problem = AssignmentProblem(
        ("a", "b"), ("p", "q"), table, 1, 1, 1, np.zeros((2, 2), dtype=bool)
    )
    answer = assign_reviewers(problem)
    assert answer.total == recompute_bound(problem, answer.certificate) == Decimal(1)
