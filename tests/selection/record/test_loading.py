"""Reading plain values back by type hints."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain
from anso.selection.record.loading import load_as


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class CastMember:
    name: str
    size: Decimal | None = None
    made: bool = field(default=False, init=False)


@dataclass(frozen=True)
class Whole:
    parts: tuple[CastMember, ...]
    pair: tuple[int, str]
    tags: frozenset[str]
    weights: Mapping[str, Fraction]
    colour: Colour
    mode: Literal["a", "b"]
    kind: CastMember | str


def test_a_nested_value_comes_back_as_it_was() -> None:
    whole = Whole(
        (CastMember("x", Decimal("1.50")),),
        (1, "y"),
        frozenset("ab"),
        {"k": Fraction(1, 3)},
        Colour.RED,
        "b",
        "plain",
    )
    plain = as_plain(whole)
    plain["parts"][0].pop("made")
    assert load_as(Whole, plain) == whole


@pytest.mark.parametrize(
    ("hint", "value", "loaded"),
    [
        (float, 2, 2.0),
        (list[int], [1], [1]),
        (Collection[int], [1, 2], (1, 2)),
        (int | None, None, None),
        (Any, {"x": 1}, {"x": 1}),
        (Fraction, 3, Fraction(3)),
    ],
)
def test_simple_hints_are_followed(hint: Any, value: Any, loaded: Any) -> None:
    result = load_as(hint, value)
    assert result == loaded
    assert type(result) is type(loaded)


def test_arrays_come_back_with_their_type() -> None:
    array = load_as(NDArray[np.float64], [[1, 2], [3, None]])
    assert array.dtype == np.float64
    assert np.isnan(array[1, 1])


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (int, True),
        (int, 1.5),
        (str, 1),
        (float, "1"),
        (float, True),
        (Decimal, "x"),
        (Decimal, 1.5),
        (Fraction, "1/0"),
        (Colour, "blue"),
        (Literal["a"], "b"),
        (tuple[int, int], [1]),
        (tuple[int, ...], 1),
        (Mapping[str, int], [1]),
        (int | Decimal, "x"),
        (CastMember, {"name": "x", "made": True}),
        (CastMember, {}),
        (CastMember, "x"),
    ],
)
def test_values_that_do_not_fit_are_refused(hint: Any, value: Any) -> None:
    with pytest.raises(SelectionError):
        load_as(hint, value)
