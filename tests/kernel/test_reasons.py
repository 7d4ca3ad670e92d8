"""Nobody's words are cut: what does not fit is refused, with both numbers."""

import pytest
from django.utils.translation import override

from anso.kernel.errors import BadInput
from anso.kernel.reasons import (
    READ_LATER,
    REASON_AT_MOST,
    REMARK_AT_MOST,
    fitting,
    required_reason,
    uncut,
)
from anso.ui.question_fields import sentence


@pytest.mark.parametrize("at_most", [REMARK_AT_MOST, REASON_AT_MOST])
@pytest.mark.parametrize("letter", ["a", "ش", "水", "न"])
def test_what_fits_is_kept_whole_and_one_more_is_refused(at_most: int, letter: str) -> None:
    assert fitting(f"  {letter * at_most}\n", at_most) == letter * at_most
    assert uncut(letter * at_most, at_most) == letter * at_most
    with pytest.raises(BadInput, match=f"at most {at_most} characters; you have {at_most + 1}"):
        fitting(letter * (at_most + 1), at_most)
    with pytest.raises(BadInput):
        uncut(f" {letter * at_most}", at_most)


def test_a_reason_is_asked_for_and_not_cut() -> None:
    assert required_reason("  by telephone ", READ_LATER) == "by telephone"
    for blank in ("", " \n"):
        with pytest.raises(BadInput, match="Say why"):
            required_reason(blank, READ_LATER)
    with pytest.raises(BadInput, match="you have 2001"):
        required_reason("x" * 2001, READ_LATER)


def test_a_refusal_says_in_which_field_the_text_stands() -> None:
    with pytest.raises(BadInput) as refused:
        uncut("four", 3, field="one")
    assert refused.value.message.facts == {"limit": 3, "seen": 4, "over": 1, "field": "one"}
    with pytest.raises(BadInput) as named:
        fitting(" eleven ", 4, "Title")
    told = "“Title”: use at most 4 characters; you have 6, 2 too many."
    assert str(named.value.message) == told
    with override("ar"):
        assert "العنوان" in sentence(named.value.message), "the field too is told in its language"
