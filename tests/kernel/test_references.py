"""Public references and call numbers."""

from __future__ import annotations

import pytest

from anso.kernel.errors import BadInput
from anso.kernel.references import (
    ALPHABET,
    CallNumber,
    call_prefix,
    grouped,
    new_reference,
    read_reference,
)


def test_references_are_short_unambiguous_and_differ() -> None:
    made = {new_reference() for _ in range(500)}
    assert len(made) == 500
    assert {len(reference) for reference in made} == {10}
    assert set("".join(made)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("AEIOU01258LBSZY")


def test_a_typed_reference_is_read_in_any_case_and_grouping() -> None:
    reference = new_reference()
    assert read_reference(grouped(reference).lower()) == reference
    assert read_reference(f"{reference[:3]} {reference[3:]}") == reference


@pytest.mark.parametrize("typed", ["", "34679", "ABCDEFGHIJ", "3467934679X" * 20])
def test_what_is_no_reference_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        read_reference(typed)


def test_numbers_belong_to_their_call() -> None:
    assert str(CallNumber("F27", 4718)) == "F27-04718"
    assert CallNumber.read(" f27-04718 ") == CallNumber("F27", 4718)
    assert CallNumber.read("F27-123456") == CallNumber("F27", 123_456)
    assert CallNumber.read("F2704718") == CallNumber("F27", 4718)


@pytest.mark.parametrize("typed", ["", "F27", "27-04718", "F27-471", "F27-0471x"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        CallNumber.read(typed)


def test_a_prefix_is_letters_and_two_digits_of_the_year() -> None:
    assert call_prefix(" f", 2027) == "F27"
    assert call_prefix("PR", 2105) == "PR05"
    with pytest.raises(BadInput):
        call_prefix("F1", 2027)
