"""Conditions: when a question is shown."""

from __future__ import annotations

import pytest

from anso.kernel.errors import BadDefinition
from anso.kernel.questions import AllOf, Answered, AnyOf, Equals, OneOf, read_condition

PHD, UCAS = Equals("level", "phd"), Equals("hosts", "UCAS")
CONDITIONS = [
    PHD,
    OneOf("level", ("a", "b")),
    Answered("x"),
    Answered("x", is_answered=False),
    AllOf((PHD, UCAS)),
    AnyOf((PHD, UCAS)),
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_survives_json(condition: Equals | OneOf | Answered | AllOf | AnyOf) -> None:
    assert read_condition(condition.to_dict()) == condition


def test_equality_looks_inside_several_answers() -> None:
    assert UCAS.holds({"hosts": ["USTC", "UCAS"]})
    assert not UCAS.holds({"hosts": ["USTC"]})
    assert not UCAS.holds({})


def test_yes_is_not_the_number_one() -> None:
    assert Equals("x", True).holds({"x": True})
    assert not Equals("x", True).holds({"x": 1})


def test_one_of_several_values_is_enough() -> None:
    assert OneOf("level", ("a", "b")).holds({"level": "b"})
    assert not OneOf("level", ("a", "b")).holds({"level": "c"})
    assert OneOf("level", ("a", "b")).keys() == {"level"}


@pytest.mark.parametrize(
    ("answer", "is_answered"),
    [(None, False), ("", False), ([], False), ({}, False), (False, True), ("0", True)],
)
def test_no_is_an_answer_and_emptiness_is_none(answer: object, is_answered: bool) -> None:
    assert Answered("x").holds({"x": answer}) is is_answered
    assert Answered("x", is_answered=False).holds({"x": answer}) is not is_answered


def test_all_and_any_combine() -> None:
    answers = {"level": "phd", "hosts": ["USTC"]}
    assert not AllOf((PHD, UCAS)).holds(answers)
    assert AnyOf((PHD, UCAS)).holds(answers)
    assert AllOf((PHD, AnyOf((UCAS, Answered("x"))))).keys() == {"level", "hosts", "x"}


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"key": ""},
        {"key": 3, "equals": "x"},
        {"key": "x"},
        {"all": []},
        {"any": "x"},
        {"all": [{"key": "x"}]},
    ],
)
def test_a_malformed_condition_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(BadDefinition):
        read_condition(content)
