"""Canonical JSON: one spelling for equal content."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anso.kernel.canonical import canonical_json, content_hash, plain_decimal
from anso.kernel.errors import BadInput

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="ascii")), inner),
    max_leaves=20,
)


@given(plain)
def test_canonical_json_is_json_and_reading_it_changes_nothing(content: object) -> None:
    spelled = canonical_json(content)
    assert canonical_json(json.loads(spelled)) == spelled


def test_order_of_keys_and_composition_of_letters_do_not_matter() -> None:
    assert (
        canonical_json({"b": 1, "a": "e\u0301"})
        == canonical_json({"a": "\u00e9", "b": 1})
        == '{"a":"é","b":1}'
    )


def test_decimals_dates_and_instants_have_one_spelling() -> None:
    moment = dt.datetime(2027, 2, 16, 0, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    content = [Decimal("1.50"), dt.date(2027, 2, 15), moment, (None, True)]
    assert canonical_json(content) == '["1.5","2027-02-15","2027-02-15T16:00:00Z",[null,true]]'


@pytest.mark.parametrize(
    ("spelled", "plain_spelling"),
    [
        ("1.50", "1.5"),
        ("100", "100"),
        ("-0", "0"),
        ("0.00", "0"),
        ("1E+3", "1000"),
        ("0.0000001", "0.0000001"),
        ("-0.0", "0"),
    ],
)
def test_equal_decimals_are_spelled_alike(spelled: str, plain_spelling: str) -> None:
    assert plain_decimal(Decimal(spelled)) == plain_spelling


@pytest.mark.parametrize(
    "content",
    [
        1.5,
        {"a": 0.1},
        Decimal("NaN"),
        dt.datetime(2027, 1, 1),  # noqa: DTZ001 - a naive instant is the point
        {1, 2},
        b"bytes",
        {1: "a"},
        {"\u00e9": 1, "e\u0301": 2},
        "half \ud800",
        {"\udfff": 1},
    ],
)
def test_content_without_an_exact_spelling_is_refused(content: object) -> None:
    with pytest.raises(BadInput):
        canonical_json({"place": [content]})


def test_the_refusal_names_the_place() -> None:
    with pytest.raises(BadInput, match=r"content\.answers\[1\]"):
        canonical_json({"answers": ["fine", 1.5]})


def test_hash_is_the_sha256_of_the_spelling() -> None:
    assert content_hash({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert content_hash({"a": Decimal("1.0")}) == content_hash({"a": "1"}) != content_hash({"a": 1})
