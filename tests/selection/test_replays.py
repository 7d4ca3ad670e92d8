"""Affinities, assignments, calibrations and draws can be recorded, written, read, run again, and
explain themselves.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from anso.selection.__main__ import main
from anso.selection.affinity import Profile, Text
from anso.selection.assignment import AssignmentProblem, GroupRule
from anso.selection.calibration import Grades
from anso.selection.errors import SelectionError
from anso.selection.lottery import announce_draw
from anso.selection.record import Record, explain_record, read_record, replay_record, run_method
from anso.selection.record.registry import METHODS

KEPT = Path(__file__).parents[1] / "data" / "selection" / "records"
TABLE = np.array([[0.9, 0.5, 0.4], [0.8, 0.7, 0.1], [0.9, 0.2, 0.3]])
CONFLICTS = frozenset({("b", "q")})
PROBLEM = AssignmentProblem(("a", "b", "c"), ("p", "q", "r"), TABLE, 2, 0, 1, CONFLICTS)
LISTED = AssignmentProblem(
    ("a", "b", "c"), ("p", "q", "r"), sparse.csr_array(TABLE), 2, 0, 1, CONFLICTS
)
RULES = AssignmentProblem(
    ("a", "b"),
    ("p", "q", "r"),
    TABLE[:2],
    [2, 2, 2],
    rules=(GroupRule("g", frozenset("pq"), 1),),
    reviews_each=2,
)
GRADES = Grades(
    tuple("abcd"),
    tuple("xyz"),
    np.repeat(np.arange(4), 3),
    np.tile(np.arange(3), 4),
    np.array([5.0, 4, 3, 4, 4, 2, 3, 2, 2, 5, 5, 4]),
)

KNOWN = (
    Profile("p", (Text("Coral reefs", "en"),), frozenset({"1.5"})),
    Profile("q", (Text("Récifs", "fr"),), frozenset({"2"})),
)
ASKED = (
    Profile("a", (Text("Reefs of coral", "en"),), frozenset({"1.5"})),
    Profile("b", (), frozenset({"2.1"})),
)
VECTORS = tuple(
    Profile(name, (Text(name, vector=vector),))
    for name, vector in (("a", (1.0, 0.0)), ("p", (0.6, 0.8)), ("q", (0.0, 2.0)))
)

RUNS: list[tuple[str, dict[str, Any], dict[str, Any], str | None]] = [
    ("assignment-best/1", {"problem": PROBLEM}, {}, None),
    ("assignment-best/1", {"problem": LISTED}, {}, None),
    ("assignment-best/1", {"problem": RULES}, {}, None),
    ("assignment-fair/1", {"problem": PROBLEM}, {"levels": 2}, None),
    ("assignment-randomised/1", {"problem": PROBLEM}, {"cap": Decimal("0.8")}, "beacon"),
    (
        "assignment-repair/1",
        {"problem": PROBLEM, "current": [("a", "p")], "declined": [("a", "p")]},
        {},
        None,
    ),
    ("calibration-panel/1", {"grades": GRADES}, {"places": 2, "draws": 200}, "beacon"),
    ("calibration-call/1", {"grades": GRADES}, {"places": 2, "draws": 200}, "beacon"),
    ("affinity-tfidf/1", {"applications": ASKED, "reviewers": KNOWN}, {}, None),
    ("affinity-vectors/1", {"applications": VECTORS[:1], "reviewers": VECTORS[1:]}, {}, None),
    (
        "lottery-sha256/1",
        {"announcement": announce_draw("ab", 1, "beacon 7"), "public_value": "4f2a"},
        {},
        None,
    ),
]


@pytest.mark.parametrize(("method", "inputs", "parameters", "seed"), RUNS)
def test_run_is_the_same_when_its_record_is_read_and_run_again(
    method: str, inputs: dict[str, Any], parameters: dict[str, Any], seed: str | None
) -> None:
    recorded = run_method(method, inputs, parameters, seed)
    replay = replay_record(read_record(recorded.record.to_json()))
    assert replay.holds
    assert replay.is_identical


def recorded(method: str, number: int = 0) -> Record:
    name, inputs, parameters, seed = [run for run in RUNS if run[0] == method][number]
    return run_method(name, inputs, parameters, seed).record


def test_every_method_has_a_kept_record() -> None:
    assert {"/".join(file.stem.rsplit("-v", 1)) for file in KEPT.glob("*.json")} == set(METHODS)


@pytest.mark.parametrize(
    ("method", "key", "sentences"),
    [
        ("assignment-best/1", "a", ("a is reviewed by q (affinity 0.5).",)),
        ("assignment-best/1", "c", ("c is reviewed by p (affinity 0.9).",)),
        ("assignment-best/1", "p", ("p reviews c (affinity 0.9), b (affinity 0.8).",)),
        ("assignment-best/1", "r", ("r reviews nothing.",)),
        (
            "assignment-fair/1",
            "a",
            (
                "a is reviewed by q (affinity 0.5).",
                "a was settled at level 1: 0.5 in all, of at most 0.5.",
            ),
        ),
        ("assignment-repair/1", "q", ("q reviews a (affinity 0.5).", "q is new for a.")),
        (
            "affinity-tfidf/1",
            "a",
            ("a and p: affinity 1.00 (texts 1.00, subjects 1.00, keywords cannot be compared).",),
        ),
        (
            "affinity-tfidf/1",
            "q",
            (
                (
                    "b and q: affinity 0.50 (texts cannot be compared, subjects 0.50, keywords"
                    " cannot be compared)."
                ),
            ),
        ),
        (
            "calibration-call/1",
            "x",
            ("x graded 4 items, 0.60 higher than others would (give or take 0.46).",),
        ),
        (
            "lottery-sha256/1",
            "a",
            ("a was not drawn: its ticket is number 2 of 2, for 1 to be drawn.",),
        ),
        (
            "lottery-sha256/1",
            "b",
            ("b was drawn: its ticket is number 1 of 2, for 1 to be drawn.",),
        ),
    ],
)
def test_record_tells_why_somebody_got_what_they_got(
    method: str, key: str, sentences: tuple[str, ...]
) -> None:
    assert explain_record(recorded(method), key)[: len(sentences)] == sentences


def test_calibrated_item_and_randomised_pair_are_told_with_their_chances() -> None:
    place = explain_record(recorded("calibration-panel/1"), "d")
    assert place[0].startswith("d: mean 4.67 of 3 reviews, ")
    odds = explain_record(recorded("assignment-randomised/1"), "b")
    assert odds[-1] == "The probabilities were: p 4/5, r 1/5; none is above 4/5."
    assert "c 4/5" in explain_record(recorded("assignment-randomised/1"), "p")[-1]


@pytest.mark.parametrize("method", sorted({run[0] for run in RUNS}))
def test_name_that_a_record_does_not_know_is_refused(method: str) -> None:
    with pytest.raises(SelectionError, match="“nobody”"):
        explain_record(recorded(method), "nobody")


def test_pair_is_explained_from_the_question_and_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (0, 1):
        record = recorded("assignment-best/1", number)
        assert explain_record(record, "b", "q") == (
            "q may not review b: a conflict, or not among the possible pairs.",
        )
        assert explain_record(record, "a", "p")[0].startswith(
            "p does not review a: the affinity is 0.9, while a place at a is worth"
        )
    file = tmp_path / "affinity.json"
    file.write_text(recorded("affinity-tfidf/1").to_json())
    assert main(["explain", str(file), "a", "q"]) == 0
    assert (
        capsys.readouterr().out
        == "a and q: affinity 0.00 (texts cannot be compared, subjects 0.00, keywords cannot be"
        " compared).\n"
    )
    with pytest.raises(SelectionError, match="ask about one name"):
        explain_record(recorded("lottery-sha256/1"), "a", "b")


def test_item_without_scores_and_unusual_reviewer_are_told() -> None:
    grades = Grades(
        tuple("abcdefghi"),
        tuple("uvwxyz"),
        np.repeat(np.arange(8), 6),
        np.tile(np.arange(6), 8),
        np.tile([4.0, 4, 4, 4, 4, 1], 8) + np.repeat(np.arange(8), 6) * 0.1,
    )
    record = run_method(
        "calibration-call/1", {"grades": grades}, {"places": 2, "draws": 200}, "beacon"
    ).record
    assert explain_record(record, "i") == ("i has no score, so it has no place.",)
    assert explain_record(record, "z")[0].endswith("This is unusual: look at the reviews.")
