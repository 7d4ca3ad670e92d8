"""Errors that readers may read."""

from __future__ import annotations

import pytest

from anso.kernel.errors import BadDefinition, BadInput, ProductError, Stale, TooLarge


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadInput, "bad_input"),
        (BadDefinition, "bad_definition"),
        (Stale, "stale"),
        (TooLarge, "too_large"),
    ],
)
def test_every_error_has_a_code_and_a_sentence(error: type[ProductError], code: str) -> None:
    fault = error("Only %(limit)d fit.", limit=3)
    assert (fault.message.code, str(fault), fault.message.facts["limit"]) == (
        code,
        "Only 3 fit.",
        3,
    )


def test_an_error_may_carry_its_own_code_and_facts_of_any_name() -> None:
    fault = BadInput("“%(text)s” is not a date.", code="no_date", text="x")
    assert (fault.message.code, str(fault)) == ("no_date", "“x” is not a date.")
