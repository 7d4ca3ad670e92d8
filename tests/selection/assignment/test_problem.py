"""Questions that make no sense are refused in words, with the name concerned."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from anso.selection.assignment import AssignmentProblem, GroupRule, at_most_per_group
from anso.selection.errors import SelectionError

GOOD = {
    "applications": ("a", "b"),
    "reviewers": ("p", "q"),
    "affinity": [[0.1, 0.2], [0.3, 0.4]],
    "max_load": 2,
}
SHORT = np.zeros((1, 2), dtype=bool)

BAD = [
    ({"applications": ()}, "There is no application"),
    ({"reviewers": ("p", "p")}, "The reviewer “p” is named twice"),
    ({"affinity": [[0.1, 0.2]]}, "The affinity table is"),
    ({"affinity": [["x", "y"], ["x", "y"]]}, "must hold numbers"),
    ({"affinity": [[0.1, float("nan")], [0, 0]]}, "The affinity of a and q must be a number"),
    ({"affinity": sparse.csr_array(np.array([[0, 0], [501.0, 0]]))}, "The affinity of b and p"),
    ({"affinity": {"rows": [0], "columns": [0]}}, "needs rows, columns and scores"),
    ({"affinity": {"rows": [0, 1], "columns": [0], "scores": [1]}}, "equally many"),
    ({"affinity": {"rows": [0], "columns": [2], "scores": [1]}}, "names a place outside"),
    ({"affinity": {"rows": [-1], "columns": [0], "scores": [1]}}, "names a place outside"),
    ({"max_load": -1}, "The largest load of p is below zero"),
    ({"max_load": [1, 2, 3]}, "given 3 times for 2 names"),
    ({"max_load": [1.5, 2]}, "whole number"),
    ({"min_load": [0, 3]}, "The smallest load of q is above the largest"),
    ({"reviews_each": [1, 0]}, "b asks for no review"),
    ({"conflicts": {("a", "z")}}, "one of them is unknown"),
    ({"conflicts": SHORT}, "true or false for each pair"),
    ({"rules": (GroupRule("g", frozenset({"z"})),)}, "The rule “g” names “z”"),
    ({"rules": (GroupRule("g", frozenset({"p"}), applications=frozenset({"z"})),)}, "names “z”"),
    ({"rules": (GroupRule("g", frozenset({"p"}), at_least=-1),)}, "below zero or crossed"),
    (
        {"rules": (GroupRule("g", frozenset({"p"}), at_least=2, at_most=1),)},
        "below zero or crossed",
    ),
    (
        {"rules": (GroupRule("g", frozenset()), GroupRule("g", frozenset()))},
        "Two rules are named “g”",
    ),
]


@pytest.mark.parametrize(("change", "words"), BAD)
def test_question_that_makes_no_sense_is_refused_in_words(
    change: dict[str, object], words: str
) -> None:
    with pytest.raises(SelectionError, match=words):
        AssignmentProblem(**{**GOOD, **change})  # type: ignore[arg-type]


def test_empty_sparse_table_is_a_question_without_possible_pairs() -> None:
    AssignmentProblem(("a",), ("p",), sparse.csr_array((1, 1)), 1)


def test_one_rule_is_made_for_each_group() -> None:
    rules = at_most_per_group("from", {"p": "A", "q": "B", "r": "A"}, 1)
    assert [(rule.name, sorted(rule.members)) for rule in rules] == [
        ("from A", ["p", "r"]),
        ("from B", ["q"]),
    ]
