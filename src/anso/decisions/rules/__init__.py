"""Who may decide what about a selection. Import from here."""

from __future__ import annotations

from anso.decisions.rules.appeals import (
    AGAINST_APPEALS,
    may_answer_appeal,
    may_appeal,
    may_withdraw_appeal,
)
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
    "AGAINST_APPEALS",
    "CHANGED_SINCE",
    "can_go_on",
    "can_go_on_each",
    "may_adjust",
    "may_adjust_application",
    "may_answer_appeal",
    "may_appeal",
    "may_compute_selection",
    "may_confirm_selection",
    "may_correct_decision",
    "may_pass_words_on",
    "may_propose_selection",
    "may_release_decisions",
    "may_return_selection",
    "may_speak_for_confirmers",
    "may_speak_for_judges",
    "may_withdraw_appeal",
    "may_withhold",
]
