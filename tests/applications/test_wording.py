"""Every state has its words, for staff, in both languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from anso.applications.lifecycle import APPLICATION
from anso.applications.wording import state_tone, state_word
from anso.awards.lifecycle import OFFER
from anso.awards.wording import offer_state
from anso.ui.templatetags.ui import TONES


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_state_of_an_application_and_of_an_offer_has_a_word_of_its_own(
    language: str,
) -> None:
    with translation.override(language):
        words = [state_word(state) for state in APPLICATION.states]
        offers = [offer_state(state)["word"] for state in OFFER.states]
    assert len(set(words)) == len(words)
    assert len(set(offers)) == len(offers)
    if language == "ar":
        assert all(not word.isascii() for word in (*words, *offers))


def test_every_state_has_a_tone_that_a_tag_knows() -> None:
    assert {state_tone(state) for state in APPLICATION.states} <= TONES
    assert {offer_state(state)["tone"] for state in OFFER.states} <= TONES
