"""Who may decide what about a selection. Import from here."""

from __future__ import annotations

from anso.decisions.rules.beside_reviews import may_adjust, may_adjust_application, may_withhold
from anso.decisions.rules.selections import (
    CHANGED_SINCE,
    can_go_on,
    can_go_on_each,
    may_compute_selection,
    may_confirm_selection,
    may_correct_decision,
    may_pass_words_on,
    may_propose_selection,
    may_release_decisions,
    may_return_selection,
    may_speak_for_confirmers,
    may_speak_for_judges,
)

__all__ = [
    "CHANGED_SINCE",
    "can_go_on",
    "can_go_on_each",
    "may_adjust",
    "may_adjust_application",
    "may_compute_selection",
    "may_confirm_selection",
    "may_correct_decision",
    "may_pass_words_on",
    "may_propose_selection",
    "may_release_decisions",
    "may_return_selection",
    "may_speak_for_confirmers",
    "may_speak_for_judges",
    "may_withhold",
]
