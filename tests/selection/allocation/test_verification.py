"""The certificate: an allocation that was tampered with does not get one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from anso.selection.allocation import (
    Candidate,
    Ceiling,
    Outcome,
    Placement,
    Problem,
    QuotaNode,
    Reserve,
)
from anso.selection.allocation.problem import make_tree
from anso.selection.allocation.verification import certify

LDC = frozenset({"ldc"})
PROBLEM = Problem(
    (Candidate("a", ("x", "y")), Candidate("b", ("x",)), Candidate("c", ("x", "y"), LDC)),
    (QuotaNode("x", 1), QuotaNode("y", 1), QuotaNode("z", 1, None, LDC)),
    (Ceiling("ldc", 1),),
    (Reserve("ldc", 1, "x"),),
)


def failures_of(
    seats: Mapping[str, str], counts: Mapping[str, str] | None = None, problem: Problem = PROBLEM
) -> list[str]:
    placements = []
    for rank, person in enumerate(problem.candidates, start=1):
        seat = seats.get(person.key, "")
        choice = person.preferences.index(seat) + 1 if seat in person.preferences else 0
        outcome = Outcome.SEAT if seat else Outcome.WAITING
        placements.append(
            Placement(person.key, outcome, rank, seat, choice, (counts or {}).get(person.key, ""))
        )
    certificate = certify(problem, make_tree(problem.quotas), placements, problem.reserves)
    return [check.name for check in certificate.checks if not check.holds]


@pytest.mark.parametrize(
    ("seats", "counts", "failed"),
    [
        ({"c": "x", "a": "y"}, {"c": "ldc"}, []),
        ({"c": "x", "a": "y"}, {}, ["no justified envy"]),
        ({"c": "x"}, {"c": "ldc"}, ["no wasted seat"]),
        ({"a": "x", "b": "x", "c": "y"}, {}, ["capacity"]),
        ({"b": "z", "c": "x", "a": "y"}, {"c": "ldc"}, ["open to"]),
        ({"b": "x", "a": "y"}, {}, ["no justified envy"]),
    ],
)
def test_each_kind_of_tampering_fails_its_check(
    seats: dict[str, str], counts: dict[str, str], failed: list[str]
) -> None:
    assert failures_of(seats, counts) == failed


def test_a_ceiling_that_is_exceeded_fails_its_check() -> None:
    problem = Problem(
        (Candidate("c", ("x",), LDC), Candidate("d", ("y",), LDC)), PROBLEM.quotas, PROBLEM.ceilings
    )
    assert failures_of({"c": "x", "d": "y"}, problem=problem) == ["ceilings"]
