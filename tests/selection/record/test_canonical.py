"""Canonical JSON: one spelling for equal values."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anso.selection.errors import SelectionError
from anso.selection.record import canonical_json, digest_of
from anso.selection.record.canonical import write_float

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-9e15, 9e15) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=12,
)


@given(PLAIN)
def test_canonical_json_reads_back_as_the_same_value_and_is_written_the_same_again(
    value: object,
) -> None:
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


def test_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(SelectionError, match="is not valid Unicode text"):
        canonical_json(["\ud800"])


@pytest.mark.parametrize(
    ("bits", "text"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("41b3de4355555553", "333333333.3333332"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
    ],
)
def test_floats_are_spelled_as_the_published_vectors_of_rfc_8785(bits: str, text: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical_json(number) == text


def test_keys_stand_in_order_of_their_utf16_units() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical_json(dict.fromkeys(keys, 1)))) == ordered


def test_equal_values_have_equal_hashes_and_whole_floats_are_whole_numbers() -> None:
    assert canonical_json({"b": 1.0, "a": [True, None, "é"]}) == '{"a":[true,null,"é"],"b":1}'
    assert digest_of({"b": 1, "a": 2}) == digest_of({"a": 2.0, "b": 1})
    assert digest_of({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object()])
def test_values_without_a_plain_form_are_refused(value: object) -> None:
    with pytest.raises(SelectionError, match="cannot be written in a record"):
        canonical_json(value)


def test_a_float_that_is_no_number_is_refused_by_the_writer_too() -> None:
    with pytest.raises(SelectionError, match="nan cannot be written"):
        write_float(float("nan"))
