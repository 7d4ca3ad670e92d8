"""The best total under hard rules: equal to brute force, proven by its prices, and clear when it
cannot be.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anso.selection.allocation import (
    Candidate,
    Ceiling,
    Floor,
    InfeasibleSeats,
    Optimum,
    QuotaNode,
    optimise_seats,
)
from anso.selection.allocation.integer_program import (
    IntegerProgram,
    is_feasible,
    price_bound,
    rows_of,
    solve_integer_program,
)
from anso.selection.allocation.optimum import Worth
from anso.selection.errors import SelectionError
from tests.selection.allocation.problems import GROUPS, people, trees

PLACES = st.sampled_from([None, "msc", "phd", "msc-a"])


def brute(
    candidates: tuple[Candidate, ...],
    quotas: tuple[QuotaNode, ...],
    worths: dict[str, list[int]],
    limits: list[Ceiling],
    floors: list[Floor],
) -> tuple[int, int]:
    """Return the fewest seats that floors must give up in all, and the best total with so many
    given up.
    """
    nodes = {node.key: node for node in quotas}

    def path(leaf: str) -> list[str]:
        parent = nodes[leaf].parent
        return [leaf, *(path(parent) if parent else [])]

    def members(seated: list[tuple[Candidate, list[str]]], limit: Ceiling | Floor) -> int:
        return sum(
            limit.group in who.groups and (limit.node is None or limit.node in at)
            for who, at in seated
        )

    results = []
    for guess in product(*((*person.preferences, "") for person in candidates)):
        seated = [(who, path(leaf)) for who, leaf in zip(candidates, guess, strict=True) if leaf]
        full = any(sum(node in at for _, at in seated) > nodes[node].capacity for node in nodes)
        closed = any(not nodes[node].only <= who.groups for who, at in seated for node in at)
        if full or closed or any(members(seated, limit) > limit.seats for limit in limits):
            continue
        missing = sum(max(0, floor.seats - members(seated, floor)) for floor in floors)
        results.append(
            (missing, -sum(worths[who.key][who.preferences.index(at[0])] for who, at in seated))
        )
    missing, total = min(results)
    return missing, -total


@settings(max_examples=40, deadline=None)
@given(people(most=3), trees(), st.data())
def test_the_total_is_the_best_of_all_choices(
    candidates: tuple[Candidate, ...], quotas: tuple[QuotaNode, ...], drawn: st.DataObject
) -> None:
    worths = {
        who.key: [drawn.draw(st.integers(-2, 9)) for _ in who.preferences] for who in candidates
    }
    limit = st.builds(Ceiling, st.sampled_from(GROUPS), st.integers(0, 2), PLACES)
    least = st.builds(Floor, st.sampled_from(GROUPS), st.integers(0, 2), PLACES)
    limits = drawn.draw(
        st.lists(limit, max_size=2, unique_by=lambda limit: (limit.group, limit.node))
    )
    floors = drawn.draw(
        st.lists(least, max_size=2, unique_by=lambda limit: (limit.group, limit.node))
    )
    missing, total = brute(candidates, quotas, worths, limits, floors)
    if missing:
        with pytest.raises(
            InfeasibleSeats, match="The smallest change that makes it possible"
        ) as refused:
            optimise_seats(candidates, quotas, worths, limits, floors)
        assert (
            sum(change.asked - change.possible for change in refused.value.relaxations) == missing
        )
        assert (
            optimise_seats(candidates, quotas, worths, limits, floors, may_relax=True)
            .checks[0]
            .holds
        )
        return
    best = optimise_seats(candidates, quotas, worths, limits, floors)
    assert best.total == total == best.bound
    assert all(check.holds for check in best.checks)
    assert all(place.reason for place in best.placements)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 9), st.booleans()), min_size=1, max_size=6
    ),
    st.integers(0, 4),
    st.integers(0, 5000),
)
def test_any_prices_bound_the_total_from_above(
    pairs: list[tuple[int, int, bool]], seats: int, price: int
) -> None:
    owner, worth, inside = (np.array(column) for column in zip(*pairs, strict=True))
    rows = rows_of([np.ones(len(pairs), dtype=bool), inside.astype(bool)], len(pairs))
    programme = IntegerProgram(
        owner,
        worth.astype(np.int64),
        rows,
        np.array([seats, 1]),
        rows_of([], len(pairs)),
        np.zeros(0, dtype=np.int64),
    )
    solved = solve_integer_program(programme, np.arange(len(pairs)))
    assert solved is not None
    best = int(worth[solved.chosen].sum())
    assert solved.bound == best
    assert price_bound(programme, np.array([price, 3 * price]), np.zeros(0, dtype=np.int64)) >= best


HOST = [QuotaNode("host", 2)]
WOMEN = frozenset({"women"})
FOUR = [
    Candidate("a", ("host",)),
    Candidate("b", ("host",)),
    Candidate("c", ("host",), WOMEN),
    Candidate("d", ("host",), WOMEN),
]
SCORES: dict[str, list[Worth]] = {"a": [9], "b": [Decimal("8.5")], "c": [5], "d": [4]}


def test_a_floor_has_a_price_and_the_reasons_quote_it() -> None:
    best = optimise_seats(FOUR, HOST, SCORES, (), [Floor("women", 1)])
    assert best.total == 14
    assert [place.key for place in best.placements if place.seat] == ["a", "c"]
    floor = next(price for price in best.prices if price.rule == "floor")
    assert Decimal("-4.5") <= floor.price <= Decimal("-3.5")
    assert best.explain("b")[0].startswith("No seat: host is worth 8.5 and costs ")
    assert best.explain("a") == ("Seat in host, choice 1.",)
    assert best.to_dict()["total"] == "14"


def test_floors_that_contradict_the_seats_are_refused_with_the_smallest_change() -> None:
    with pytest.raises(
        InfeasibleSeats,
        match=r"The floors cannot all be met.*2 instead of 3 for women in all seats",
    ):
        optimise_seats(FOUR, HOST, SCORES, (), [Floor("women", 3)])
    relaxed = optimise_seats(FOUR, HOST, SCORES, (), [Floor("women", 3)], may_relax=True)
    assert relaxed.total == 9
    assert relaxed.trace[-1] == "Floor lowered: 2 instead of 3 for women in all seats."
    assert (relaxed.relaxations[0].asked, relaxed.relaxations[0].possible) == (3, 2)


def test_crossing_rules_that_only_fractions_could_meet_go_to_branch_and_bound() -> None:
    # Three groups of two people each, at most one per group: halves would be worth 4, whole people
    # 3.
    pairs = {"a": ("x", "y"), "b": ("y", "z"), "c": ("x", "z")}
    candidates = [Candidate(key, ("host",), frozenset(groups)) for key, groups in pairs.items()]
    ceilings = [Ceiling(group, 1) for group in "xyz"]
    best = optimise_seats(
        candidates, [QuotaNode("host", 3)], {"a": [3], "b": [3], "c": [2]}, ceilings
    )
    assert best.total == best.bound == 3
    assert "branch and bound" in best.checks[1].finding


def odd_circle(floor: int) -> Optimum:
    pairs = {"a": ("x", "y"), "b": ("y", "z"), "c": ("x", "z")}
    candidates = [
        Candidate(key, ("host",), frozenset((*groups, "all"))) for key, groups in pairs.items()
    ]
    ceilings = [Ceiling(group, 1) for group in "xyz"]
    return optimise_seats(
        candidates,
        [QuotaNode("host", 3)],
        {key: [1] for key in pairs},
        ceilings,
        [Floor("all", floor)],
    )


def test_floors_that_only_fractions_could_meet_are_refused() -> None:
    assert odd_circle(1).total == 1
    with pytest.raises(InfeasibleSeats, match="1 instead of 2 for all"):
        odd_circle(2)


def test_two_odd_circles_can_be_met_by_halves_only_and_are_refused() -> None:
    pairs = {
        f"{circle}{at}": (f"{circle}{at}", f"{circle}{(at + 1) % 3}")
        for circle in "pq"
        for at in range(3)
    }
    candidates = [
        Candidate(key, ("host",), frozenset((*groups, "all"))) for key, groups in pairs.items()
    ]
    ceilings = [
        Ceiling(group, 1)
        for group in sorted({group for groups in pairs.values() for group in groups})
    ]
    with pytest.raises(InfeasibleSeats, match="2 instead of 3 for all"):
        optimise_seats(
            candidates,
            [QuotaNode("host", 6)],
            {key: [1] for key in pairs},
            ceilings,
            [Floor("all", 3)],
        )


def test_columns_left_out_at_first_are_priced_in_or_asked_for_by_a_floor() -> None:
    worth, owner = np.array([1, 5, 3]), np.array([0, 1, 2])
    every, third = np.ones(3, dtype=bool), np.array([False, False, True])
    one_seat, one_of_third = np.array([1]), np.array([1])
    free = IntegerProgram(
        owner, worth, rows_of([every], 3), one_seat, rows_of([], 3), np.zeros(0, dtype=np.int64)
    )
    priced = solve_integer_program(free, np.array([0]))
    assert priced is not None
    assert (priced.chosen.tolist(), priced.rounds) == ([1], 2)
    bound = IntegerProgram(
        owner, worth, rows_of([every], 3), one_seat, rows_of([third], 3), one_of_third
    )
    asked = solve_integer_program(bound, np.array([0]))
    assert asked is not None
    assert asked.chosen.tolist() == [2]


def test_a_solver_that_gives_up_is_not_taken_for_an_answer() -> None:
    with pytest.raises(SelectionError, match="The solver gave up: time limit"):
        is_feasible(SimpleNamespace(status=1, message="time limit"))


def test_nobody_to_seat_is_an_answer() -> None:
    closed = [QuotaNode("host", 1, None, WOMEN)]
    best = optimise_seats([Candidate("a", ("host",))], closed, {"a": [3]})
    assert best.total == 0
    assert best.explain("a") == ("No seat: nothing on the candidate's list is open to them.",)


@pytest.mark.parametrize(
    ("worths", "message"),
    [
        ({}, "“a” has no worths"),
        ({"a": [1], "z": [1]}, "“z” has worths but is no candidate"),
        ({"a": [1, 2]}, "“a” has 2 worths for 1 preferences"),
        ({"a": [Decimal("NaN")]}, "A worth of “a” is NaN"),
        ({"a": [Decimal("0.0000001")]}, "6 decimals at most"),
        ({"a": [10**5]}, "up to ten thousand"),
    ],
)
def test_worths_that_do_not_fit_are_refused(worths: dict[str, list[Worth]], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        optimise_seats([Candidate("a", ("host",))], HOST, worths)
