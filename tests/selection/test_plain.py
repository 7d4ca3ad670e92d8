"""Plain values: no digit lost, nothing without an agreed form."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import numpy as np
import pytest

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain


class Word(StrEnum):
    ONE = "one"


def test_values_become_what_json_can_hold() -> None:
    rich = {
        1: (Decimal("0.10"), Fraction(1, 3)),
        "b": {"y", "x"},
        "c": np.array([1.5]),
        "d": Word.ONE,
        "e": None,
        "f": 2,
    }
    assert as_plain(rich) == {
        "1": ["0.10", "1/3"],
        "b": ["x", "y"],
        "c": [1.5],
        "d": "one",
        "e": None,
        "f": 2,
    }


@pytest.mark.parametrize("value", [float("nan"), object(), Decimal])
def test_what_has_no_plain_form_is_refused(value: object) -> None:
    with pytest.raises(SelectionError, match="cannot be written in a record"):
        as_plain(value)
