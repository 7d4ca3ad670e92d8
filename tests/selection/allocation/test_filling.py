"""Filling the quota tree by rank: what must always hold, and the cases that people ask about."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anso.selection.allocation import (
    Allocation,
    Candidate,
    Cause,
    Ceiling,
    Outcome,
    Problem,
    QuotaNode,
    Reserve,
    fill_by_rank,
)
from anso.selection.errors import SelectionError
from tests.selection.allocation.problems import people, problems, trees


def fill(problem: Problem) -> Allocation:
    try:
        return fill_by_rank(problem.candidates, problem.quotas, problem.ceilings, problem.reserves)
    except SelectionError as error:
        assume("The reserves" not in str(error))
        raise


def seats_of(allocation: Allocation) -> dict[str, str]:
    return {placement.key: placement.seat for placement in allocation.placements}


@settings(max_examples=60, deadline=None)
@given(problems())
def test_every_allocation_carries_a_certificate_that_holds(problem: Problem) -> None:
    allocation = fill(problem)
    assert allocation.certificate.holds, allocation.certificate
    assert [placement.key for placement in allocation.placements] == [
        person.key for person in problem.candidates
    ]
    assert all(placement.reason for placement in allocation.placements)


@settings(max_examples=60, deadline=None)
@given(problems(with_reserves=False))
def test_without_reserves_each_candidate_gets_the_first_leaf_that_still_fits(
    problem: Problem,
) -> None:
    parents = {node.key: node.parent for node in problem.quotas}
    capacity = {node.key: node.capacity for node in problem.quotas}
    only = {node.key: node.only for node in problem.quotas}
    seated: list[tuple[Candidate, list[str]]] = []
    expected = {}

    def fits(person: Candidate, path: list[str]) -> bool:
        after = [*seated, (person, path)]
        within = all(sum(key in other for _, other in after) <= capacity[key] for key in path)
        under = all(
            sum(
                limit.group in who.groups and (limit.node is None or limit.node in other)
                for who, other in after
            )
            <= limit.seats
            or not (limit.group in person.groups and (limit.node is None or limit.node in path))
            for limit in problem.ceilings
        )
        return within and under and all(only[key] <= person.groups for key in path)

    for person in problem.candidates:
        expected[person.key] = ""
        for leaf in person.preferences:
            path, above = [], leaf
            while above is not None:
                path.append(above)
                above = parents[above]
            if fits(person, path):
                seated.append((person, path))
                expected[person.key] = leaf
                break
    assert seats_of(fill(problem)) == expected


@settings(max_examples=25, deadline=None)
@given(problems(with_reserves=False), st.integers(0, 8))
def test_nobody_gains_by_naming_a_false_order(problem: Problem, at: int) -> None:
    person = problem.candidates[at % len(problem.candidates)]
    truth = list(person.preferences)
    honest = seats_of(fill(problem))[person.key]
    for size in range(len(truth) + 1):
        for lie in permutations(truth, size):
            liars = tuple(
                replace(other, preferences=lie) if other == person else other
                for other in problem.candidates
            )
            got = seats_of(fill(replace(problem, candidates=liars)))[person.key]
            assert not got or (honest and truth.index(got) >= truth.index(honest))


@settings(max_examples=60, deadline=None)
@given(trees(), people(), st.integers(0, 3))
def test_a_reserve_never_lowers_the_number_of_seats_that_its_group_holds(
    quotas: tuple[QuotaNode, ...], candidates: tuple[Candidate, ...], seats: int
) -> None:
    assume(seats <= min(sum(node.capacity for node in quotas if node.key.count("-")), 8))
    try:
        kept = fill_by_rank(candidates, quotas, (), [Reserve("women", seats)])
    except SelectionError:
        assume(False)
    women = {person.key for person in candidates if "women" in person.groups}
    held = sum(1 for key, seat in seats_of(kept).items() if seat and key in women)
    without = sum(
        1
        for key, seat in seats_of(fill_by_rank(candidates, quotas)).items()
        if seat and key in women
    )
    assert held >= min(seats, without)
    assert [gap.held for gap in kept.certificate.shortfalls] == ([held] if held < seats else [])


ONE_HOST = (QuotaNode("host", 2),)


def test_a_reserved_seat_goes_to_the_group_although_others_rank_before() -> None:
    candidates = [
        Candidate("a", ("host",)),
        Candidate("b", ("host",)),
        Candidate("c", ("host",), frozenset({"ldc"})),
    ]
    allocation = fill_by_rank(candidates, ONE_HOST, (), [Reserve("ldc", 1)])
    assert seats_of(allocation) == {"a": "host", "b": "", "c": "host"}
    assert allocation.placement_of("c").counts_for == "ldc"
    assert allocation.explain("b") == (
        (
            "On the waiting list at rank 2: the seats left for host were kept for ldc (all seats"
            " together)."
        ),
        "Number 1 on the waiting list of host.",
    )


def test_reserved_seats_that_nobody_claims_are_released_and_the_shortfall_is_told() -> None:
    candidates = [Candidate("a", ("host",)), Candidate("b", ("host",))]
    allocation = fill_by_rank(candidates, ONE_HOST, (), [Reserve("ldc", 2, "host")])
    assert seats_of(allocation) == {"a": "host", "b": "host"}
    shortfall = allocation.certificate.shortfalls[0]
    assert (shortfall.group, shortfall.node, shortfall.wanted, shortfall.held) == (
        "ldc",
        "host",
        2,
        0,
    )
    assert allocation.kept == (0,)
    assert "0 of the 2 seats kept for ldc in host were claimed; 2 released" in allocation.trace[0]


def test_a_ceiling_on_a_country_stops_the_next_from_there_and_says_so() -> None:
    kenya = frozenset({"kenya"})
    candidates = [
        Candidate("a", ("host",), kenya),
        Candidate("b", ("host",), kenya),
        Candidate("c", ("host",)),
    ]
    allocation = fill_by_rank(candidates, ONE_HOST, [Ceiling("kenya", 1)])
    assert seats_of(allocation) == {"a": "host", "b": "", "c": "host"}
    assert allocation.placement_of("b").refusals[0].cause is Cause.CEILING
    assert (
        "all seats together had reached its ceiling for kenya"
        in allocation.placement_of("b").reason
    )


def test_a_fund_open_to_some_leaves_others_unplaced() -> None:
    quotas = [QuotaNode("fund", 3, None, frozenset({"ldc"})), QuotaNode("host", 1, "fund")]
    allocation = fill_by_rank([Candidate("a", ("host",)), Candidate("b", ())], quotas)
    assert allocation.placement_of("a").outcome is Outcome.UNPLACED
    assert allocation.placement_of("a").reason == "No seat: host is only open to ldc."
    assert allocation.placement_of("b").reason == "No seat: the candidate named no choice."


def test_a_full_programme_is_named_when_its_host_still_has_room() -> None:
    quotas = [QuotaNode("msc", 1), QuotaNode("host", 2, "msc"), QuotaNode("other", 0)]
    candidates = [Candidate("a", ("other", "host")), Candidate("b", ("host",))]
    allocation = fill_by_rank(candidates, quotas)
    assert (
        allocation.placement_of("a").reason
        == "Seat in host, second choice, at rank 1. Before it: other was full (it has no seats)."
    )
    assert (
        allocation.placement_of("b").reason
        == "On the waiting list at rank 2: host was full because msc was (last seat to rank 1)."
    )


def test_waiting_lists_stand_in_rank_order_on_every_leaf() -> None:
    quotas = [QuotaNode("x", 1), QuotaNode("y", 1)]
    allocation = fill_by_rank(
        [Candidate(key, ("x", "y") if key != "d" else ("y",)) for key in "abcde"], quotas
    )
    positions = {
        place.key: [(spot.leaf, spot.position) for spot in place.waiting]
        for place in allocation.placements
    }
    assert positions == {
        "a": [],
        "b": [],
        "c": [("x", 1), ("y", 1)],
        "d": [("y", 2)],
        "e": [("x", 2), ("y", 3)],
    }


def test_equal_ranks_are_drawn_from_the_seed_as_anyone_can_repeat() -> None:
    candidates = [Candidate(key, ("host",)) for key in ("ada", "ben", "cem")]
    allocation = fill_by_rank(
        candidates, ONE_HOST, ranks={"ada": 1, "ben": 1, "cem": 1}, seed="2026-11-24"
    )
    # printf "2026-11-24:ada" | sha256sum gives 2177…, ben dcf8…, cem cc92….
    assert [placement.key for placement in allocation.placements] == ["ada", "cem", "ben"]
    assert allocation.trace[0] == "Rank 1 was drawn from the seed in this order: ada, cem and ben."


def test_ranks_decide_when_they_are_given() -> None:
    candidates = [Candidate(key, ("host",)) for key in ("ada", "ben", "cem")]
    allocation = fill_by_rank(candidates, ONE_HOST, ranks={"ada": 3, "ben": 1, "cem": 2})
    assert [placement.key for placement in allocation.placements] == ["ben", "cem", "ada"]


@pytest.mark.parametrize(
    ("ranks", "message"),
    [
        ({"ada": 1}, "“ben” has no rank"),
        ({"ada": 1, "ben": 2, "eve": 3}, "“eve” has a rank but is no candidate"),
        ({"ada": 1, "ben": 1}, "ada and ben share rank 1: a seed is needed"),
    ],
)
def test_ranks_that_do_not_fit_are_refused(ranks: dict[str, int], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        fill_by_rank(
            [Candidate("ada", ("host",)), Candidate("ben", ("host",))], ONE_HOST, ranks=ranks
        )


ANYBODY = [Candidate("a", ())]


@pytest.mark.parametrize(
    ("candidates", "quotas", "ceilings", "reserves", "message"),
    [
        ([], [], [], [], "the list of quotas is empty"),
        ([], [QuotaNode("x", -1)], [], [], "The capacity of “x” is below zero"),
        ([], [QuotaNode("x", 1.5)], [], [], "must be a whole number, not 1.5"),
        ([], [QuotaNode("x", True)], [], [], "must be a whole number, not True"),
        ([], [QuotaNode("x", 1), QuotaNode("x", 2)], [], [], "The quota “x” is named twice"),
        ([], [QuotaNode("x", 1, "y")], [], [], "stands below “y”, which is not a quota"),
        ([], [QuotaNode("x", 1, "y"), QuotaNode("y", 1, "x")], [], [], "stands below itself"),
        (
            [Candidate("a", ("z",))],
            [QuotaNode("x", 1)],
            [],
            [],
            "asks for “z”, which is not a quota",
        ),
        (
            [Candidate("a", ("y",))],
            [QuotaNode("y", 1), QuotaNode("x", 1, "y")],
            [],
            [],
            "“y”, which has parts to choose from",
        ),
        ([Candidate("a", ("x", "x"))], [QuotaNode("x", 1)], [], [], "names the same seat twice"),
        (
            [Candidate("a", ()), Candidate("a", ())],
            [QuotaNode("x", 1)],
            [],
            [],
            "The candidate “a” is named twice",
        ),
        (ANYBODY, [QuotaNode("x", 1)], [Ceiling("g", -2)], [], "The ceiling for “g” is below zero"),
        (
            ANYBODY,
            [QuotaNode("x", 1)],
            [Ceiling("g", 1, "q")],
            [],
            "names “q”, which is not a quota",
        ),
        ([], [QuotaNode("x", 1)], [], [], "There are no candidates"),
        (
            ANYBODY,
            [QuotaNode("x", 1)],
            [],
            [Reserve("g", 1), Reserve("g", 2)],
            "The reserve “g in all seats” is named twice",
        ),
        (
            ANYBODY,
            [QuotaNode("x", 1)],
            [],
            [Reserve("g", 2)],
            "The reserves below “x” ask for|The reserves in all ask for 2 seats, but there are 1",
        ),
    ],
)
def test_contradictory_input_is_refused_with_the_name_of_what_is_wrong(
    candidates: list[Candidate],
    quotas: list[QuotaNode],
    ceilings: list[Ceiling],
    reserves: list[Reserve],
    message: str,
) -> None:
    with pytest.raises(SelectionError, match=message):
        fill_by_rank(candidates, quotas, ceilings, reserves)


def test_explaining_a_stranger_is_refused() -> None:
    with pytest.raises(SelectionError, match="“eve” is not a candidate"):
        fill_by_rank([Candidate("a", ("host",))], ONE_HOST).explain("eve")


def test_the_answer_can_be_written_as_plain_values() -> None:
    plain = fill_by_rank([Candidate("a", ("host",))], ONE_HOST).to_dict()
    assert plain["placements"][0]["outcome"] == "seat"
    assert plain["problem"]["candidates"][0]["preferences"] == ["host"]


def test_of_two_ceilings_in_the_way_every_run_names_the_same_one() -> None:
    """Sets of names have another order in every process; a record must not."""
    groups = [f"group {letter}" for letter in "abcdefghijkl"]
    people = [Candidate(key, ("host",), frozenset(groups)) for key in ("first", "second")]
    told = set()
    for order in (groups, groups[::-1]):
        ceilings = [Ceiling(group, 1) for group in order]
        placed = fill_by_rank(people, [QuotaNode("host", 2)], ceilings).placements[1]
        told.add(placed.refusals[0].group)
    assert told == {"group a"}
