"""Public references and call numbers."""

from __future__ import annotations

import pytest

from anso.kernel.errors import BadInput
from anso.kernel.references import (
    ALPHABET,
    CallNumber,
    call_prefix,
    new_reference,
)


def test_references_are_short_unambiguous_and_differ() -> None:
    made = {new_reference() for _ in range(500)}
    assert len(made) == 500
    assert {len(reference) for reference in made} == {10}
    assert set("".join(made)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("AEIOU01258LBSZY")


def test_numbers_belong_to_their_call() -> None:
    assert str(CallNumber("F27", 4718)) == "F27-04718"
    assert str(CallNumber("F27", 123_456)) == "F27-123456"


def test_a_prefix_is_letters_and_two_digits_of_the_year() -> None:
    assert call_prefix(" f", 2027) == "F27"
    assert call_prefix("PR", 2105) == "PR05"
    with pytest.raises(BadInput):
        call_prefix("F1", 2027)
