"""Turning frozen answers into plain values that JSON can hold, and back to nothing else.

Here belongs the one conversion that every answer shares. Canonical JSON and hashes belong to
`record`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np

from anso.selection.errors import SelectionError


def as_plain(value: Any) -> Any:
    """Return `value` as dictionaries with text keys, lists, text, whole numbers, floats, booleans
    and nulls.

    Decimals and fractions become text so that no digit is lost; a sparse table becomes rows,
    columns and scores. Refuses a float that is not a finite number and any kind of value that has
    no agreed plain form. A frozen value with `plain_values` says itself what it holds.
    """
    if value is None or isinstance(value, str | bool):
        return value.value if isinstance(value, Enum) else value
    if is_dataclass(value) and not isinstance(value, type):
        own = getattr(value, "plain_values", None)
        return (
            as_plain(own())
            if own
            else {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
        )
    if isinstance(value, Mapping):
        return {str(key): as_plain(entry) for key, entry in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return as_plain(value.tolist())
    if isinstance(value, list | tuple | set | frozenset):
        entries = sorted(value) if isinstance(value, set | frozenset) else value
        return [as_plain(entry) for entry in entries]
    return _plain_rest(value)


def _plain_rest(value: Any) -> Any:
    if hasattr(value, "tocoo"):
        listed = value.tocoo()
        return as_plain(
            {"rows": listed.coords[0], "columns": listed.coords[1], "scores": listed.data}
        )
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise SelectionError(f"{value!r} cannot be written in a record.")
