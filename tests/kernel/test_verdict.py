"""Verdicts: yes, or no with a reason."""

from __future__ import annotations

import pytest

from anso.kernel.verdict import ALLOWED, Refused, Verdict, first_refusal, refuse

LATE = refuse("too_late", "It closed on 15 February.", closed_on="2027-02-15")
OTHER = refuse("not_yours", "It is somebody else's.")


def test_allowed_is_true_and_has_no_reason() -> None:
    assert ALLOWED
    assert ALLOWED.allowed
    assert Verdict() == ALLOWED
    ALLOWED.require()


def test_a_refusal_is_false_and_says_why() -> None:
    assert not LATE
    assert not LATE.allowed
    assert str(LATE) == "It closed on 15 February."
    assert (LATE.reasons[0].code, LATE.reasons[0].facts) == (
        "too_late",
        {"closed_on": "2027-02-15"},
    )


def test_both_must_allow_and_all_reasons_are_kept() -> None:
    assert [reason.code for reason in (LATE & OTHER).reasons] == ["too_late", "not_yours"]
    assert ALLOWED & ALLOWED
    assert not ALLOWED & LATE


def test_the_first_refusal_counts() -> None:
    assert first_refusal(ALLOWED, OTHER, LATE) is OTHER
    assert first_refusal(ALLOWED, ALLOWED)
    assert first_refusal()


def test_a_refused_action_carries_its_verdict() -> None:
    with pytest.raises(Refused, match="It closed on 15 February") as refusal:
        LATE.require()
    assert refusal.value.verdict is LATE
