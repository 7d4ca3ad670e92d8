"""The certificate of a match: one that was tampered with does not get it."""

from __future__ import annotations

import pytest

from anso.selection.allocation import (
    Candidate,
    HostOrder,
    MatchProblem,
    QuotaNode,
    Reserve,
    match_candidates,
)
from anso.selection.allocation.hosts import make_host_positions
from anso.selection.allocation.problem import make_tree
from anso.selection.allocation.stability import certify_match

WOMEN = frozenset({"women"})
PROBLEM = MatchProblem(
    (
        Candidate("a", ("x", "y")),
        Candidate("b", ("x",)),
        Candidate("c", ("y", "x"), WOMEN),
        Candidate("d", ("y",)),
    ),
    (QuotaNode("x", 1), QuotaNode("y", 2)),
    (HostOrder("x", (("a",), ("b",))), HostOrder("y", (("a",), ("d",), ("c",)))),
    (Reserve("women", 1, "y"),),
)


def failures_of(**seats: str) -> list[str]:
    tree = make_tree(PROBLEM.quotas)
    everybody = {candidate.key: seats.get(candidate.key, "") for candidate in PROBLEM.candidates}
    certificate = certify_match(PROBLEM, tree, make_host_positions(PROBLEM, tree), everybody)
    return [check.name for check in certificate.checks if not check.holds]


@pytest.mark.parametrize(
    ("seats", "failed"),
    [
        ({"a": "x", "c": "y", "d": "y"}, []),
        ({"a": "x", "b": "x", "c": "y", "d": "y"}, ["capacity"]),
        ({"a": "y", "b": "x", "c": "y"}, ["no justified envy"]),
        ({"b": "x", "c": "y", "d": "y"}, ["no justified envy"]),
        ({"a": "x", "d": "y"}, ["no wasted seat", "no justified envy"]),
        ({"a": "x", "c": "y"}, ["no wasted seat"]),
        ({"c": "x", "d": "y"}, ["both lists", "no wasted seat", "no justified envy"]),
    ],
)
def test_each_kind_of_tampering_fails_its_check(seats: dict[str, str], failed: list[str]) -> None:
    assert failures_of(**seats) == failed


def test_the_honest_match_is_the_one_without_failures() -> None:
    match = match_candidates(PROBLEM.candidates, PROBLEM.quotas, PROBLEM.orders, PROBLEM.reserves)
    assert {place.key: place.seat for place in match.placements} == {
        "a": "x",
        "b": "",
        "c": "y",
        "d": "y",
    }
    assert match.certificate.holds
    assert match.to_dict()["placements"][0]["seat"] == "x"
