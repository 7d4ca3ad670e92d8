"""Deferred acceptance: stability, truth-telling, published examples, shared quotas and reserves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anso.selection.allocation import (
    Candidate,
    HostOrder,
    Match,
    MatchProblem,
    Outcome,
    QuotaNode,
    Reserve,
    match_candidates,
    next_in_match,
    order_by_scores,
)
from anso.selection.errors import SelectionError
from tests.selection.allocation.problems import LEAVES, people, trees


@st.composite
def matches(draw: st.DrawFn, with_reserves: bool = True) -> MatchProblem:
    """A small two-sided problem on the tree of two programmes, with partial orders and targets."""
    candidates, quotas = draw(people(most=6)), draw(trees())
    keys = [person.key for person in candidates]
    ranked = st.permutations(keys).flatmap(
        lambda order: st.integers(0, len(keys)).map(lambda size: order[:size])
    )
    orders = tuple(
        HostOrder(leaf, tuple((key,) for key in draw(ranked)), draw(st.integers(0, 2)))
        for leaf in LEAVES
    )
    capacity = {node.key: node.capacity for node in quotas}
    reserves = [
        Reserve("women", draw(st.integers(0, min(2, capacity[leaf]))), leaf) for leaf in LEAVES[:2]
    ]
    return MatchProblem(candidates, quotas, orders, tuple(reserves) if with_reserves else ())


def solve(problem: MatchProblem) -> Match:
    return match_candidates(problem.candidates, problem.quotas, problem.orders, problem.reserves)


def seats_of(match: Match) -> dict[str, str]:
    return {place.key: place.seat for place in match.placements}


@settings(max_examples=60, deadline=None)
@given(matches())
def test_every_match_is_stable_within_its_quotas(problem: MatchProblem) -> None:
    match = solve(problem)
    assert match.certificate.holds, match.certificate
    assert all(place.reason for place in match.placements)


@settings(max_examples=25, deadline=None)
@given(matches(), st.integers(0, 5))
def test_no_candidate_gains_by_naming_a_false_order(problem: MatchProblem, at: int) -> None:
    person = problem.candidates[at % len(problem.candidates)]
    honest = seats_of(solve(problem))[person.key]
    for size in range(len(person.preferences) + 1):
        for lie in permutations(person.preferences, size):
            others = tuple(
                replace(other, preferences=lie) if other == person else other
                for other in problem.candidates
            )
            got = seats_of(solve(replace(problem, candidates=others)))[person.key]
            assert not got or (
                honest and person.preferences.index(got) >= person.preferences.index(honest)
            )


@settings(max_examples=60, deadline=None)
@given(people(most=4), st.lists(st.integers(0, 2), min_size=4, max_size=4), st.data())
def test_without_shared_quotas_it_is_the_best_stable_match_for_every_candidate(
    candidates: tuple[Candidate, ...], seats: list[int], given_orders: st.DataObject
) -> None:
    keys = [person.key for person in candidates]
    quotas = tuple(QuotaNode(leaf, number) for leaf, number in zip(LEAVES, seats, strict=True))
    ranked = {leaf: given_orders.draw(st.permutations(keys)) for leaf in LEAVES}
    orders = tuple(
        HostOrder(leaf, tuple((key,) for key in order)) for leaf, order in ranked.items()
    )
    found = seats_of(match_candidates(candidates, quotas, orders))
    capacity = dict(zip(LEAVES, seats, strict=True))
    for guess in product(*((*person.preferences, "") for person in candidates)):
        if all(guess.count(leaf) <= capacity[leaf] for leaf in LEAVES) and not blocking(
            candidates, guess, ranked, capacity
        ):
            for person, leaf in zip(candidates, guess, strict=True):
                wishes = (*person.preferences, "")
                assert wishes.index(found[person.key]) <= wishes.index(leaf)


def blocking(
    candidates: tuple[Candidate, ...],
    guess: tuple[str, ...],
    ranked: dict[str, list[str]],
    capacity: dict[str, int],
) -> bool:
    for person, own in zip(candidates, guess, strict=True):
        for leaf in person.preferences:
            if leaf == own:
                break
            held = [other.key for other, at in zip(candidates, guess, strict=True) if at == leaf]
            if len(held) < capacity[leaf] or any(
                ranked[leaf].index(person.key) < ranked[leaf].index(key) for key in held
            ):
                return True
    return False


def test_a_regional_cap_wastes_no_seat_in_the_published_example() -> None:
    # Kamada and Kojima 2015, example 1: two hospitals, a regional cap of ten, targets of five each.
    quotas = [QuotaNode("region", 10), QuotaNode("h1", 10, "region"), QuotaNode("h2", 10, "region")]
    candidates = [Candidate(f"d{at}", ("h1",) if at <= 3 else ("h2",)) for at in range(1, 11)]
    orders = [
        HostOrder(leaf, tuple((person.key,) for person in candidates), target=5)
        for leaf in ("h1", "h2")
    ]
    match = match_candidates(candidates, quotas, orders)
    assert sorted(seats_of(match).values()) == ["h1"] * 3 + ["h2"] * 7


def test_seats_up_to_the_target_come_before_seats_by_turns() -> None:
    quotas = [QuotaNode("region", 3), QuotaNode("h1", 3, "region"), QuotaNode("h2", 3, "region")]
    candidates = [Candidate(f"a{at}", ("h1",)) for at in range(3)] + [
        Candidate(f"b{at}", ("h2",)) for at in range(3)
    ]
    orders = [
        HostOrder("h1", tuple((f"a{at}",) for at in range(3)), target=1),
        HostOrder("h2", tuple((f"b{at}",) for at in range(3)), target=2),
    ]
    match = match_candidates(candidates, quotas, orders)
    assert [key for key, seat in seats_of(match).items() if seat] == ["a0", "b0", "b1"]
    assert match.explain("a1") == (
        (
            "On the waiting list: h1 could take no more because region was full: it took up to"
            " number 1 in its order, the candidate is number 2."
        ),
        "Number 1 on the waiting list of h1.",
    )


def test_a_kept_seat_goes_to_the_best_member_and_is_open_when_none_asks() -> None:
    women = frozenset({"women"})
    candidates = [Candidate("a", ("h",)), Candidate("b", ("h",)), Candidate("c", ("h",), women)]
    orders = [HostOrder("h", (("a",), ("b",), ("c",)))]
    quotas, reserves = [QuotaNode("h", 2)], [Reserve("women", 1, "h")]
    assert [
        key
        for key, seat in seats_of(match_candidates(candidates, quotas, orders, reserves)).items()
        if seat
    ] == ["a", "c"]
    nobody = match_candidates(candidates[:2], quotas, [HostOrder("h", (("a",), ("b",)))], reserves)
    assert [key for key, seat in seats_of(nobody).items() if seat] == ["a", "b"]
    assert nobody.certificate.shortfalls[0].held == 0


def test_reasons_name_what_stood_in_the_way() -> None:
    quotas = [QuotaNode("h1", 1), QuotaNode("h2", 1, None, frozenset({"ldc"})), QuotaNode("h3", 0)]
    candidates = [
        Candidate("a", ("h1",)),
        Candidate("b", ("h1", "h2")),
        Candidate("c", ("h2", "h1")),
        Candidate("d", ()),
        Candidate("e", ("h3",)),
    ]
    orders = [HostOrder("h1", (("a",), ("b",))), HostOrder("h3", (("e",),))]
    match = match_candidates(candidates, quotas, orders)
    reasons = {place.key: place.reason for place in match.placements}
    assert reasons["a"] == "Seat in h1, first choice; number 1 in its order."
    assert reasons["b"].startswith(
        "On the waiting list: h1 was full: it took up to number 1 in its order, the candidate is"
        " number 2;"
    )
    assert (
        reasons["c"] == "No seat: h2 is only open to ldc; h1 did not put the candidate on its list."
    )
    assert reasons["d"] == "No seat: the candidate named no choice."
    assert "it took nobody in its order" in reasons["e"]


def test_scores_of_a_host_become_its_order_with_equal_scores_in_one_tier() -> None:
    order = order_by_scores("h", {"a": 7, "c": Decimal("9.5"), "b": Decimal("7.0")}, target=2)
    assert order == HostOrder("h", (("c",), ("a", "b")), 2)
    with pytest.raises(SelectionError, match="“h” gives “a” the score NaN"):
        order_by_scores("h", {"a": Decimal("NaN")})


def test_equal_candidates_are_drawn_once_for_all_hosts() -> None:
    candidates = [Candidate(key, ("h1", "h2")) for key in ("ada", "ben", "cem")]
    orders = [HostOrder(leaf, (("ada", "ben", "cem"),)) for leaf in ("h1", "h2")]
    match = match_candidates(
        candidates, [QuotaNode("h1", 1), QuotaNode("h2", 1)], orders, seed="2026-11-24"
    )
    assert seats_of(match) == {"ada": "h1", "ben": "", "cem": "h2"}


@settings(max_examples=60, deadline=None)
@given(matches(), st.sets(st.integers(0, 5), min_size=1, max_size=2))
def test_a_declined_seat_is_passed_on_without_moving_anybody(
    problem: MatchProblem, numbers: set[int]
) -> None:
    match = solve(problem)
    asked = [place.key for at, place in enumerate(match.placements) if at in numbers]
    declined = [key for key in asked if match.explain(key)[0].split()[0] in ("Seat", "On")]
    assume(declined)
    after = next_in_match(match, declined)
    for old, new in zip(match.placements, after.placements, strict=True):
        if old.key in declined:
            assert new.outcome is Outcome.DECLINED
        elif old.seat:
            assert new.seat == old.seat
    assert after.certificate.holds, after.certificate


def test_the_next_on_the_hosts_list_gets_the_seat() -> None:
    candidates = [Candidate(key, ("h",)) for key in "abc"]
    match = match_candidates(
        candidates, [QuotaNode("h", 1)], [HostOrder("h", (("c",), ("a",), ("b",)))]
    )
    after = next_in_match(match, ["c"], accepted=[])
    assert seats_of(after) == {"a": "h", "b": "", "c": ""}
    assert after.trace[-2:] == ("c declined.", "a: Seat in h, first choice; number 2 in its order.")
    assert seats_of(next_in_match(after, ["a"])) == {"a": "", "b": "h", "c": ""}


A = (Candidate("a", ("h",)), Candidate("b", ("h",)))


@pytest.mark.parametrize(
    ("orders", "reserves", "message"),
    [
        ([HostOrder("x", ())], [], "an order for “x”, which is not a seat"),
        ([HostOrder("h", ()), HostOrder("h", ())], [], "The order of “h” is named twice"),
        ([HostOrder("h", (("z",),))], [], "names “z”, who is not a candidate"),
        ([HostOrder("h", (("a",), ("a",)))], [], "“a” is named twice"),
        ([HostOrder("h", (("a", "b"),))], [], "“h” ranks a and b equal: a seed is needed"),
        ([HostOrder("h", (), -1)], [], "The target of “h” is below zero"),
        ([], [Reserve("women", 1)], "must name a seat that candidates choose"),
        ([], [Reserve("women", 2, "h")], "ask for 2 seats, but there are 1"),
    ],
)
def test_orders_that_do_not_fit_are_refused(
    orders: list[HostOrder], reserves: list[Reserve], message: str
) -> None:
    with pytest.raises(SelectionError, match=message):
        match_candidates(A, [QuotaNode("h", 1)], orders, reserves)
