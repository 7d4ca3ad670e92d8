"""Money that pays for everybody below a node: whoever costs more than is left is passed over, and
told how much was there.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anso.selection.allocation import (
    Allocation,
    Candidate,
    Cause,
    HostOrder,
    Outcome,
    QuotaNode,
    fill_by_rank,
    match_candidates,
    next_on_list,
    optimise_seats,
)
from anso.selection.allocation.problem import make_tree
from anso.selection.allocation.verification import certify
from anso.selection.errors import SelectionError
from anso.selection.record import call_method, run_method

ALL = "all"


def funded(costs: dict[str, Any], budget: Any = "100", most: int = 10) -> Allocation:
    """Whoever stands first asks first; one leaf with as many awards at most."""
    people = [Candidate(key, (ALL,), cost=Decimal(cost)) for key, cost in costs.items()]
    return fill_by_rank(people, [QuotaNode(ALL, most, budget=Decimal(budget))])


def seats(allocation: Allocation) -> list[str]:
    return [each.key for each in allocation.placements if each.seat]


def test_who_costs_more_than_is_left_is_passed_over_and_told_how_much_was_there() -> None:
    given_ = funded({"a": "60", "b": "40.01", "c": "40", "d": "0.01"})
    assert seats(given_) == ["a", "c"]
    refused = given_.placements[1].refusals[0]
    assert (refused.cause, refused.where, refused.left) == (Cause.BUDGET, ALL, Decimal(40))
    assert "40 was left, which is less than was asked for" in given_.placements[1].reason
    assert given_.certificate.holds
    assert "budget" in {check.name for check in given_.certificate.checks}


def test_the_last_cent_is_spent_and_one_more_is_not() -> None:
    assert seats(funded({"a": "33.33", "b": "33.33", "c": "33.34"})) == ["a", "b", "c"]
    assert seats(funded({"a": "33.33", "b": "33.33", "c": "33.35"})) == ["a", "b"]


def test_the_number_ends_it_where_money_is_left() -> None:
    refusal = funded({"a": "1", "b": "1"}, most=1).placements[1].refusals[0]
    assert (refusal.cause, refusal.left) == (Cause.FULL, None)


def test_a_part_and_the_whole_both_have_to_pay() -> None:
    tree = [
        QuotaNode(ALL, 9, budget=Decimal(100)),
        QuotaNode("small", 9, ALL, budget=Decimal(30)),
        QuotaNode("large", 9, ALL),
    ]
    people = [
        Candidate("a", ("large",), cost=Decimal(80)),
        Candidate("b", ("small",), cost=Decimal(25)),
        Candidate("c", ("small", "large"), cost=Decimal(31)),
        Candidate("d", ("small",), cost=Decimal(20)),
    ]
    answer = fill_by_rank(people, tree)
    assert seats(answer) == ["a", "d"]
    assert [(each.leaf, each.where, each.left) for each in answer.placements[2].refusals] == [
        ("small", "small", Decimal(30)),
        ("large", ALL, Decimal(20)),
    ]
    assert answer.certificate.holds


def test_what_is_given_back_pays_for_those_next_who_fit() -> None:
    before = funded({"a": "60", "b": "70", "c": "40", "d": "30", "e": "5"})
    assert seats(before) == ["a", "c"]
    after = next_on_list(before, ["a"]).allocation
    assert seats(after) == ["c", "d", "e"], "60 are left: b asks for more"
    assert after.certificate.holds
    assert after.placements[1].outcome is Outcome.WAITING


def test_the_certificate_finds_a_budget_that_pays_too_much_and_envy_that_money_does_not_bar() -> (
    None
):
    answer = funded({"a": "60", "b": "50", "c": "40"})
    tree = make_tree(answer.problem.quotas)
    first, second, third = answer.placements
    seat = {"outcome": Outcome.SEAT, "seat": ALL, "choice": 1}
    none: dict[str, Any] = {"outcome": Outcome.WAITING, "seat": "", "choice": 0}

    def failing(*placements: Any) -> list[str]:
        checks = certify(answer.problem, tree, placements, ()).checks
        return [check.name for check in checks if not check.holds]

    assert failing(first, second, third) == []
    assert failing(first, replace(second, **seat), third) == ["budget"]
    assert failing(replace(first, **none), second, third) == ["no wasted seat", "no justified envy"]
    assert failing(replace(first, **none), replace(second, **seat), third) == ["no justified envy"]


def test_records_keep_money_exactly_and_are_replayed() -> None:
    people = (Candidate("a", (ALL,), cost=Decimal("0.10")), Candidate("b", (ALL,)))
    inputs = {"candidates": people, "quotas": (QuotaNode(ALL, 2, budget=Decimal("0.3")),)}
    recorded = run_method("fill-by-rank/1", inputs)
    plain = recorded.record.to_dict()
    assert plain["inputs"]["candidates"][0]["cost"] == "0.10"
    assert "cost" not in plain["inputs"]["candidates"][1], "older records stay as they are"
    again = call_method(plain["method"], {**plain["inputs"], **plain["parameters"]}, plain["seed"])
    assert again == recorded.answer


@pytest.mark.parametrize(
    ("cost", "budget", "message"),
    [
        (Decimal(-1), Decimal(1), "The cost of “a” is below zero"),
        (Decimal("NaN"), Decimal(1), "The cost of “a” must be an exact amount"),
        (1.5, Decimal(1), "The cost of “a” must be an exact amount"),
        (Decimal(1), Decimal(-1), "The budget of “all” is below zero"),
    ],
)
def test_what_is_no_amount_is_refused(cost: Any, budget: Any, message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        fill_by_rank([Candidate("a", (ALL,), cost=cost)], [QuotaNode(ALL, 1, budget=budget)])


def test_methods_that_count_seats_alone_refuse_a_budget() -> None:
    people, quotas = [Candidate("a", (ALL,))], [QuotaNode(ALL, 1, budget=Decimal(1))]
    with pytest.raises(SelectionError, match="“all” has a budget"):
        match_candidates(people, quotas, [HostOrder(ALL, ("a",))])
    with pytest.raises(SelectionError, match="“all” has a budget"):
        optimise_seats(people, quotas, {"a": [1]})


@given(
    costs=st.lists(st.decimals(0, 50, places=2), min_size=1, max_size=12),
    budget=st.decimals(0, 200, places=2),
    most=st.integers(0, 8),
)
def test_it_is_what_a_person_with_a_purse_would_do(
    costs: list[Decimal], budget: Decimal, most: int
) -> None:
    purse, expected = budget, []
    for number, cost in enumerate(costs):
        if len(expected) < most and cost <= purse:
            purse -= cost
            expected.append(f"c{number}")
    answer = funded({f"c{n}": cost for n, cost in enumerate(costs)}, budget, most)
    assert seats(answer) == expected
    assert answer.certificate.holds
