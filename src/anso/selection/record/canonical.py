"""Canonical JSON: the one way to write plain values, so that equal answers have equal hashes
everywhere.

Here belong the spelling of numbers and text and the hash. What a record holds belongs to `records`.

The rules are those of RFC 8785 (keys in order of their UTF-16 units, no spaces, shortest text of a
float that reads back as the same float, a whole float without point) with one addition: whole
numbers beyond 2**53 are written with all their digits. Decimals and fractions are text.
"""

from __future__ import annotations

import hashlib
import json
import math
from decimal import Decimal
from typing import Any

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain


def canonical_json(value: Any) -> str:
    """Return `value` as canonical JSON. Refuses floats that are not finite and values without a
    plain form.
    """
    return _written(as_plain(value))


def digest_of(value: Any) -> str:
    """Return the hexadecimal SHA-256 of the canonical JSON of `value`, in UTF-8."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def _written(value: Any) -> str:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_text(key)}:{_written(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_written, value)) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        return write_float(value)
    return json.dumps(value)


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise SelectionError(f"{value!r} is not valid Unicode text.") from error
    return json.dumps(value, ensure_ascii=False)


def write_float(number: float) -> str:
    """Return the shortest text that reads back as `number`, spelled as ECMAScript does. Refuses NaN
    and infinity.
    """
    if not math.isfinite(number):
        raise SelectionError(f"{number!r} cannot be written in a record.")
    if number == 0:
        return "0"
    shortest = Decimal(repr(number)).normalize()
    digits = "".join(map(str, shortest.as_tuple().digits))
    sign = "-" if number < 0 else ""
    point = shortest.adjusted() + 1
    # The bounds 21 and -6 are those of ECMAScript, which the standard refers to.
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    mantissa = digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{sign}{mantissa}e{point - 1:+d}"
