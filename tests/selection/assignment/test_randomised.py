"""Assignment at random: the cap holds, the shares are the probabilities, the draw can be
repeated.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from anso.selection.assignment import (
    AssignmentProblem,
    GroupRule,
    InfeasibleAssignment,
    assign_randomly,
)
from anso.selection.assignment.board import Pairs
from anso.selection.assignment.randomised import SHARES, draw_by_shares
from anso.selection.chance import Chance
from anso.selection.errors import SelectionError
from tests.selection.assignment.boards import real_bids


def small(**change: object) -> AssignmentProblem:
    table = np.array([[0.9, 0.5, 0.4], [0.8, 0.7, 0.1], [0.9, 0.2, 0.3]])
    plain = {
        "applications": tuple("abc"),
        "reviewers": tuple("pqr"),
        "affinity": table,
        "max_load": 1,
    }
    return AssignmentProblem(**{**plain, "reviews_each": 1, **change})  # type: ignore[arg-type]


def test_expected_total_is_the_optimum_of_the_linear_program_under_the_cap() -> None:
    problem = small()
    answer = assign_randomly(problem, Decimal("0.5"), "beacon 1")
    equal = np.kron(np.eye(3), np.ones(3))
    limits = np.kron(np.ones(3), np.eye(3))
    scores = np.asarray(problem.affinity).ravel()
    best = linprog(
        -scores, A_ub=limits, b_ub=np.ones(3), A_eq=equal, b_eq=np.ones(3), bounds=(0, 0.5)
    )
    assert float(answer.expected_total) == pytest.approx(-best.fun)
    assert answer.expected_total == answer.bound
    assert max(share.probability for share in answer.probabilities) <= Fraction(1, 2)


def test_same_seed_draws_the_same_and_pairs_meet_all_counts() -> None:
    problem = real_bids("preflib3", 6, min_load=2)
    answer = assign_randomly(problem, Decimal("0.4"), "beacon 2")
    assert answer.pairs == assign_randomly(problem, Decimal("0.4"), "beacon 2").pairs
    assert answer.pairs != assign_randomly(problem, Decimal("0.4"), "beacon 3").pairs
    assert set(Counter(pair.application for pair in answer.pairs).values()) == {3}
    loads = Counter(pair.reviewer for pair in answer.pairs)
    assert all(2 <= loads[name] <= 6 for name in problem.reviewers)
    shared = {(share.application, share.reviewer) for share in answer.probabilities}
    assert {(pair.application, pair.reviewer) for pair in answer.pairs} <= shared
    plain = assign_randomly(small(), Decimal(1), "x").to_dict()
    assert json.loads(json.dumps(plain)) == plain


def test_each_pair_is_drawn_with_its_share() -> None:
    rows = np.array([0, 0, 1, 1, 1, 2, 2])
    columns = np.array([0, 1, 0, 1, 2, 1, 2])
    shares = np.array([700, 300, 200, 500, 300, 100, 900])
    pairs = Pairs(rows, columns, np.zeros(7, dtype=np.int64))
    seen = np.zeros(7)
    for number in range(1000):
        made = draw_by_shares(pairs, shares, Chance(f"draw {number}"))
        assert np.bincount(rows[made], minlength=3).tolist() == [1, 1, 1]
        seen += made
    assert np.abs(seen / 1000 - shares / SHARES).max() < 0.06


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, SHARES), min_size=12, max_size=12), st.text(min_size=1, max_size=5))
def test_any_shares_are_rounded_up_or_down_only(shares: list[int], seed: str) -> None:
    rows, columns = np.repeat(np.arange(3), 4), np.tile(np.arange(4), 3)
    made = draw_by_shares(Pairs(rows, columns, rows), np.array(shares), Chance(seed))
    for axis, size in ((rows, 3), (columns, 4)):
        before = np.bincount(axis, weights=shares, minlength=size) / SHARES
        after = np.bincount(axis[made], minlength=size)
        assert np.all(np.floor(before) <= after)
        assert np.all(after <= np.ceil(before))


def test_cap_too_low_for_the_loads_is_told_from_limits_that_are_impossible() -> None:
    with pytest.raises(SelectionError, match="raise the cap"):
        assign_randomly(small(), Decimal("0.2"), "x")
    with pytest.raises(InfeasibleAssignment):
        assign_randomly(small(max_load=[1, 1, 0]), Decimal("0.5"), "x")


@pytest.mark.parametrize("cap", ["0", "1.5", "NaN", "0.0001"])
def test_cap_must_be_a_probability(cap: str) -> None:
    with pytest.raises(SelectionError, match="cap on the probability"):
        assign_randomly(small(), Decimal(cap), "x")


def test_rules_and_empty_seeds_are_refused() -> None:
    with pytest.raises(SelectionError, match="rules on groups"):
        assign_randomly(
            small(rules=(GroupRule("g", frozenset({"p"}), at_most=1),)), Decimal("0.5"), "x"
        )
    with pytest.raises(SelectionError, match="needs a seed"):
        assign_randomly(small(), Decimal("0.5"), "")
