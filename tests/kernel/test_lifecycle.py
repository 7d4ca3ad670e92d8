"""Life cycles as tables."""

from __future__ import annotations

import pytest

from anso.kernel.lifecycle import Lifecycle, StaleTransition, Transition, UnknownVerbError

SUBMIT = Transition("submit", ("draft",), "submitted", "applicant", stamps=("submitted_at",))
REOPEN = Transition("reopen", ("submitted",), "draft", "officer", clears=("submitted_at",))
CLOSE_DRAFT = Transition("close", ("draft",), "lost", "clock")
CLOSE = Transition("close", ("submitted",), "closed", "clock")
LIFE = Lifecycle(
    "letter", ("draft", "submitted", "closed", "lost"), (SUBMIT, REOPEN, CLOSE_DRAFT, CLOSE)
)


def test_a_verb_leads_on_from_its_sources() -> None:
    assert LIFE.find("submit", "draft") is SUBMIT
    assert LIFE.find("close", "submitted") is CLOSE
    assert LIFE.allows("submit", "draft")
    assert not LIFE.allows("submit", "closed")
    assert not LIFE.allows("dance", "draft")


def test_a_verb_that_does_not_lead_on_is_stale() -> None:
    with pytest.raises(StaleTransition, match="letter: cannot submit from closed") as stale:
        LIFE.find("submit", "closed")
    assert (stale.value.verb, stale.value.state) == ("submit", "closed")


def test_a_verb_that_is_not_in_the_table_is_a_defect() -> None:
    with pytest.raises(UnknownVerbError, match="dance"):
        LIFE.find("dance", "draft")


@pytest.mark.parametrize(
    "transition", [Transition("go", ("a",), "z", "clock"), Transition("go", ("z",), "a", "clock")]
)
def test_a_table_with_an_unknown_state_is_refused(transition: Transition) -> None:
    with pytest.raises(ValueError, match="unknown states"):
        Lifecycle("x", ("a", "b"), (transition,))
