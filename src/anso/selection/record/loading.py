"""Reading plain values back into the frozen values that a method expects, by the type hints of the
method.

Here belongs the way back from JSON. The way there is `plain.as_plain`.
"""

from __future__ import annotations

import types
from collections.abc import Mapping as AbstractMapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

from anso.selection.errors import SelectionError

EXACT = (Decimal, Fraction)


def load_as(hint: Any, value: Any) -> Any:
    """Return plain `value` as the type `hint`: dataclasses, tuples, sets, mappings, arrays, exact
    numbers, choices.

    Refuses a value that does not fit the hint.
    """
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _load_union(get_args(hint), value)
    if origin is Literal:
        return _expect(value in get_args(hint), value, hint, value)
    if origin is np.ndarray:
        return np.array(value, dtype=get_args(get_args(hint)[1])[0])
    if origin is not None:
        return _load_container(origin, get_args(hint), value)
    return _load_single(hint, value)


def _expect(fits: bool, value: Any, hint: Any, loaded: Any) -> Any:
    if not fits:
        raise SelectionError(f"{str(value)[:80]!r} is not {getattr(hint, '__name__', hint)}.")
    return loaded


def _load_single(hint: Any, value: Any) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        return _load_dataclass(hint, value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _expect(value in {member.value for member in hint}, value, hint, value) and hint(
            value
        )
    if hint in EXACT:
        return _load_exact(hint, value)
    if hint is float:
        return (
            _expect(
                isinstance(value, int | float) and not isinstance(value, bool), value, hint, value
            )
            * 1.0
        )
    if hint in (int, str, bool, type(None)):
        return _expect(type(value) is hint, value, hint, value)
    return value


def _load_exact(hint: Any, value: Any) -> Any:
    try:
        return hint(_expect(isinstance(value, str | int), value, hint, value))
    except (ValueError, InvalidOperation, ZeroDivisionError) as error:
        raise SelectionError(f"{value!r} is not an exact number.") from error


def _load_dataclass(hint: type, value: Any) -> Any:
    hints = get_type_hints(hint)
    known = {field.name for field in fields(hint) if field.init}
    _expect(isinstance(value, dict) and value.keys() <= known, value, hint, value)
    try:
        return hint(**{name: load_as(hints[name], part) for name, part in value.items()})
    except TypeError as error:
        raise SelectionError(f"{str(value)[:80]!r} is not a complete {hint.__name__}.") from error


def _load_container(origin: Any, parts: tuple[Any, ...], value: Any) -> Any:
    if isinstance(origin, type) and issubclass(origin, AbstractMapping):
        _expect(isinstance(value, dict), value, origin, value)
        return {load_as(parts[0], key): load_as(parts[1], entry) for key, entry in value.items()}
    _expect(isinstance(value, list), value, origin, value)
    if origin is tuple and Ellipsis not in parts:
        _expect(len(value) == len(parts), value, origin, value)
        return tuple(load_as(part, entry) for part, entry in zip(parts, value, strict=True))
    entries = (load_as(parts[0], entry) for entry in value)
    if isinstance(origin, type) and issubclass(origin, AbstractSet):
        return frozenset(entries)
    return list(entries) if origin is list else tuple(entries)


def _load_union(options: tuple[Any, ...], value: Any) -> Any:
    for option in options:
        try:
            return load_as(option, value)
        except SelectionError:
            continue
    raise SelectionError(f"{str(value)[:80]!r} fits none of the expected kinds.")
