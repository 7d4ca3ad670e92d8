"""Assignments, calibrations and draws can be recorded, written, read and run again with the same output."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from anso.selection.assignment import AssignmentProblem, GroupRule
from anso.selection.calibration import Grades
from anso.selection.lottery import announce_draw
from anso.selection.record import read_record, replay_record, run_method

TABLE = np.array([[0.9, 0.5, 0.4], [0.8, 0.7, 0.1], [0.9, 0.2, 0.3]])
CONFLICTS = frozenset({("b", "q")})
PROBLEM = AssignmentProblem(("a", "b", "c"), ("p", "q", "r"), TABLE, 2, 0, 1, CONFLICTS)
RULES = AssignmentProblem(("a", "b"), ("p", "q", "r"), TABLE[:2], [2, 2, 2], rules=(GroupRule("g", frozenset("pq"), 1),), reviews_each=2)
GRADES = Grades(
    tuple("abcd"),
    tuple("xyz"),
    np.repeat(np.arange(4), 3),
    np.tile(np.arange(3), 4),
    np.array([5.0, 4, 3, 4, 4, 2, 3, 2, 2, 5, 5, 4]),
)

RUNS: list[tuple[str, dict[str, Any], dict[str, Any], str | None]] = [
    ("assignment-best/1", {"problem": PROBLEM}, {}, None),
    ("assignment-best/1", {"problem": RULES}, {}, None),
    ("assignment-fair/1", {"problem": PROBLEM}, {"levels": 2}, None),
    ("assignment-randomised/1", {"problem": PROBLEM}, {"cap": Decimal("0.8")}, "beacon"),
    ("assignment-repair/1", {"problem": PROBLEM, "current": [("a", "p")], "declined": [("a", "p")]}, {}, None),
    ("calibration-panel/1", {"grades": GRADES}, {"places": 2, "draws": 200}, "beacon"),
    ("calibration-call/1", {"grades": GRADES}, {"places": 2, "draws": 200}, "beacon"),
    ("lottery-sha256/1", {"announcement": announce_draw("ab", 1, "beacon 7"), "public_value": "4f2a"}, {}, None),
]


@pytest.mark.parametrize(("method", "inputs", "parameters", "seed"), RUNS)
def test_run_is_the_same_when_its_record_is_read_and_run_again(
    method: str, inputs: dict[str, Any], parameters: dict[str, Any], seed: str | None
) -> None:
    recorded = run_method(method, inputs, parameters, seed)
    replay = replay_record(read_record(recorded.record.to_json()))
    assert replay.holds
    assert replay.is_identical
